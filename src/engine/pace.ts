import { dropTicket, lockPace, type PaceRow, putNotBefore, putTicket, putTimes, sweepPace, ticketOf } from '../../db/pace.ts'
import { type Database, inOrganisation, type Tx } from '../../db/open.ts'
import { type Asked, firstMoment, merged, stillCounting, type Times, withinLimit, withoutTimes, withTimes } from '../core/pace.ts'
import type { ConnectionId, OrganisationId } from '../core/ids.ts'
import type { Clock } from '../ports/clock.ts'
import type { Cost, Pace } from '../ports/pace.ts'

/**
 * The budget of one connection. The times of its calls, made and reserved, are rows of the database, so that all processes share them;
 * what a reservation has been given is kept here until the calls are made. Why so: decision 40.
 */
export type PaceOf = { readonly organisation: OrganisationId; readonly connection: ConnectionId }

/** Calls of one method that have their time reserved at most; whoever comes after that is told to ask again. */
const RESERVED_MAX = 5_000
const ASK_AGAIN_MS = 10 * 60_000
/** What was given and not used is given up after this long: the turn that asked for it is over. */
const GIVEN_MS = 30_000
/** Tickets that nobody came back for, and times, are kept this long. */
const KEPT_MS = 15 * 60_000
/** A wait as short as between two messages to one chat is waited out, a few times; coming back for it would cost more. */
const SHORT_MS = 1_500
const TRIES_MAX = 3

export function openPace(db: Database, clock: Clock, { organisation, connection }: PaceOf): Pace {
  const of = { organisationId: organisation as string, connectionId: connection as string }
  const given = new Map<string, { calls: number; untilMs: number }>()
  const held = new Map<string, number>()
  let sweptAt = clock.now()

  const inside = <Value>(work: (tx: Tx) => Promise<Value>) => inOrganisation(db, organisation, work)

  async function reserve(holder: string, costs: readonly Cost[], urgent: boolean): Promise<number> {
    const wanted = costs.filter(({ calls }) => calls > 0).map((cost) => ({ ...cost, calls: withinLimit(limitOf(cost), cost.calls) }))
    if (wanted.length === 0) return 0
    await sweep()
    const now = clock.now()
    const at = await inside(async (tx) => {
      const ticket = await ticketOf(tx, of, holder)
      const earlier = ticket ? (JSON.parse(ticket.costs) as readonly Cost[]) : []
      const rows = await countingIn(tx, [...wanted, ...earlier], now)
      for (const { method, calls } of earlier) alter(rows, method, 'reserved', (times) => withoutTimes(times, ticket?.at ?? 0, calls))
      if (!ticket && [...rows.values()].some(({ reserved }) => reserved.length > RESERVED_MAX)) return now + ASK_AGAIN_MS
      // Whose time has come, and whom somebody waits for, looks at the calls that were made alone: whoever is in the way comes after.
      const first = urgent || (ticket !== null && ticket.at <= now)
      const found = firstMoment(askedOf(wanted, rows, first), now)
      const moment = first || !ticket ? found : Math.min(found, ticket.at)
      for (const { method, calls } of wanted)
        alter(rows, method, moment > now ? 'reserved' : 'made', (times) => withTimes(times, moment, calls))
      for (const [method, times] of rows) await putTimes(tx, of, method, times)
      if (moment > now) await putTicket(tx, of, holder, JSON.stringify(wanted), moment)
      else if (ticket) await dropTicket(tx, of, holder)
      return moment
    })
    if (at > now) return at - now
    for (const { method, calls } of wanted) give(method, calls)
    return 0
  }

  async function take(costs: readonly Cost[]): Promise<number> {
    for (let tries = 1; ; tries++) {
      const wait = await takeNow(costs)
      if (wait === 0 || wait > SHORT_MS || tries === TRIES_MAX) return wait
      await clock.wait(wait)
    }
  }

  async function takeNow(costs: readonly Cost[]): Promise<number> {
    const now = clock.now()
    const wait = Math.max(...costs.map(({ method }) => held.get(method) ?? 0)) - now
    if (wait > 0) return wait
    const unpaid = costs.filter((cost) => !spend(cost))
    if (unpaid.length === 0) return 0
    await sweep()
    return inside(async (tx) => {
      const rows = await countingIn(tx, unpaid, now)
      const moment = firstMoment(askedOf(unpaid, rows, true), now)
      if (moment > now) return moment - now
      for (const { method, calls } of unpaid) {
        await putTimes(tx, of, method, { made: withTimes(rows.get(method)?.made ?? [], now, calls) })
      }
      return 0
    })
  }

  /** The rows of these methods, held, with the times that still count. */
  async function countingIn(tx: Tx, costs: readonly Cost[], now: number): Promise<Map<string, PaceRow>> {
    const perMs = new Map(costs.map((cost) => [cost.method, cost.perMs]))
    const rows = await lockPace(tx, of, [...perMs.keys()])
    return new Map(
      [...rows].map(([method, row]) => [
        method,
        {
          ...row,
          made: stillCounting(row.made, perMs.get(method) ?? 0, now),
          reserved: stillCounting(row.reserved, perMs.get(method) ?? 0, now),
        },
      ]),
    )
  }

  async function hold(method: string, forMs: number): Promise<void> {
    const until = clock.now() + forMs
    held.set(method, Math.max(until, held.get(method) ?? 0))
    await inside(async (tx) => {
      await lockPace(tx, of, [method])
      await putNotBefore(tx, of, method, until)
    })
  }

  function give(method: string, calls: number): void {
    given.set(method, { calls: left(method) + calls, untilMs: clock.now() + GIVEN_MS })
  }

  function spend({ method, calls }: Cost): boolean {
    const has = left(method)
    if (has < calls) return false
    given.set(method, { calls: has - calls, untilMs: given.get(method)?.untilMs ?? 0 })
    return true
  }

  function left(method: string): number {
    const some = given.get(method)
    return some && some.untilMs > clock.now() ? some.calls : 0
  }

  async function sweep(): Promise<void> {
    const now = clock.now()
    if (now - sweptAt < KEPT_MS) return
    sweptAt = now
    for (const [method, until] of held) if (until <= now) held.delete(method)
    for (const method of given.keys()) if (left(method) === 0) given.delete(method)
    await inside((tx) => sweepPace(tx, of, now - KEPT_MS))
  }

  return { reserve, take, hold }
}

const limitOf = ({ most, perMs }: Cost) => ({ calls: most, perMs })

/** `madeOnly`: without those that are reserved. */
function askedOf(costs: readonly Cost[], rows: ReadonlyMap<string, PaceRow>, madeOnly: boolean): readonly Asked[] {
  return costs.map((cost) => {
    const { made, reserved, notBefore } = rows.get(cost.method) ?? { made: [], reserved: [], notBefore: 0 }
    return { limit: limitOf(cost), calls: cost.calls, times: madeOnly ? made : merged(made, reserved), notBefore }
  })
}

function alter(rows: Map<string, PaceRow>, method: string, which: 'made' | 'reserved', change: (times: Times) => Times): void {
  const row = rows.get(method)
  if (row) rows.set(method, { ...row, [which]: change(row[which]) })
}
