import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { media, tokens } from '../theme.ts'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0, height: '100%', overflow: 'auto' },
  head: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: '8px 12px',
    padding: '20px 28px 12px',
    [media.belowOnePane]: { padding: '12px 16px 8px' },
  },
  title: {
    flex: '1 1 auto',
    minWidth: 0,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    letterSpacing: '-0.01em',
    [media.belowOnePane]: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  },
})

export function Page({ children, className }: { children: ReactNode; className?: string }) {
  const styles = useStyles()
  return <div className={mergeClasses(styles.page, className)}>{children}</div>
}

export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  const styles = useStyles()
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      {children}
    </header>
  )
}
