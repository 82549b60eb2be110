import type { Setting, State } from './state.ts'

/** What the witness writes down, and what may be forgiven because nobody could have known better. */

export type Ledger = {
  /** Where the person wants to be, as the last of their own or others' acts says; `either` where no reading could tell. */
  readonly wants: 'in' | 'out' | 'either'
  /** Readings in a row, acted upon, that showed the person outside since the last departure; and inside since they last came in. */
  readonly seenOutside: Sightings
  readonly seenInside: Sightings
  /** There was a call or a reading which word of a join could be the echo of. */
  readonly met: boolean
  /** Somebody put the person in the chat, or they wished it, or handed over the item; and no removal came after. */
  readonly credit: boolean
  /** Pressed Discuss, and the engine has not yet found or put them in the chat. */
  readonly wishing: boolean
  /** Joined for the first time, was heard of, and left again before anybody looked: is to be listed (O22). */
  readonly owed: boolean
  /** The engine has had proof that the person is on the item since they last came onto it. */
  readonly seenListed: boolean
  /** The last reading acted upon named the person as responsible. */
  readonly seenResponsible: boolean
  /** A removal from the item that no quiet reading has yet found carried out. */
  readonly removal: boolean
  /** The platform took a switched off account out of the chat, and no reading that is believed has found it so. */
  readonly dark: boolean
  /** What the running turn's readings could know. */
  readonly reading: {
    readonly listed: boolean
    readonly wants: Ledger['wants']
    readonly explained: boolean
    readonly outside: boolean
    readonly leftSince: boolean
  }
}

export const UNREAD: Ledger['reading'] = { listed: false, wants: 'in', explained: false, outside: false, leftSince: false }

export const BLANK: Ledger = {
  wants: 'in',
  seenOutside: 0,
  seenInside: 0,
  met: false,
  credit: false,
  wishing: false,
  owed: false,
  seenListed: false,
  seenResponsible: false,
  removal: false,
  dark: false,
  reading: UNREAD,
}

/** A platform whose readings may lag is believed at the second; more than two need not be told apart. */
export type Sightings = 0 | 1 | 2
export const sightingsNeeded = (setting: Setting) => (setting.readings === 'fresh' ? 1 : 2)
const noticed = (ledger: Ledger, setting: Setting) => ledger.seenOutside >= sightingsNeeded(setting)
export const knownInside = (ledger: Ledger, setting: Setting) => ledger.seenInside >= sightingsNeeded(setting)

/** How often each excuse made a difference; printed by the test, so that nobody over-reads the zeros. */
export type Excuse = keyof typeof EXCUSES
export type Tally = Record<Excuse, number>

/**
 * What no algorithm can know (reliability §1.9, §1.12). Each is asked only where the strict answer would be "out by
 * choice" or "expelled without a reason".
 */
export const EXCUSES = {
  /** L1: came and went between two looks, and no word of it arrived: no trace is left. */
  unseenStay: (ledger: Ledger, state: State, setting: Setting) => !knownInside(ledger, setting) && !isHeardOf(ledger, state),
  /** L1: put on the item and taken off again between two looks: the removal leaves no trace. */
  unseenListing: (ledger: Ledger, state: State, setting: Setting) =>
    ledger.credit && !ledger.seenListed && !listingIsKnown(ledger, state, setting),
  /**
   * L1: responsible when last read, and since then also or only an observer who was taken off: a seat does not tell the
   * two flags apart, so the hand-over goes on.
   */
  handedOverUnseen: (ledger: Ledger, state: State, setting: Setting) =>
    (ledger.seenResponsible || state.turn?.responsible === true) && setting.policy.formerResponsible === 'observer',
  /** L2: joined just before the removal, and the readings of the chat lag: the join is seen as the later of the two. */
  joinSeenLate: (ledger: Ledger, state: State, setting: Setting) =>
    setting.readings === 'lagging' && ledger.credit && state.inChat && !knownInside(ledger, setting),
  /** A2: pressed Discuss, and a reading that lags shows the person still inside, as if the wish had come true. */
  wishOverLag: (_: Ledger, state: State, setting: Setting) =>
    setting.readings === 'lagging' && (state.wished & 1) === 1 && state.turn?.inChat === true && !state.inChat,
  /** §1.4: one's own wish that still waits outranks a departure. */
  wishWaits: (ledger: Ledger, state: State) => ledger.wishing || state.wished > 0,
  /** L2: put on the item to stay out, and in the chat between the two readings of one turn, of which the first was before both. */
  joinedAsToldToStayOut: (_: Ledger, state: State) => state.turn?.at === 'item read' && !state.turn.listed && (state.staysOut & 2) !== 0,
  /** L4: told to stay out when the call that lets them in was decided on. */
  admitDecided: (_: Ledger, state: State) => state.rows.some((row) => row.move === 'admit') || isCalling(state, 'admit'),
  /** L4: left while our own expel of unknown outcome was on its way. */
  expelOnItsWay: (_: Ledger, state: State) => state.rows.some((row) => row.move === 'expel') || isCalling(state, 'expel'),
  /** L4: left after the reading that our expel was decided on. */
  expelDecided: (ledger: Ledger) => ledger.wants === 'out',
  /** L1: taken out of the chat by somebody while switched off, which the platform does as well. */
  leftWhileOff: (_: Ledger, state: State) => !state.active,
  /** L2: was listed and left between the two readings of one turn, so that the reading after shows the listing as newer. */
  leftBetweenReadings: (_: Ledger, state: State) => state.turn?.at === 'item read' && state.turn.listMoved,
  /** L1: left, and was switched off before anybody looked. */
  leftThenSwitchedOff: (ledger: Ledger, _: State, setting: Setting) => ledger.wants === 'out' && !noticed(ledger, setting),
  /** L1: came in, and was switched off and taken out before anybody looked. */
  unseenSwitchOff: (ledger: Ledger, state: State, setting: Setting) => state.inChat && !knownInside(ledger, setting),
  /** L2: left and was put on the item between two looks: two clocks, no order. */
  leftThenListed: (ledger: Ledger, state: State, setting: Setting) =>
    ledger.wants !== 'in' && (!noticed(ledger, setting) || wordIsOut(ledger, state)),
  /** L1: switched off, taken out and switched on again between two looks. */
  blindlySwitched: (ledger: Ledger) => ledger.dark,
  /** §1.5: a listing that appears while our own is of unknown outcome is taken for ours, and ends no opt-out. */
  ownListingOnItsWay: (ledger: Ledger, state: State) => ledger.wants !== 'in' && listingIsOut(state),
  /** §1.5: somebody else listed them after the reading that our own listing was decided on. */
  ownListingDecided: (_: Ledger, state: State) => state.turn?.listMoved === true,
  /** §1.6: word of a join while our own admit is of unknown outcome: that it worked and they left, or of an older join. */
  wordDuringOwnAdmit: (ledger: Ledger, state: State) =>
    ledger.wants === 'in' && (state.joined & 1) === 1 && state.turn?.inChat === false && state.rows.some((row) => row.move === 'admit'),
  /** L1: a CRM without revisions cannot tell "off and on again" from nothing. */
  collapsedRelisting: (ledger: Ledger, _: State, setting: Setting) => ledger.wants !== 'in' && !setting.revisions,
  /** §1.6: somebody who appears while our own admit is of unknown outcome is taken for its work. */
  ownAdmitOnItsWay: (_: Ledger, state: State) => state.rows.some((row) => row.move === 'admit'),
  /** §1.9: a late call of ours brought somebody back who had left; that they stay is no opt-out any more. */
  ownAdmitLanded: (ledger: Ledger) => ledger.wants === 'out',
  /** §1.5: our listing is of unknown outcome and the item has moved on: may have been a removal. */
  listingOvertaken: (_: Ledger, state: State) => state.turn?.listCall === 'overtaken',
  /** A2: without revisions a reading may be as old as the one before. */
  staleReading: (_: Ledger, __: State, setting: Setting) => !setting.revisions,
  /** L3: a CRM without compare-and-set lets a late call of ours overwrite a removal. */
  blindWrite: (_: Ledger, __: State, setting: Setting) => !setting.revisions,
} satisfies Record<string, (ledger: Ledger, state: State, setting: Setting) => boolean>

export const noTally = (): Tally => Object.fromEntries(Object.keys(EXCUSES).map((name) => [name, 0])) as Tally

/** Word of a first join has come in time to be weighed. */
export const isHeardOf = (ledger: Ledger, state: State) => (state.joined & 1) === 1 && !ledger.met

/** A first join of which the word has not been weighed yet. */
const wordIsOut = (ledger: Ledger, state: State) => state.joined > 0 || (!ledger.met && state.deliveries > 0)

/** The running turn has written down that the person is listed, or holds the answer to its own listing. */
export function listingIsKnown(ledger: Ledger, { turn }: State, setting: Setting): boolean {
  if (turn?.at !== 'decided' && turn?.at !== 'called') return false
  return ledger.reading.listed || (setting.revisions && turn.at === 'called' && turn.move === 'list' && turn.result === 'done')
}

const listingIsOut = (state: State) => state.rows.some((row) => row.move === 'list') || isCalling(state, 'list')

const isCalling = (state: State, move: 'admit' | 'expel' | 'list') =>
  state.turn?.move === move && (state.turn.at === 'decided' || state.turn.at === 'called')
