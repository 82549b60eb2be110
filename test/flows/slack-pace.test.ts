import { expect, test } from 'vitest'
import { asConnectionId } from '../../src/core/ids.ts'
import { openPace } from '../../src/engine/pace.ts'
import { liveDay } from '../bench/pace.ts'
import { planDay } from '../bench/pace-plan.ts'
import { openPaceStage } from '../bench/pace-stage.ts'
import { MINUTE_MS } from '../fakes/slack/tiers.ts'

/**
 * `npm run bench -- pace` lives a day of 1,000 chats and 10,000 changes; this is a morning of it. The clock is simulated, and a call takes
 * no time here, so that every second is one that waiting for Slack's limits has cost.
 */
const MORNING = { deals: 41, changes: 180, acts: 1, people: 20, accounts: 20, callMs: 0 }
const CALLS_MAX = 1.1
const TIME_MAX = 1.05
const MINUTES_MS = 600_000
const HOUR_MS = 3_600_000

test(
  'O20 O24 O26 a large act in Slack costs hardly a call more, and hardly a second, than Slack leaves possible',
  async () => {
    const day = await liveDay(planDay(MORNING, 1))
    expect(day.parts.map(({ forcedMs }) => forcedMs)).toEqual([120_000, 60_000])
    expect(day).toMatchObject({ calls: expect.toSatisfy((ratio: number) => ratio <= CALLS_MAX), tooFast: 0 })
    expect(day.time).toBeLessThanOrEqual(TIME_MAX)
  },
  MINUTES_MS,
)

test(
  'O24 somebody who is added by a person waits for the first room there is, and not behind a large act that waits for minutes',
  async () => {
    const stage = await openPaceStage(planDay({ deals: 1, changes: 0, acts: 0, people: 12, accounts: 12, callMs: 0 }, 1))
    try {
      await stage.openChats()
      await stage.settle()
      stage.rest()
      const { engine, company, listed, accountOf } = stage
      const pace = openPace(engine.db, engine.clock, { organisation: company, connection: asConnectionId('slack-T0TEAM') })
      const minute = { method: 'conversations.invite', calls: 50, most: 50, perMs: MINUTE_MS }
      const waits = [0, 1, 2, 3, 4, 5].map((number) => () => pace.reserve(`act ${number}`, [minute], false))
      expect(await inTurn(waits)).toEqual([0, 1, 2, 3, 4, 5].map((minutes) => minutes * MINUTE_MS))

      const [by] = listed[0]!
      const newcomer = [...accountOf.keys()].find((number) => !listed[0]!.has(number))!
      await stage.types(0, by!, `add <@${accountOf.get(newcomer)}|newcomer>`)
      listed[0]!.add(newcomer)
      expect(await stage.settle()).toBeLessThan(2 * MINUTE_MS)
      expect(stage.tooFast()).toBe(0)
    } finally {
      await stage.close()
    }
  },
  MINUTES_MS,
)

test(
  'P7 what nobody waits for calls nothing before all that it needs has room',
  async () => {
    const stage = await openPaceStage(planDay({ deals: 1, changes: 0, acts: 0, people: 12, accounts: 12, callMs: 0 }, 1))
    try {
      await stage.openChats()
      await stage.settle()
      const { engine, company } = stage
      // After an hour the members are read again, and two hours later the chat itself is asked as well.
      await stage.pass(3 * HOUR_MS - MINUTE_MS / 2)
      const before = stage.calls.length
      const pace = openPace(engine.db, engine.clock, { organisation: company, connection: asConnectionId('slack-T0TEAM') })
      await pace.reserve('somebody', [{ method: 'conversations.members', calls: 100, most: 100, perMs: MINUTE_MS }], false)
      await stage.pass(MINUTE_MS - 5_000)
      expect(stage.calls.slice(before)).toEqual([])
      await stage.pass(MINUTE_MS)
      expect(stage.calls.slice(before).map(({ method }) => method)).toEqual(['conversations.info', 'conversations.members'])
    } finally {
      await stage.close()
    }
  },
  MINUTES_MS,
)

async function inTurn<Value>(works: readonly (() => Promise<Value>)[]): Promise<Value[]> {
  const values: Value[] = []
  for (const work of works) values.push(await work())
  return values
}
