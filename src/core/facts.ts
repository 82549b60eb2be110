import type { Policy } from './policy.ts'
import { type Acquaintance, decide, type Move, placeOf, REMEMBERED } from './seat.ts'

/**
 * What the facts are. The table in `seat.ts` decides from a place and an acquaintance; this file works out both
 * from two readings, from what is remembered, from calls whose fate is unknown, and from what we were told.
 * Pure: no clock, no waiting. Whether an intention is still open is worked out by the caller, from its own clock.
 */

/** What is remembered of one seat between two readings. */
export type Seat = {
  readonly settled: boolean
  /** The base: what the last believed reading, or our own finished call, said of the two sides. */
  readonly listed: boolean
  readonly responsible: boolean
  readonly inChat: boolean
  /**
   * What we have had to do with this person in the chat. Word of a join that arrives late may be the echo of one
   * we know of, so hearsay weighs only while there is nothing it could be an echo of.
   */
  readonly past: 'none' | 'tried' | 'been'
  /** A difference seen once by a source whose readings may lag; believed when the next reading repeats it. */
  readonly doubted: { readonly unlisted?: boolean; readonly inChat?: boolean }
}

export const NO_SEAT: Seat = { settled: false, listed: false, responsible: false, inChat: false, past: 'none', doubted: {} }

/**
 * Calls that may still take effect: the intention was written and no definite answer has been remembered.
 * `overtaken`: the item has changed since the call was made, so a missing listing may be somebody's removal.
 */
export type Open = {
  readonly admit: boolean
  readonly expel: boolean
  readonly list: 'no' | 'open' | 'overtaken'
}

export const NOTHING_OPEN: Open = { admit: false, expel: false, list: 'no' }

/** What we were told since the last reading. All news marks an item due; only these also weigh as evidence. */
export type Told = {
  /** Joined the chat, perhaps to leave again before anybody looked (O22). */
  readonly joined: boolean
  /** Was taken off the item and put on again since the last reading of it; ends an opt-out. */
  readonly relisted: boolean
  /** Pressed Discuss, or was asked in by name through Ringside; ends an opt-out. */
  readonly wished: boolean
  /** Is to observe without the chat: was put on the item so, or left the chat with our help (O28). */
  readonly staysOut: boolean
}

export const TOLD_NOTHING: Told = { joined: false, relisted: false, wished: false, staysOut: false }

/**
 * `inactive`: the account is switched off, and the platform may have taken it out of the chat by itself.
 * Bots and accounts that no person could be matched with have no seat at all, so nothing is ever done about them.
 */
export type Standing = 'employee' | 'guest' | 'inactive'

export type SeatReading = {
  readonly listed: boolean
  readonly responsible: boolean
  readonly inChat: boolean
  readonly standing: Standing
  /** `once`: believe a difference at once. `twice`: only when a second reading repeats it. */
  readonly trust: { readonly vanishedListing: 'once' | 'twice'; readonly chat: 'once' | 'twice' }
}

export type Judgement = {
  readonly move: Move
  /** What to remember now, before the move. */
  readonly seat: Seat
  /** What to remember once the move is known to be done. */
  readonly done: Seat
  /** A difference waits for a second reading: look again soon. */
  readonly doubtful: boolean
}

/** One seat's turn: what was remembered, what is believed of the reading, and all that bears on the difference. */
type Turn = {
  readonly before: Seat
  readonly now: Seat
  readonly open: Open
  readonly told: Told
  readonly standing: Standing
  readonly policy: Policy
}

export function judge(before: Seat, reading: SeatReading, open: Open, told: Told, policy: Policy): Judgement {
  const now = believe(before, reading, told)
  const turn: Turn = { before, now, open, told, standing: reading.standing, policy }
  const move = allowed(wanted(turn), turn)
  const seat: Seat = {
    ...now,
    // Until the listing is done, a hand-over must be found again by the next turn.
    responsible: now.responsible || (move === 'list' && before.responsible),
    settled: settledNow(turn),
    past: pastOf(turn, move),
  }
  return { move, seat, done: after(move, seat, turn), doubtful: isDoubted(now) }
}

/** What to remember when a move turned out to be refused: the world stays as it was read. */
export function refused(seat: Seat): Seat {
  return seat.listed ? seat : { ...seat, responsible: false, past: heardOut(seat.past) }
}

/** What to remember from the moment an intention is written, before the call. */
export function intended(seat: Seat, move: Move): Seat {
  return move === 'admit' ? { ...seat, past: heardOut(seat.past) } : seat
}

/** A difference waits for a second reading. */
export function isDoubted(seat: Seat): boolean {
  return seat.doubted.unlisted !== undefined || seat.doubted.inChat !== undefined
}

function wanted(turn: Turn): Move {
  if (handsOver(turn)) return 'list'
  const move = wantedByTable(turn)
  // Grants need present proof: in doubt only a removal goes on.
  return isDoubted(turn.now) && move !== 'expel' ? 'rest' : move
}

function wantedByTable(turn: Turn): Move {
  const { now, told, policy } = turn
  if (leftUnseen(turn)) return now.listed ? 'rest' : decide('fresh', 'chatting', policy.arrows)
  if (told.wished && !now.listed && !takenOff(turn)) return 'list'
  // One's own wish is not automation: it is not held back by the organisation's arrows.
  const arrows = told.wished ? { ...policy.arrows, admit: true } : policy.arrows
  return decide(acquaint(turn), placeOf(now.listed, now.inChat), arrows)
}

function acquaint(turn: Turn): Acquaintance {
  const { before, now, open, told } = turn
  switch (placeOf(now.listed, now.inChat)) {
    case 'listed':
      if (told.wished) return 'fresh'
      if (told.staysOut || wasOut(turn)) return 'settled'
      if (open.expel || putOn(turn)) return 'fresh' // wanted back, or missing by our own doing
      if (before.inChat) return 'settled' // left, perhaps while being listed: unknowable which came first, so less contact
      return before.settled ? 'settled' : 'fresh'
    case 'chatting':
      if (open.admit) return 'settled' // there by our own late call
      if (takenOff(turn)) return 'settled' // the CRM wins when both sides changed at once
      return before.settled && before.inChat ? 'settled' : 'fresh' // whoever was outside has been put in anew
    case 'both':
    case 'outside':
      return before.settled ? 'settled' : 'fresh'
  }
}

/** Known to observe from outside, and not put on anew: an old call of ours that took them out has nothing to do with it. */
function wasOut({ before, told }: Turn): boolean {
  return before.settled && before.listed && !before.inChat && !told.relisted
}

/** Put on the item by somebody, and not inside meanwhile. A listing that may be our own says nothing of what anybody wants. */
function putOn({ before, open, told }: Turn): boolean {
  return (told.relisted || !before.listed) && open.list === 'no' && !before.inChat
}

/** Off the item by somebody's removal, which nothing that came before it undoes. */
function takenOff({ before, now, open }: Turn): boolean {
  return !now.listed && (before.listed || open.list === 'overtaken')
}

/** A former responsible person goes on as an observer, in plain sight on the form. */
function handsOver({ before, now, open, policy }: Turn): boolean {
  const wasResponsible = before.responsible && !now.listed
  return wasResponsible && policy.formerResponsible === 'observer' && policy.arrows.list && open.list !== 'overtaken'
}

function settledNow(turn: Turn): boolean {
  const { before, now, open, told, standing } = turn
  // Being switched off is not leaving: whoever was inside is brought back when the account returns, unless they are to stay out.
  if (standing === 'inactive' && before.inChat && !now.inChat) return told.staysOut && now.listed
  if (standing !== 'inactive' && leftUnseen(turn)) return !(before.inChat && open.expel)
  const place = placeOf(now.listed, now.inChat)
  // Our own listing is nobody's wish to have the person back in the chat: while it is on its way, an opt-out is kept.
  const listing = handsOver(turn) || open.list === 'open'
  if (place === 'outside' && listing && !told.wished) return before.inChat ? !open.expel : before.settled || cameAndWent(turn)
  const remembered = REMEMBERED[place]
  return (remembered === 'unchanged' ? acquaint(turn) : remembered) === 'settled'
}

/** Joined and left again between two readings: did join, so is to be listed (O22); left, so stays out (O23). */
function leftUnseen(turn: Turn): boolean {
  const { before, now, open } = turn
  if (before.settled && before.listed) return false
  if (cameAndWent(turn) || leftOwed(turn)) return !takenOff(turn)
  return heardOfStay(turn) && before.past === 'tried' && open.admit && now.listed
}

/** Was found inside and was to be listed, but left before that was done. */
function leftOwed({ before, now, told }: Turn): boolean {
  return before.inChat && !before.listed && !before.settled && !now.inChat && !now.listed && !told.wished
}

/** There is nothing of ours that word of the join could be the echo of. */
function cameAndWent(turn: Turn): boolean {
  return heardOfStay(turn) && turn.before.past === 'none'
}

function heardOfStay({ before, now, told }: Turn): boolean {
  return told.joined && !told.wished && !now.inChat && !before.inChat
}

/** Word of a join that comes after a wish, after a removal, or once more, may be older than these: it is not weighed. */
function pastOf(turn: Turn, move: Move): Seat['past'] {
  const { now, told } = turn
  const weighed = told.joined && move === 'rest' && !isDoubted(now)
  return told.wished || weighed || takenOff(turn) ? heardOut(now.past) : now.past
}

function heardOut(past: Seat['past']): Seat['past'] {
  return past === 'none' ? 'tried' : past
}

function allowed(move: Move, { now, standing, policy }: Turn): Move {
  switch (standing) {
    case 'employee':
      return move
    case 'inactive':
      return move === 'expel' ? move : 'rest'
    case 'guest': {
      const unwelcome = policy.guests === 'refused' && now.inChat && !now.listed && policy.arrows.expel
      return unwelcome ? 'expel' : 'rest'
    }
  }
}

function after(move: Move, seat: Seat, turn: Turn): Seat {
  switch (move) {
    case 'rest':
      return seat
    case 'admit':
      return { ...seat, settled: true, inChat: true, past: 'been' }
    case 'expel':
      return { ...seat, settled: false, inChat: false }
    case 'list': {
      const settled = !turn.told.wished && (seat.settled || seat.inChat)
      return { ...seat, listed: true, responsible: false, settled, past: leftUnseen(turn) ? heardOut(seat.past) : seat.past }
    }
  }
}

/** The reading, less what it does not prove yet. */
function believe(before: Seat, reading: SeatReading, told: Told): Seat {
  const vanished = before.listed && !reading.listed
  const unlistedDoubted = vanished && reading.trust.vanishedListing === 'twice' && !before.doubted.unlisted
  const chatDoubted =
    before.inChat !== reading.inChat &&
    reading.trust.chat === 'twice' &&
    before.doubted.inChat !== reading.inChat &&
    mattersWhichWay(before, reading, told, vanished && !unlistedDoubted)

  const inChat = chatDoubted ? before.inChat : reading.inChat
  return {
    settled: before.settled,
    listed: unlistedDoubted || reading.listed,
    responsible: unlistedDoubted ? before.responsible : reading.responsible,
    inChat,
    past: inChat ? 'been' : before.past,
    doubted: {
      ...(unlistedDoubted && { unlisted: true }),
      ...(chatDoubted && { inChat: reading.inChat }),
    },
  }
}

/**
 * Nothing has to be confirmed where nothing hangs on it: expelling somebody who is not there does no harm, and from the
 * absence of an account that is switched off, or of somebody who asks to come in, nothing follows unless they are to go.
 */
function mattersWhichWay(before: Seat, reading: SeatReading, told: Told, unlisted: boolean): boolean {
  if (reading.inChat) return !unlisted
  const staysOn = reading.listed || before.responsible
  return !staysOn || (reading.standing !== 'inactive' && !told.wished)
}
