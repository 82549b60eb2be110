/** Ways in which a call goes wrong. The last two never answer: one stays silent, one hangs up. */
export type Trouble = 'internal_error' | 'fatal_error' | 'http_500' | 'http_503' | 'html_200' | 'timeout' | 'dropped' | `error:${string}`

/** `about`: only a call with this in its text; other calls of the method may come in between. */
type Planned = { readonly when: 'before' | 'after'; readonly trouble: Trouble; readonly about: string }

type Budget = { readonly calls: number; readonly seconds: number; left: number; untilMs: number }

function spend(budget: Budget): boolean {
  if (budget.untilMs <= Date.now()) Object.assign(budget, { left: budget.calls, untilMs: Date.now() + budget.seconds * 1000 })
  return budget.left-- > 0
}

/** What a test has planned to go wrong, by method. */
export function troubles() {
  const planned = new Map<string, Planned[]>()
  const budgets = new Map<string, Budget>()
  const stopped = new Map<string, Promise<void>>()
  const limits = new Map<string, { times: number; readonly retryAfter: string | null }>()

  return {
    /** Calls of this method wait, and nothing happens, until what is returned is called. */
    stop(method: string): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      stopped.set(method, promise)
      return resolve
    },
    goesOn: async (method: string): Promise<void> => stopped.get(method),
    /** The next call of this method fails, before or after it took effect. */
    breakNext(method: string, when: Planned['when'], trouble: Trouble, about = ''): void {
      planned.set(method, [...(planned.get(method) ?? []), { when, trouble, about }])
    },
    /** The next calls of this method are one too many. A null `Retry-After` is left out of the answer. */
    limit(method: string, times: number, retryAfterSeconds: number | null): void {
      limits.set(method, { times, retryAfter: retryAfterSeconds === null ? null : String(retryAfterSeconds) })
    },
    /** From now on this method may be called so often, and again after so many seconds. */
    allow(method: string, calls: number, seconds: number): void {
      budgets.set(method, { calls, seconds, left: calls, untilMs: 0 })
    },
    takeLimit(method: string): { readonly retryAfter: string | null } | null {
      const budget = budgets.get(method)
      if (budget && !spend(budget)) return { retryAfter: String(budget.seconds) }
      const limit = limits.get(method)
      if (!limit || limit.times <= 0) return null
      limit.times--
      return limit
    },
    take(method: string, text = ''): Planned | null {
      const waiting = planned.get(method) ?? []
      const next = waiting.findIndex(({ about }) => text.includes(about))
      return next < 0 ? null : (waiting.splice(next, 1)[0] ?? null)
    },
  }
}
