import { makeStyles, Menu, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components'
import { ArrowReply20Regular, Copy20Regular, Delete20Regular, Edit20Regular } from '@fluentui/react-icons'
import { useDeleteMessage, useReact } from '../data/message-acts.ts'
import type { Message } from '../data/types.ts'
import { useSay } from '../parts/say.tsx'
import { spotTarget, type Spot } from './use-press-for-options.ts'

/** The reactions that nearly everybody wants; any other emoji is taken as well. */
const REACTIONS = ['👍', '❤️', '😂', '🎉', '👀', '✅'] as const

const useStyles = makeStyles({
  row: { display: 'flex' },
  emoji: { minWidth: '40px', padding: '4px 0', justifyContent: 'center', fontSize: '20px', textAlign: 'center' },
})

export type Asked = { readonly message: Message; readonly spot: Spot | null }

/** What can be done with one message: one menu for the whole chat, where the message was pressed. */
export function MessageMenu({
  chatId,
  asked,
  own,
  onReply,
  onEdit,
  onClose,
}: {
  chatId: string
  asked: Asked
  own: boolean
  onReply: () => void
  onEdit: () => void
  onClose: () => void
}) {
  const styles = useStyles()
  const react = useReact(chatId)
  const remove = useDeleteMessage(chatId)
  const say = useSay()
  const { message, spot } = asked
  const mine = (emoji: string) => message.reactions.some((one) => one.emoji === emoji && one.mine)
  return (
    <Menu
      open={spot !== null}
      onOpenChange={(_, data) => !data.open && onClose()}
      positioning={{ target: spotTarget(spot), position: 'below', align: 'start' }}
    >
      <MenuPopover>
        <MenuList>
          <div className={styles.row} role="group" aria-label="React">
            {REACTIONS.map((emoji) => (
              <MenuItem
                key={emoji}
                className={styles.emoji}
                aria-label={mine(emoji) ? `Take ${emoji} back` : `React with ${emoji}`}
                onClick={() => react.mutate({ seq: message.seq, emoji, wanted: !mine(emoji) }, { onError: say.failed })}
              >
                {emoji}
              </MenuItem>
            ))}
          </div>
          <MenuItem icon={<ArrowReply20Regular />} onClick={onReply}>
            Reply
          </MenuItem>
          {message.text && (
            <MenuItem icon={<Copy20Regular />} onClick={() => void navigator.clipboard.writeText(message.text)}>
              Copy text
            </MenuItem>
          )}
          {own && (
            <MenuItem icon={<Edit20Regular />} onClick={onEdit}>
              Edit
            </MenuItem>
          )}
          {own && (
            <MenuItem icon={<Delete20Regular />} onClick={() => remove.mutate(message.seq, { onError: say.failed })}>
              Delete
            </MenuItem>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
