import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { Dismiss20Regular } from '@fluentui/react-icons'
import type { Outcome } from '../data/types.ts'
import { words } from '../words.ts'

const useStyles = makeStyles({ bars: { display: 'flex', flexDirection: 'column', gap: '8px' } })

/** What did not go as asked: a line per person with the reason. Who was done, or there already, is visible elsewhere. */
export function notDone(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.filter((one) => one.outcome !== 'done' && one.outcome !== 'already')
}

const SAID: Readonly<Record<Outcome['outcome'], string>> = {
  done: 'was done.',
  already: 'was there already.',
  refused: 'could not be changed.',
  impossible: 'cannot be reached there.',
  later: 'follows in a moment.',
  uncertain: 'may or may not have been changed; we are checking.',
}

export function Outcomes({ outcomes, onDismiss }: { outcomes: readonly Outcome[]; onDismiss: () => void }) {
  const styles = useStyles()
  const shown = notDone(outcomes)
  if (shown.length === 0) return null
  return (
    <div className={styles.bars} role="status">
      {shown.map((one, index) => (
        <MessageBar key={one.person.id} intent={one.outcome === 'later' ? 'info' : 'warning'} layout="multiline">
          <MessageBarBody>{one.why ?? `${one.person.name} ${SAID[one.outcome]}`}</MessageBarBody>
          {index === 0 && (
            <MessageBarActions
              containerAction={<Button appearance="transparent" icon={<Dismiss20Regular />} aria-label={words.close} onClick={onDismiss} />}
            />
          )}
        </MessageBar>
      ))}
    </div>
  )
}
