import type { Mender } from './failure.ts'

/** What really works in one chat system, tried on a chat of its own when an administrator asks for it (U9). */
export type ProbeReport = {
  readonly atMs: number
  readonly lines: readonly ProbeLine[]
  /** What the trial could not take away again, in a sentence; null: nothing. Before its end: what it may leave if it ends here. */
  readonly leftBehind: string | null
}

export type ProbeLine = {
  readonly step: string
  readonly title: string
  readonly outcome: 'works' | 'fails' | 'untried'
  readonly why: string | null
  readonly mender: Mender | null
}

/** A trial as it is kept from its first line on. `untilMs`: it is under way, and was broken off if that passes; null: it came to its end. */
export type Trial = { readonly id: string; readonly untilMs: number | null; readonly report: ProbeReport }

export type TrialState = 'running' | 'done' | 'interrupted'

export function stateOf({ untilMs }: Trial, nowMs: number): TrialState {
  if (untilMs === null) return 'done'
  return untilMs > nowMs ? 'running' : 'interrupted'
}
