import { Button, makeStyles, mergeClasses, Text } from '@fluentui/react-components'
import {
  CheckmarkCircle20Filled,
  Dismiss20Regular,
  NumberCircle120Regular,
  NumberCircle220Regular,
  NumberCircle320Regular,
} from '@fluentui/react-icons'
import { media, tokens } from '../theme.ts'
import { COACH_STEPS, dismissCoach, useCoach } from './coach-memory.ts'

const useStyles = makeStyles({
  card: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px 20px',
    margin: '16px 28px 0',
    padding: '8px 8px 8px 20px',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorBrandBackground2,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    [media.belowOnePane]: { margin: '12px 16px 0', padding: '4px 4px 4px 16px' },
  },
  steps: { display: 'flex', flexWrap: 'wrap', gap: '4px 24px', flex: 1, minWidth: 0 },
  all: { flex: 1 },
  step: { display: 'flex', alignItems: 'center', gap: '8px' },
  icon: { display: 'inline-flex', color: tokens.colorBrandForeground2 },
  done: { color: tokens.colorNeutralForeground2, textDecorationLine: 'line-through' },
  title: { color: tokens.colorBrandForeground2, [media.belowOnePane]: { display: 'none' } },
  later: { [media.belowOnePane]: { display: 'none' } },
})

const ICONS = [NumberCircle120Regular, NumberCircle220Regular, NumberCircle320Regular] as const

/** The first minute in three steps, each ticked off when it is done. Dismissed once, it stays away in this browser. */
export function Coach({ className }: { className?: string }) {
  const styles = useStyles()
  const coach = useCoach()
  if (coach.dismissed) return null
  const next = COACH_STEPS.find((step) => !coach.done.includes(step.name))
  return (
    <section aria-label="First steps" className={mergeClasses(styles.card, className)}>
      <Text weight="semibold" className={styles.title}>
        Your first minute
      </Text>
      {!next && <Text className={styles.all}>That is all there is to it: who observes is in the chat.</Text>}
      {next && (
        <ol className={styles.steps}>
          {COACH_STEPS.map((step, index) => (
            <li key={step.name} className={mergeClasses(styles.step, step !== next && styles.later)}>
              <Step text={step.text} index={index} done={coach.done.includes(step.name)} />
            </li>
          ))}
        </ol>
      )}
      <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label="Dismiss the first steps" onClick={dismissCoach} />
    </section>
  )
}

function Step({ text, index, done }: { text: string; index: number; done: boolean }) {
  const styles = useStyles()
  const Icon = (done ? null : ICONS[index]) ?? CheckmarkCircle20Filled
  return (
    <>
      <span className={styles.icon} aria-hidden>
        <Icon />
      </span>
      <Text className={mergeClasses(done && styles.done)}>{text}</Text>
    </>
  )
}
