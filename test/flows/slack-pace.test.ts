import { expect, test } from 'vitest'
import { liveDay } from '../bench/pace.ts'
import { planDay } from '../bench/pace-plan.ts'

/**
 * `npm run bench -- pace` lives a day of 1,000 chats and 10,000 changes; this is a morning of it. The clock is simulated, and a call takes
 * no time here, so that every second is one that waiting for Slack's limits has cost.
 */
const MORNING = { deals: 41, changes: 180, acts: 1, people: 20, accounts: 20, callMs: 0 }
const CALLS_MAX = 1.1
const TIME_MAX = 1.05
const MINUTES_MS = 300_000

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
