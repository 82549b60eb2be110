import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { useChangeAddress } from '../data/admin.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Person } from '../data/types.ts'
import { firstName } from '../parts/format.ts'
import { words } from '../words.ts'

const ADDRESS_MAX = 200

/** People are matched by their e-mail addresses, so a wrong one is mended here (U10). */
export function AddressDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const [email, setEmail] = useState(person.email ?? '')
  const change = useChangeAddress(person.id)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (!change.isPending) change.mutate(email.trim(), { onSuccess: onClose })
  }
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: 440 }}>
        <form onSubmit={save} noValidate>
          <DialogBody>
            <DialogTitle>E-mail address of {person.name}</DialogTitle>
            <DialogContent>
              <Field
                label="E-mail address"
                hint={`${firstName(person.name)} is matched anew, and comes into the chats of all their items.`}
                {...(change.isError ? { validationMessage: sentenceOf(change.error) } : {})}
              >
                <Input type="email" value={email} maxLength={ADDRESS_MAX} onChange={(_, data) => setEmail(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{words.cancel}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={change.isPending}>
                {words.save}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
