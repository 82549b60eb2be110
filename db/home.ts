import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from './open.ts'
import { accessRequest, item, link, person, seat } from './schema.ts'

/** What a person's own page in their chat system asks for; each in one statement. */

/** The items whose open chat somebody is out of, though they are named on them, because they left or chose so. */
export async function itemsOutOf(tx: Tx, personId: string, limit: number): Promise<readonly string[]> {
  const rows = await tx
    .select({ item: link.itemId })
    .from(seat)
    .innerJoin(link, and(eq(link.organisationId, seat.organisationId), eq(link.id, seat.linkId)))
    .where(and(eq(seat.personId, personId), eq(seat.settled, true), eq(seat.listed, true), eq(seat.inChat, false), eq(link.state, 'open')))
    .limit(limit)
  return rows.map((row) => row.item)
}

export type RequestRow = { readonly item: string; readonly person: { readonly id: string; readonly name: string } }

/** Who waits for access to the items of this responsible person, whoever waits longest first; and how many there are in all. */
export async function requestsFor(
  tx: Tx,
  responsible: string,
  limit: number,
): Promise<{ readonly rows: readonly RequestRow[]; readonly total: number }> {
  const rows = await tx
    .select({ item: item.id, personId: person.id, name: person.name, total: sql<number>`count(*) over ()::int` })
    .from(accessRequest)
    .innerJoin(item, and(eq(item.organisationId, accessRequest.organisationId), eq(item.id, accessRequest.itemId)))
    .innerJoin(person, and(eq(person.organisationId, accessRequest.organisationId), eq(person.id, accessRequest.personId)))
    .where(and(eq(item.responsibleId, responsible), isNull(item.deletedAt), eq(accessRequest.state, 'waiting')))
    .orderBy(asc(accessRequest.askedAt), asc(accessRequest.id))
    .limit(limit)
  return { rows: rows.map((row) => ({ item: row.item, person: { id: row.personId, name: row.name } })), total: rows[0]?.total ?? 0 }
}
