import { Link, makeStyles } from '@fluentui/react-components'
import { EyeOff24Regular } from '@fluentui/react-icons'
import { useSearch } from '@tanstack/react-router'
import { connectionsIn, useConnections } from '../data/admin.ts'
import { useMe } from '../data/me.ts'
import { useTitle } from '../parts/hooks.ts'
import { Page, PageHead } from '../parts/page.tsx'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import { media, tokens } from '../theme.ts'
import { words } from '../words.ts'
import { ConnectionCard } from './connection-card.tsx'
import { ConnectMore } from './connect-more.tsx'
import { JustConnected } from './just-connected.tsx'
import { NeedsYou } from './needs-you.tsx'

const useStyles = makeStyles({
  column: {
    display: 'flex',
    flexDirection: 'column',
    gap: '32px',
    maxWidth: '860px',
    padding: '8px 28px 40px',
    [media.belowOnePane]: { padding: '4px 16px 24px', gap: '24px' },
  },
  section: { display: 'flex', flexDirection: 'column', gap: '12px' },
  heading: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    [media.belowOnePane]: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  },
})

export function AdminPage() {
  useTitle('Admin')
  const me = useMe()
  // For everybody else there is no such page, whatever its address.
  if (me.role !== 'administrator') return <Note icon={<EyeOff24Regular />} title={words.notVisible} />
  return <Administration />
}

function Administration() {
  const styles = useStyles()
  const { connected } = useSearch({ from: '/admin' })
  const list = useConnections()
  const connections = connectionsIn(list.data)
  return (
    <Page>
      <PageHead title="Admin" />
      <div className={styles.column}>
        {list.isPending && <LoadingLines label="Loading" rows={4} />}
        {list.isError && !list.data && <Failed error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && (
          <>
            {connected !== undefined && <JustConnected id={connected} connections={connections} />}
            <section className={styles.section} aria-labelledby="needs-you">
              <h2 id="needs-you" className={styles.heading}>
                What needs you
              </h2>
              <NeedsYou connections={connections} />
            </section>
            <section className={styles.section} aria-labelledby="connections">
              <h2 id="connections" className={styles.heading}>
                Connections
              </h2>
              {connections.map((one) => (
                <ConnectionCard key={one.id} connection={one} />
              ))}
              {list.hasNextPage && (
                <Link as="button" onClick={() => void list.fetchNextPage()}>
                  Show more connections
                </Link>
              )}
              <ConnectMore systems={list.data.pages[0]?.connect ?? []} connected={connections} />
            </section>
          </>
        )}
      </div>
    </Page>
  )
}
