/** Ways in which a call goes wrong. The last two never answer: one stays silent, one hangs up. */
export type Trouble = 'internal_error' | 'fatal_error' | 'http_500' | 'http_503' | 'html_200' | 'timeout' | 'dropped' | `error:${string}`

type Planned = { readonly when: 'before' | 'after'; readonly trouble: Trouble }

/** What a test has planned to go wrong, by method. */
export function troubles() {
  const planned = new Map<string, Planned[]>()
  const limits = new Map<string, { times: number; readonly retryAfter: string | null }>()

  return {
    /** The next call of this method fails, before or after it took effect. */
    breakNext(method: string, when: Planned['when'], trouble: Trouble): void {
      planned.set(method, [...(planned.get(method) ?? []), { when, trouble }])
    },
    /** The next calls of this method are one too many. A null `Retry-After` is left out of the answer. */
    limit(method: string, times: number, retryAfterSeconds: number | null): void {
      limits.set(method, { times, retryAfter: retryAfterSeconds === null ? null : String(retryAfterSeconds) })
    },
    takeLimit(method: string): { readonly retryAfter: string | null } | null {
      const limit = limits.get(method)
      if (!limit || limit.times <= 0) return null
      limit.times--
      return limit
    },
    take(method: string): Planned | null {
      return planned.get(method)?.shift() ?? null
    },
  }
}
