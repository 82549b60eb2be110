import {
  allInstallations,
  endInstallation,
  type InstallationRow,
  putSealedAnew,
  putTokens,
  readInstallation,
  takeRenewal,
} from '../../db/installations.ts'
import { inOrganisation } from '../../db/open.ts'
import type { Secrets } from '../../db/secrets.ts'
import { type Failure, failed, ok, type Result } from '../core/failure.ts'
import { asOrganisationId, type OrganisationId } from '../core/ids.ts'
import type { Tokens } from '../ports/install.ts'
import { type Engine, nowOf } from './engine.ts'

/**
 * The token of an installation, for one call. Tokens that rotate are renewed early, by one of all processes: a refresh token is good
 * once. Whoever renews holds a lease, because no transaction may wait for the network; meanwhile the old token still works.
 */

const EARLY_MS = 2 * 3_600_000
/** Longer than the call can take. After a failure it spaces the tries. */
const RENEWAL_MS = 60_000
const SOON_MS = 2_000

export async function tokenOf(engine: Engine, organisation: OrganisationId, id: string): Promise<Result<string>> {
  const row = await readInstallation(engine.db, organisation, id)
  if (!row?.token || row.state === 'removed') return failed(removed(row?.why ?? null))
  const leftMs = row.expiresAt ? row.expiresAt.getTime() - engine.clock.now() : Infinity
  if (leftMs > EARLY_MS) return opened(engine, row, row.token)
  const renewed = await renew(engine, row, leftMs > 0)
  return renewed ?? (leftMs > 0 ? opened(engine, row, row.token) : failed(RENEWING))
}

/** Null where the old token has to do: somebody else is renewing it, or it did not work this time. */
async function renew(engine: Engine, row: InstallationRow, oldIsGood: boolean): Promise<Result<string> | null> {
  const organisation = asOrganisationId(row.organisationId)
  const installer = engine.letIn?.installerOf(row.platform)
  const secrets = engine.letIn?.secrets
  if (!installer || !secrets) return oldIsGood ? null : failed(unreadable(row))
  const taken = await inOrganisation(engine.db, organisation, (tx) => takeRenewal(tx, row, nowOf(engine), RENEWAL_MS))
  if (!taken?.refreshToken) return null
  const refreshToken = await secrets.open(taken.refreshToken, placeOf(row, 'refresh'))
  if (refreshToken === null) return oldIsGood ? null : failed(unreadable(row))

  const renewed = await installer.renew(refreshToken)
  if (renewed.ok) {
    const sealed = await sealTokens(secrets, row, renewed.value)
    await inOrganisation(engine.db, organisation, (tx) => putTokens(tx, taken, sealed))
    return ok(renewed.value.token)
  }
  const { failure } = renewed
  engine.log.warn({ installation: row.id, code: failure.code }, 'A token could not be renewed.')
  if (oldIsGood) return null
  if (failure.kind === 'reconnect') await inOrganisation(engine.db, organisation, (tx) => endInstallation(tx, taken, failure.why))
  return failed(failure)
}

async function opened(engine: Engine, row: InstallationRow, sealed: string): Promise<Result<string>> {
  const token = await engine.letIn?.secrets?.open(sealed, placeOf(row, 'token'))
  return token ? ok(token) : failed(unreadable(row))
}

type Place = Pick<InstallationRow, 'organisationId' | 'id'>
const placeOf = (row: Place, which: 'token' | 'refresh') => `${row.organisationId} ${row.id} ${which}`

export async function sealTokens(secrets: Secrets, row: Place, { token, refreshToken, expiresAtMs }: Tokens) {
  return {
    token: await secrets.seal(token, placeOf(row, 'token')),
    refreshToken: refreshToken === null ? null : await secrets.seal(refreshToken, placeOf(row, 'refresh')),
    expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs),
  }
}

/** After a change of the key: everything that the old one sealed is sealed with the new one. Returns how many there were. */
export async function sealAnew(engine: Engine): Promise<number> {
  const secrets = engine.letIn?.secrets
  if (!secrets) return 0
  let count = 0
  for (const row of await allInstallations(engine.db)) {
    if (!row.token || ![row.token, row.refreshToken].some((sealed) => sealed !== null && secrets.isOutdated(sealed))) continue
    const token = await secrets.open(row.token, placeOf(row, 'token'))
    const refreshToken = row.refreshToken === null ? null : await secrets.open(row.refreshToken, placeOf(row, 'refresh'))
    if (token === null || (row.refreshToken !== null && refreshToken === null)) {
      engine.log.error({ installation: row.id }, unreadable(row).why)
      continue
    }
    const sealed = await sealTokens(secrets, row, { token, refreshToken, expiresAtMs: row.expiresAt?.getTime() ?? null })
    const organisation = asOrganisationId(row.organisationId)
    if (await inOrganisation(engine.db, organisation, (tx) => putSealedAnew(tx, row, sealed, nowOf(engine)))) count++
  }
  return count
}

/** Whoever gets this need not ask again soon: it is over until somebody connects it anew. */
export const ACCESS_REMOVED = 'access_removed'

const removed = (why: string | null): Failure => ({
  kind: 'reconnect',
  code: ACCESS_REMOVED,
  why: why ?? 'Ringside has no access to this chat system. An administrator can connect it again.',
})

const RENEWING: Failure = { kind: 'later', code: 'renewing', why: 'The access of Ringside is being renewed.', afterMs: SOON_MS }

const unreadable = (row: Pick<InstallationRow, 'title'>): Failure => ({
  kind: 'reconnect',
  code: 'key_missing',
  why: `The access to ${row.title} was sealed with another SECRET_KEY. Set that one as SECRET_KEY_PREVIOUS, or connect it again.`,
})
