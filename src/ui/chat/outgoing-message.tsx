import { Link, makeStyles } from '@fluentui/react-components'
import { ErrorCircle16Regular } from '@fluentui/react-icons'
import type { Outgoing } from '../data/thread.ts'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'
import { Bubble } from './bubble.tsx'

const useStyles = makeStyles({
  line: { display: 'flex', flexDirection: 'column', alignItems: 'flex-end', gap: '4px', marginTop: '4px' },
  sending: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  failed: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: '4px 8px',
    color: tokens.colorStatusDangerForeground1,
    fontSize: tokens.fontSizeBase200,
  },
})

/** A message that is on its way, or did not get through. */
export function OutgoingMessage({ message, onRetry, onDiscard }: { message: Outgoing; onRetry: () => void; onDiscard: () => void }) {
  const styles = useStyles()
  return (
    <div className={styles.line}>
      <Bubble text={message.text || message.files.map((file) => file.name).join(', ')} own waiting={message.state === 'sending'} />
      {message.state === 'sending' ? (
        <span className={styles.sending}>Sending…</span>
      ) : (
        <div className={styles.failed} role="alert">
          <ErrorCircle16Regular aria-hidden /> Not sent. {message.why}
          <Link as="button" onClick={onRetry}>
            {words.retry}
          </Link>
          <Link as="button" onClick={onDiscard}>
            Discard
          </Link>
        </div>
      )}
    </div>
  )
}
