import reference from '../../fixtures/slack-methods.json' with { type: 'json' }
import type { Args } from './methods.ts'

/** The limits that Slack documents: so many calls of a method in any minute, and one message a second in a channel. */

export const MINUTE_MS = 60_000
const SECOND_MS = 1_000
const PER_MINUTE: Readonly<Record<string, number>> = { T1: 1, T2: 20, T3: 50, T4: 100 }

/** How often a method may be called in any minute; null where no tier of its own is documented. */
export function perMinute(method: string): number | null {
  const tier = (reference.methods as Readonly<Record<string, { readonly tier: string }>>)[method]?.tier
  return PER_MINUTE[tier ?? ''] ?? null
}

/** A Slack that lets through exactly what it documents, and no call more. */
export function slackTiers(nowMs: () => number) {
  const made = new Map<string, number[]>()

  const waitMs = (key: string, most: number, perMs: number): number => {
    const times = (made.get(key) ?? []).filter((time) => time > nowMs() - perMs)
    made.set(key, times)
    return times.length < most ? 0 : (times[times.length - most] ?? 0) + perMs - nowMs()
  }

  /** Counts the call, or says for how many seconds it is one too many. */
  function take(method: string, args: Args): number | null {
    const most = perMinute(method)
    const limits = [
      ...(most === null ? [] : [{ key: method, most, perMs: MINUTE_MS }]),
      ...(method === 'chat.postMessage' ? [{ key: `${method} ${args['channel']}`, most: 1, perMs: SECOND_MS }] : []),
    ]
    const wait = Math.max(0, ...limits.map(({ key, most: calls, perMs }) => waitMs(key, calls, perMs)))
    if (wait > 0) return Math.ceil(wait / 1000)
    for (const { key } of limits) made.get(key)?.push(nowMs())
    return null
  }

  return { take }
}
