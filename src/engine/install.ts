import {
  allInstallations,
  beginInstallation,
  connectionsOfInstallation,
  installationBegun,
  type InstallationRow,
  markConnectionDue,
  ownerOf,
  putConnection,
  putInstallation,
  resumeConnection,
  setConnectionState,
  spendInstallation,
} from '../../db/installations.ts'
import { writeArrivals } from '../../db/inbox.ts'
import { inOrganisation } from '../../db/open.ts'
import { discussIn } from '../../db/organisations.ts'
import { personById } from '../../db/people.ts'
import { type Failure, ok, type Result } from '../core/failure.ts'
import { asOrganisationId, type OrganisationId } from '../core/ids.ts'
import type { Installed, Installer, Workspace } from '../ports/install.ts'
import { describeBug, type Engine, nowOf } from './engine.ts'
import { sealAnew, sealTokens, tokenOf } from './tokens.ts'

/** An administrator lets Ringside into a chat system, in a browser that goes there and comes back. */

export const BEGUN_MS = 10 * 60_000

export type Begun = {
  readonly organisation: OrganisationId
  readonly person: string
  readonly stateHash: string
  readonly browserHash: string
}

export async function beginInstall(engine: Engine, platform: string, begun: Begun): Promise<void> {
  const { organisation, person, stateHash, browserHash } = begun
  const expiresAt = new Date(engine.clock.now() + BEGUN_MS)
  const row = { organisationId: organisation, stateHash, browserHash, platform, personId: person, expiresAt }
  await beginInstallation(engine.db, row, nowOf(engine))
}

export type Finished =
  /** `connected`: the connection; where a whole organisation of workspaces was let in, its installation. */
  | { readonly kind: 'done'; readonly connected: string }
  /** Used before, or never begun here; begun too long ago; begun in another browser; by somebody who may not any more. */
  | { readonly kind: 'unknown' | 'expired' | 'elsewhere' | 'not-allowed' }
  /** The workspace belongs to another organisation that Ringside serves. */
  | { readonly kind: 'taken'; readonly title: string }
  | { readonly kind: 'failed'; readonly failure: Failure }

/** What came back with a code. Good once. */
export async function finishInstall(
  engine: Engine,
  platform: string,
  installer: Installer,
  came: { readonly stateHash: string; readonly browserHash: string | null; readonly code: string },
): Promise<Finished> {
  const begun = await endOfBegun(engine, platform, came)
  if (begun.kind !== 'begun') return begun
  const installed = await installer.finish(came.code)
  if (!installed.ok) return { kind: 'failed', failure: installed.failure }
  const owner = await ownerOf(engine.db, platform, installed.value.id)
  if (owner !== null && owner !== begun.organisation) return { kind: 'taken', title: installed.value.title }
  return { kind: 'done', connected: await keep(engine, platform, begun, installed.value) }
}

type Person = { readonly kind: 'begun'; readonly organisation: OrganisationId; readonly person: string }
type Came = { readonly stateHash: string; readonly browserHash: string | null }

/** Ends what was begun, whatever comes of it: nobody comes back with the same a second time. */
export async function endOfBegun(
  engine: Engine,
  platform: string,
  came: Came,
): Promise<Person | { kind: 'unknown' | 'expired' | 'elsewhere' | 'not-allowed' }> {
  const row = await installationBegun(engine.db, came.stateHash)
  if (row?.platform !== platform) return { kind: 'unknown' }
  // Another browser cannot spend it: whoever began may still come back.
  if (row.browserHash !== came.browserHash) return { kind: 'elsewhere' }
  if (row.expiresAt.getTime() <= engine.clock.now()) return { kind: 'expired' }
  if (!(await spendInstallation(engine.db, came.stateHash))) return { kind: 'unknown' }
  const organisation = asOrganisationId(row.organisationId)
  const person = await inOrganisation(engine.db, organisation, (tx) => personById(tx, row.personId))
  if (!person?.active || person.role !== 'administrator') return { kind: 'not-allowed' }
  return { kind: 'begun', organisation, person: person.id }
}

/** Again or for the first time: the workspace keeps its id, so every chat it had is looked at again. */
async function keep(
  engine: Engine,
  platform: string,
  { organisation, person }: Omit<Person, 'kind'>,
  installed: Installed,
): Promise<string> {
  const secrets = engine.letIn?.secrets
  if (!secrets) throw new Error('Somebody was let in, and there is no key to seal the token with.')
  const id = `${platform}-${installed.id}`
  const at = nowOf(engine)
  const { scope, title, app, appAccount, scopes } = installed
  const sealed = await sealTokens(secrets, { organisationId: organisation, id }, installed)
  const row = {
    organisationId: organisation,
    id,
    platform,
    scope,
    target: installed.id,
    title,
    app,
    appAccount,
    scopes: [...scopes],
    ...sealed,
  }
  const of = { organisation, platform, installationId: id, appAccount }
  const connected = await inOrganisation(engine.db, organisation, async (tx) => {
    await putInstallation(tx, { ...row, installedBy: person, installedAt: at, state: 'active', why: null })
    await discussIn(tx, organisation, platform)
    if (scope !== 'workspace') return id
    const connection = await putConnection(tx, of, { id: installed.id, title: titled(platform, engine, title) })
    await resumeConnection(tx, connection, at)
    return connection
  })
  engine.wake()
  if (scope === 'workspace') return connected
  const agreed = await agreeWorkspaces(engine, { organisationId: organisation, id, platform, title, appAccount })
  // It is kept all the same; which workspaces it is for is asked again from the inbox until somebody knows.
  if (!agreed.ok) {
    const news = { kind: 'access-changed', what: 'workspaces', atMs: at.getTime() } as const
    await writeArrivals(engine.db, [{ platform, delivery: { id: `installed-${crypto.randomUUID()}`, workspace: installed.id, news } }], at)
  }
  return connected
}

const titled = (platform: string, { letIn }: Engine, title: string): string =>
  `${letIn?.platforms.find((one) => one.platform === platform)?.title ?? platform} (${title})`

type Granting = Pick<InstallationRow, 'organisationId' | 'id' | 'platform' | 'title' | 'appAccount'>

/** Of a whole organisation of workspaces: connects those it is open to now, and says at the others that they were closed to it. */
export async function agreeWorkspaces(engine: Engine, installation: Granting): Promise<Result<void>> {
  const { id, platform, title, appAccount } = installation
  const organisation = asOrganisationId(installation.organisationId)
  const installer = engine.letIn?.installerOf(platform)
  const token = await tokenOf(engine, organisation, id)
  if (!token.ok) return token
  if (!installer) return ok(undefined)
  const granted = await installer.workspaces(token.value)
  if (!granted.ok) return granted
  const ours: Workspace[] = []
  for (const workspace of granted.value) {
    const owner = await ownerOf(engine.db, platform, workspace.id)
    if (owner === null || owner === organisation) ours.push(workspace)
    else engine.log.warn({ installation: id, workspace: workspace.id }, 'A workspace belongs to another organisation and was left to it.')
  }
  const at = nowOf(engine)
  await inOrganisation(engine.db, organisation, async (tx) => {
    const before = new Map((await connectionsOfInstallation(tx, id)).map((row) => [row.id, row]))
    for (const workspace of ours) {
      const of = { organisation, platform, installationId: id, appAccount }
      const connected = await putConnection(tx, of, { id: workspace.id, title: titled(platform, engine, workspace.title) })
      if (before.get(connected)?.state !== 'connected') await resumeConnection(tx, connected, at)
      before.delete(connected)
    }
    for (const closed of before.keys()) {
      await setConnectionState(tx, closed, 'broken', closedBy(title))
      await markConnectionDue(tx, closed, at)
    }
  })
  engine.wake()
  return ok(undefined)
}

const closedBy = (title: string) =>
  `${title} has not opened this workspace to Ringside. An administrator of that organisation can; its chats wait as they are.`

/** At the start: what an earlier key sealed is sealed anew, and word that was lost meanwhile of workspaces opened and closed is made good. */
export async function resumeInstallations(engine: Engine): Promise<void> {
  try {
    const anew = await sealAnew(engine)
    if (anew > 0) engine.log.info({ anew }, 'Tokens were sealed with the new key.')
    for (const installation of await allInstallations(engine.db)) {
      if (installation.scope !== 'enterprise') continue
      const agreed = await agreeWorkspaces(engine, installation)
      if (!agreed.ok) engine.log.warn({ installation: installation.id, code: agreed.failure.code }, agreed.failure.why)
    }
  } catch (error) {
    engine.log.error({ error: describeBug(error) }, 'What Ringside was let into could not be looked through.')
  }
}
