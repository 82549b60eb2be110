import { Badge, Button } from '@fluentui/react-components'
import { BeakerRegular, PlugDisconnectedRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useDisconnect, useTryOut } from '../data/admin.ts'
import { sentenceOf } from '../data/problem.ts'
import type { Connection } from '../data/types.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { fullTime, longDate } from '../parts/format.ts'
import { useNow } from '../parts/hooks.ts'
import { useCard } from './card.ts'
import { Permissions } from './permissions.tsx'
import { TrialReport } from './trial-report.tsx'

/** One workspace that Ringside is connected to: how it stands, what it may do there, and what really works. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const card = useCard()
  const tryOut = useTryOut(connection.id)
  const { probe, state, title, may } = connection
  const running = probe?.state === 'running'
  return (
    <article className={card.card} aria-label={title}>
      <div className={card.head}>
        <h3 className={card.title}>{title}</h3>
        <Badge appearance="tint" color={state === 'connected' ? 'success' : 'danger'} shape="rounded">
          {state === 'connected' ? 'Connected' : 'Not connected'}
        </Badge>
      </div>
      <Since connection={connection} />
      {connection.why && <p className={card.wrong}>{connection.why}</p>}
      <Permissions scopes={connection.scopes} />
      {probe && <TrialReport report={probe} />}
      <div className={card.buttons}>
        <Button icon={<BeakerRegular />} disabledFocusable={running} onClick={() => tryOut.mutate()}>
          {running ? 'Trying it out…' : probe ? 'Try it out again' : 'Try it out'}
        </Button>
        {may.disconnect && <Disconnect connection={connection} />}
        {tryOut.isError && (
          <p className={card.wrong} role="alert">
            {sentenceOf(tryOut.error)}
          </p>
        )}
      </div>
      {!probe && (
        <p className={card.quiet}>
          Trying it out takes some seconds: Ringside makes a chat of its own there, lets you in and takes you out again, and archives it.
        </p>
      )}
    </article>
  )
}

function Since({ connection }: { connection: Connection }) {
  const card = useCard()
  const now = useNow()
  const { installedBy, installedAt, organisation, may } = connection
  if (installedAt === null) return <p className={card.quiet}>{may.whyNot}</p>
  return (
    <p className={card.quiet}>
      Connected{installedBy && ` by ${installedBy.name}`} on{' '}
      <time dateTime={installedAt} title={fullTime(installedAt)}>
        {longDate(installedAt, now)}
      </time>
      {organisation && `, with the whole organisation ${organisation}`}.
    </p>
  )
}

function Disconnect({ connection: { id, title, organisation } }: { connection: Connection }) {
  const card = useCard()
  const [asking, setAsking] = useState(false)
  const disconnect = useDisconnect(id)
  const all = organisation ? ` All workspaces of ${organisation} go with it.` : ''
  return (
    <>
      <Button appearance="subtle" icon={<PlugDisconnectedRegular />} onClick={() => setAsking(true)}>
        Disconnect
      </Button>
      {disconnect.isError && (
        <p className={card.wrong} role="alert">
          {sentenceOf(disconnect.error)}
        </p>
      )}
      <ConfirmDialog
        open={asking}
        title={`Disconnect ${title}?`}
        text={`Its chats and their links to items are kept, and wait as they are: nobody is added or taken out meanwhile.${all} To undo it, connect it again.`}
        action="Disconnect"
        busy={disconnect.isPending}
        onConfirm={() => disconnect.mutate(undefined, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
