import { and, asc, desc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm'
import type { LinkId, OrganisationId, PersonId } from '../src/core/ids.ts'
import type { Database, Tx } from './open.ts'
import { act, evidence, link, seat } from './schema.ts'

/** The link between an item and its chat, the seats at it, and what was told and done about them. */

export type LinkRow = typeof link.$inferSelect
export type SeatRow = typeof seat.$inferSelect
export type EvidenceRow = typeof evidence.$inferSelect
export type ActRow = typeof act.$inferSelect
export type NewAct = Omit<typeof act.$inferInsert, 'organisationId' | 'itemId' | 'linkId' | 'at'>

export async function linkOfItem(tx: Tx, itemId: string): Promise<LinkRow | null> {
  const [found] = await tx.select().from(link).where(eq(link.itemId, itemId)).limit(1)
  return found ?? null
}

export async function linksOfItems(tx: Tx, itemIds: readonly string[]): Promise<ReadonlyMap<string, LinkRow>> {
  if (itemIds.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(link)
    .where(inArray(link.itemId, [...itemIds]))
  return new Map(rows.map((row) => [row.itemId, row]))
}

export async function linkOfChat(tx: Tx, connectionId: string, chat: string): Promise<LinkRow | null> {
  const [found] = await tx
    .select()
    .from(link)
    .where(and(eq(link.connectionId, connectionId), eq(link.chat, chat)))
    .limit(1)
  return found ?? null
}

export async function linksOfChats(tx: Tx, connectionId: string, chats: readonly string[]): Promise<ReadonlyMap<string, LinkRow>> {
  if (chats.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(link)
    .where(and(eq(link.connectionId, connectionId), inArray(link.chat, [...chats])))
  return new Map(rows.map((row) => [row.chat ?? '', row]))
}

/** One link an item, for ever: whoever comes second gets the first one's (O21). */
export async function createLink(tx: Tx, values: typeof link.$inferInsert): Promise<{ link: LinkRow; created: boolean }> {
  const [made] = await tx.insert(link).values(values).onConflictDoNothing().returning()
  if (made) return { link: made, created: true }
  const existing = await linkOfItem(tx, values.itemId)
  if (!existing) throw new Error(`The link of item ${values.itemId} vanished while it was being made.`)
  return { link: existing, created: false }
}

/** There is a new reason to look: a turn is owed from `at` on. */
export async function markDue(tx: Tx, linkId: string, at: Date): Promise<void> {
  await tx
    .update(link)
    .set({ news: sql`${link.news} + 1`, dueAt: sql`least(${link.dueAt}, ${at.toISOString()}::timestamptz)` })
    .where(eq(link.id, linkId))
}

/** What was remembered of who is in the chat is in doubt. */
export async function forgetMembers(tx: Tx, linkId: string): Promise<void> {
  await tx.update(link).set({ members: null }).where(eq(link.id, linkId))
}

export type Due = { readonly organisation: OrganisationId; readonly link: LinkId }

/** Reads across organisations, as the owner of the tables. */
export async function dueLinks(db: Database, now: Date, limit: number): Promise<readonly Due[]> {
  const rows = await db
    .select({ organisation: link.organisationId, link: link.id })
    .from(link)
    .where(
      and(isNotNull(link.dueAt), lte(link.dueAt, now), sql`(${link.leaseUntil} is null or ${link.leaseUntil} <= ${now.toISOString()})`),
    )
    .orderBy(asc(link.dueAt))
    .limit(limit)
  return rows as unknown as readonly Due[]
}

/**
 * Takes the item's lane: null when somebody else's turn still runs. The fence makes every later write of an
 * outdated turn fail, should its lease have run out while it waited for an answer.
 */
export async function takeLane(tx: Tx, linkId: string, now: Date, leaseMs: number): Promise<LinkRow | null> {
  const [row] = await tx
    .update(link)
    .set({ fence: sql`${link.fence} + 1`, leaseUntil: new Date(now.getTime() + leaseMs) })
    .where(and(eq(link.id, linkId), sql`(${link.leaseUntil} is null or ${link.leaseUntil} <= ${now.toISOString()})`))
    .returning()
  return row ?? null
}

export class LaneLost extends Error {}

/** Holds the link until the transaction ends. */
export async function lockLink(tx: Tx, linkId: string): Promise<LinkRow | null> {
  const [row] = await tx.select().from(link).where(eq(link.id, linkId)).for('update')
  return row ?? null
}

/** Every write of a turn goes through here; an outdated turn stops. */
export async function holdLane(tx: Tx, linkId: string, fence: number): Promise<LinkRow> {
  const row = await lockLink(tx, linkId)
  if (!row || row.fence !== fence) throw new LaneLost(`The turn of link ${linkId} was overtaken by a later one.`)
  return row
}

export async function updateLink(tx: Tx, linkId: string, values: Partial<typeof link.$inferInsert>): Promise<void> {
  await tx.update(link).set(values).where(eq(link.id, linkId))
}

export async function seatsOf(tx: Tx, linkId: string): Promise<readonly SeatRow[]> {
  return tx.select().from(seat).where(eq(seat.linkId, linkId)).orderBy(asc(seat.personId))
}

export async function seatOf(tx: Tx, linkId: string, personId: string): Promise<SeatRow | null> {
  const [row] = await tx
    .select()
    .from(seat)
    .where(and(eq(seat.linkId, linkId), eq(seat.personId, personId)))
    .limit(1)
  return row ?? null
}

export async function putSeats(tx: Tx, rows: readonly (typeof seat.$inferInsert)[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insert(seat)
    .values([...rows])
    .onConflictDoUpdate({
      target: [seat.organisationId, seat.linkId, seat.personId],
      set: {
        settled: sql`excluded.settled`,
        listed: sql`excluded.listed`,
        responsible: sql`excluded.responsible`,
        inChat: sql`excluded.in_chat`,
        past: sql`excluded.past`,
        doubted: sql`excluded.doubted`,
        refused: sql`excluded.refused`,
        admitUntil: sql`excluded.admit_until`,
        expelUntil: sql`excluded.expel_until`,
        listUntil: sql`excluded.list_until`,
        listRevision: sql`excluded.list_revision`,
      },
    })
}

export async function addEvidence(tx: Tx, values: Omit<typeof evidence.$inferInsert, 'id'>): Promise<void> {
  await tx.insert(evidence).values(values)
}

export async function evidenceOf(tx: Tx, linkId: string): Promise<readonly EvidenceRow[]> {
  return tx.select().from(evidence).where(eq(evidence.linkId, linkId)).orderBy(asc(evidence.id))
}

export async function dropEvidence(tx: Tx, linkId: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await tx.delete(evidence).where(and(eq(evidence.linkId, linkId), inArray(evidence.id, [...ids])))
}

/** Whoever is put on the item anew is no longer told to stay out of its chat. */
export async function dropStayingOut(tx: Tx, linkId: string, people: readonly string[]): Promise<void> {
  if (people.length === 0) return
  await tx.delete(evidence).where(and(eq(evidence.linkId, linkId), eq(evidence.kind, 'stays-out'), inArray(evidence.personId, [...people])))
}

export async function writeActs(
  tx: Tx,
  of: Pick<LinkRow, 'organisationId' | 'itemId' | 'id'>,
  at: Date,
  acts: readonly NewAct[],
): Promise<void> {
  if (acts.length === 0) return
  await tx
    .insert(act)
    .values(acts.map((values) => ({ ...values, organisationId: of.organisationId, itemId: of.itemId, linkId: of.id, at })))
}

/** The newest first. */
export async function actsAbout(tx: Tx, itemId: string, person: PersonId, limit: number): Promise<readonly ActRow[]> {
  return tx
    .select()
    .from(act)
    .where(and(eq(act.itemId, itemId), eq(act.personId, person)))
    .orderBy(desc(act.id))
    .limit(limit)
}

/** How many removals the organisation has begun since `since`: the budget of the safety stop (U5). */
export async function removalsSince(tx: Tx, since: Date): Promise<number> {
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(act)
    .where(and(eq(act.move, 'expel'), eq(act.phase, 'intended'), sql`${act.at} > ${since.toISOString()}`))
  return row?.n ?? 0
}

/** Every item's link at which a person has a seat. */
export async function linksOfPerson(tx: Tx, personId: string): Promise<readonly { link: string; seat: SeatRow }[]> {
  const rows = await tx.select().from(seat).where(eq(seat.personId, personId))
  return rows.map((row) => ({ link: row.linkId, seat: row }))
}

/** Chats that an account was found in when their members were last read. */
export async function linksHolding(tx: Tx, connectionId: string, account: string): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: link.id })
    .from(link)
    .where(and(eq(link.connectionId, connectionId), sql`${link.members} @> ${JSON.stringify([account])}::jsonb`))
  return rows.map(({ id }) => id)
}

/** Whoever of these has no account in the connection, as a turn of any of its items found out lately. */
export async function soughtInVain(tx: Tx, connectionId: string, people: readonly string[], nowMs: number): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set()
  const rows = await tx
    .selectDistinct({ personId: seat.personId })
    .from(seat)
    .innerJoin(link, and(eq(link.organisationId, seat.organisationId), eq(link.id, seat.linkId)))
    .where(
      and(
        eq(link.connectionId, connectionId),
        inArray(seat.personId, [...people]),
        sql`${seat.refused}->>'code' = 'no_account'`,
        sql`(${seat.refused}->>'retryAtMs')::bigint > ${nowMs}::bigint`,
      ),
    )
  return new Set(rows.map((row) => row.personId))
}

/** Who sits in the chat of each link, as last known. */
export async function insidersOf(tx: Tx, linkIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  if (linkIds.length === 0) return new Map()
  const rows = await tx
    .select({ linkId: seat.linkId, personId: seat.personId })
    .from(seat)
    .where(and(inArray(seat.linkId, [...linkIds]), eq(seat.inChat, true)))
  const grouped = Map.groupBy(rows, (row) => row.linkId)
  return new Map([...grouped].map(([id, seats]) => [id, new Set(seats.map((row) => row.personId))]))
}
