import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/open.ts'
import { putConnection } from '../../db/installations.ts'
import { createOrganisation } from '../../db/organisations.ts'
import { asConnectionId, type OrganisationId } from '../../src/core/ids.ts'
import { openPace } from '../../src/engine/pace.ts'
import type { Cost } from '../../src/ports/pace.ts'
import { freshDatabase } from '../database.ts'

/** Budgets that processes share through the database. Time is the test's own. */

let database: OpenDatabase
let organisation: OrganisationId
let connections = 0
let now = 1_000_000

beforeAll(async () => {
  database = await freshDatabase()
  organisation = await createOrganisation(database.db, 'A company')
})
afterAll(() => database.close())

const create = (calls = 1): Cost => ({ method: 'create', calls, most: 2, perMs: 60_000 })
const read = (calls = 1): Cost => ({ method: 'read', calls, most: 5, perMs: 60_000 })
const clock = { now: () => now, wait: async (ms: number) => void (now += ms) }

/** A connection of its own, and as many processes that use it as wanted. */
async function processes(count: number) {
  const connection = asConnectionId(`slack-${++connections}`)
  const slack = { organisation, platform: 'slack', installationId: null, appAccount: 'U0BOT' }
  await database.db.transaction((tx) => putConnection(tx, slack, { id: String(connections), title: 'Slack' }))
  return Array.from({ length: count }, () => openPace(database.db, clock, { organisation, connection }))
}

const one = async () => (await processes(1))[0]!

describe('a place in the queue', () => {
  test('is kept while asking again, costs nobody anything, and is given when its time has come', async () => {
    const pace = await one()
    const ask = (holder: string) => pace.reserve(holder, [create()], false)
    expect([await ask('a'), await ask('b')]).toEqual([0, 0])
    expect([await ask('c'), await ask('d'), await ask('e')]).toEqual([60_000, 60_000, 120_000])
    now += 20_000
    expect([await ask('e'), await ask('c'), await ask('e')]).toEqual([100_000, 40_000, 100_000])
    now += 40_000
    expect([await ask('c'), await ask('d'), await ask('e')]).toEqual([0, 0, 60_000])
  })

  test('is for all of a piece of work at one moment', async () => {
    const pace = await one()
    await pace.reserve('a', [create(2)], false)
    expect(await pace.reserve('b', [read(5), create()], false)).toBe(60_000)
    expect(await pace.reserve('c', [read()], false)).toBe(0)
  })

  test('goes to whoever comes in time: one who is late moves those back who are in the way, and nobody calls too often', async () => {
    const pace = await one()
    const ask = (holder: string) => pace.reserve(holder, [create()], false)
    for (const holder of ['a', 'b', 'c', 'd', 'e', 'f']) await ask(holder)
    now += 130_000
    expect([await ask('e'), await ask('f'), await ask('c')]).toEqual([0, 0, 60_000])
    now += 60_000
    expect([await ask('c'), await ask('d')]).toEqual([0, 0])
  })

  test('is given up with the work: what grows keeps its place, what shrinks lets others in', async () => {
    const pace = await one()
    await pace.reserve('a', [create(2)], false)
    expect(await pace.reserve('b', [create(2)], false)).toBe(60_000)
    expect(await pace.reserve('c', [create()], false)).toBe(120_000)
    expect(await pace.reserve('b', [create()], false)).toBe(60_000)
    expect(await pace.reserve('d', [create()], false)).toBe(60_000)
    expect(await pace.reserve('b', [create(), read()], false)).toBe(60_000)
  })

  test('somebody who waits for an answer goes before those who do not', async () => {
    const pace = await one()
    const ask = (holder: string, urgent = false) => pace.reserve(holder, [create()], urgent)
    for (let n = 0; n < 20; n++) await ask(`mass ${n}`)
    expect(await ask('mass 21')).toBe(600_000)
    expect(await ask('press', true)).toBe(60_000)
    now += 60_000
    expect([await ask('press', true), await ask('mass 2'), await ask('mass 3')]).toEqual([0, 0, 60_000])
  })
})

describe('what was given', () => {
  test('is used by the calls that follow, and a call that nobody reserved for takes its own', async () => {
    const pace = await one()
    await pace.reserve('a', [create()], false)
    expect([await pace.take([create()]), await pace.take([create()]), await pace.take([create()])]).toEqual([0, 0, 60_000])
    expect(await pace.take([create()])).toBe(60_000)
    now += 60_000
    expect(await pace.take([create()])).toBe(0)
  })

  test('is gone after half a minute, and was counted', async () => {
    const pace = await one()
    await pace.reserve('a', [create(2)], false)
    now += 30_000
    expect(await pace.take([create()])).toBe(30_000)
  })
})

test('P7 every process obeys what one of them was told, in what it reserves and in what it takes', async () => {
  const [first, second] = await processes(2)
  await first!.reserve('a', [create()], false)
  await second!.hold('create', 90_000)
  await first!.hold('create', 30_000)
  now += 31_000
  expect([await first!.reserve('b', [create()], false), await second!.take([create()])]).toEqual([59_000, 59_000])
})

test('P7 one connection without room holds up no other', async () => {
  const [full, free] = [await one(), await one()]
  await full.hold('create', 600_000)
  expect([await full.take([create()]), await free.take([create()])]).toEqual([600_000, 0])
})

test('what nobody comes back for is swept away', async () => {
  const pace = await one()
  for (let n = 0; n < 4; n++) await pace.reserve(`h${n}`, [create(2)], false)
  now += 40 * 60_000
  await pace.take([read()])
  const left = await database.db.execute(sql`select count(*)::int as n from pace_ticket where connection_id = ${`slack-${connections}`}`)
  expect(JSON.stringify(left)).toContain('"n":0')
})

test('two processes that ask at once never give more than there is', async () => {
  const both = await processes(2)
  const asked = Array.from({ length: 20 }, (_, n) => both[n % 2]!.reserve(`h${n}`, [create(), read(n % 3)], false))
  const taken = Array.from({ length: 6 }, (_, n) => both[n % 2]!.take([read()]))
  const waits = (await Promise.all(asked)).toSorted((a, b) => a - b)
  await Promise.all(taken)
  for (let n = 2; n < waits.length; n++) expect(waits[n]! - waits[n - 2]!).toBeGreaterThanOrEqual(60_000)
  expect(waits.filter((wait) => wait === 0)).toHaveLength(2)
})

test('processes whose first calls are of different methods do not wait for each other in a circle', async () => {
  for (let round = 0; round < 40; round++) {
    const both = await processes(2)
    const asked = Array.from({ length: 12 }, (_, n) => both[n % 2]!.reserve(`h${n}`, n % 3 === 0 ? [create()] : [create(), read()], false))
    await expect(Promise.all(asked)).resolves.toHaveLength(12)
  }
})
