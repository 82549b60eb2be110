import { makeStyles } from '@fluentui/react-components'
import { CheckmarkCircle20Filled, Warning20Filled } from '@fluentui/react-icons'
import { withMender } from '../../core/words/people.ts'
import type { Connection } from '../data/types.ts'
import { tokens } from '../theme.ts'
import { useCard } from './card.ts'

const useStyles = makeStyles({
  line: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: '12px' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  list: { display: 'flex', flexDirection: 'column', gap: '12px' },
})

/** Everything that waits for a person, and nothing else. Empty is how it should be. */
export function NeedsYou({ connections }: { connections: readonly Connection[] }) {
  const styles = useStyles()
  const card = useCard()
  const needs = connections.flatMap(needsOf)
  return (
    <ul className={`${card.card} ${styles.list}`}>
      {needs.length === 0 && (
        <li className={styles.line}>
          <CheckmarkCircle20Filled className={styles.good} />
          Nothing needs you. Whatever does appears here.
        </li>
      )}
      {needs.map(({ id, text }) => (
        <li key={id} className={styles.line}>
          <Warning20Filled className={styles.warning} />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}

type Need = { readonly id: string; readonly text: string }

/** What is broken there, or did not work when it was tried. */
export function needsOf({ id, title, state, why, probe }: Connection): readonly Need[] {
  if (state === 'broken') return [{ id, text: `${title} is not connected. ${why ?? 'Connect it again below.'}` }]
  const failing = probe?.lines.filter(({ outcome }) => outcome === 'fails') ?? []
  return failing.map((line) => ({
    id: `${id} ${line.step}`,
    text: `${title}: “${line.title}” does not work. ${withMender(line.why ?? '', line.mender ?? 'nobody')}`,
  }))
}
