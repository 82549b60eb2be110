import { isNotNull } from 'drizzle-orm'
import type { Database } from './open.ts'
import { groupAction, inbox, link } from './schema.ts'

/**
 * Ends every lease. Only for whoever is certain to be alone with the database, at its start: whoever held a lease was killed,
 * and people wait for what it was doing.
 */
export async function endLeases(db: Database): Promise<void> {
  await db.update(inbox).set({ leaseUntil: null }).where(isNotNull(inbox.leaseUntil))
  await db.update(link).set({ leaseUntil: null }).where(isNotNull(link.leaseUntil))
  await db.update(groupAction).set({ leaseUntil: null }).where(isNotNull(groupAction.leaseUntil))
}
