import { existsSync, mkdirSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { OrganisationId } from '../src/core/ids.ts'
import * as schema from './schema.ts'

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

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))
const POOL_MAX = 10

export async function openPostgres(url: string): Promise<OpenDatabase> {
  const client = preparing(postgres(url, { max: POOL_MAX, onnotice: () => {} }))
  const db = drizzlePostgres(client, { schema, casing: 'snake_case' })
  await withMigrationLock(url, () => migratePostgres(db, { migrationsFolder: MIGRATIONS }))
  return {
    db,
    kind: 'postgres',
    pglite: null,
    url,
    async listen(channel, heard) {
      const subscription = await client.listen(channel, heard)
      return () => subscription.unlisten()
    },
    close: () => client.end({ timeout: 5 }),
  }
}

/**
 * Statements outside of transactions are few and always the same texts, so each connection prepares them once. Otherwise every
 * one would be planned anew and take two trips to the server, which is half of what writing a delivery down costs.
 */
function preparing(client: postgres.Sql): postgres.Sql {
  const { unsafe } = client
  client.unsafe = (text, values = [], options = {}) => unsafe(text, values, { ...options, prepare: values.length > 0 })
  return client
}

/** `directory: null` keeps everything in memory, for tests; `snapshot` starts from an earlier `dumpDataDir`. */
export async function openEmbedded(directory: string | null, snapshot?: Blob): Promise<OpenDatabase> {
  const unlock = directory ? lockDirectory(directory) : () => {}
  const pglite = await PGlite.create({
    ...(directory && { dataDir: join(directory, 'db') }),
    ...(snapshot && { loadDataDir: snapshot }),
  })
  const db = drizzlePglite(pglite, { schema, casing: 'snake_case' })
  if (!snapshot) await migratePglite(db, { migrationsFolder: MIGRATIONS })
  return {
    db,
    kind: 'pglite',
    pglite,
    url: null,
    listen: (channel, heard) => pglite.listen(channel, heard),
    async close() {
      await pglite.close()
      unlock()
    },
  }
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

/** Two processes that start together must not migrate together. */
async function withMigrationLock(url: string, migrate: () => Promise<void>): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await client`select pg_advisory_lock(728101)`
    await migrate()
  } finally {
    await client.end({ timeout: 5 })
  }
}

/**
 * The embedded database does not lock its directory: two processes would each write and each see only their own rows.
 * The lock names the process that holds it; a lock whose process is gone is taken over.
 */
function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'lock')
  if (existsSync(path) && !isRunning(Number(readFileSync(path, 'utf8')))) rmSync(path, { force: true })
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new DirectoryInUse(directory, readFileSync(path, 'utf8'))
  }
  return () => rmSync(path, { force: true })
}

export class DirectoryInUse extends Error {
  constructor(directory: string, pid: string) {
    super(
      `Another Ringside (process ${pid}) is using the data in ${directory}. Stop it first, choose another folder with DATA_DIR, or use PostgreSQL with DATABASE_URL to run several processes.`,
    )
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
