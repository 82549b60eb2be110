import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { LockClosed20Filled } from '@fluentui/react-icons'
import type { Chat } from '../data/types.ts'
import { TypeTile } from '../items/marks.tsx'
import { ours, tokens } from '../theme.ts'

const useStyles = makeStyles({
  tile: {
    display: 'inline-grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '36px',
    height: '36px',
    borderRadius: tokens.borderRadiusXLarge,
  },
  violet: { backgroundColor: ours.ringPrivateBack, color: ours.ringPrivateText },
})

/** The sign of a chat: its item's type, or a violet lock. Never the colour alone. */
export function ChatMark({ chat }: { chat: Pick<Chat, 'item'> }) {
  const styles = useStyles()
  if (chat.item) return <TypeTile type={chat.item.type} />
  return (
    <span className={mergeClasses(styles.tile, styles.violet)} role="img" aria-label="Private chat">
      <LockClosed20Filled />
    </span>
  )
}
