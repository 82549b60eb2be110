import { makeStyles, Text } from '@fluentui/react-components'
import { PlugDisconnected24Regular } from '@fluentui/react-icons'
import { useDemoPeople } from '../data/me.ts'
import { useWays } from '../data/sign-in.ts'
import { isGone } from '../data/problem.ts'
import { useTitle } from '../parts/hooks.ts'
import { Mark } from '../parts/mark.tsx'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import { media, ours, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { FaceGrid } from './face-grid.tsx'
import { NewPasswordForm, SetupForm, WelcomeForm } from './first-time.tsx'
import { SignInForm } from './sign-in-form.tsx'

const useStyles = makeStyles({
  page: { minHeight: '100dvh', height: '100%', overflow: 'auto', backgroundColor: ours.ringPage },
  column: {
    maxWidth: '760px',
    margin: '0 auto',
    padding: '12vh 24px 48px',
    display: 'flex',
    flexDirection: 'column',
    gap: '40px',
    [media.belowOnePane]: { padding: '32px 16px', gap: '24px' },
  },
  hero: { display: 'flex', flexDirection: 'column', gap: '16px' },
  brand: { display: 'flex', alignItems: 'center', gap: '12px' },
  title: {
    fontSize: tokens.fontSizeHero900,
    lineHeight: tokens.lineHeightHero900,
    fontWeight: tokens.fontWeightSemibold,
    letterSpacing: '-0.02em',
    maxWidth: '20ch',
    [media.belowOnePane]: { fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700 },
  },
  lead: { maxWidth: '60ch', color: tokens.colorNeutralForeground2 },
  try: { display: 'flex', flexDirection: 'column', gap: '16px' },
  tryTitle: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  hint: { color: tokens.colorNeutralForeground3 },
})

export function SignInPage() {
  const styles = useStyles()
  useTitle('Sign in')
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <header className={styles.hero}>
          <div className={styles.brand}>
            <Mark size={44} />
            <Text size={500} weight="semibold">
              {words.product}
            </Text>
          </div>
          <h1 className={styles.title}>The one chat for every deal.</h1>
          <Text size={400} className={styles.lead}>
            Each deal, lead or company gets one private chat with the people who follow it. Add an observer and they are in the chat; take
            them off and they are out. Nobody keeps lists by hand.
          </Text>
        </header>
        <WayIn />
      </div>
    </main>
  )
}

function WayIn() {
  const ways = useWays()
  switch (window.location.pathname) {
    case '/setup':
      return <SetupForm />
    case '/welcome':
      return <WelcomeForm />
    case '/new-password':
      return <NewPasswordForm />
  }
  if (ways.isPending) return <LoadingLines label="Looking how to sign in" rows={4} />
  if (ways.isError) return <Failed error={ways.error} onRetry={() => void ways.refetch()} />
  if (ways.data.demo) return <Demo />
  if (ways.data.why) return <Note icon={<PlugDisconnected24Regular />} title={ways.data.why} />
  return <SignInForm ways={ways.data} />
}

function Demo() {
  const styles = useStyles()
  return (
    <section className={styles.try} aria-labelledby="try">
      <h2 id="try" className={styles.tryTitle}>
        Try it as…
      </h2>
      <People />
    </section>
  )
}

function People() {
  const styles = useStyles()
  const demo = useDemoPeople()
  if (demo.isPending) return <LoadingLines label="Loading people" rows={4} />
  if (demo.isError && isGone(demo.error)) {
    return <Note icon={<PlugDisconnected24Regular />} title="The demo is there for browsers on its own machine only." />
  }
  if (demo.isError) return <Failed error={demo.error} onRetry={() => void demo.refetch()} />
  return (
    <>
      <FaceGrid people={demo.data.items} />
      <Text size={200} className={styles.hint}>
        No account, no password: this is a demo with made-up people. Open a private window as somebody else to watch both sides live.
      </Text>
    </>
  )
}
