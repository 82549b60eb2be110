import { firstMoment, type Times, withinLimit, withTimes } from '../../src/core/pace.ts'
import type { Cost, Pace } from '../../src/ports/pace.ts'

/** A budget of one process, in memory: everybody waits in the order they ask. */
export function memoryPace(now: () => number): Pace {
  const times = new Map<string, Times>()
  const notBefore = new Map<string, number>()
  const momentOf = (costs: readonly Cost[]) =>
    firstMoment(
      costs.map(({ method, calls, most, perMs }) => ({
        limit: { calls: most, perMs },
        calls: withinLimit({ calls: most, perMs }, calls),
        times: times.get(method) ?? [],
        notBefore: notBefore.get(method) ?? 0,
      })),
      now(),
    )
  const take = async (costs: readonly Cost[]) => {
    const moment = momentOf(costs)
    if (moment > now()) return moment - now()
    for (const { method, calls } of costs) times.set(method, withTimes(times.get(method) ?? [], moment, calls))
    return 0
  }
  return {
    reserve: async () => 0,
    take,
    hold: async (method, forMs) => void notBefore.set(method, now() + forMs),
  }
}
