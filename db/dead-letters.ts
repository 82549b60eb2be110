import { and, count, desc, eq, sql } from 'drizzle-orm'
import type { InboxRow } from './inbox.ts'
import type { Tx } from './open.ts'
import { FAILED, inbox } from './schema.ts'

/** Deliveries that were given up, with the reason; none is lost, and each can be tried again. */

export type LetterKey = { readonly at: Date; readonly id: string }

/** The latest first. */
export async function deadLetters(tx: Tx, before: LetterKey | null, limit: number): Promise<readonly InboxRow[]> {
  return tx
    .select()
    .from(inbox)
    .where(
      and(
        FAILED,
        before ? sql`(${inbox.receivedAt}, ${inbox.deliveryId}) < (${before.at.toISOString()}::timestamptz, ${before.id})` : undefined,
      ),
    )
    .orderBy(desc(inbox.receivedAt), desc(inbox.deliveryId))
    .limit(limit)
}

export async function countDeadLetters(tx: Tx): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(inbox).where(FAILED)
  return row?.n ?? 0
}

/** Due again from now on, with all its attempts before it; false where it is not, or no longer, among them. */
export async function reviveLetter(tx: Tx, connectionId: string, deliveryId: string, at: Date): Promise<boolean> {
  const revived = await tx
    .update(inbox)
    .set({ dueAt: at, attempts: 0, outcome: null })
    .where(and(eq(inbox.connectionId, connectionId), eq(inbox.deliveryId, deliveryId), FAILED))
    .returning({ id: inbox.deliveryId })
  return revived.length > 0
}
