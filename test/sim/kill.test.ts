import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/open.ts'
import { link, seat } from '../../db/schema.ts'
import { LEASE_MS, REQUEST_LIFE_MS } from '../../src/engine/engine.ts'
import { freshDatabase } from '../database.ts'
import { comeToRest } from './history.ts'
import { openOracle } from './oracle.ts'
import { handOver, perform, type Play } from './perform.ts'
import { openStage, type Settings, USUAL } from './stage.ts'
import type { Step } from './step.ts'

/** P3: the process is killed before each await of a day in an item's life, one run each, and every run ends alike. */
const DAY: readonly Step[] = [
  { do: 'assign', item: 'D-1', person: 'ann' },
  { do: 'list', item: 'D-1', person: 'ben' },
  { do: 'list', item: 'D-1', person: 'cem' },
  { do: 'list', item: 'D-1', person: 'dora' },
  { do: 'discuss', item: 'D-1', person: 'eve' },
  { do: 'leave', item: 'D-1', who: 'ben' },
  { do: 'unlist', item: 'D-1', person: 'cem' },
  { do: 'join', item: 'D-1', who: 'cem', told: true },
  { do: 'leave', item: 'D-1', who: 'dora' },
  { do: 'unlist', item: 'D-1', person: 'dora' },
  { do: 'list', item: 'D-1', person: 'dora' },
  { do: 'assign', item: 'D-1', person: 'eve' },
]

let database: OpenDatabase
beforeAll(async () => void (database = await freshDatabase()))
afterAll(() => database.close())

/** The same of the first hour alone, where people come in with the opening. */
const OPENING: readonly Step[] = [
  { do: 'assign', item: 'D-1', person: 'ann' },
  { do: 'list', item: 'D-1', person: 'ben' },
  { do: 'list', item: 'D-1', person: 'cem' },
  { do: 'discuss', item: 'D-1', person: 'eve' },
  { do: 'unlist', item: 'D-1', person: 'ben' },
]

test.each([
  ['a day ends', DAY, USUAL, 40],
  ['an opening with people in it ends', OPENING, { ...USUAL, opensWithMax: 2 }, 15],
])(
  'O18 O20 O22 O24 O26 P3 killed at any await, %s as it would have ended: nothing lost, nothing doubled',
  async (_what, steps, settings, pointsMin) => {
    const whole = await liveThrough(steps, settings, null)
    expect(whole.points).toBeGreaterThan(pointsMin)
    for (let at = 0; at < whole.points; at++) {
      const { end, crashes } = await liveThrough(steps, settings, at)
      expect(crashes).toBe(1)
      expect(end, `killed before await ${at}`).toEqual(whole.end)
    }
    console.log(`killed at each of ${whole.points} awaits`)
  },
  300_000,
)

async function liveThrough(steps: readonly Step[], settings: Settings, killedAt: number | null) {
  const oracle = openOracle()
  const stage = await openStage(database, settings, oracle.witness)
  oracle.attach(stage)
  const play: Play = { stage, oracle, engine: stage.incarnate() }
  stage.state.crashIn = killedAt
  for (const step of steps) await liveOn(play, step)
  const { points, crashes } = stage.state
  expect(await comeToRest(play, crashes)).toBeNull()
  return { points, crashes, end: await endOf(play) }
}

/** Whoever was let down by a crash presses again; everything else goes on by itself once the lane is free. */
async function liveOn(play: Play, step: Step): Promise<void> {
  const { stage } = play
  const before = stage.state.crashes
  await perform(play, step)
  if (stage.state.crashes > before) {
    stage.advance(LEASE_MS + 1)
    if (step.do === 'discuss') await perform(play, step)
  }
  for (const word of stage.words.splice(0)) await handOver(stage, word)
  await perform(play, { do: 'work' })
  // People act minutes apart: within its life, a call that nobody heard of again may be what put somebody where they are.
  stage.advance(LEASE_MS + REQUEST_LIFE_MS)
  for (const word of stage.words.splice(0)) await handOver(stage, word)
  await perform(play, { do: 'work' })
}

async function endOf({ stage }: Play) {
  const [row] = await database.db.select().from(link)
  const seats = await database.db.select().from(seat)
  const chats = stage.chatsOf('D-1')
  return {
    chats: chats.length,
    state: row?.state,
    members: [...(chats.at(-1)?.members.keys() ?? [])]
      .filter((id) => id !== stage.chats.app)
      .map(stage.nameOf)
      .sort(),
    observers: stage.factsOf('D-1').observers.toSorted(),
    responsible: stage.factsOf('D-1').responsible,
    seats: seats
      .map(({ personId, settled, listed, inChat }) => ({ personId, settled, listed, inChat }))
      .sort((a, b) => a.personId.localeCompare(b.personId)),
  }
}
