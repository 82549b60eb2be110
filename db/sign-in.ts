import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { asOrganisationId, type OrganisationId } from '../src/core/ids.ts'
import type { Database, Tx } from './open.ts'
import { person, signInState, signInUser } from './schema.ts'

/** Who may sign in by themselves, and what is known of somebody who has not yet: as the owner of the tables. */

/** A person, before anything is known of their organisation. */
type Somebody = typeof person.$inferSelect

/** The active person with this address; whatever its case. */
export async function personToSignIn(db: Database, email: string): Promise<Somebody | null> {
  const [row] = await db
    .select()
    .from(person)
    .where(and(eq(sql`lower(${person.email})`, email.trim().toLowerCase()), eq(person.active, true)))
    .limit(1)
  return row ?? null
}

/** Who somebody is who has proved it; null when the person was switched off, or has another address by now. */
export async function personOfUser(db: Database, userId: string): Promise<Somebody | null> {
  const [row] = await db
    .select({ person })
    .from(signInUser)
    .innerJoin(person, and(eq(person.organisationId, signInUser.organisationId), eq(person.id, signInUser.personId)))
    .where(and(eq(signInUser.id, userId), eq(person.active, true), eq(sql`lower(${person.email})`, signInUser.email)))
    .limit(1)
  return row?.person ?? null
}

export async function organisationOfUser(db: Database, userId: string): Promise<OrganisationId | null> {
  const [row] = await db.select({ id: signInUser.organisationId }).from(signInUser).where(eq(signInUser.id, userId)).limit(1)
  return row ? asOrganisationId(row.id) : null
}

/** Whoever has another address signs in under that one, and under no other. */
export async function moveSignIn(tx: Tx, personId: string, email: string): Promise<void> {
  await tx.update(signInUser).set({ email: email.toLowerCase() }).where(eq(signInUser.personId, personId))
}

/** Can an administrator sign in already? Else whoever holds the link of the first start becomes one. */
export async function hasAdministrator(db: Database): Promise<boolean> {
  const [row] = await db
    .select({ id: person.id })
    .from(person)
    .innerJoin(signInUser, and(eq(signInUser.organisationId, person.organisationId), eq(signInUser.personId, person.id)))
    .where(and(eq(person.role, 'administrator'), eq(person.active, true)))
    .limit(1)
  return row !== undefined
}

/** Small texts that are forgotten by themselves, shared by all processes. */
export function signInStore(db: Database, nowMs: () => number) {
  const alive = (key: string) => and(eq(signInState.key, key), gt(signInState.expiresAt, new Date(nowMs())))
  const endOf = (ttlSeconds: number | undefined) => new Date(nowMs() + Math.min(ttlSeconds ?? KEPT_MAX_S, KEPT_MAX_S) * 1_000)
  return {
    async get(key: string): Promise<string | null> {
      const [row] = await db.select({ value: signInState.value }).from(signInState).where(alive(key))
      return row?.value ?? null
    },
    /** Of all who ask at once, one gets it. */
    async getAndDelete(key: string): Promise<string | null> {
      const [row] = await db.delete(signInState).where(alive(key)).returning({ value: signInState.value })
      return row?.value ?? null
    },
    /** Counts up within a window that began with the first. */
    async increment(key: string, ttlSeconds: number): Promise<number> {
      const isOver = sql`${signInState.expiresAt} <= ${new Date(nowMs()).toISOString()}::timestamptz`
      const [row] = await db
        .insert(signInState)
        .values({ key, value: '1', expiresAt: endOf(ttlSeconds) })
        .onConflictDoUpdate({
          target: [signInState.organisationId, signInState.key],
          set: {
            value: sql`case when ${isOver} then '1' else (${signInState.value}::int + 1)::text end`,
            expiresAt: sql`case when ${isOver} then excluded.expires_at else ${signInState.expiresAt} end`,
          },
        })
        .returning({ value: signInState.value })
      return Number(row?.value)
    },
    async set(key: string, value: string, ttlSeconds?: number): Promise<void> {
      const row = { key, value, expiresAt: endOf(ttlSeconds) }
      await db
        .insert(signInState)
        .values(row)
        .onConflictDoUpdate({ target: [signInState.organisationId, signInState.key], set: { value: row.value, expiresAt: row.expiresAt } })
      await db.delete(signInState).where(lt(signInState.expiresAt, new Date(nowMs())))
    },
    async delete(key: string): Promise<void> {
      await db.delete(signInState).where(eq(signInState.key, key))
    },
  }
}

export type SignInStore = ReturnType<typeof signInStore>

const KEPT_MAX_S = 30 * 24 * 3_600
