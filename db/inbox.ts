import { and, asc, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Delivery } from '../src/ports/inbound.ts'
import type { Database, Tx } from './open.ts'
import { inbox } from './schema.ts'

export type InboxRow = typeof inbox.$inferSelect
export type Arrival = { readonly platform: string; readonly delivery: Delivery }

/**
 * Writes deliveries down, once each, in one statement: a repeat changes nothing, and one whose workspace belongs to
 * no organisation is returned as unknown. What is told to a whole organisation of workspaces is told to each of them; what is about the
 * installation itself stands under its id. As the owner of the tables: the organisation is what is being found out.
 */
export async function writeArrivals(db: Database, arrivals: readonly Arrival[], at: Date): Promise<{ unknown: readonly Arrival[] }> {
  const rows = arrivals.map(({ platform, delivery }, place) => ({
    place,
    platform,
    workspace: delivery.workspace,
    id: delivery.id,
    news: delivery.news,
    held: delivery.heldMs ?? 0,
  }))
  const found = await db.execute<{ place: number }>(sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows, storable)}::jsonb)
        as t(place int, platform text, workspace text, id text, news jsonb, held int)
    ), of_organisation as (
      select told.*, i.organisation_id, i.id as installation_id
      from told join installation i on i.platform = told.platform and i.target = told.workspace and i.scope = 'enterprise'
    ), known as (
      select told.*, c.organisation_id, c.id as connection_id
      from told join connection c on c.platform = told.platform and c.workspace = told.workspace
      union all
      select o.place, o.platform, o.workspace, o.id, o.news, o.held, o.organisation_id, o.installation_id
      from of_organisation o where o.news->>'kind' = 'access-changed'
      union all
      select o.place, o.platform, o.workspace, o.id, o.news, o.held, o.organisation_id, c.id
      from of_organisation o join connection c on c.organisation_id = o.organisation_id and c.installation_id = o.installation_id
      where o.news->>'kind' <> 'access-changed'
    ), written as (
      insert into inbox (organisation_id, connection_id, delivery_id, news, received_at, due_at)
      select organisation_id, connection_id, id, news, ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz + held * interval '1 millisecond' from known
      on conflict do nothing
    )
    select place from known union select place from of_organisation
  `)
  const known = new Set(rowsOf(found).map((row) => row.place))
  return { unknown: arrivals.filter((_, place) => !known.has(place)) }
}

/** The database keeps no NUL and no half of a character; one such text must not lose what arrived with it. */
const storable = (_name: string, value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value)

/** The embedded driver wraps its rows; the other one is its rows. */
function rowsOf(result: unknown): readonly { place: number }[] {
  return (Array.isArray(result) ? result : (result as { rows: unknown }).rows) as { place: number }[]
}

/** Takes deliveries that are due, oldest first, for the length of a lease; across organisations. `attempts` counts this one too. */
export async function takeArrivals(db: Database, now: Date, leaseMs: number, limit: number): Promise<readonly InboxRow[]> {
  const due = db
    .select({ organisationId: inbox.organisationId, connectionId: inbox.connectionId, deliveryId: inbox.deliveryId })
    .from(inbox)
    .where(isDue(now))
    .orderBy(asc(inbox.dueAt), asc(inbox.receivedAt))
    .limit(limit)
    .for('update', { skipLocked: true })
  const taken = await db
    .update(inbox)
    .set({ leaseUntil: new Date(now.getTime() + leaseMs), attempts: sql`${inbox.attempts} + 1` })
    .where(sql`(${inbox.organisationId}, ${inbox.connectionId}, ${inbox.deliveryId}) in ${due}`)
    .returning()
  return taken.toSorted((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime())
}

/** Takes one delivery that was held for whoever received it; null where it was a repeat of one that somebody has, or had. */
export async function takeHeld(db: Database, connectionId: string, id: string, now: Date, leaseMs: number): Promise<InboxRow | null> {
  const [row] = await db
    .update(inbox)
    .set({ leaseUntil: new Date(now.getTime() + leaseMs), attempts: 1 })
    .where(and(eq(inbox.connectionId, connectionId), eq(inbox.deliveryId, id), eq(inbox.attempts, 0), isNull(inbox.leaseUntil)))
    .returning()
  return row ?? null
}

/** Only whoever still holds the lease says what became of a delivery; one who took too long has been overtaken. */
export async function finishArrival(tx: Tx, row: InboxRow, outcome: string): Promise<void> {
  await tx.update(inbox).set({ outcome, dueAt: null, leaseUntil: null }).where(isHeld(row))
}

export async function postponeArrival(tx: Tx, row: InboxRow, until: Date, outcome: string): Promise<void> {
  await tx.update(inbox).set({ outcome, dueAt: until, leaseUntil: null }).where(isHeld(row))
}

function isHeld(row: InboxRow) {
  const lease = row.leaseUntil ? eq(inbox.leaseUntil, row.leaseUntil) : isNull(inbox.leaseUntil)
  return and(isSame(row), lease)
}

const isDue = (now: Date) => and(isNotNull(inbox.dueAt), lte(inbox.dueAt, now), or(isNull(inbox.leaseUntil), lte(inbox.leaseUntil, now)))

function isSame(row: { organisationId: string; connectionId: string; deliveryId: string }) {
  return and(eq(inbox.organisationId, row.organisationId), eq(inbox.connectionId, row.connectionId), eq(inbox.deliveryId, row.deliveryId))
}

/** Is anything waiting? Across organisations. */
export async function arrivalsDue(db: Database, now: Date): Promise<boolean> {
  const [row] = await db
    .select({ one: sql`1` })
    .from(inbox)
    .where(isDue(now))
    .limit(1)
  return row !== undefined
}
