import { useNavigate, useParams } from '@tanstack/react-router'
import { useLeaveChat } from '../data/chats.ts'
import { useMe } from '../data/me.ts'
import type { Chat } from '../data/types.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { useSay } from '../parts/say.tsx'
import { words } from '../words.ts'

export function LeaveDialog({ chat, onClose }: { chat: Chat; onClose: () => void }) {
  const leave = useLeaveChat(chat.id)
  const me = useMe().id
  const navigate = useNavigate()
  const opened = useParams({ strict: false })
  const say = useSay()
  const left = () => {
    onClose()
    if (opened.chatId === chat.id) void navigate({ to: '/chats' })
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
