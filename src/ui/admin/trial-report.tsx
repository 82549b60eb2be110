import { makeStyles, mergeClasses, ProgressBar } from '@fluentui/react-components'
import { CheckmarkCircle20Filled, Circle20Regular, ErrorCircle20Filled, QuestionCircle20Regular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { withMender } from '../../core/words/people.ts'
import type { ProbeReport } from '../data/types.ts'
import { ago, fullTime } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { Unseen } from '../parts/unseen.tsx'
import { tokens } from '../theme.ts'
import { useCard } from './card.ts'

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', gap: '8px' },
  list: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))', gap: '8px 24px' },
  line: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: '8px' },
  withReason: { gridColumn: '1 / -1' },
  works: { color: tokens.colorStatusSuccessForeground1 },
  fails: { color: tokens.colorStatusDangerForeground1 },
  untried: { color: tokens.colorNeutralForeground3 },
})

type Line = ProbeReport['lines'][number]

/** What really works there, line by line; each that does not says why and who can mend it (U9). */
export function TrialReport({ report }: { report: ProbeReport }) {
  const styles = useStyles()
  const card = useCard()
  const { state, lines, leftBehind } = report
  const tried = lines.filter(isTried).length
  return (
    <div className={styles.whole}>
      <p className={card.quiet} role="status">
        <Headline report={report} />
      </p>
      {state === 'running' && <ProgressBar aria-label="Trying it out" {...(lines.length > 0 ? { value: tried, max: lines.length } : {})} />}
      <ul className={styles.list} aria-label="What works">
        {lines.map((line) => (
          <LineRow key={line.step} line={line} over={state !== 'running'} />
        ))}
      </ul>
      {leftBehind && state !== 'running' && <p className={card.quiet}>Left behind: {leftBehind}</p>}
    </div>
  )
}

const isTried = ({ outcome, why }: Line) => outcome !== 'untried' || why !== null

function Headline({ report: { at, state, lines } }: { report: ProbeReport }) {
  const now = useNow()
  const when = (
    <time dateTime={at} title={fullTime(at)}>
      {ago(at, now)}
    </time>
  )
  if (state === 'running') return <>Ringside is trying out what it does there. This takes some seconds.</>
  if (state === 'interrupted') return <>The trial ({when}) was broken off before its end. Try it out again.</>
  const unwell = lines.filter(({ outcome }) => outcome !== 'works').length
  return unwell === 0 ? (
    <>Tried out {when}: everything works.</>
  ) : (
    <>
      Tried out {when}: {lines.length - unwell} of {lines.length} work.
    </>
  )
}

const ICONS: Readonly<Record<Line['outcome'], ReactElement>> = {
  works: <CheckmarkCircle20Filled />,
  fails: <ErrorCircle20Filled />,
  untried: <QuestionCircle20Regular />,
}

const SAID: Readonly<Record<Line['outcome'], string>> = { works: 'Works', fails: 'Does not work', untried: 'Not tried' }

function LineRow({ line, over }: { line: Line; over: boolean }) {
  const styles = useStyles()
  const card = useCard()
  const { title, outcome, why, mender } = line
  const waits = !isTried(line) && !over
  return (
    <li className={mergeClasses(styles.line, why !== null && styles.withReason)}>
      <span className={styles[outcome]} aria-hidden>
        {waits ? <Circle20Regular /> : ICONS[outcome]}
      </span>
      <span>
        {title}
        <Unseen>: {waits ? 'not yet' : SAID[outcome]}</Unseen>
        {why !== null && <span className={card.quiet}>. {withMender(why, mender ?? 'nobody')}</span>}
      </span>
    </li>
  )
}
