import { and, asc, count, eq, gt, inArray } from 'drizzle-orm'
import type { Tx } from './open.ts'
import { accessRequest } from './schema.ts'

export type AccessRequestRow = typeof accessRequest.$inferSelect

export async function requestOf(tx: Tx, itemId: string, personId: string): Promise<AccessRequestRow | null> {
  const [row] = await tx
    .select()
    .from(accessRequest)
    .where(and(eq(accessRequest.itemId, itemId), eq(accessRequest.personId, personId)))
    .limit(1)
  return row ?? null
}

export async function requestById(tx: Tx, itemId: string, id: string): Promise<AccessRequestRow | null> {
  const [row] = await tx
    .select()
    .from(accessRequest)
    .where(and(eq(accessRequest.itemId, itemId), eq(accessRequest.id, id)))
    .limit(1)
  return row ?? null
}

/** Oldest first. */
export async function requestsWaiting(tx: Tx, itemId: string, limit: number): Promise<readonly AccessRequestRow[]> {
  return tx
    .select()
    .from(accessRequest)
    .where(and(eq(accessRequest.itemId, itemId), eq(accessRequest.state, 'waiting')))
    .orderBy(asc(accessRequest.askedAt), asc(accessRequest.id))
    .limit(limit)
}

/** How many items this person has asked for since then. */
export async function requestsSince(tx: Tx, personId: string, since: Date): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(accessRequest)
    .where(and(eq(accessRequest.personId, personId), gt(accessRequest.askedAt, since)))
  return row?.n ?? 0
}

/** One of them waits for an item: false where it waits already, or was denied. One that was granted once may be asked for again. */
export async function putRequest(tx: Tx, of: { organisationId: string; itemId: string; personId: string }, at: Date): Promise<boolean> {
  const asked = { state: 'waiting', askedAt: at, decidedBy: null, decidedAt: null } as const
  const written = await tx
    .insert(accessRequest)
    .values({ ...of, id: crypto.randomUUID(), ...asked })
    .onConflictDoUpdate({
      target: [accessRequest.organisationId, accessRequest.itemId, accessRequest.personId],
      set: asked,
      setWhere: eq(accessRequest.state, 'granted'),
    })
    .returning({ id: accessRequest.id })
  return written.length > 0
}

/** Decides what these people wait for at an item; returns those who did wait. */
export async function decideRequests(
  tx: Tx,
  itemId: string,
  people: readonly string[],
  decided: { readonly state: 'granted' | 'denied'; readonly by: string },
  at: Date,
): Promise<readonly string[]> {
  if (people.length === 0) return []
  const rows = await tx
    .update(accessRequest)
    .set({ state: decided.state, decidedBy: decided.by, decidedAt: at })
    .where(and(eq(accessRequest.itemId, itemId), inArray(accessRequest.personId, [...people]), eq(accessRequest.state, 'waiting')))
    .returning({ personId: accessRequest.personId })
  return rows.map((row) => row.personId)
}
