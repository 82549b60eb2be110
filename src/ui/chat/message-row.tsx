import { Divider, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { Message } from '../data/types.ts'
import { clock, dayName, fullTime } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { Face } from '../people/face.tsx'
import { media, tokens } from '../theme.ts'
import type { Row } from './group.ts'
import { MessageItem } from './message-item.tsx'
import { QuietLine } from './quiet-line.tsx'
import type { Spot } from './use-press-for-options.ts'

const useStyles = makeStyles({
  day: { flexGrow: 0, padding: '12px 0 8px', color: tokens.colorNeutralForeground2 },
  unread: { flexGrow: 0, padding: '8px 0 0' },
  block: { display: 'grid', gridTemplateColumns: '32px minmax(0, 1fr)', columnGap: '10px', marginTop: '10px', maxWidth: '720px' },
  own: { gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'end', alignSelf: 'flex-end', width: '100%' },
  head: {
    display: 'flex',
    gap: '8px',
    alignItems: 'baseline',
    marginBottom: '4px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
  name: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  bubbles: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '3px',
    minWidth: 0,
    [media.belowPhone]: { maxWidth: '100%' },
  },
  ownBubbles: { alignItems: 'flex-end' },
})

export type RowProps = {
  readonly chatId: string
  readonly me: string
  readonly found: number | null
  readonly onOptions: (message: Message, spot: Spot) => void
  readonly onJump: (seq: number) => void
}

export function MessageRow({ row, ...props }: RowProps & { row: Row }) {
  const styles = useStyles()
  const now = useNow()
  switch (row.kind) {
    case 'day':
      return (
        <Divider className={styles.day} appearance="subtle">
          {dayName(row.at, now)}
        </Divider>
      )
    case 'unread':
      return (
        <Divider className={styles.unread} appearance="brand" alignContent="end">
          New
        </Divider>
      )
    case 'quiet':
      return <QuietLine messages={row.messages} />
    case 'block':
      return <Block messages={row.messages} author={row.author} {...props} />
  }
}

function Block({
  messages,
  author,
  me,
  chatId,
  found,
  onOptions,
  onJump,
}: RowProps & { messages: readonly Message[]; author: Message['author'] }) {
  const styles = useStyles()
  const own = author?.id === me
  const at = messages[0]?.at ?? ''
  return (
    <div className={mergeClasses(styles.block, own && styles.own)}>
      {!own && author && <Face person={author} size={32} />}
      <div className={mergeClasses(styles.bubbles, own && styles.ownBubbles)}>
        <div className={styles.head}>
          <span className={styles.name}>{own ? 'You' : (author?.name ?? 'Ringside')}</span>
          <time dateTime={at} title={fullTime(at)}>
            {clock(at)}
          </time>
        </div>
        {messages.map((message) => (
          <MessageItem
            key={message.id}
            chatId={chatId}
            message={message}
            own={own}
            found={message.seq === found}
            onOptions={onOptions}
            onJump={onJump}
          />
        ))}
      </div>
    </div>
  )
}
