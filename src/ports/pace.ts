/**
 * A connection's budget, shared by every process that uses it: any stretch of time holds so many calls of a method and no more. Room is
 * reserved before the call.
 */
export interface Pace {
  /**
   * Reserves room for one piece of work, all of it at one moment, and returns the milliseconds until then; 0: now, and the calls that
   * `take` is asked for next find their room. Until it comes back and is told 0, the same `holder` keeps its place, so asking again
   * costs nobody else anything. `urgent`: somebody waits for it, so it goes before all that only has its place.
   */
  reserve(holder: string, costs: readonly Cost[], urgent: boolean): Promise<number>
  /** Room for one call, reserved or not: 0 takes it, else it is the wait and nothing was taken. A wait of a second or so is waited out. */
  take(costs: readonly Cost[]): Promise<number>
  /** The platform asked to wait: nothing of this before then. */
  hold(method: string, forMs: number): Promise<void>
}

/** Any `perMs` milliseconds may hold `most` calls. `method` names what is counted together. */
export type Cost = { readonly method: string; readonly calls: number; readonly most: number; readonly perMs: number }
