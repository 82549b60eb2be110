import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { LockClosed20Filled, NumberSymbol20Filled } from '@fluentui/react-icons'
import type { Chat } from '../data/types.ts'
import { TypeTile } from '../items/marks.tsx'
import { Face } from '../people/face.tsx'
import { ours, tokens } from '../theme.ts'
import { KIND_TITLES } from './kinds.ts'

const useStyles = makeStyles({
  tile: {
    display: 'inline-grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '36px',
    height: '36px',
    borderRadius: tokens.borderRadiusXLarge,
  },
  picture: { objectFit: 'cover' },
  open: { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2 },
  violet: { backgroundColor: ours.ringPrivateBack, color: ours.ringPrivateText },
})

/** The sign of a chat: the picture its members gave it, its item's type, the other's face, or a violet lock. Never the colour alone. */
export function ChatMark({ chat }: { chat: Pick<Chat, 'item' | 'kind' | 'with' | 'image'> }) {
  const styles = useStyles()
  if (chat.image)
    return <img className={mergeClasses(styles.tile, styles.picture)} src={chat.image} alt={`${KIND_TITLES[chat.kind]} chat`} />
  if (chat.item) return <TypeTile type={chat.item.type} />
  if (chat.with) return <Face person={chat.with} size={36} />
  const isPublic = chat.kind === 'public'
  return (
    <span
      className={mergeClasses(styles.tile, isPublic ? styles.open : styles.violet)}
      role="img"
      aria-label={`${KIND_TITLES[chat.kind]} chat`}
    >
      {isPublic ? <NumberSymbol20Filled /> : <LockClosed20Filled />}
    </span>
  )
}
