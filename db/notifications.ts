import { and, count, desc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { isOfMany, isToldDirectly, QUIET_MS } from '../src/core/direct.ts'
import { giveHint } from './hints.ts'
import type { Tx } from './open.ts'
import { notification, organisation } from './schema.ts'

export type NotificationRow = typeof notification.$inferSelect
export type NewNotification = Omit<typeof notification.$inferInsert, 'readAt' | 'tellAt' | 'told'>

/** Where the organisation discusses in a chat system, people are told there as well, a little later (src/engine/direct.ts). */
export async function notify(tx: Tx, rows: readonly NewNotification[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const [of] = await tx
    .select({ discussIn: organisation.discussIn })
    .from(organisation)
    .where(eq(organisation.organisationId, first.organisationId))
  const elsewhere = of !== undefined && of.discussIn !== 'web'
  await tx.insert(notification).values(
    rows.map((row) => ({
      ...row,
      tellAt: elsewhere && (isToldDirectly(row.kind) || isOfMany(row.kind)) ? new Date(row.at.getTime() + QUIET_MS) : null,
    })),
  )
  await giveHint(tx, { organisation: first.organisationId, kind: 'notifications', people: rows.map((row) => row.personId) })
}

/** Says something to people unless it was said to them since; two at once say it once. */
export async function announceOnce(
  tx: Tx,
  organisationId: string,
  people: readonly string[],
  text: string,
  at: Date,
  since: Date,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`${organisationId} ${text}`}))`)
  const told = await tx
    .select({ id: notification.personId })
    .from(notification)
    .where(and(eq(notification.text, text), gt(notification.at, since)))
  const knows = new Set(told.map(({ id }) => id))
  await notify(
    tx,
    people.filter((id) => !knows.has(id)).map((personId) => ({ organisationId, personId, kind: 'told' as const, text, at })),
  )
}

/** Newest first. */
export async function notificationsOf(tx: Tx, personId: string, before: number | null, limit: number): Promise<readonly NotificationRow[]> {
  return tx
    .select()
    .from(notification)
    .where(and(eq(notification.personId, personId), before === null ? undefined : lt(notification.id, before)))
    .orderBy(desc(notification.id))
    .limit(limit)
}

export async function unreadCount(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(notification)
    .where(and(eq(notification.personId, personId), isNull(notification.readAt)))
  return row?.n ?? 0
}

export async function readAll(tx: Tx, organisationId: string, personId: string, at: Date): Promise<void> {
  await tx
    .update(notification)
    .set({ readAt: at })
    .where(and(eq(notification.personId, personId), isNull(notification.readAt)))
  await giveHint(tx, { organisation: organisationId, kind: 'notifications', people: [personId] })
}
