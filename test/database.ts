import postgres from 'postgres'
import { migratePostgres } from '../db/migrate-postgres.ts'
import { openEmbedded } from '../db/open-embedded.ts'
import { openPostgres } from '../db/open-postgres.ts'
import type { OpenDatabase } from '../db/open.ts'

/**
 * A fresh, migrated database for one test file: in memory, or, with TEST_DATABASE=postgres, a new one on the server that
 * TEST_DATABASE_URL names. Closing it drops it.
 */
export async function freshDatabase(): Promise<OpenDatabase> {
  return process.env['TEST_DATABASE'] === 'postgres' ? freshPostgres() : openEmbedded(null, await snapshot())
}

let made: Promise<Blob> | undefined

/** Migrating takes seconds; a copy of a migrated database takes one. */
function snapshot(): Promise<Blob> {
  made ??= (async () => {
    const first = await openEmbedded(null)
    const copy = await first.pglite?.dumpDataDir('none')
    await first.close()
    if (!copy) throw new Error('The embedded database gave no copy of itself.')
    return copy
  })()
  return made
}

async function freshPostgres(): Promise<OpenDatabase> {
  const server = process.env['TEST_DATABASE_URL']
  if (!server) throw new Error('TEST_DATABASE=postgres needs TEST_DATABASE_URL.')
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await onServer(server, (sql) => sql`create database ${sql(name)}`)
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  await migratePostgres(url)
  const database = openPostgres(url)
  return {
    ...database,
    async close() {
      await database.close()
      await onServer(server, (sql) => sql`drop database ${sql(name)} with (force)`)
    },
  }
}

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}
