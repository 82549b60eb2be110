import { sql } from 'drizzle-orm'
import type { PGlite } from '@electric-sql/pglite'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { OrganisationId } from '../src/core/ids.ts'
import type * as schema from './schema.ts'

/** The database as its owner sees it: every organisation's rows. For intake, sign-in and start-up only. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>
/** One transaction bound to one organisation. What nearly every function here takes. */
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]

export type OpenDatabase = {
  readonly db: Database
  readonly kind: 'pglite' | 'postgres'
  /** The embedded engine itself, for the job queue that shares it. */
  readonly pglite: PGlite | null
  readonly url: string | null
  /** Calls back for every committed `notify`; returns how to stop. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/**
 * Runs one piece of work in a transaction that sees one organisation's rows and no others. The role is set for the
 * transaction alone, so a pooled connection never carries one organisation's rights into the next request.
 */
export function inOrganisation<Value>(db: Database, organisation: OrganisationId, work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'ringside_app', true), set_config('app.organisation', ${organisation}, true)`)
    return work(tx)
  })
}
