/**
 * When calls may be made: any stretch of `perMs` holds at most `calls` of them. Pure; `src/engine/pace.ts` keeps the times. Times are
 * milliseconds, in order, those of calls that were made and of calls that have their time reserved.
 */
export type Limit = { readonly calls: number; readonly perMs: number }
export type Times = readonly number[]

/** One kind of call, how many of them at one moment, and what is known of it. */
export type Asked = { readonly limit: Limit; readonly calls: number; readonly times: Times; readonly notBefore: number }

/** Moves of the moment before one that suits all kinds is found; each goes on by at least one stretch. */
const MOVES_MAX = 100_000

/** The first moment from `fromMs` on at which all of them have room. */
export function firstMoment(asked: readonly Asked[], fromMs: number): number {
  let at = Math.max(fromMs, ...asked.map((one) => one.notBefore))
  for (let move = 0; move < MOVES_MAX; move++) {
    const later = Math.max(at, ...asked.map((one) => firstRoom(one, at)))
    if (later === at) return at
    at = later
  }
  throw new Error(`No moment was found for ${asked.map((one) => one.calls).join(' + ')} calls.`)
}

/** A moment gets better only when a time leaves the stretch before it, so only such moments are tried. */
function firstRoom({ limit, calls, times }: Asked, fromMs: number): number {
  const most = limit.calls - Math.min(calls, limit.calls)
  let at = fromMs
  for (;;) {
    const crowd = crowdAround(times, limit.perMs, at, most)
    if (crowd === null) return at
    at = crowd + limit.perMs
  }
}

/** Where the last stretch around `at` begins that holds more than `most` already; null: none does. */
function crowdAround(times: Times, perMs: number, at: number, most: number): number | null {
  const first = indexAfter(times, at - perMs)
  const next = indexAfter(times, at)
  for (let begin = next; begin >= first; begin--) {
    const from = begin === next ? at : (times[begin] ?? at)
    const held = indexFrom(times, from + perMs) - begin
    if (held > most) return begin === next ? (times[next] ?? at) : from
  }
  return null
}

/** How many of `calls` fit into one stretch at all. */
export const withinLimit = (limit: Limit, calls: number): number => Math.min(calls, limit.calls)

export function withTimes(times: Times, at: number, calls: number): Times {
  const place = indexAfter(times, at)
  return [...times.slice(0, place), ...Array.from({ length: calls }, () => at), ...times.slice(place)]
}

/** Without so many of the times at exactly this moment. */
export function withoutTimes(times: Times, at: number, calls: number): Times {
  const place = indexFrom(times, at)
  const end = Math.min(indexAfter(times, at), place + calls)
  return [...times.slice(0, place), ...times.slice(end)]
}

/** Only those that still count. */
export const stillCounting = (times: Times, perMs: number, nowMs: number): Times => times.slice(indexAfter(times, nowMs - perMs))

/** Both in one order. */
export const merged = (one: Times, other: Times): Times => (other.length === 0 ? one : [...one, ...other].toSorted((a, b) => a - b))

/** The first place whose time is later than `at`. */
function indexAfter(times: Times, at: number): number {
  return search(times, (time) => time > at)
}

/** The first place whose time is `at` or later. */
function indexFrom(times: Times, at: number): number {
  return search(times, (time) => time >= at)
}

function search(times: Times, isBeyond: (time: number) => boolean): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBeyond(times[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}
