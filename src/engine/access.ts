import {
  connectionsOfInstallation,
  endInstallation,
  installationById,
  type InstallationRow,
  markConnectionDue,
  resumeConnection,
  setConnectionState,
} from '../../db/installations.ts'
import type { InboxRow } from '../../db/inbox.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { connectionFor, type ConnectionRow, discussIn, findConnection, organisationOf } from '../../db/organisations.ts'
import type { Viewer } from '../core/access.ts'
import type { Failure, Result } from '../core/failure.ts'
import { asOrganisationId, type OrganisationId } from '../core/ids.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { News } from '../ports/inbound.ts'
import { type Engine, nowOf } from './engine.ts'
import type { Dealt } from './inbox.ts'
import { agreeWorkspaces } from './install.ts'
import type { Answered, Refused } from './members.ts'
import { ACCESS_REMOVED, tokenOf } from './tokens.ts'

/** Access that was lost, taken or given up. Chats and links are kept: they wait for whoever connects it again. */

const UNREAD_MS = 5_000

export async function accessChanged(engine: Engine, row: InboxRow, news: Extract<News, { kind: 'access-changed' }>): Promise<Dealt> {
  const organisation = asOrganisationId(row.organisationId)
  const { connection, installation } = await inOrganisation(engine.db, organisation, async (tx) => {
    const connected = await findConnection(tx, row.connectionId)
    return { connection: connected, installation: await installationById(tx, connected?.installationId ?? row.connectionId) }
  })
  if (!installation) return connection ? lostByToken(engine, connection) : { outcome: 'discarded: no_installation' }
  // Said of one workspace among many, it is about that one; which ones are left is read anew.
  if (news.what === 'workspaces' || (connection && installation.scope === 'enterprise')) {
    const agreed = await agreeWorkspaces(engine, installation)
    return agreed.ok ? { outcome: 'told' } : again(agreed.failure)
  }
  if (news.atMs < installation.installedAt.getTime() - CLOCKS_APART_MS) return { outcome: 'discarded: before_installation' }
  const alive = await stillWorks(engine, installation)
  if (alive === true) return { outcome: 'discarded: still_works' }
  if (alive !== false) return again(alive)
  await end(engine, installation, `Ringside was removed from ${installation.title}. ${AGAIN}`)
  return { outcome: 'told' }
}

/** The vendor's clock and ours may differ by this much; within it, only the token itself can tell which installation is meant. */
const CLOCKS_APART_MS = 5 * 60_000

const AGAIN = 'An administrator can connect it again; its chats wait as they are.'

const again = (failure: Failure): Dealt => ({
  again: failure.code,
  afterMs: failure.kind === 'later' ? failure.afterMs : UNREAD_MS,
})

/** True or false, or why nobody can tell. */
async function stillWorks(engine: Engine, installation: InstallationRow): Promise<boolean | Failure> {
  const token = await tokenOf(engine, asOrganisationId(installation.organisationId), installation.id)
  const checked: Result<unknown> | undefined = token.ok ? await engine.letIn?.installerOf(installation.platform)?.check(token.value) : token
  if (checked?.ok) return true
  return !checked || checked.failure.kind === 'reconnect' ? false : checked.failure
}

/** A token of the environment: nobody but whoever set it can put another in its place. */
async function lostByToken(engine: Engine, connection: ConnectionRow): Promise<Dealt> {
  await inOrganisation(engine.db, asOrganisationId(connection.organisationId), (tx) =>
    setConnectionState(tx, connection.id, 'broken', `Ringside was removed from ${connection.title}. ${AGAIN}`),
  )
  return { outcome: 'told' }
}

async function end(engine: Engine, installation: InstallationRow, why: string): Promise<void> {
  await inOrganisation(engine.db, asOrganisationId(installation.organisationId), async (tx) => {
    if (await endInstallation(tx, installation, why)) await lookAtAll(tx, installation.id, nowOf(engine))
  })
  engine.log.warn({ installation: installation.id }, why)
  engine.wake()
}

/** Every item with a chat there says how it stands. */
async function lookAtAll(tx: Tx, installationId: string, at: Date): Promise<void> {
  for (const { id } of await connectionsOfInstallation(tx, installationId)) await markConnectionDue(tx, id, at)
}

/**
 * Wraps a platform so that a call which finds the connection broken says so where administrators look, and one that works again takes
 * it back. Only a missing permission leaves the rest working.
 */
export function watched(engine: Engine, connection: ConnectionRow, platform: ChatPlatform): ChatPlatform {
  let state = connection.state

  async function heard(failure: Failure | null): Promise<void> {
    if (failure === null && state === 'broken') {
      state = 'connected'
      return mend(engine, connection)
    }
    if (failure?.kind !== 'reconnect' || state === 'broken' || UNBROKEN.has(failure.code)) return
    state = 'broken'
    await broke(engine, connection, failure)
  }

  const hear = async <Value>(call: Promise<Result<Value>>): Promise<Result<Value>> => {
    const result = await call
    await heard(result.ok ? null : result.failure)
    return result
  }
  return {
    ...platform,
    open: (wish) => hear(platform.open(wish)),
    describe: (chat) => hear(platform.describe(chat)),
    members: (chat) => hear(platform.members(chat)),
    resolve: (emails) => hear(platform.resolve(emails)),
    profile: (account) => hear(platform.profile(account)),
  }
}

/** A permission that is missing, and what is known already. */
const UNBROKEN: ReadonlySet<string> = new Set(['missing_scope', ACCESS_REMOVED])

async function broke(engine: Engine, connection: ConnectionRow, failure: Failure): Promise<void> {
  const organisation = asOrganisationId(connection.organisationId)
  const { installationId } = connection
  const installation = installationId ? await inOrganisation(engine.db, organisation, (tx) => installationById(tx, installationId)) : null
  if (installation && (await stillWorks(engine, installation)) === false) return end(engine, installation, failure.why)
  engine.log.error({ connection: connection.id, code: failure.code }, failure.why)
  await inOrganisation(engine.db, organisation, async (tx) => {
    // Whoever said so first may know more of it.
    if ((await findConnection(tx, connection.id))?.state === 'connected') await setConnectionState(tx, connection.id, 'broken', failure.why)
  })
}

function mend(engine: Engine, connection: ConnectionRow): Promise<void> {
  return inOrganisation(engine.db, asOrganisationId(connection.organisationId), async (tx) => {
    const installation = connection.installationId ? await installationById(tx, connection.installationId) : null
    // A call that was under way when access ended says nothing about now.
    if (installation?.state === 'removed') return
    await setConnectionState(tx, connection.id, 'connected', null)
    await resumeConnection(tx, connection.id, nowOf(engine))
  })
}

/** An administrator lets go of what is behind a connection, with every workspace of it; the platform is told as well as may be. */
export async function disconnect(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  name: string,
  id: string,
): Promise<Answered<void>> {
  if (viewer.role !== 'administrator') return NOT_FOR_YOU
  const { connection, installation } = await inOrganisation(engine.db, organisation, async (tx) => {
    const found = await findConnection(tx, id)
    return { connection: found, installation: found?.installationId ? await installationById(tx, found.installationId) : null }
  })
  if (!connection || connection.platform === 'web') return NO_CONNECTION
  if (!installation) return { ok: false, reason: 'invalid', code: 'set_by_server', why: SET_BY_SERVER }
  const token = await tokenOf(engine, organisation, installation.id)
  await end(engine, installation, `${name} disconnected it. ${AGAIN}`)
  await inOrganisation(engine.db, organisation, async (tx) => {
    const next = await connectionFor(tx, await organisationOf(tx, organisation))
    if (next.state === 'broken') await discussIn(tx, organisation, 'web')
  })
  const revoked = token.ok ? await engine.letIn?.installerOf(installation.platform)?.revoke(token.value) : undefined
  if (revoked && !revoked.ok)
    engine.log.warn({ installation: installation.id, code: revoked.failure.code }, 'A token could not be revoked.')
  return { ok: true, value: undefined }
}

export const NO_CONNECTION: Refused = { ok: false, reason: 'hidden', code: 'connection_not_found', why: 'There is no such connection.' }
export const ONLY_ADMINISTRATORS = 'Only an administrator can see and change what Ringside is connected to.'
export const NOT_FOR_YOU: Refused = { ok: false, reason: 'forbidden', code: 'not_allowed', why: ONLY_ADMINISTRATORS }
export const SET_BY_SERVER = 'This workspace is connected by a token in the settings of the server. Whoever runs it can take it out there.'
