import type { Mender } from './failure.ts'

/** What really works in one chat system, tried on a chat of its own when an administrator asks for it (U9). */
export type ProbeReport = {
  readonly atMs: number
  readonly lines: readonly ProbeLine[]
  /** What the trial could not take away again, in a sentence; null: nothing. */
  readonly leftBehind: string | null
}

export type ProbeLine = {
  readonly step: string
  readonly title: string
  readonly outcome: 'works' | 'fails' | 'untried'
  readonly why: string | null
  readonly mender: Mender | null
}
