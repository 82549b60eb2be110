import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { OrganisationId } from '../src/core/ids.ts'
import type { Workspace } from '../src/ports/install.ts'
import type { Database, Tx } from './open.ts'
import type { ConnectionRow } from './organisations.ts'
import { connection, installation, installState, link, seat } from './schema.ts'

/** How organisations let us into their chat systems. Tokens in these rows are sealed. */

export type InstallationRow = typeof installation.$inferSelect
export type InstallStateRow = typeof installState.$inferSelect

/** Installations under way are looked up before anybody knows whose they are: as the owner of the tables. */
export async function beginInstallation(db: Database, row: typeof installState.$inferInsert, now: Date): Promise<void> {
  await db.delete(installState).where(lt(installState.expiresAt, new Date(now.getTime() - EXPIRED_KEPT_MS)))
  await db.insert(installState).values(row)
}

/** Kept for a while, so that whoever comes too late is told so. */
const EXPIRED_KEPT_MS = 24 * 3_600_000

export async function installationBegun(db: Database, stateHash: string): Promise<InstallStateRow | null> {
  const [row] = await db.select().from(installState).where(eq(installState.stateHash, stateHash)).limit(1)
  return row ?? null
}

/** False for whoever comes second. */
export async function spendInstallation(db: Database, stateHash: string): Promise<boolean> {
  const spent = await db.delete(installState).where(eq(installState.stateHash, stateHash)).returning({ hash: installState.stateHash })
  return spent.length > 0
}

/** Of any organisation, as the owner of the tables: a workspace belongs to one of them only. */
export async function ownerOf(db: Database, platform: string, target: string): Promise<string | null> {
  const [connected] = await db
    .select({ owner: connection.organisationId })
    .from(connection)
    .where(and(eq(connection.platform, platform), eq(connection.workspace, target)))
    .limit(1)
  const [installed] = await db
    .select({ owner: installation.organisationId })
    .from(installation)
    .where(and(eq(installation.platform, platform), eq(installation.target, target)))
    .limit(1)
  return connected?.owner ?? installed?.owner ?? null
}

export async function putInstallation(tx: Tx, row: typeof installation.$inferInsert): Promise<void> {
  const { organisationId: _organisation, id: _id, ...values } = row
  await tx
    .insert(installation)
    .values(row)
    .onConflictDoUpdate({ target: [installation.organisationId, installation.id], set: { renewingUntil: null, ...values } })
}

export async function installationById(tx: Tx, id: string): Promise<InstallationRow | null> {
  const [row] = await tx.select().from(installation).where(eq(installation.id, id)).limit(1)
  return row ?? null
}

export async function installationsById(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, InstallationRow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(installation)
    .where(inArray(installation.id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row]))
}

/** As the owner of the tables, in one short statement: every call to a chat system asks. */
export async function readInstallation(db: Database, organisation: OrganisationId, id: string): Promise<InstallationRow | null> {
  const [row] = await db
    .select()
    .from(installation)
    .where(and(eq(installation.organisationId, organisation), eq(installation.id, id)))
    .limit(1)
  return row ?? null
}

/** Across organisations, as the owner of the tables. */
export async function allInstallations(db: Database): Promise<readonly InstallationRow[]> {
  return db.select().from(installation).where(eq(installation.state, 'active'))
}

/** Whoever gets it renews the token, alone until the lease is over; null for everybody else. */
export async function takeRenewal(tx: Tx, row: InstallationRow, now: Date, leaseMs: number): Promise<InstallationRow | null> {
  if (!row.refreshToken) return null
  const [taken] = await tx
    .update(installation)
    .set({ renewingUntil: new Date(now.getTime() + leaseMs) })
    .where(
      and(
        eq(installation.id, row.id),
        eq(installation.refreshToken, row.refreshToken),
        or(isNull(installation.renewingUntil), lte(installation.renewingUntil, now)),
      ),
    )
    .returning()
  return taken ?? null
}

type Sealed = { readonly token: string; readonly refreshToken: string | null; readonly expiresAt: Date | null }

/** Both tokens in one write, and only in the place of those they were got for. */
export async function putTokens(tx: Tx, before: InstallationRow, tokens: Sealed): Promise<boolean> {
  return replaceTokens(tx, isSameToken(before), before, { ...tokens, renewingUntil: null })
}

/** The same tokens in another form; not while somebody renews them, whose new ones would find no place. */
export async function putSealedAnew(tx: Tx, before: InstallationRow, tokens: Sealed, now: Date): Promise<boolean> {
  const idle = or(isNull(installation.renewingUntil), lte(installation.renewingUntil, now))
  return replaceTokens(tx, and(isSameToken(before), idle), before, tokens)
}

async function replaceTokens(tx: Tx, where: SQL | undefined, { id }: InstallationRow, values: Partial<typeof installation.$inferInsert>) {
  const written = await tx
    .update(installation)
    .set(values)
    .where(and(eq(installation.id, id), where))
    .returning({ id: installation.id })
  return written.length > 0
}

/** Only while the installation is still the one that was looked at: a later one is none of its business. */
export async function endInstallation(tx: Tx, before: InstallationRow, why: string): Promise<boolean> {
  const ended = await tx
    .update(installation)
    .set({ state: 'removed', why, token: null, refreshToken: null, expiresAt: null, renewingUntil: null })
    .where(and(eq(installation.id, before.id), eq(installation.state, 'active'), isSameToken(before)))
    .returning({ id: installation.id })
  if (ended.length === 0) return false
  await tx.update(connection).set({ state: 'broken', why }).where(eq(connection.installationId, before.id))
  return true
}

const isSameToken = (row: InstallationRow) => (row.token === null ? isNull(installation.token) : eq(installation.token, row.token))

export async function connectionsOfInstallation(tx: Tx, id: string): Promise<readonly ConnectionRow[]> {
  return tx.select().from(connection).where(eq(connection.installationId, id)).orderBy(asc(connection.id))
}

export type Connecting = {
  readonly organisation: OrganisationId
  readonly platform: string
  readonly installationId: string | null
  readonly appAccount: string
}

/** Joins a workspace to the organisation, or brings it up to date. Its id, and with it every chat in it, outlives its installations. */
export async function putConnection(tx: Tx, of: Connecting, { id, title }: Workspace): Promise<string> {
  const values = { title, appAccount: of.appAccount, installationId: of.installationId, state: 'connected', why: null } as const
  const [row] = await tx
    .insert(connection)
    .values({ organisationId: of.organisation, id: `${of.platform}-${id}`, platform: of.platform, workspace: id, ...values })
    .onConflictDoUpdate({ target: [connection.organisationId, connection.id], set: values })
    .returning({ id: connection.id })
  if (!row) throw new Error(`The workspace ${id} could not be connected.`)
  return row.id
}

export async function setConnectionState(tx: Tx, id: string, state: ConnectionRow['state'], why: string | null): Promise<void> {
  await tx.update(connection).set({ state, why }).where(eq(connection.id, id))
}

/** Everything with a chat in this workspace is looked at again, and nothing that is remembered of it counts. */
export async function markConnectionDue(tx: Tx, connectionId: string, at: Date): Promise<void> {
  await tx
    .update(link)
    .set({ news: sql`${link.news} + 1`, members: null, dueAt: sql`least(${link.dueAt}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(link.connectionId, connectionId), sql`${link.state} <> 'gone'`))
}

/** It is connected again: what it refused is tried again at once, and everything there is looked at. */
export async function resumeConnection(tx: Tx, connectionId: string, at: Date): Promise<void> {
  const there = tx.select({ id: link.id }).from(link).where(eq(link.connectionId, connectionId))
  await tx
    .update(seat)
    .set({ refused: null })
    .where(and(inArray(seat.linkId, there), isNotNull(seat.refused)))
  await markConnectionDue(tx, connectionId, at)
}

/** Every workspace of other platforms, in a lasting order; `after` is the id the page before ended with. */
export async function listConnections(tx: Tx, after: string | null, limit: number): Promise<readonly ConnectionRow[]> {
  return tx
    .select()
    .from(connection)
    .where(and(sql`${connection.platform} <> 'web'`, after === null ? undefined : sql`${connection.id} > ${after}`))
    .orderBy(asc(connection.id))
    .limit(limit)
}

/** The workspaces that no installation stands behind are reached by a token of the environment no more. */
export async function breakByToken(tx: Tx, platform: string, why: string): Promise<void> {
  await tx
    .update(connection)
    .set({ state: 'broken', why })
    .where(and(eq(connection.platform, platform), isNull(connection.installationId)))
}

/** Did an administrator let Ringside in, whatever became of it? */
export async function isInstalled(tx: Tx, platform: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: connection.id })
    .from(connection)
    .where(and(eq(connection.platform, platform), isNotNull(connection.installationId)))
    .limit(1)
  return row !== undefined
}
