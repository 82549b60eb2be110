import { Button, makeStyles, Spinner } from '@fluentui/react-components'
import { History16Regular } from '@fluentui/react-icons'
import { useNewerMessages, useOlderMessages } from '../data/messages.ts'
import type { Thread } from '../data/thread.ts'
import { longDate } from '../parts/format.ts'
import { useEnd, useNow } from '../parts/hooks.ts'
import { tokens } from '../theme.ts'

const useStyles = makeStyles({
  end: { display: 'grid', placeItems: 'center', padding: '8px', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  hidden: { display: 'inline-flex', alignItems: 'center', gap: '6px', textAlign: 'center' },
})

/** The upper end: more to read, the line where hidden history begins, or nothing. */
export function Earlier({ chatId, thread }: { chatId: string; thread: Thread }) {
  const styles = useStyles()
  const now = useNow()
  const earlier = useOlderMessages(chatId)
  const first = thread.messages[0]?.seq
  const more = () => first === undefined || earlier.isPending || earlier.mutate(first)
  const end = useEnd<HTMLDivElement>(more, thread.older && !earlier.isError, first)
  if (thread.older) {
    return (
      <div className={styles.end} ref={end}>
        <More title="Earlier messages" state={earlier} onMore={more} />
      </div>
    )
  }
  if (!thread.hiddenBefore) return null
  return (
    <p className={styles.end}>
      <span className={styles.hidden}>
        <History16Regular aria-hidden /> You joined on {longDate(thread.hiddenBefore, now)}. Earlier messages are not shown.
      </span>
    </p>
  )
}

/** The lower end, while one reads further up in the history. */
export function Later({ chatId, thread }: { chatId: string; thread: Thread }) {
  const styles = useStyles()
  const later = useNewerMessages(chatId)
  const last = thread.messages.at(-1)?.seq
  const more = () => last === undefined || later.isPending || later.mutate(last)
  const end = useEnd<HTMLDivElement>(more, thread.newer && !later.isError, last)
  if (!thread.newer) return null
  return (
    <div className={styles.end} ref={end}>
      <More title="Later messages" state={later} onMore={more} />
    </div>
  )
}

function More({ title, state, onMore }: { title: string; state: { isPending: boolean; isError: boolean }; onMore: () => void }) {
  if (state.isPending) return <Spinner size="tiny" label={title} />
  return (
    <Button appearance="subtle" size="small" onClick={onMore}>
      {state.isError ? `Retry ${title.toLowerCase()}` : title}
    </Button>
  )
}
