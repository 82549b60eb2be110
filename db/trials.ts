import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Trial } from '../src/core/probe.ts'
import type { Tx } from './open.ts'
import { connection } from './schema.ts'

/** The trial of a connection, beside the connection: the last one, or the one that is under way. */

/** False while another is under way: of several who press at once, one begins. */
export async function beginTrial(tx: Tx, connectionId: string, trial: Trial, nowMs: number): Promise<boolean> {
  const over = or(isNull(connection.probe), isNull(untilMs), sql`${untilMs} <= ${nowMs}`)
  const begun = await tx
    .update(connection)
    .set({ probe: trial })
    .where(and(eq(connection.id, connectionId), over))
    .returning({ id: connection.id })
  return begun.length > 0
}

/** What is known of it by now; nothing of one in whose place another was begun. */
export async function putTrial(tx: Tx, connectionId: string, trial: Trial): Promise<void> {
  await tx
    .update(connection)
    .set({ probe: trial })
    .where(and(eq(connection.id, connectionId), sql`${connection.probe} ->> 'id' = ${trial.id}`))
}

const untilMs = sql<number | null>`(${connection.probe} ->> 'untilMs')::bigint`
