import { and, count, isNotNull, lte } from 'drizzle-orm'
import type { Database } from './open.ts'
import { FAILED, HELD, inbox, link, REFUSED, seat } from './schema.ts'

export type DueCounts = Readonly<Record<'items_due' | 'deliveries_due' | 'deliveries_failed' | 'moves_refused' | 'removals_held', number>>

/** How much waits, of all organisations, as the owner of the tables; from indexes that hold little else. */
export async function dueCounts(db: Database, now: Date): Promise<DueCounts> {
  const one = (rows: readonly { n: number }[]) => rows[0]?.n ?? 0
  const n = { n: count() }
  return {
    items_due: one(
      await db
        .select(n)
        .from(link)
        .where(and(isNotNull(link.dueAt), lte(link.dueAt, now))),
    ),
    deliveries_due: one(
      await db
        .select(n)
        .from(inbox)
        .where(and(isNotNull(inbox.dueAt), lte(inbox.dueAt, now))),
    ),
    deliveries_failed: one(await db.select(n).from(inbox).where(FAILED)),
    moves_refused: one(await db.select(n).from(seat).where(REFUSED)),
    removals_held: one(await db.select(n).from(link).where(HELD)),
  }
}
