import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getTableColumns, getTableName, is, type SQL, sql } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migratePostgres } from '../../db/migrate-postgres.ts'
import { openPostgres } from '../../db/open-postgres.ts'
import { inOrganisation, type OpenDatabase } from '../../db/open.ts'
import { createOrganisation } from '../../db/organisations.ts'
import * as schema from '../../db/schema.ts'
import { asOrganisationId, type OrganisationId } from '../../src/core/ids.ts'
import { freshDatabase } from '../database.ts'

/** What the database keeps by itself: one organisation's rows from another's, and the schema from drifting away from its migrations. */

const TABLES = Object.values(schema as Record<string, unknown>).filter((one) => is(one, PgTable))
const ROOT = join(import.meta.dirname, '../..')

let database: OpenDatabase
let ours: OrganisationId
let theirs: OrganisationId
beforeAll(async () => {
  database = await freshDatabase()
  ours = await createOrganisation(database.db, 'Ours')
  theirs = await createOrganisation(database.db, 'Theirs')
  for (const organisation of [ours, theirs]) await fill(organisation)
})
afterAll(() => database.close())

/** One row in every table, written as the owner; parents first. */
async function fill(organisation: OrganisationId): Promise<void> {
  const parents = [schema.item, schema.link]
  for (const table of [...parents, ...TABLES.filter((one) => one !== schema.item && one !== schema.link && one !== schema.organisation)]) {
    await database.db.insert(table).values(rowFor(table, organisation) as never)
  }
}

/** Any value that each column takes; text carries the organisation, so that rows of two never collide. */
function rowFor(table: PgTable, organisation: string): Record<string, unknown> {
  const columns = Object.entries(getTableColumns(table)).filter(
    ([name, column]) => name === 'organisationId' || (column.notNull && !column.hasDefault && !column.generatedIdentity),
  )
  const values = columns.map(([name, column]) => [name, name === 'organisationId' ? organisation : valueFor(column.dataType, organisation)])
  return { ...Object.fromEntries(values), ...(table === schema.organisation && { organisationId: crypto.randomUUID() }) }
}

function valueFor(type: string, organisation: string): unknown {
  if (type === 'string') return organisation
  if (type === 'number') return 1
  if (type === 'boolean') return true
  if (type === 'array') return []
  // The bytes of a file.
  if (type === 'custom') return new Uint8Array([1])
  return type === 'date' ? new Date(0) : {}
}

const rowsOf = <Row>(result: unknown): Row[] => (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[]
const countIn = async (table: PgTable, organisation: string) =>
  Number(
    rowsOf<{ n: number }>(
      await database.db.execute(sql`select count(*)::int as n from ${table} where organisation_id = ${organisation}`),
    )[0]?.n,
  )

describe('row level security', () => {
  test('every table of the schema has it, with a policy for every command, and none is left out of this test', async () => {
    const rows = rowsOf<{ name: string; secured: boolean; policies: number }>(
      await database.db.execute(sql`
        select c.relname as name, c.relrowsecurity as secured,
          (select count(*)::int from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polqual is not null and p.polwithcheck is not null) as policies
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') order by 1`),
    )
    expect(rows.map((row) => row.name)).toEqual(TABLES.map((table) => getTableName(table)).toSorted())
    for (const row of rows) expect(row).toEqual({ name: row.name, secured: true, policies: 1 })
  })

  test('the role that requests take on cannot step around it', async () => {
    const [role] = rowsOf<object>(
      await database.db.execute(sql`select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'ringside_app'`),
    )
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false })
    await inOrganisation(database.db, ours, async (tx) => {
      expect(rowsOf<object>(await tx.execute(sql`select current_user::text as who`))).toEqual([{ who: 'ringside_app' }])
    })
  })

  test('the id of the organisation stands first in every key', () => {
    for (const table of TABLES) {
      const { primaryKeys, columns, name } = getTableConfig(table)
      const first = primaryKeys[0]?.columns[0] ?? columns.find((column) => column.primary)
      expect([name, first?.name]).toEqual([name, 'organisation_id'])
    }
  })

  describe.each(TABLES.map((table) => [getTableName(table), table] as const))('%s', (_name, table) => {
    const insideOurs = <Value>(work: Parameters<typeof inOrganisation<Value>>[2]) => inOrganisation(database.db, ours, work)

    test('another organisation is not read', async () => {
      const found = await insideOurs((tx) => tx.select({ of: sql<string>`organisation_id` }).from(table))
      expect(found.length).toBeGreaterThan(0)
      expect(new Set(found.map((row) => row.of))).toEqual(new Set([ours]))
    })

    test('nor changed, nor deleted', async () => {
      const before = await countIn(table, theirs)
      // To some tables nothing may be done but read and add; that is refused whosever the row is.
      const refused = (error: { cause?: { code?: string } }) => expect(error.cause?.code).toBe('42501')
      await insideOurs((tx) =>
        tx.execute(sql`update ${table} set organisation_id = organisation_id where organisation_id = ${theirs}`),
      ).catch(refused)
      await insideOurs((tx) => tx.execute(sql`delete from ${table} where organisation_id = ${theirs}`)).catch(refused)
      expect(await countIn(table, theirs)).toBe(before)
      expect(before).toBeGreaterThan(0)
    })

    test('nor written into', async () => {
      const row = { ...rowFor(table, crypto.randomUUID()), organisationId: table === schema.organisation ? crypto.randomUUID() : theirs }
      await expect(insideOurs((tx) => tx.insert(table).values(row as never))).rejects.toThrow(
        expect.objectContaining({ cause: expect.objectContaining({ code: '42501' }) }),
      )
    })

    test('nor are our own rows given away', async () => {
      const give = insideOurs((tx) => tx.execute(sql`update ${table} set organisation_id = ${theirs}`))
      await expect(give).rejects.toThrow(/./)
      expect(await countIn(table, ours)).toBeGreaterThan(0)
    })

    test('where the organisation was forgotten, there is nothing', async () => {
      for (const nobody of ['', 'unknown']) {
        expect(await inOrganisation(database.db, asOrganisationId(nobody), (tx) => tx.select({ one: sql`1` }).from(table))).toEqual([])
      }
    })
  })

  test('K9 what was done about people is written once: not even our own rows of it are changed or taken away', async () => {
    const denied = expect.objectContaining({ cause: expect.objectContaining({ code: '42501' }) })
    const inOurs = (statement: SQL) => inOrganisation(database.db, ours, (tx) => tx.execute(statement))
    await expect(inOurs(sql`update act set why = 'rewritten'`)).rejects.toThrow(denied)
    await expect(inOurs(sql`delete from act`)).rejects.toThrow(denied)
    expect(await countIn(schema.act, ours)).toBeGreaterThan(0)
  })

  test('neither the role nor the organisation stays behind for the next transaction, also after a failure', async () => {
    const whoAmI = async () =>
      rowsOf<{ who: string; org: string | null }>(
        await database.db.execute(sql`select current_user::text as who, nullif(current_setting('app.organisation', true), '') as org`),
      )[0]
    const before = await whoAmI()
    expect(before?.who).not.toBe('ringside_app')
    await inOrganisation(database.db, ours, async (tx) => tx.execute(sql`select 1`))
    await inOrganisation(database.db, ours, async (tx) => tx.execute(sql`select 1 / 0`)).catch(() => {})
    // More than the pool has, so that every connection was used in between.
    for (let n = 0; n < 12; n++) expect(await whoAmI()).toEqual(before)
    await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        inOrganisation(database.db, n % 2 ? ours : theirs, async (tx) => {
          const rows = await tx.select({ of: schema.person.organisationId }).from(schema.person)
          expect(new Set(rows.map((row) => row.of))).toEqual(new Set([n % 2 ? ours : theirs]))
        }),
      ),
    )
    expect(await whoAmI()).toEqual(before)
  })
})

describe('migrations', () => {
  test('apply again without a change', async () => {
    const tables = () =>
      database.db.execute(
        sql`select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' order by 1, 2`,
      )
    const before = rowsOf(await tables())
    expect(before.length).toBeGreaterThan(100)
    if (database.url) await migratePostgres(database.url)
    else await migratePglite(database.db as never, { migrationsFolder: join(ROOT, 'db/migrations') })
    expect(rowsOf(await tables())).toEqual(before)
  })

  // Two processes never share the embedded database.
  test.each(process.env['TEST_DATABASE'] === 'postgres' ? ['PostgreSQL'] : [])(
    'several processes may start on one empty %s at once',
    async () => {
      const empty = await freshDatabase()
      await empty.db.execute(sql`drop schema public cascade`)
      await empty.db.execute(sql`drop schema drizzle cascade`)
      await empty.db.execute(sql`create schema public`)
      await Promise.all([1, 2, 3].map(() => migratePostgres(empty.url ?? '')))
      const opened = openPostgres(empty.url ?? '')
      await createOrganisation(opened.db, 'First')
      await opened.close()
      await empty.close()
    },
  )

  test('say all that the schema says: generating makes nothing new', () => {
    const copy = mkdtempSync(join(tmpdir(), 'ringside-schema-'))
    try {
      for (const name of ['db', 'src/core', 'src/ports', 'drizzle.config.ts', 'package.json', 'tsconfig.json']) {
        cpSync(join(ROOT, name), join(copy, name), { recursive: true })
      }
      cpSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), { recursive: false, filter: () => false })
      spawnSync('ln', ['-s', join(ROOT, 'node_modules'), join(copy, 'node_modules')])
      const run = spawnSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'generate'], { cwd: copy, encoding: 'utf8' })
      expect(`${run.stdout}${run.stderr}`).toContain('nothing to migrate')
      const files = (folder: string) => readdirSync(join(folder, 'db/migrations')).toSorted()
      expect(files(copy)).toEqual(files(ROOT))
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })

  test('make every table of the schema secured, in the files too', () => {
    const text = readdirSync(join(ROOT, 'db/migrations'))
      .filter((name) => name.endsWith('.sql'))
      .map((name) => readFileSync(join(ROOT, 'db/migrations', name), 'utf8'))
      .join('\n')
    for (const table of TABLES) expect(text).toContain(`ALTER TABLE "${getTableName(table)}" ENABLE ROW LEVEL SECURITY`)
  })
})
