import { Link, makeStyles, Tab, TabList } from '@fluentui/react-components'
import { EyeOff24Regular } from '@fluentui/react-icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { connectionsIn, useConnections } from '../data/admin.ts'
import { useMe } from '../data/me.ts'
import { useTitle } from '../parts/hooks.ts'
import { Page, PageHead } from '../parts/page.tsx'
import { Failed, LoadingLines, Note } from '../parts/states.tsx'
import { media } from '../theme.ts'
import { words } from '../words.ts'
import { ConnectionCard } from './connection-card.tsx'
import { ConnectMore } from './connect-more.tsx'
import { Health } from './health.tsx'
import { JustConnected } from './just-connected.tsx'
import { NeedsYou } from './needs-you.tsx'
import { Section } from './section.tsx'

const useStyles = makeStyles({
  column: {
    display: 'flex',
    flexDirection: 'column',
    gap: '32px',
    maxWidth: '860px',
    padding: '20px 28px 40px',
    [media.belowOnePane]: { padding: '14px 16px 24px', gap: '24px' },
  },
  tabs: { padding: '0 18px', flexShrink: 0, [media.belowOnePane]: { padding: '0 6px' } },
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
  const { tab } = useSearch({ from: '/admin' })
  const navigate = useNavigate({ from: '/admin' })
  return (
    <Page>
      <PageHead title="Admin" />
      <TabList
        className={styles.tabs}
        aria-label="Parts of the administration"
        selectedValue={tab ?? 'overview'}
        onTabSelect={(_, { value }) => void navigate({ search: value === 'health' ? { tab: 'health' } : {}, replace: true })}
      >
        <Tab value="overview">Overview</Tab>
        <Tab value="health">Health</Tab>
      </TabList>
      <div className={styles.column}>{tab === 'health' ? <Health /> : <Overview />}</div>
    </Page>
  )
}

function Overview() {
  const { connected } = useSearch({ from: '/admin' })
  const list = useConnections()
  const connections = connectionsIn(list.data)
  if (list.isPending) return <LoadingLines label="Loading" rows={4} />
  if (!list.data) return <Failed error={list.error} onRetry={() => void list.refetch()} />
  return (
    <>
      {connected !== undefined && <JustConnected id={connected} connections={connections} />}
      <Section title="What needs you">
        <NeedsYou connections={connections} />
      </Section>
      <Section title="Connections">
        {connections.map((one) => (
          <ConnectionCard key={one.id} connection={one} />
        ))}
        {list.hasNextPage && (
          <Link as="button" onClick={() => void list.fetchNextPage()}>
            Show more connections
          </Link>
        )}
        <ConnectMore systems={list.data.pages[0]?.connect ?? []} connected={connections} />
      </Section>
    </>
  )
}
