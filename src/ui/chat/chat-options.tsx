import { Menu, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components'
import {
  Alert20Regular,
  AlertOff20Regular,
  CheckmarkCircle20Regular,
  Open20Regular,
  Rename20Regular,
  SignOut20Regular,
  Image20Regular,
  ImageOff20Regular,
} from '@fluentui/react-icons'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useChatPicture, useMute } from '../data/chats.ts'
import { useReadMark } from '../data/messages.ts'
import type { Chat } from '../data/types.ts'
import { useSay } from '../parts/say.tsx'
import { LeaveDialog } from './leave-chat.tsx'
import { RenameDialog } from './rename-chat.tsx'
import { spotTarget, type Spot } from './use-press-for-options.ts'

type Asked = 'rename' | 'leave'

/** What can be done with a chat, in its ⋯ and in the list under a right click or a long press (C12). */
export function ChatOptionItems({ chat, onAsk }: { chat: Chat; onAsk: (what: Asked) => void }) {
  const navigate = useNavigate()
  const mute = useMute(chat.id)
  const read = useReadMark(chat.id)
  const say = useSay()
  const picture = useChatPicture(chat.id)
  const { item } = chat
  return (
    <MenuList>
      {item && (
        <MenuItem icon={<Open20Regular />} onClick={() => void navigate({ to: '/items/$itemId', params: { itemId: item.id } })}>
          Open {item.key}
        </MenuItem>
      )}
      {chat.unread > 0 && (
        <MenuItem icon={<CheckmarkCircle20Regular />} onClick={() => read.mutate(chat.head, { onError: say.failed })}>
          Mark as read
        </MenuItem>
      )}
      <MenuItem
        icon={chat.muted ? <Alert20Regular /> : <AlertOff20Regular />}
        onClick={() => mute.isPending || mute.mutate(!chat.muted, { onError: say.failed })}
      >
        {chat.muted ? 'Turn notifications on' : 'Turn notifications off'}
      </MenuItem>
      {chat.kind !== 'direct' && (
        <MenuItem icon={<Rename20Regular />} onClick={() => onAsk('rename')}>
          Rename
        </MenuItem>
      )}
      {hasPicture(chat) && (
        <MenuItem icon={<Image20Regular />} onClick={() => choosePicture((file) => picture.mutate(file, { onError: say.failed }))}>
          Change picture
        </MenuItem>
      )}
      {hasPicture(chat) && chat.image && (
        <MenuItem icon={<ImageOff20Regular />} onClick={() => picture.mutate(null, { onError: say.failed })}>
          Remove picture
        </MenuItem>
      )}
      <MenuItem icon={<SignOut20Regular />} onClick={() => onAsk('leave')}>
        Leave chat
      </MenuItem>
    </MenuList>
  )
}

/** An item's chat has the sign of its item, and a chat of two the other's face. */
const hasPicture = ({ kind }: Chat) => kind === 'private' || kind === 'public'

function choosePicture(chosen: (file: File) => void): void {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: 'image/png,image/jpeg,image/gif,image/webp' })
  input.addEventListener('change', () => input.files?.[0] && chosen(input.files[0]))
  input.click()
}

/** The dialogs that stay when the menu is gone. */
export function ChatOptionDialogs({ chat, asked, onClose }: { chat: Chat; asked: Asked | null; onClose: () => void }) {
  if (asked === 'rename') return <RenameDialog chat={chat} onClose={onClose} />
  return asked === 'leave' ? <LeaveDialog chat={chat} onClose={onClose} /> : null
}

/** The menu where the pointer was. */
export function ChatOptionsAt({ chat, spot, onClose }: { chat: Chat; spot: Spot | null; onClose: () => void }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <>
      <Menu
        open={spot !== null}
        onOpenChange={(_, data) => !data.open && onClose()}
        positioning={{ target: spotTarget(spot), position: 'below', align: 'start' }}
      >
        <MenuPopover>
          <ChatOptionItems chat={chat} onAsk={setAsked} />
        </MenuPopover>
      </Menu>
      <ChatOptionDialogs chat={chat} asked={asked} onClose={() => setAsked(null)} />
    </>
  )
}
