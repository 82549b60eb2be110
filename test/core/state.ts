import { NO_SEAT, type Open, type Seat, type Standing } from '../../src/core/facts.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy.ts'
import type { Move } from '../../src/core/seat.ts'

/** What there is to know of one person at one item: the truth, what is stored, and what a running turn has in hand. */

export type Call = Exclude<Move, 'rest'>

/**
 * An intention without a remembered outcome. `flying`: the call may still take effect. `over`: its life has passed, so
 * that the next turn is the last one that weighs it; where readings may be old, the one after the next.
 */
export type Row = { readonly move: Call; readonly flying: boolean; readonly overtaken: boolean; readonly over: 0 | 1 | 2 }

export type CallResult = 'done' | 'later' | 'refused' | 'uncertain'

/** Where a piece of evidence is: not there, loaded by the running turn (or free to be), come since, or both. */
export type Evidence = 0 | 1 | 2 | 3

export type Turn = {
  readonly at: 'item read' | 'chat read' | 'decided' | 'called'
  readonly listed: boolean
  readonly responsible: boolean
  readonly relisted: boolean
  readonly listCall: Open['list']
  readonly inChat: boolean
  readonly standing: Standing
  readonly move: Move
  readonly done: Seat
  readonly result: CallResult
  readonly flying: boolean
  /** What happened to the two sides since they were read. */
  readonly revised: boolean
  readonly relistedSince: boolean
  readonly listMoved: boolean
  readonly chatMoved: boolean
}

export type State = {
  // the truth
  readonly observer: boolean
  readonly responsible: boolean
  readonly inChat: boolean
  readonly active: boolean
  /** Word of joins that has not arrived yet. */
  readonly deliveries: 0 | 1 | 2
  // what is stored
  readonly seat: Seat
  readonly rows: readonly Row[]
  readonly joined: Evidence
  readonly wished: Evidence
  readonly staysOut: Evidence
  readonly resting: Call | null
  // what the two sides can tell: taken off or put on since the revision last acted upon; was otherwise since the last reading
  readonly relisted: boolean
  readonly listWas: boolean
  readonly chatWas: boolean
  // what a crash loses
  readonly turn: Turn | null
}

export type Protection =
  | 'open calls'
  | 'past'
  | 'compare and set'
  | 'complete lists'
  | 'complete items'
  | 'revision order'
  | 'evidence before reading'
  | 'last look'
  | 'weighed at once'
  | 'evidence kept'
  | 'settled kept'
  | 'staying out told first'

/** Where a history plays: what the two sides can do, and which protections are switched off (to see a test fail). */
export type Setting = {
  readonly policy: Policy
  readonly revisions: boolean
  readonly readings: 'fresh' | 'lagging'
  /** Whom a CRM reports as relisted: whoever was listed anew, or only who was also taken off since. */
  readonly relisted: 'listed anew' | 'off and on'
  /** Do people put others on the item who are to stay out of its chat? */
  readonly observersOnly: boolean
  readonly without: ReadonlySet<Protection>
}

export const USUAL: Setting = {
  policy: DEFAULT_POLICY,
  revisions: true,
  readings: 'fresh',
  relisted: 'off and on',
  observersOnly: false,
  without: new Set(),
}

export const START: State = {
  observer: false,
  responsible: false,
  inChat: false,
  active: true,
  deliveries: 0,
  seat: NO_SEAT,
  rows: [],
  joined: 0,
  wished: 0,
  staysOut: 0,
  resting: null,
  relisted: false,
  listWas: false,
  chatWas: false,
  turn: null,
}

export const isListed = (state: State) => state.observer || state.responsible
