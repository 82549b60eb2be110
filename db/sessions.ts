import { and, eq, gt, lt } from 'drizzle-orm'
import { asOrganisationId, asPersonId, type OrganisationId, type PersonId } from '../src/core/ids.ts'
import type { Database } from './open.ts'
import { session } from './schema.ts'

/** Sessions are looked up before anybody knows whose organisation it is: as the owner of the tables. */

export async function openSession(db: Database, row: typeof session.$inferInsert): Promise<void> {
  await db.insert(session).values(row)
}

export async function findSession(
  db: Database,
  tokenHash: string,
  now: Date,
): Promise<{ organisation: OrganisationId; person: PersonId } | null> {
  const [row] = await db
    .select()
    .from(session)
    .where(and(eq(session.tokenHash, tokenHash), gt(session.expiresAt, now)))
    .limit(1)
  return row ? { organisation: asOrganisationId(row.organisationId), person: asPersonId(row.personId) } : null
}

export async function closeSession(db: Database, tokenHash: string): Promise<void> {
  await db.delete(session).where(eq(session.tokenHash, tokenHash))
}

/** Wherever this person is signed in, they are no longer. */
export async function closeSessionsOf(db: Database, organisation: string, personId: string): Promise<void> {
  await db.delete(session).where(and(eq(session.organisationId, organisation), eq(session.personId, personId)))
}

export async function dropExpiredSessions(db: Database, now: Date): Promise<void> {
  await db.delete(session).where(lt(session.expiresAt, now))
}
