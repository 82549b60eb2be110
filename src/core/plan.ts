import { judge, type Judgement, type Open, type Seat, type SeatReading, type Told } from './facts.ts'
import type { PersonId } from './ids.ts'
import type { Policy } from './policy.ts'
import type { Move } from './seat.ts'

/** Everything known of one person at one item when a turn begins. */
export type SeatCase = {
  readonly person: PersonId
  readonly before: Seat
  readonly reading: SeatReading
  readonly open: Open
  readonly told: Told
  /** Is on the item by their own hand. */
  readonly selfListed: boolean
  /** A move that was refused lately and is not due to be tried again. */
  readonly resting: Move | null
}

export type Plan = {
  readonly seats: readonly PlannedSeat[]
  /** The safety stop (U5): these removals wait for a person, and nothing is removed meanwhile. */
  readonly held: readonly PersonId[]
  readonly doubtful: boolean
}

export type PlannedSeat = Judgement & {
  readonly person: PersonId
  readonly before: Seat
  /**
   * In the chat before, and listed all the while or by their own hand: whoever is admitted so comes back, and sees what they saw.
   * Only being put on the item, or added by somebody else, opens more of the history (O25, O27).
   */
  readonly comesBack: boolean
}

/**
 * One item's turn, decided. `removalsLeft`: how many more removals this pass may make in the organisation. `allowed`: whose
 * removal a person has let happen; it is not counted, and not held.
 */
export function plan(cases: readonly SeatCase[], policy: Policy, removalsLeft: number, allowed: ReadonlySet<PersonId> = NOBODY): Plan {
  const judged = cases.map((seat): PlannedSeat => {
    const judgement = judge(seat.before, seat.reading, seat.open, seat.told, policy)
    const move = judgement.move === seat.resting ? 'rest' : judgement.move
    const allTheWhile = seat.before.listed && !seat.told.relisted
    const comesBack = seat.before.past === 'been' && (allTheWhile || seat.selfListed)
    return { ...judgement, move, person: seat.person, before: seat.before, comesBack }
  })
  const leaving = judged.filter((seat) => seat.move === 'expel' && !allowed.has(seat.person)).map((seat) => seat.person)
  const tooMany = leaving.length > Math.min(policy.removalsMax.perItem, removalsLeft)
  return {
    seats: tooMany ? judged.map((seat) => (leaving.includes(seat.person) ? { ...seat, move: 'rest' } : seat)) : judged,
    held: tooMany ? leaving : [],
    doubtful: judged.some((seat) => seat.doubtful),
  }
}

const NOBODY: ReadonlySet<PersonId> = new Set()
