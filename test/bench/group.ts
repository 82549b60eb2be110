import { count, sql } from 'drizzle-orm'
import { migratePostgres } from '../../db/migrate-postgres.ts'
import { openPostgres } from '../../db/open-postgres.ts'
import { inOrganisation, type OpenDatabase } from '../../db/open.ts'
import { createOrganisation } from '../../db/organisations.ts'
import { observer, person } from '../../db/schema.ts'
import { asPersonId, type OrganisationId } from '../../src/core/ids.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { startGroup } from '../../src/engine/group-actions.ts'
import { drain } from '../../src/engine/worker.ts'
import { startPostgres } from '../postgres.ts'

/**
 * Adds three observers to every item of an organisation by "all on every page", paired with the bare statements that write the same rows in
 * one go: only the observers, and all that the action writes (observers, history, revisions). Meanwhile somebody opens items of the same
 * organisation, and how long they wait is told.
 *
 *   RINGSIDE_BENCH_ITEMS=100000   fewer than a million, on a small machine
 */

const ITEMS = Number(process.env['RINGSIDE_BENCH_ITEMS'] ?? 1_000_000)
const PEOPLE = ['one', 'two', 'three'] as const
const READ_EVERY_MS = 100

export async function benchGroup(): Promise<void> {
  const server = await startPostgres({ durable: true })
  if ('missing' in server) return console.log(`group: skipped, ${server.missing}.`)
  try {
    const [bare, all, ours] = [await fresh(server.url, 'bare'), await fresh(server.url, 'all'), await fresh(server.url, 'ours')]
    const bareMs = await timed(() => inOrganisation(bare.database.db, bare.organisation, (tx) => tx.execute(INSERT_OBSERVERS)))
    const allMs = await timed(() =>
      inOrganisation(all.database.db, all.organisation, async (tx) => {
        await tx.execute(INSERT_OBSERVERS)
        await tx.execute(INSERT_CHANGES)
        await tx.execute(sql`update item set revision = revision + 1, updated_at = now()`)
      }),
    )
    const { ms: oursMs, waits } = await act(ours.database, ours.organisation)
    const [row] = await ours.database.db.select({ n: count() }).from(observer)
    if (row?.n !== ITEMS * PEOPLE.length) throw new Error(`${row?.n} observers were written.`)
    for (const { database } of [bare, all, ours]) await database.close()
    console.table({
      'bare insert of the observers': { seconds: seconds(bareMs), ratio: (oursMs / bareMs).toFixed(2) },
      'bare statements for the same rows': { seconds: seconds(allMs), ratio: (oursMs / allMs).toFixed(2) },
      'the group action': { seconds: seconds(oursMs), ratio: '' },
    })
    const sorted = waits.toSorted((one, other) => one - other)
    console.log(
      `${ITEMS.toLocaleString('en')} items; meanwhile ${waits.length} reads of items were answered: median ${Math.round(at(sorted, 0.5))} ms, slowest ${Math.round(at(sorted, 1))} ms\n`,
    )
  } finally {
    await server.stop()
  }
}

const INSERT_OBSERVERS = sql`
  insert into observer (organisation_id, item_id, person_id, added_by, how, added_at)
  select i.organisation_id, i.id, p, 'boss', 'group', now() from item i cross join unnest(array['one', 'two', 'three']) p on conflict do nothing`
const INSERT_CHANGES = sql`
  insert into item_change (organisation_id, item_id, revision, what, person_id, by_id, how, at)
  select i.organisation_id, i.id, i.revision + 1, 'listed', p, 'boss', 'group', now() from item i cross join unnest(array['one', 'two', 'three']) p`

async function fresh(server: string, name: string): Promise<{ database: OpenDatabase; organisation: OrganisationId }> {
  const first = openPostgres(server)
  await first.db.execute(sql.raw(`create database group_${name}`))
  await first.close()
  const url = Object.assign(new URL(server), { pathname: `/group_${name}` }).href
  await migratePostgres(url)
  const database = openPostgres(url)
  const organisation = await createOrganisation(database.db, 'Bench')
  const role = (id: string) => (id === 'boss' ? ('manager' as const) : ('employee' as const))
  await database.db.insert(person).values(['boss', ...PEOPLE].map((id) => ({ organisationId: organisation, id, name: id, role: role(id) })))
  await database.db.execute(sql`
    insert into item (organisation_id, id, type, number, title, stage, revision, updated_at)
    select ${organisation}, gen_random_uuid()::text, 'deal', n, 'Deal ' || n, 'New', 1, now() - n * interval '1 second'
    from generate_series(1, ${ITEMS}) n`)
  await database.db.execute(sql`vacuum analyze item`)
  return { database, organisation }
}

async function act(database: OpenDatabase, organisation: OrganisationId): Promise<{ ms: number; waits: readonly number[] }> {
  const engine = engineOver(database)
  const viewer = {
    id: asPersonId('boss'),
    role: 'manager' as const,
    active: true,
    unreadableTypes: [],
    entitlement: { observers: 'on' as const, typesOff: [] },
  }
  const waits: number[] = []
  const acting = new AbortController()
  const reader = (async () => {
    while (!acting.signal.aborted) {
      waits.push(
        await timed(() => inOrganisation(database.db, organisation, (tx) => tx.execute(sql`select * from item where number = 500`))),
      )
      await new Promise((resolve) => setTimeout(resolve, READ_EVERY_MS))
    }
  })()
  const ms = await timed(async () => {
    const wish = { action: 'add-observers' as const, people: PEOPLE, from: null, selection: { filter: {}, except: [] } }
    const begun = await startGroup(engine, organisation, viewer, wish)
    if (!begun.ok) throw new Error(begun.why)
    await drain(engine, 10_000)
  })
  acting.abort()
  await reader
  return { ms, waits }
}

function engineOver(database: OpenDatabase): Engine {
  const silent = { info() {}, warn() {}, error: (facts: object, message: string) => console.error(message, facts) }
  const nowhere = () => {
    throw new Error('Nothing here reaches a chat system.')
  }
  return {
    db: database.db,
    clock: { now: () => Date.now(), wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    log: silent,
    platformOf: nowhere,
    sourceOf: nowhere,
    wake() {},
    publicUrl: 'http://localhost',
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const seconds = (ms: number) => (ms / 1_000).toFixed(1)
const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
