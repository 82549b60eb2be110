import { makeStyles } from '@fluentui/react-components'
import { CloudOff20Regular, ArrowSync20Regular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { LiveState } from '../data/live.ts'
import { tokens } from '../theme.ts'
import { words } from '../words.ts'
import { useOnline } from './hooks.ts'

const useStyles = makeStyles({
  banner: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '8px',
    padding: '6px 16px',
    backgroundColor: tokens.colorStatusWarningBackground2,
    color: tokens.colorNeutralForeground1,
    borderBottom: `1px solid ${tokens.colorStatusWarningBorder1}`,
  },
})

/** A blip of the line is nobody's business; a break that lasts is. */
const PATIENCE_MS = 2_000

export function ConnectionBanner({ live }: { live: LiveState }) {
  const styles = useStyles()
  const online = useOnline()
  const broken = useLasting(live === 'broken')
  return (
    <div role="status">
      {!online && (
        <div className={styles.banner}>
          <CloudOff20Regular aria-hidden /> {words.offline}
        </div>
      )}
      {online && broken && (
        <div className={styles.banner}>
          <ArrowSync20Regular aria-hidden /> {words.reconnecting}
        </div>
      )}
    </div>
  )
}

function useLasting(on: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!on) return
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [on])
  return lasting
}
