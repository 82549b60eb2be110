import type { Policy } from './policy.ts'
import { type Acquaintance, type Arrows, decide, type Move, placeOf, REMEMBERED } from './seat.ts'

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
  /** Pressed Discuss; ends one's own opt-out. */
  readonly wished: boolean
}

export const TOLD_NOTHING: Told = { joined: false, relisted: false, wished: false }

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

export function judge(before: Seat, reading: SeatReading, open: Open, told: Told, policy: Policy): Judgement {
  const now = believe(before, reading)
  const acquaintance = acquaint(before, now, open, told)
  const wantedMove = wants(before, now, acquaintance, open, told, policy)
  // Grants need present proof: in doubt only a removal goes on.
  const proven = isDoubted(now) && wantedMove !== 'expel' ? 'rest' : wantedMove
  const move = allowed(proven, now, reading.standing, policy)

  // Our own listing is nobody's wish to have the person back in the chat: a hand-over does not end an opt-out.
  const handedOver = before.settled && !told.wished && handsOver(before, now, open, policy)
  const seat: Seat = {
    ...now,
    past: pastOf(before, now, open, told),
    settled: handedOver || settledNow(before, now, acquaintance, open, told, reading.standing),
  }
  // Until the listing is done, a hand-over must be found again by the next turn.
  const pending = move === 'list' && before.responsible ? { ...seat, responsible: true } : seat
  return { move, seat: pending, done: after(move, seat, told, leftUnseen(before, now, open, told)), doubtful: isDoubted(now) }
}

/** What to remember when a move turned out to be refused: the world stays as it was read. */
export function refused(seat: Seat): Seat {
  return seat.listed ? seat : { ...seat, responsible: false }
}

/** What to remember from the moment an intention is written, before the call. */
export function intended(seat: Seat, move: Move): Seat {
  return move === 'admit' ? { ...seat, past: heardOut(seat.past) } : seat
}

function wants(before: Seat, now: Seat, acquaintance: Acquaintance, open: Open, told: Told, policy: Policy): Move {
  if (handsOver(before, now, open, policy)) return 'list'
  if (leftUnseen(before, now, open, told)) return now.listed ? 'rest' : decide('fresh', 'chatting', policy.arrows)
  if (told.wished && !now.listed && !takenOff(before, now, open)) return 'list'
  return decide(acquaintance, placeOf(now.listed, now.inChat), arrowsFor(told, policy.arrows))
}

/** Off the item, and not because nobody put them on it: a removal is never undone by what came before it. */
function takenOff(before: Seat, now: Seat, open: Open): boolean {
  return !now.listed && (before.listed || open.list === 'overtaken')
}

function acquaint(before: Seat, now: Seat, open: Open, told: Told): Acquaintance {
  switch (placeOf(now.listed, now.inChat)) {
    case 'listed':
      if (told.wished || open.expel || putOnAgain(before, open, told)) return 'fresh' // missing by our own doing, or wanted back
      if (!before.listed && !before.inChat && open.list === 'no') return 'fresh' // put on the item by somebody, since
      if (before.inChat && !before.settled) return 'settled' // left while being listed: unknowable which came first, so less contact
      return before.settled ? 'settled' : 'fresh'
    case 'chatting':
      if (open.admit) return 'settled' // there by our own late call
      if (takenOff(before, now, open)) return 'settled' // the CRM wins when both sides changed at once
      return before.settled && before.inChat ? 'settled' : 'fresh' // whoever was outside has been put in anew
    case 'both':
    case 'outside':
      return before.settled ? 'settled' : 'fresh'
  }
}

/** Not where it may be our own listing that is told, nor where they left meanwhile: unknowable which came first, so less contact. */
function putOnAgain(before: Seat, open: Open, told: Told): boolean {
  return told.relisted && open.list === 'no' && !before.inChat
}

function settledNow(before: Seat, now: Seat, acquaintance: Acquaintance, open: Open, told: Told, standing: Standing): boolean {
  if (standing !== 'inactive' && leftUnseen(before, now, open, told)) return true
  // Being switched off is not leaving: whoever was inside is brought back when the account returns.
  if (standing === 'inactive' && before.inChat && !now.inChat) return false
  const place = placeOf(now.listed, now.inChat)
  // Left while our own listing is on its way: its arrival is nobody's wish to have the person back.
  if (place === 'outside' && open.list === 'open' && !told.wished && (before.inChat || before.settled)) return true
  const remembered = REMEMBERED[place]
  return (remembered === 'unchanged' ? acquaintance : remembered) === 'settled'
}

/** Joined and left again between two readings: did join, so is to be listed (O22); left, so stays out (O23). */
function leftUnseen(before: Seat, now: Seat, open: Open, told: Told): boolean {
  if (!told.joined || told.wished || now.inChat || before.inChat || (before.settled && before.listed)) return false
  const ours = open.admit && now.listed
  return before.past === 'none' ? !takenOff(before, now, open) : before.past === 'tried' && ours
}

/** Word of a join that comes after a wish, after a removal, or once more, may be older than these: it is not weighed again. */
function pastOf(before: Seat, now: Seat, open: Open, told: Told): Seat['past'] {
  const weighed = told.wished || takenOff(before, now, open) || (now.listed && leftUnseen(before, now, open, told))
  return weighed ? heardOut(now.past) : now.past
}

const heardOut = (past: Seat['past']): Seat['past'] => (past === 'none' ? 'tried' : past)

/** A former responsible person goes on as an observer, in plain sight on the form. */
function handsOver(before: Seat, now: Seat, open: Open, policy: Policy): boolean {
  const wasResponsible = before.responsible && !now.listed
  return wasResponsible && policy.formerResponsible === 'observer' && policy.arrows.list && open.list !== 'overtaken'
}

/** One's own wish is not automation: it is not held back by the organisation's arrows. */
function arrowsFor(told: Told, arrows: Arrows): Arrows {
  return told.wished ? { ...arrows, admit: true } : arrows
}

function allowed(move: Move, now: Seat, standing: Standing, policy: Policy): Move {
  switch (standing) {
    case 'employee':
      return move
    case 'inactive':
      return move === 'expel' ? move : 'rest'
    case 'guest': {
      const unwelcome = policy.guests === 'refused' && now.inChat && !now.listed && policy.arrows.expel
      if (unwelcome) return 'expel'
      return 'rest'
    }
  }
}

function after(move: Move, seat: Seat, told: Told, leftAgain: boolean): Seat {
  switch (move) {
    case 'rest':
      return seat
    case 'admit':
      return { ...seat, settled: true, inChat: true, past: 'been' }
    case 'expel':
      return { ...seat, settled: false, inChat: false }
    case 'list': {
      return {
        ...seat,
        listed: true,
        responsible: false,
        settled: seat.settled || seat.inChat || leftAgain,
        past: leftAgain ? heardOut(seat.past) : seat.past,
      }
    }
  }
}

/** The reading, less what it does not prove yet. */
function believe(before: Seat, reading: SeatReading): Seat {
  const vanished = before.listed && !reading.listed
  const unlistedDoubted = vanished && reading.trust.vanishedListing === 'twice' && !before.doubted.unlisted
  const differs = before.inChat !== reading.inChat
  // Whoever has just been taken off the item and is seen inside is expelled at once: it does no harm where they are not.
  const leaving = vanished && !unlistedDoubted && reading.inChat
  const chatDoubted = differs && !leaving && reading.trust.chat === 'twice' && before.doubted.inChat !== reading.inChat

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

export function isDoubted(seat: Seat): boolean {
  return seat.doubted.unlisted !== undefined || seat.doubted.inChat !== undefined
}
