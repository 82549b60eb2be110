import { isDoubted } from './facts.ts'
import type { Plan, SeatCase } from './plan.ts'

/**
 * What may follow from a list of members that is remembered and not read: that somebody who was put on the item is let in, and nothing
 * else. Letting in somebody who is there already does no harm; everything else says something of people that only a reading can prove.
 */
export function needsReading(cases: readonly SeatCase[], { seats, held, doubtful }: Plan): boolean {
  if (doubtful || held.length > 0) return true
  if (seats.some(({ move }) => move === 'list' || move === 'expel')) return true
  return cases.some(isUnsure)
}

function isUnsure({ before, open, told, reading }: SeatCase): boolean {
  // A call that may still take effect, or did and nobody knows; and a difference that waits for its second reading.
  if (open.admit || open.expel || open.list !== 'no' || isDoubted(before)) return true
  // Somebody joined, says a word; or somebody wants in whose account was off when it was last asked about.
  if (told.joined || (told.wished && reading.standing === 'inactive')) return true
  // They are said to be inside. If they are not, they left by choice or came back by this.
  return reading.inChat !== before.inChat || (reading.inChat && (told.wished || told.relisted || told.staysOut))
}

/** What a word of a join or a leave is held against. `under way`: a call of ours about this very person has no answer yet. */
export type Remembered = {
  readonly inside: boolean
  readonly laneHeld: boolean
  readonly underWay: { readonly admit: boolean; readonly expel: boolean }
}

/**
 * Does the word say only what our own calls have done? Then there is nothing to look at. While a turn runs the list is not brought up to
 * date yet, so only a call that is under way explains anything; afterwards the list does, as long as nothing about the person is open.
 */
export function isOwnEcho(word: 'joined through us' | 'left', { inside, laneHeld, underWay }: Remembered): boolean {
  if (laneHeld) return word === 'left' ? underWay.expel : underWay.admit || (inside && !underWay.expel)
  if (underWay.admit || underWay.expel) return false
  return word === 'left' ? !inside : inside
}
