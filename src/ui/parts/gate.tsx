import { makeStyles } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { useSession } from '../data/me.ts'
import { isWayIn } from '../data/sign-in.ts'
import { words } from '../words.ts'
import { Frame } from './frame.tsx'
import { Failed, LoadingLines } from './states.tsx'

const SignInPage = lazy(() => import('../people/sign-in-page.tsx').then((module) => ({ default: module.SignInPage })))

const useStyles = makeStyles({ waiting: { maxWidth: '560px', margin: '12vh auto 0' } })

/** Nobody comes past here unless somebody is signed in. A change of person begins the page anew. */
export function Gate() {
  const styles = useStyles()
  const session = useSession()
  const waiting = (
    <main className={styles.waiting}>
      <LoadingLines label={`${words.product} is loading`} />
    </main>
  )
  if (session.isPending) return waiting
  if (session.data && !isWayIn(window.location.pathname)) return <Frame key={session.data.id} me={session.data} />
  if (session.isError) return <Failed error={session.error} onRetry={() => void session.refetch()} />
  return (
    <Suspense fallback={waiting}>
      <SignInPage />
    </Suspense>
  )
}
