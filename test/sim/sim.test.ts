import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/open.ts'
import { freshDatabase } from '../database.ts'
import { EXCUSES, noTally, type Tally } from './excuse.ts'
import { live, relive, type Told } from './history.ts'
import { minimise, story } from './minimise.ts'
import { REGRESSIONS } from './regressions.ts'

/**
 * Long random histories of several people on several items, against the real engine and a real database, with everything going
 * wrong that can. `npm run sim -- --runs 10000` lives more of them; SEED and RUNS choose others here.
 */
const FIRST = Number(process.env['SEED'] ?? 1)
const FIXED = Number(process.env['RUNS'] ?? 60)
const FRESH = 10
/** Above this share of what was judged, the excuses would hide more than they explain. */
const EXCUSED_MAX = 0.15
const MINUTES_MS = 300_000

let database: OpenDatabase
beforeAll(async () => void (database = await freshDatabase()))
afterAll(() => database.close())

const total = { judged: 0, acts: 0, remembered: 0, tally: noTally() }

async function keepsItsPromises(told: Told): Promise<void> {
  total.judged += told.judged
  total.acts += told.acts
  total.remembered += told.remembered
  for (const name of Object.keys(told.tally) as (keyof Tally)[]) total.tally[name] += told.tally[name]
  if (told.broken) expect.fail(`${story(await minimise(database, told))}\n\nas it was found:\n${story(told)}`)
}

test.each(REGRESSIONS)('$name', async ({ history }) => {
  const told = await relive(database, history)
  expect(told.broken && story(told)).toBeNull()
})

test(
  `I1 I2 I4–I8 I10–I12 I15 O18–O28 ${FIXED} histories from seed ${FIRST} keep the promises`,
  async () => {
    for (let seed = FIRST; seed < FIRST + FIXED; seed++) await keepsItsPromises(await live(database, seed))
  },
  MINUTES_MS,
)

/** A change is judged by histories that can be told again; new ones are looked for on desks, and by `npm run sim`. */
const fresh = process.env['CI'] ? 424_242 : Math.floor(Math.random() * 2 ** 31)
test(
  `and so do ${FRESH} more from seed ${fresh}, which is another one each time outside of CI`,
  async () => {
    for (let seed = fresh; seed < fresh + FRESH; seed++) await keepsItsPromises(await live(database, seed))
  },
  MINUTES_MS,
)

test('what no algorithm can know excuses little', () => {
  const excuses = Object.keys(EXCUSES).filter((name) => total.tally[name as keyof Tally] > 0)
  const excused = Object.values(total.tally).reduce((sum, times) => sum + times, 0)
  console.log(
    `${total.acts} acts, ${total.judged} judged, ${total.remembered} admissions from memory, excused: ${excuses.map((name) => `${name} ${total.tally[name as keyof Tally]}`).join(', ')}`,
  )
  expect(total.judged).toBeGreaterThan(100)
  expect(total.remembered).toBeGreaterThan(20)
  expect(excused / total.judged).toBeLessThan(EXCUSED_MAX)
})
