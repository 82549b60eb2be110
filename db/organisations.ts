import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { asConnectionId, asOrganisationId, type ConnectionId, type OrganisationId } from '../src/core/ids.ts'
import type { Entitlement } from '../src/core/entitlement.ts'
import { DEFAULT_POLICY, type Policy } from '../src/core/policy.ts'
import type { Database, Tx } from './open.ts'
import { connection, link, organisation } from './schema.ts'

export type OrganisationRow = typeof organisation.$inferSelect
export type ConnectionRow = typeof connection.$inferSelect

/** As the owner of the tables, at start-up. */
export async function firstOrganisation(db: Database): Promise<OrganisationRow | null> {
  const [row] = await db.select().from(organisation).orderBy(asc(organisation.createdAt)).limit(1)
  return row ?? null
}

export async function createOrganisation(db: Database, name: string): Promise<OrganisationId> {
  const id = crypto.randomUUID()
  await db.insert(organisation).values({ organisationId: id, name })
  await db
    .insert(connection)
    .values({ organisationId: id, id: webConnectionOf(id), platform: 'web', workspace: id, title: 'Ringside', state: 'connected' })
  return asOrganisationId(id)
}

/** Every organisation has the built-in workspace, under a name that needs no look-up. */
export function webConnectionOf(organisationId: string): ConnectionId {
  return asConnectionId(`${WEB}${organisationId}`)
}

const WEB = 'web-'

export const isWebConnection = (id: ConnectionId) => id.startsWith(WEB)

export async function organisationOf(tx: Tx, id: OrganisationId): Promise<OrganisationRow> {
  const [row] = await tx.select().from(organisation).where(eq(organisation.organisationId, id)).limit(1)
  if (!row) throw new Error(`There is no organisation ${id}.`)
  return row
}

/** Every item with a chat is looked at again, so that what was left as it was while it was off is made good. */
export async function saveEntitlement(tx: Tx, id: OrganisationId, entitlement: Entitlement, at: Date): Promise<void> {
  await tx.update(organisation).set({ entitlement }).where(eq(organisation.organisationId, id))
  await tx
    .update(link)
    .set({ news: sql`${link.news} + 1`, dueAt: sql`least(${link.dueAt}, ${at.toISOString()}::timestamptz)` })
    .where(sql`${link.state} <> 'gone'`)
}

export function policyOf(row: OrganisationRow): Policy {
  return { ...DEFAULT_POLICY, ...row.policy }
}

/**
 * Where new discussions open: the organisation's choice, also while that is not connected, because an item has one chat for ever. Its
 * own workspace where there is no such connection at all.
 */
export async function connectionFor(tx: Tx, row: OrganisationRow): Promise<ConnectionRow> {
  const [chosen] = await tx
    .select()
    .from(connection)
    .where(eq(connection.platform, row.discussIn))
    .orderBy(sql`${connection.state} <> 'connected'`, asc(connection.id))
    .limit(1)
  return chosen ?? connectionById(tx, webConnectionOf(row.organisationId))
}

export async function findConnection(tx: Tx, id: string): Promise<ConnectionRow | null> {
  const [row] = await tx.select().from(connection).where(eq(connection.id, id)).limit(1)
  return row ?? null
}

export async function connectionById(tx: Tx, id: string): Promise<ConnectionRow> {
  const row = await findConnection(tx, id)
  if (!row) throw new Error(`There is no connection ${id}.`)
  return row
}

export async function connectionTitles(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: connection.id, title: connection.title })
    .from(connection)
    .where(inArray(connection.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** Every workspace of one platform. */
export async function connectionsIn(tx: Tx, platform: string): Promise<readonly ConnectionRow[]> {
  return tx.select().from(connection).where(eq(connection.platform, platform)).orderBy(asc(connection.id)).limit(CONNECTIONS_MAX)
}

const CONNECTIONS_MAX = 20

/** As the owner of the tables: the organisation is what is being found out. */
export async function connectionOf(db: Database, platform: string, workspace: string): Promise<ConnectionRow | null> {
  const [row] = await db
    .select()
    .from(connection)
    .where(and(eq(connection.platform, platform), eq(connection.workspace, workspace)))
    .limit(1)
  return row ?? null
}

export async function nameOrganisation(tx: Tx, id: OrganisationId, name: string): Promise<void> {
  await tx.update(organisation).set({ name }).where(eq(organisation.organisationId, id))
}

export async function discussIn(db: Database | Tx, organisationId: OrganisationId, platform: string): Promise<void> {
  await db.update(organisation).set({ discussIn: platform }).where(eq(organisation.organisationId, organisationId))
}
