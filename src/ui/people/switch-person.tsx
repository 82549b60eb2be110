import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components'
import { useDemoPeople } from '../data/me.ts'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { words } from '../words.ts'
import { FaceGrid } from './face-grid.tsx'

export function SwitchPerson({ me, onClose }: { me: string; onClose: () => void }) {
  const demo = useDemoPeople()
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Go on as…</DialogTitle>
          <DialogContent>
            {demo.isPending && <LoadingLines label="Loading people" rows={3} />}
            {demo.isError && <Failed error={demo.error} onRetry={() => void demo.refetch()} />}
            {demo.data && <FaceGrid people={demo.data.items.filter((person) => person.id !== me)} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{words.cancel}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
