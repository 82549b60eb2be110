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
import { useState, type FormEvent } from 'react'
import { useRenameChat } from '../data/chats.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Chat } from '../data/types.ts'
import { words } from '../words.ts'

export function RenameDialog({ chat, onClose }: { chat: Chat; onClose: () => void }) {
  const rename = useRenameChat(chat.id)
  const [name, setName] = useState(chat.name)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() && !rename.isPending) rename.mutate(name.trim(), { onSuccess: onClose })
  }
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: 440 }}>
        <form onSubmit={save} noValidate>
          <DialogBody>
            <DialogTitle>Rename the chat</DialogTitle>
            <DialogContent>
              <Field label="Name" {...(rename.isError ? { validationMessage: sentenceOf(rename.error) } : {})}>
                <Input value={name} maxLength={80} onChange={(_, data) => setName(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button type="button" onClick={onClose}>
                {words.cancel}
              </Button>
              <Button type="submit" appearance="primary" disabledFocusable={!name.trim() || name.trim() === chat.name || rename.isPending}>
                {words.save}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}
