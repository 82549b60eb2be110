import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { OpenDatabase } from './open.ts'
import * as schema from './schema.ts'

/** A PostgreSQL server, or what stands before one. It is migrated by `migratePostgres`, from Node. */

const POOL_MAX = 10

export function openPostgres(url: string): OpenDatabase {
  const client = preparing(postgres(url, { max: POOL_MAX, onnotice: () => {} }))
  return {
    db: drizzle(client, { schema, casing: 'snake_case' }),
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
