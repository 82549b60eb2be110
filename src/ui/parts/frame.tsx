import { makeStyles } from '@fluentui/react-components'
import { Outlet } from '@tanstack/react-router'
import { Suspense, useRef, useState } from 'react'
import type { Me } from '../data/types.ts'
import { useLive } from '../data/use-live.ts'
import { media, ours, tokens } from '../theme.ts'
import { ConnectionBanner } from './banner.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { useKeys } from './keyboard.ts'
import { Rail } from './rail.tsx'
import { LoadingLines } from './states.tsx'

const useStyles = makeStyles({
  frame: {
    display: 'grid',
    height: '100dvh',
    gridTemplateColumns: '88px minmax(0, 1fr)',
    gridTemplateRows: 'auto minmax(0, 1fr)',
    gridTemplateAreas: '"rail banner" "rail main"',
    backgroundColor: ours.ringPage,
    [media.belowPhone]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gridTemplateRows: 'auto minmax(0, 1fr) auto',
      gridTemplateAreas: '"banner" "main" "rail"',
    },
  },
  banner: { gridArea: 'banner' },
  main: { gridArea: 'main', minWidth: 0, minHeight: 0, position: 'relative', outlineStyle: 'none' },
  skip: {
    position: 'absolute',
    zIndex: 10,
    top: '8px',
    left: '8px',
    padding: '8px 16px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    transform: 'translateY(-200%)',
    ':focus': { transform: 'none' },
  },
})

/** Everything around a page: the rail, the banner, the live socket and the keys that work everywhere. */
export function Frame({ me }: { me: Me }) {
  const styles = useStyles()
  const live = useLive(me.id)
  const main = useRef<HTMLElement>(null)
  const [help, setHelp] = useState(false)
  useKeys({ '?': () => setHelp(true) })
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <Rail me={me} onHelp={() => setHelp(true)} />
      <div className={styles.banner}>
        <ConnectionBanner live={live} />
      </div>
      <main ref={main} className={styles.main} tabIndex={-1}>
        <Suspense fallback={<LoadingLines label="Loading" />}>
          <Outlet />
        </Suspense>
      </main>
      <HelpDialog open={help} onClose={() => setHelp(false)} />
    </div>
  )
}
