import { type Calls, forcedMs, leastToChange, leastToOpen, together, total } from './pace-least.ts'
import { FULL, type Plan, planDay, type Scale } from './pace-plan.ts'
import { openPaceStage } from './pace-stage.ts'

/** How many calls a large day in Slack costs and how long it takes, held against the fewest and the shortest that Slack leaves possible. */

export type Part = {
  readonly name: string
  readonly made: Calls
  readonly least: Calls
  readonly tookMs: number
  readonly forcedMs: number
}
export type Day = {
  readonly parts: readonly Part[]
  /** Calls made ÷ the fewest possible; time ÷ what the tiers alone force. */
  readonly calls: number
  readonly time: number
  /** Calls that Slack refused because there were too many. */
  readonly tooFast: number
}

export async function liveDay(plan: Plan, told: (part: Part) => void = () => {}): Promise<Day> {
  const stage = await openPaceStage(plan)
  try {
    const parts: Part[] = []
    const part = async (name: string, least: Calls, act: () => Promise<void>) => {
      stage.rest()
      const before = stage.calls.length
      await act()
      const tookMs = await stage.settle()
      const one = { name, made: countOf(stage.calls.slice(before)), least, tookMs, forcedMs: forcedMs(least) }
      parts.push(one)
      told(one)
    }
    await part('chats opened', leastToOpen(plan), stage.openChats)
    for (const [number, least] of leastToChange(plan).entries()) {
      await part(`act ${number + 1}`, least, async () => {
        for (const change of plan.acts[number]!) await stage.change(change)
      })
    }
    const sum = (of: (one: Part) => number) => parts.reduce((all, one) => all + of(one), 0)
    return {
      parts,
      calls: sum((one) => total(one.made)) / sum((one) => total(one.least)),
      time: sum((one) => one.tookMs) / sum((one) => one.forcedMs),
      tooFast: stage.tooFast(),
    }
  } finally {
    await stage.close()
  }
}

export async function benchPace(scale: Scale = FULL): Promise<void> {
  const { deals, changes } = scale
  console.log(
    `pace: ${deals} chats opened and ${changes} observers changed, in a Slack that keeps to its documented limits, on a simulated clock`,
  )
  const { parts, calls, time, tooFast } = await liveDay(planDay(scale, 1), (one) =>
    console.log(
      `${one.name}: ${total(one.made)} calls, least ${total(one.least)}; ${minutes(one.tookMs)}, forced ${minutes(one.forcedMs)}`,
    ),
  )
  const [made, least] = [together(parts.map((one) => one.made)), together(parts.map((one) => one.least))]
  const methods = [...new Set([...least.keys(), ...made.keys()])]
  console.table(Object.fromEntries(methods.map((method) => [method, { calls: made.get(method) ?? 0, least: least.get(method) ?? 0 }])))
  console.log(
    `API calls ÷ least possible ${calls.toFixed(3)}, time ÷ what the tiers force ${time.toFixed(3)}, refused as too fast ${tooFast}\n`,
  )
}

const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`

function countOf(calls: readonly { readonly method: string }[]): Calls {
  return new Map([...Map.groupBy(calls, ({ method }) => method)].map(([method, all]) => [method, all.length]))
}
