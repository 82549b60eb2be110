/**
 * A connection's budget, shared by every process that uses it. A method has room for so many calls in any minute; room is
 * reserved before the call.
 */
export interface Pace {
  /**
   * Reserves room for one piece of work, all of it at one moment, and returns the milliseconds until then; 0: now. Until it comes back
   * and is told 0, the same `holder` keeps its place, so asking again costs nobody else anything.
   */
  reserve(holder: string, costs: readonly Cost[]): Promise<number>
  /** A call that nobody has reserved room for: 0 takes it, else it is the wait and nothing was taken. */
  take(cost: Cost): Promise<number>
  /** The platform asked to wait: nothing of this method before then. */
  hold(method: string, forMs: number): Promise<void>
}

/** `perMinute`: how many calls any 60 seconds may hold. */
export type Cost = { readonly method: string; readonly calls: number; readonly perMinute: number }
