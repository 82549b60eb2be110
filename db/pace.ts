import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Tx } from './open.ts'
import { pace, paceTicket } from './schema.ts'

/** The times of calls by connection and method, and who has room reserved. One short transaction each; rows are locked in the order of their names. */

export type PaceRow = {
  readonly method: string
  readonly made: readonly number[]
  readonly reserved: readonly number[]
  readonly notBefore: number
}
export type TicketRow = typeof paceTicket.$inferSelect
type Of = { readonly organisationId: string; readonly connectionId: string }

/** Rows of methods counted by channel are many and soon worth nothing; so many of the others' are taken away at a time. */
const SWEPT_AT_ONCE = 200

/**
 * Holds these methods' rows until the transaction ends. The missing ones are made before any is held, and in the order of their names:
 * whoever held one and made another that comes before it could wait for somebody who waits for them.
 */
export async function lockPace(tx: Tx, of: Of, methods: readonly string[]): Promise<ReadonlyMap<string, PaceRow>> {
  const names = [...new Set(methods)].toSorted()
  const known = new Set((await tx.select({ method: pace.method }).from(pace).where(areMethods(of, names))).map(({ method }) => method))
  const missing = names.filter((method) => !known.has(method))
  if (missing.length > 0) {
    await tx
      .insert(pace)
      .values(missing.map((method) => ({ ...of, method })))
      .onConflictDoNothing()
  }
  const rows = await tx
    .select({ method: pace.method, made: pace.made, reserved: pace.reserved, notBefore: pace.notBefore })
    .from(pace)
    .where(areMethods(of, names))
    .orderBy(asc(pace.method))
    .for('update')
  return new Map(rows.map((row) => [row.method, row]))
}

const areMethods = (of: Of, names: readonly string[]) => and(eq(pace.connectionId, of.connectionId), inArray(pace.method, [...names]))

export async function putTimes(
  tx: Tx,
  of: Of,
  method: string,
  times: { made?: readonly number[]; reserved?: readonly number[] },
): Promise<void> {
  const { made, reserved } = times
  await tx
    .update(pace)
    .set({ ...(made && { made: [...made] }), ...(reserved && { reserved: [...reserved] }) })
    .where(isMethod(of, method))
}

export async function putNotBefore(tx: Tx, of: Of, method: string, untilMs: number): Promise<void> {
  await tx
    .update(pace)
    .set({ notBefore: sql`greatest(${pace.notBefore}, ${untilMs}::bigint)` })
    .where(isMethod(of, method))
}

const isMethod = (of: Of, method: string) => and(eq(pace.connectionId, of.connectionId), eq(pace.method, method))

/** Takes away what counts no longer: tickets nobody came back for, and rows whose last call is long ago. Rows somebody holds are left. */
export async function sweepPace(tx: Tx, of: Of, beforeMs: number): Promise<void> {
  await tx.delete(paceTicket).where(and(eq(paceTicket.connectionId, of.connectionId), lt(paceTicket.at, beforeMs)))
  const old = tx
    .select({ method: pace.method })
    .from(pace)
    .where(
      and(
        eq(pace.connectionId, of.connectionId),
        lt(pace.notBefore, beforeMs),
        sql`coalesce(${pace.made}[array_upper(${pace.made}, 1)], 0) < ${beforeMs}::bigint`,
        sql`coalesce(${pace.reserved}[array_upper(${pace.reserved}, 1)], 0) < ${beforeMs}::bigint`,
      ),
    )
    .limit(SWEPT_AT_ONCE)
    .for('update', { skipLocked: true })
  await tx.delete(pace).where(and(eq(pace.connectionId, of.connectionId), inArray(pace.method, old)))
}

export async function ticketOf(tx: Tx, of: Of, holder: string): Promise<TicketRow | null> {
  const [row] = await tx.select().from(paceTicket).where(isHolder(of, holder)).for('update')
  return row ?? null
}

export async function putTicket(tx: Tx, of: Of, holder: string, costs: string, at: number): Promise<void> {
  await tx
    .insert(paceTicket)
    .values({ ...of, holder, costs, at })
    .onConflictDoUpdate({ target: [paceTicket.organisationId, paceTicket.connectionId, paceTicket.holder], set: { costs, at } })
}

export async function dropTicket(tx: Tx, of: Of, holder: string): Promise<void> {
  await tx.delete(paceTicket).where(isHolder(of, holder))
}

const isHolder = (of: Of, holder: string) => and(eq(paceTicket.connectionId, of.connectionId), eq(paceTicket.holder, holder))
