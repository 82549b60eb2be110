import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components'
import { words } from '../words.ts'

type Props = { open: boolean; title: string; text: string; action: string; busy: boolean; onConfirm: () => void; onClose: () => void }

/** Asked only where there is no Undo: the sentence says what will happen. */
export function ConfirmDialog({ open, title, text, action, busy, onConfirm, onClose }: Props) {
  return (
    <Dialog open={open} modalType="alert" onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: 440 }}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{text}</DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{words.cancel}</Button>
            <Button appearance="primary" disabledFocusable={busy} onClick={onConfirm}>
              {action}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
