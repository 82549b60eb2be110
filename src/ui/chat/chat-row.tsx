import { CounterBadge, makeStyles, mergeClasses } from '@fluentui/react-components'
import { AlertOff16Regular } from '@fluentui/react-icons'
import { Link } from '@tanstack/react-router'
import type { Chat } from '../data/types.ts'
import { useMe } from '../data/me.ts'
import { ago, count, firstName } from '../parts/format.ts'
import { ours, tokens } from '../theme.ts'
import { ChatMark } from './chat-mark.tsx'
import { type Spot, usePressForOptions } from './use-press-for-options.ts'
import { quietLine } from './group.ts'

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '36px minmax(0, 1fr) auto',
    columnGap: '12px',
    alignItems: 'center',
    minHeight: '60px',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusXLarge,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    // The long press is ours: no preview of the link, no selected text.
    WebkitTouchCallout: 'none',
    userSelect: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: {
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { backgroundColor: tokens.colorBrandBackground2 },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  herePrivate: { backgroundColor: ours.ringPrivateBack, ':hover': { backgroundColor: ours.ringPrivateBack } },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  last: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300 },
  unread: { fontWeight: tokens.fontWeightBold },
  muted: { color: tokens.colorNeutralForeground3 },
  side: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end', gap: '4px', alignSelf: 'start', paddingTop: '2px' },
  time: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, whiteSpace: 'nowrap' },
})

export function ChatRow({ chat, now, onOptions }: { chat: Chat; now: number; onOptions: (spot: Spot) => void }) {
  const styles = useStyles()
  const me = useMe().id
  const unread = chat.unread > 0
  const press = usePressForOptions(onOptions)
  const here = mergeClasses(styles.row, styles.here, chat.kind === 'private' && styles.herePrivate)
  return (
    <Link
      to="/chats/$chatId"
      params={{ chatId: chat.id }}
      className={styles.row}
      activeProps={{ className: here }}
      data-chat={chat.id}
      {...press}
    >
      <ChatMark chat={chat} />
      <span className={styles.words}>
        <span className={mergeClasses(styles.cut, unread && styles.unread, chat.muted && styles.muted)}>{chat.name}</span>
        <span className={mergeClasses(styles.cut, styles.last, unread && styles.unread)}>{preview(chat, me)}</span>
      </span>
      <span className={styles.side}>
        {chat.last && <span className={styles.time}>{ago(chat.last.at, now)}</span>}
        {unread && (
          <CounterBadge
            count={chat.unread}
            size="small"
            color={chat.muted ? 'informative' : 'brand'}
            aria-label={count(chat.unread, 'unread message')}
          />
        )}
        {chat.muted && !unread && <AlertOff16Regular aria-label="Notifications are off" />}
      </span>
    </Link>
  )
}

function preview(chat: Chat, me: string): string {
  const { last } = chat
  if (!last) return count(chat.members, 'person', 'people')
  if (last.kind !== 'text') return quietLine(last)
  const by = last.author?.id === me ? 'You' : firstName(last.author?.name ?? 'Somebody')
  return last.deleted ? `${by} deleted a message` : `${by}: ${last.text || last.files.map((file) => file.name).join(', ')}`
}
