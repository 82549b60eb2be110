import { Button, makeStyles, mergeClasses, Skeleton, SkeletonItem, Text } from '@fluentui/react-components'
import { ErrorCircle24Regular, EyeOff24Regular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import { isGone, sentenceOf } from '../data/problem.ts'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'

const useStyles = makeStyles({
  note: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    textAlign: 'center',
    gap: '12px',
    padding: '56px 24px',
    color: tokens.colorNeutralForeground2,
  },
  circle: {
    display: 'grid',
    placeItems: 'center',
    width: '56px',
    height: '56px',
    borderRadius: '50%',
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
  },
  text: { maxWidth: '42ch' },
  lines: { display: 'flex', flexDirection: 'column', gap: '16px', padding: '16px' },
  line: { display: 'grid', gridTemplateColumns: '32px minmax(0, 1fr)', gap: '12px', alignItems: 'center' },
})

/** One quiet picture and sentence in the middle: an empty list, nothing found, no right, an error. */
export function Note({
  icon,
  title,
  children,
  className,
}: {
  icon: ReactElement
  title: string
  children?: ReactNode
  className?: string
}) {
  const styles = useStyles()
  return (
    <div className={mergeClasses(styles.note, className)}>
      <div className={styles.circle} aria-hidden>
        {icon}
      </div>
      <Text weight="semibold" size={400} align="center" className={styles.text}>
        {title}
      </Text>
      {children}
    </div>
  )
}

/** A failed read: with Retry, unless the answer was that there is nothing to see. */
export function Failed({ error, onRetry, back }: { error: unknown; onRetry: () => void; back?: ReactNode }) {
  if (isGone(error)) {
    return (
      <Note icon={<EyeOff24Regular />} title={words.notVisible}>
        {back}
      </Note>
    )
  }
  return (
    <div role="alert">
      <Note icon={<ErrorCircle24Regular />} title={sentenceOf(error)}>
        <Button onClick={onRetry}>{words.retry}</Button>
      </Note>
    </div>
  )
}

/** The shape of a list that is on its way. */
export function LoadingLines({ rows = 6, label }: { rows?: number; label: string }) {
  const styles = useStyles()
  return (
    <Skeleton aria-label={label} className={styles.lines}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.line}>
          <SkeletonItem shape="circle" size={32} />
          <div style={{ display: 'grid', gap: 6 }}>
            <SkeletonItem size={16} style={{ width: `${62 - (row % 3) * 12}%` }} />
            <SkeletonItem size={12} style={{ width: `${38 - (row % 2) * 10}%` }} />
          </div>
        </div>
      ))}
    </Skeleton>
  )
}
