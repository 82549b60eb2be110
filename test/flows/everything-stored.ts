import { sql } from 'drizzle-orm'
import type { Database } from '../../db/open.ts'

/** The tables of the whole database, the queue's too, in which some row holds this text. */
export async function tablesWith(db: Database, text: string): Promise<string[]> {
  const tables = rowsOf(
    await db.execute(sql`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    `),
  )
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = rowsOf(
      await db.execute(sql`select count(*)::int as n from ${sql.raw(name)} as whole where position(${text} in whole::text) > 0`),
    )
    if (row && row.n > 0) found.push(name)
  }
  return found
}

type Row = { readonly name: string; readonly n: number }

/** The embedded driver wraps its rows; the other one is its rows. */
const rowsOf = (result: unknown): readonly Row[] => (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[]
