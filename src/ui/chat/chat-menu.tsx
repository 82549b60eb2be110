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
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components'
import { MoreHorizontal20Regular, Rename20Regular, SignOut20Regular } from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { useLeaveChat, useRenameChat } from '../data/chats.ts'
import { useMe } from '../data/me.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Chat } from '../data/types.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { useSay } from '../parts/say.tsx'
import { words } from '../words.ts'

export function ChatMenu({ chat }: { chat: Chat }) {
  const [open, setOpen] = useState<'rename' | 'leave' | null>(null)
  return (
    <>
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<MoreHorizontal20Regular />} aria-label="More for this chat" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<Rename20Regular />} onClick={() => setOpen('rename')}>
              Rename
            </MenuItem>
            <MenuItem icon={<SignOut20Regular />} onClick={() => setOpen('leave')}>
              Leave chat
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {open === 'rename' && <RenameDialog chat={chat} onClose={() => setOpen(null)} />}
      {open === 'leave' && <LeaveDialog chat={chat} onClose={() => setOpen(null)} />}
    </>
  )
}

function RenameDialog({ chat, onClose }: { chat: Chat; onClose: () => void }) {
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

function LeaveDialog({ chat, onClose }: { chat: Chat; onClose: () => void }) {
  const leave = useLeaveChat(chat.id)
  const me = useMe().id
  const navigate = useNavigate()
  const say = useSay()
  const left = () => {
    onClose()
    void navigate({ to: '/chats' })
    say.news(words.left(chat.item?.key ?? null))
  }
  return (
    <ConfirmDialog
      open
      title="Leave the chat?"
      text={
        chat.item
          ? `You keep your place on ${chat.item.key}, and you can come back any time.`
          : 'You can come back when a member invites you.'
      }
      action="Leave"
      busy={leave.isPending}
      onConfirm={() => leave.isPending || leave.mutate(me, { onSuccess: left, onError: say.failed })}
      onClose={onClose}
    />
  )
}
