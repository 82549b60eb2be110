import type { SlackCall, SlackMethod } from './call.ts'

type Told = Extract<Awaited<ReturnType<SlackCall>>, { ok: false }>
type Wait = { readonly untilMs: number; readonly told: Told }

/**
 * Slack counts calls by method, and several of our operations use the same one: a method that was told to wait is not
 * called before its time, whoever asks. What would be asked meanwhile comes back with the rest of the wait, without a call.
 */
export function obedient(call: SlackCall, now: () => number): SlackCall {
  const waits = new Map<SlackMethod, Wait>()
  return async (method, args) => {
    const waiting = stillWaiting(waits.get(method), now())
    if (waiting) return waiting
    const called = await call(method, args)
    if (isTooFast(called)) waits.set(method, { untilMs: now() + called.failure.afterMs, told: called })
    return called
  }
}

function stillWaiting(wait: Wait | undefined, nowMs: number): Told | null {
  if (!wait || wait.untilMs <= nowMs) return null
  const { failure } = wait.told
  return { ...wait.told, failure: failure.kind === 'later' ? { ...failure, afterMs: wait.untilMs - nowMs } : failure }
}

const isTooFast = (called: Awaited<ReturnType<SlackCall>>): called is Told & { failure: { kind: 'later'; afterMs: number } } =>
  !called.ok && called.failure.kind === 'later' && ['ratelimited', 'rate_limited'].includes(called.failure.code)
