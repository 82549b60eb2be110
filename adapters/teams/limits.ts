import { failed, type Result } from '../../src/core/failure.ts'
import type { Work } from '../../src/ports/chat-platform.ts'
import type { Cost, Pace } from '../../src/ports/pace.ts'
import type { Request, TeamsCall } from './call.ts'
import { failureOf } from './failure.ts'
import type { Fields } from './fields.ts'
import { type Operation, OPERATIONS } from './operations.ts'

/**
 * What Microsoft documents: of one tenant thirty calls of Graph in a second, of one chat one call in a second, and of its members four
 * additions and four removals in a minute. The bot may say sixty things to one conversation in half a minute, seven of them at once.
 */
const TENANT: Limit = { most: 30, perMs: 1_100 }
const CHAT: Limit = { most: 1, perMs: 1_100 }
/** A second more than Microsoft's minute: our clock is not theirs, and a call takes a moment to arrive. */
const MEMBERS: Limit = { most: 4, perMs: 61_000 }
const SENDS: readonly Limit[] = [
  { most: 7, perMs: 1_100 },
  { most: 60, perMs: 31_000 },
]

type Limit = { readonly most: number; readonly perMs: number }

/** The name of what is counted for a whole tenant. */
const GRAPH = 'graph'

/** Calls only when there is room, and tells the others when Microsoft says that there was none. What waits costs no call. */
export function pacedCall(call: TeamsCall, pace: Pace, factor: number): TeamsCall {
  return async (operation, request) => {
    const costs = costsOfCall(operation, request, factor)
    const waitMs = costs.length > 0 ? await pace.take(costs) : 0
    if (waitMs > 0) return full(operation, waitMs)
    const called = await call(operation, request)
    const [narrowest] = costs
    if (narrowest && !called.ok && called.failure.kind === 'later' && TOO_FAST.has(called.failure.code))
      await pace.hold(narrowest.method, called.failure.afterMs)
    return called
  }
}

const TOO_FAST: ReadonlySet<string> = new Set(['too_many_requests', 'throttled', 'activity_limit_reached'])

/** The narrowest limit first: it is the one that a refusal is most likely about. */
function costsOfCall(operation: Operation, { chat }: Request, factor: number): readonly Cost[] {
  const cost = (method: string, { most, perMs }: Limit): Cost => ({ method, calls: 1, most: most * factor, perMs })
  if (OPERATIONS[operation].service === 'bot') return chat ? SENDS.map((limit) => cost(`send ${limit.perMs} ${chat}`, limit)) : []
  const tenant = cost(GRAPH, TENANT)
  if (!chat) return [tenant]
  if (operation === 'member.add' || operation === 'member.remove') return [cost(`${operation} ${chat}`, MEMBERS), tenant]
  return [cost(`chat ${chat}`, CHAT), tenant]
}

/** What one piece of work asks of the tenant; what it asks of its own chat waits where it is. */
export function costsOfWork(work: Work, factor: number): readonly Cost[] {
  const { opens = 0, reads = 0, adds = 0, removes = 0, lookUps = 0 } = work
  // Whoever is let in with the opening costs no call of their own.
  const people = opens > 0 ? 1 : adds * 2 + (removes > 0 ? removes + 1 : 0)
  const calls = opens * 3 + reads + people + Math.ceil(lookUps / LOOK_UPS_A_CALL)
  return calls === 0 ? [] : [{ method: GRAPH, calls, most: TENANT.most * factor, perMs: TENANT.perMs }]
}

/** Addresses that one call looks up. */
export const LOOK_UPS_A_CALL = 7

/** Four people a minute, in each direction. */
export function timeForWork({ opens = 0, adds = 0, removes = 0 }: Work, factor: number): number {
  const minutes = (people: number) => Math.max(0, Math.ceil(people / (MEMBERS.most * factor)) - 1)
  return Math.max(opens > 0 ? 0 : minutes(adds), minutes(removes)) * MEMBERS.perMs
}

const full = (operation: Operation, afterMs: number): Result<Fields> =>
  failed({ ...failureOf(operation, 'too_many_requests'), kind: 'later', afterMs })
