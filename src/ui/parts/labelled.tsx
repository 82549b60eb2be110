import { Label, makeStyles, Text } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'
import { tokens } from '../theme.ts'

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', gap: '4px' },
  hint: { color: tokens.colorNeutralForeground3 },
})

/**
 * A label for a group of controls. Fluent's `Field` would give its label to every control inside it, also to those
 * in a popover: each person in the list would then be called "Observers".
 */
export function Labelled({ label, hint = null, children }: { label: string; hint?: string | null; children: ReactNode }) {
  const styles = useStyles()
  const id = useId()
  return (
    <div className={styles.group} role="group" aria-labelledby={id}>
      <Label id={id}>{label}</Label>
      {children}
      <Text size={200} className={styles.hint} role="status">
        {hint}
      </Text>
    </div>
  )
}
