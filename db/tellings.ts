import { and, asc, desc, eq, gte, inArray, isNotNull, like, lt, lte, sql } from 'drizzle-orm'
import { asOrganisationId, asPersonId, type OrganisationId, type PersonId } from '../src/core/ids.ts'
import type { NotificationRow } from './notifications.ts'
import type { Database, Tx } from './open.ts'
import { accessRequest, notification, TROUBLED } from './schema.ts'

/**
 * Notifications on their way to the chat system: `tellAt` is when one is due, `told` what became of it: "told", or a word and the sentence
 * why. While one is being told, `told` says so and `tellAt` is the end of the lease.
 */

export const TELLING = 'telling'
/** More than this of one person's go into the next message. */
const WAITING_MAX = 1_000

export type DueTelling = { readonly organisation: OrganisationId; readonly person: PersonId }

/** Whoever has something to be told at this moment. Reads across organisations, as the owner of the tables. */
export async function dueTellings(db: Database, now: Date, limit: number): Promise<readonly DueTelling[]> {
  const rows = await db
    .selectDistinct({ organisation: notification.organisationId, person: notification.personId })
    .from(notification)
    .where(and(isNotNull(notification.tellAt), lte(notification.tellAt, now)))
    .limit(limit)
  return rows.map((row) => ({ organisation: asOrganisationId(row.organisation), person: asPersonId(row.person) }))
}

/** Everything of one person that is to be told, due or not, in the order it happened; held until the transaction ends. */
export async function waitingTellings(tx: Tx, person: string): Promise<readonly NotificationRow[]> {
  return tx
    .select()
    .from(notification)
    .where(and(eq(notification.personId, person), isNotNull(notification.tellAt)))
    .orderBy(asc(notification.id))
    .limit(WAITING_MAX)
    .for('update')
}

/** Marks notifications before the call that tells them, so that nobody else tells them too and a crash does not tell them again. */
export async function holdTellings(tx: Tx, rows: readonly NotificationRow[], until: Date): Promise<void> {
  await tx.update(notification).set({ told: TELLING, tellAt: until }).where(isAmong(rows))
}

/** `again`: when it is due once more; null: this is what became of it for good. */
export async function settleTellings(tx: Tx, rows: readonly NotificationRow[], told: string, again: Date | null): Promise<void> {
  if (rows.length === 0) return
  await tx
    .update(notification)
    .set({ told, tellAt: again })
    .where(and(isAmong(rows), isNotNull(notification.tellAt)))
}

/** Not before then. */
export async function postponeTellings(tx: Tx, person: string, now: Date, until: Date): Promise<void> {
  await tx
    .update(notification)
    .set({ tellAt: until })
    .where(and(eq(notification.personId, person), lte(notification.tellAt, now), sql`${notification.told} is distinct from ${TELLING}`))
}

/** This person came upon their new place by themselves, and saw there what they would be told. */
export async function foundPlace(tx: Tx, person: string, itemId: string): Promise<void> {
  await tx
    .update(notification)
    .set({ told: 'unneeded: They opened the chat by themselves.', tellAt: null })
    .where(
      and(
        eq(notification.personId, person),
        eq(notification.itemId, itemId),
        inArray(notification.kind, ['observer-added', 'access-granted']),
        isNotNull(notification.tellAt),
        sql`${notification.told} is distinct from ${TELLING}`,
      ),
    )
}

/** Was this person told, or is to be, that they observe the item, at that moment or later? */
export async function isToldSince(tx: Tx, person: string, itemId: string, since: Date): Promise<boolean> {
  const [row] = await tx
    .select({ one: sql`1` })
    .from(notification)
    .where(
      and(
        eq(notification.personId, person),
        eq(notification.itemId, itemId),
        inArray(notification.kind, ['observer-added', 'access-granted']),
        gte(notification.at, since),
      ),
    )
    .limit(1)
  return row !== undefined
}

export type UntoldFilter = { readonly since: Date; readonly fate: string | null; readonly before: number | null }

/** What did not reach somebody, or perhaps did not; the latest first. */
export async function untold(tx: Tx, { since, fate, before }: UntoldFilter, limit: number): Promise<readonly NotificationRow[]> {
  return tx
    .select()
    .from(notification)
    .where(
      and(
        TROUBLED,
        gte(notification.at, since),
        fate === null ? undefined : like(notification.told, `${fate}: %`),
        before === null ? undefined : lt(notification.id, before),
      ),
    )
    .orderBy(desc(notification.id))
    .limit(limit)
}

const isAmong = (rows: readonly NotificationRow[]) =>
  and(
    inArray(
      notification.personId,
      rows.map((row) => row.personId),
    ),
    inArray(
      notification.id,
      rows.map((row) => row.id),
    ),
  )

/** Who still waits for access to these items. */
export async function waitingRequests(tx: Tx, itemIds: readonly string[]): Promise<readonly { item: string; person: string }[]> {
  if (itemIds.length === 0) return []
  return tx
    .select({ item: accessRequest.itemId, person: accessRequest.personId })
    .from(accessRequest)
    .where(and(inArray(accessRequest.itemId, [...itemIds]), eq(accessRequest.state, 'waiting')))
}
