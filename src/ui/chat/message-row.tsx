import { Divider, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { Message } from '../data/types.ts'
import { clock, dayName, fullTime } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { Face } from '../people/face.tsx'
import { media, tokens } from '../theme.ts'
import { Bubble } from './bubble.tsx'
import type { Row } from './group.ts'
import { QuietLine } from './quiet-line.tsx'

const useStyles = makeStyles({
  day: { flexGrow: 0, padding: '12px 0 8px', color: tokens.colorNeutralForeground2 },
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

export function MessageRow({ row, me }: { row: Row; me: string }) {
  const styles = useStyles()
  const now = useNow()
  switch (row.kind) {
    case 'day':
      return (
        <Divider className={styles.day} appearance="subtle">
          {dayName(row.at, now)}
        </Divider>
      )
    case 'quiet':
      return <QuietLine messages={row.messages} />
    case 'block':
      return <Block messages={row.messages} author={row.author} own={row.author?.id === me} />
  }
}

function Block({ messages, author, own }: { messages: readonly Message[]; author: Message['author']; own: boolean }) {
  const styles = useStyles()
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
          <Bubble key={message.id} text={message.text} own={own} />
        ))}
      </div>
    </div>
  )
}
