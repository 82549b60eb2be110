import { Button, makeStyles, Spinner } from '@fluentui/react-components'
import { ArrowDown16Regular, History16Regular } from '@fluentui/react-icons'
import { useMe } from '../data/me.ts'
import { useOlderMessages, useOutbox, useThread } from '../data/messages.ts'
import { stillOutgoing } from '../data/thread.ts'
import type { Chat } from '../data/types.ts'
import { longDate } from '../parts/format.ts'
import { useEnd, useNow } from '../parts/hooks.ts'
import { Failed, LoadingLines } from '../parts/states.tsx'
import { media, tokens } from '../theme.ts'
import { Announcer } from './announcer.tsx'
import { Composer } from './composer.tsx'
import { rowsOf } from './group.ts'
import { MessageRow } from './message-row.tsx'
import { OutgoingMessage } from './outgoing-message.tsx'
import { useReading } from './use-reading.ts'
import { useScroll } from './use-scroll.ts'

const useStyles = makeStyles({
  space: { position: 'relative', flex: 1, minHeight: 0 },
  scroll: {
    height: '100%',
    overflowY: 'auto',
    overscrollBehavior: 'contain',
    overflowAnchor: 'none',
    padding: '16px 20px',
    [media.belowOnePane]: { padding: '12px' },
  },
  // Few messages lie at the bottom, by the composer, not at the top of an empty page.
  lines: { minHeight: '100%', display: 'flex', flexDirection: 'column', justifyContent: 'flex-end', gap: '4px' },
  top: { display: 'grid', placeItems: 'center', padding: '8px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  hidden: { display: 'inline-flex', alignItems: 'center', gap: '6px', textAlign: 'center' },
  first: { textAlign: 'center', color: tokens.colorNeutralForeground2, padding: '24px' },
  pill: {
    position: 'absolute',
    bottom: '8px',
    left: '50%',
    transform: 'translateX(-50%)',
    boxShadow: tokens.shadow8,
    borderRadius: '999px',
  },
})

/** The messages of one chat, and the place to write the next. */
export function Conversation({ chat }: { chat: Chat }) {
  const styles = useStyles()
  const me = useMe().id
  const thread = useThread(chat.id)
  const { outgoing, send, retry, discard } = useOutbox(chat.id)
  const messages = thread.data?.messages ?? []
  const pending = stillOutgoing(outgoing, messages, me)
  const { box, atBottom, news, onScroll, toBottom } = useScroll(messages, pending.length)
  useReading(chat, messages, atBottom)
  return (
    <>
      <div className={styles.space}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <div ref={box} className={styles.scroll} onScroll={onScroll} tabIndex={0} role="region" aria-label="Messages">
          <div className={styles.lines}>
            {thread.isPending && <LoadingLines label="Loading messages" />}
            {thread.isError && !thread.data && <Failed error={thread.error} onRetry={() => void thread.refetch()} />}
            {thread.data && (
              <Earlier chatId={chat.id} first={messages[0]?.seq} older={thread.data.older} hiddenBefore={thread.data.hiddenBefore} />
            )}
            {rowsOf(messages).map((row) => (
              <MessageRow key={row.key} row={row} me={me} />
            ))}
            {thread.data && !messages.some((one) => one.kind === 'text') && pending.length === 0 && (
              <p className={styles.first}>Nothing has been said yet. Write the first message.</p>
            )}
            {pending.map((one) => (
              <OutgoingMessage key={one.key} message={one} onRetry={() => retry(one)} onDiscard={() => discard(one)} />
            ))}
          </div>
        </div>
        {news && (
          <Button appearance="primary" size="small" className={styles.pill} icon={<ArrowDown16Regular />} onClick={toBottom}>
            New messages
          </Button>
        )}
      </div>
      <Announcer messages={messages} me={me} />
      <Composer chatId={chat.id} onSend={(text) => (send(text), toBottom())} />
    </>
  )
}

/** The upper end: more to read, the line where hidden history begins, or nothing. */
function Earlier({
  chatId,
  first,
  older,
  hiddenBefore,
}: {
  chatId: string
  first: number | undefined
  older: boolean
  hiddenBefore: string | null
}) {
  const styles = useStyles()
  const now = useNow()
  const earlier = useOlderMessages(chatId)
  const more = () => first === undefined || earlier.isPending || earlier.mutate(first)
  const end = useEnd<HTMLDivElement>(more, older && !earlier.isError)
  if (older) {
    return (
      <div className={styles.top} ref={end}>
        {earlier.isPending ? (
          <Spinner size="tiny" label="Earlier messages" />
        ) : (
          <Button appearance="subtle" size="small" onClick={more}>
            {earlier.isError ? 'Retry earlier messages' : 'Earlier messages'}
          </Button>
        )}
      </div>
    )
  }
  if (!hiddenBefore) return null
  return (
    <p className={styles.top}>
      <span className={styles.hidden}>
        <History16Regular aria-hidden /> You joined on {longDate(hiddenBefore, now)}. Earlier messages are not shown.
      </span>
    </p>
  )
}
