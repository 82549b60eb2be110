import type { Event } from './events.ts'
import { isListed, type Setting, type State } from './model.ts'

/**
 * A witness who sees the truth, and judges every step of the engine by what people did and by what could be known of
 * it. Knows nothing of seats: it is written from reliability §1.8–§1.12, not from `facts.ts`.
 */
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
  /** The engine has had proof that the person is on the item since they last came onto it. */
  readonly seenListed: boolean
  /** The last reading acted upon named the person as responsible. */
  readonly seenResponsible: boolean
  /** A removal from the item that no quiet reading has yet found carried out. */
  readonly removal: boolean
  /** The platform took a switched off account out of the chat, and no reading has found it switched off. */
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

const UNREAD: Ledger['reading'] = { listed: false, wants: 'in', explained: false, outside: false, leftSince: false }

export const BLANK: Ledger = {
  wants: 'in',
  seenOutside: 0,
  seenInside: 0,
  met: false,
  credit: false,
  wishing: false,
  seenListed: false,
  seenResponsible: false,
  removal: false,
  dark: false,
  reading: UNREAD,
}

/** A platform whose readings may lag is believed at the second; more than two need not be told apart. */
type Sightings = 0 | 1 | 2
const sightingsNeeded = (setting: Setting) => (setting.readings === 'fresh' ? 1 : 2)
const noticed = (ledger: Ledger, setting: Setting) => ledger.seenOutside >= sightingsNeeded(setting)
const knownInside = (ledger: Ledger, setting: Setting) => ledger.seenInside >= sightingsNeeded(setting)

/** How often each excuse made a difference; printed by the test, so that nobody over-reads the zeros. */
export type Excuse = keyof typeof EXCUSES
export type Tally = Record<Excuse, number>

/**
 * What no algorithm can know (reliability §1.9, §1.12). Each is asked only where the strict answer would be "out by
 * choice" or "expelled without a reason".
 */
export const EXCUSES = {
  /** L1: came and went between two looks, and no word of it arrived: no trace is left. */
  unseenStay: (ledger: Ledger, state: State, setting: Setting) => !knownInside(ledger, setting) && !((state.joined & 1) === 1 && !ledger.met),
  /** L1: put on the item and taken off again between two looks: the removal leaves no trace. */
  unseenListing: (ledger: Ledger, state: State, setting: Setting) =>
    ledger.credit && !ledger.seenListed && !listingIsKnown(ledger, state, setting),
  /**
   * L1: responsible when last read, and since then also or only an observer who was taken off: a seat does not tell the
   * two flags apart, so the hand-over goes on.
   */
  handedOverUnseen: (ledger: Ledger, state: State, setting: Setting) =>
    (ledger.seenResponsible || state.turn?.responsible === true) && setting.policy.formerResponsible === 'observer',
  /** §1.4: one's own wish that still waits outranks a departure. */
  wishWaits: (ledger: Ledger, state: State) => ledger.wishing || state.wished > 0,
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
  /** §1.5: our listing is of unknown outcome and the item has moved on: may have been a removal. */
  listingOvertaken: (_: Ledger, state: State) => state.turn?.listCall === 'overtaken',
  /** A2: without revisions a reading may be as old as the one before. */
  staleReading: (_: Ledger, __: State, setting: Setting) => !setting.revisions,
  /** L3: a CRM without compare-and-set lets a late call of ours overwrite a removal. */
  blindWrite: (_: Ledger, __: State, setting: Setting) => !setting.revisions,
} satisfies Record<string, (ledger: Ledger, state: State, setting: Setting) => boolean>

export const noTally = (): Tally => Object.fromEntries(Object.keys(EXCUSES).map((name) => [name, 0])) as Tally

/** A first join of which the word has not been weighed yet. */
const wordIsOut = (ledger: Ledger, state: State) => state.joined > 0 || (!ledger.met && state.deliveries > 0)

/** The running turn has written down that the person is listed, or holds the answer to its own listing. */
function listingIsKnown(ledger: Ledger, { turn }: State, setting: Setting): boolean {
  if (turn?.at !== 'decided' && turn?.at !== 'called') return false
  return ledger.reading.listed || (setting.revisions && turn.at === 'called' && turn.move === 'list' && turn.result === 'done')
}

const listingIsOut = (state: State) => state.rows.some((row) => row.move === 'list') || isCalling(state, 'list')

const isCalling = (state: State, move: 'expel' | 'list') =>
  state.turn?.move === move && (state.turn.at === 'decided' || state.turn.at === 'called')

type Excused = (...names: Excuse[]) => boolean

export function witness(ledger: Ledger, event: Event, before: State, after: State, setting: Setting, tally: Tally): Ledger {
  const excused = (...names: Excuse[]): boolean => {
    const name = names.find((candidate) => EXCUSES[candidate](ledger, before, setting))
    if (name) tally[name]++
    return name !== undefined
  }
  const next = witnessEvent(ledger, event, before, after, setting, excused)
  return witnessTruth(next, event, before, after, setting, excused)
}

function witnessEvent(ledger: Ledger, event: Event, before: State, after: State, setting: Setting, excused: Excused): Ledger {
  switch (event) {
    case 'list':
    case 'promote':
      if (isListed(before)) return ledger
      return { ...ledger, wants: excused('leftThenListed', 'ownListingOnItsWay', 'collapsedRelisting') ? 'either' : 'in' }
    case 'join':
      return { ...ledger, wants: 'in', credit: true, seenInside: 0 }
    case 'discuss':
      return { ...ledger, wants: 'in', credit: true, wishing: true, met: true }
    case 'leave': {
      const wants = excused('unseenStay', 'wishWaits', 'expelOnItsWay', 'leftWhileOff', 'leftBetweenReadings') ? 'either' : 'out'
      return { ...ledger, wants, seenOutside: 0, seenInside: 0, reading: { ...ledger.reading, leftSince: true } }
    }
    case 'deactivate':
    case 'deactivate and take out': {
      const out = before.inChat && !after.inChat
      const untold = excused('leftThenSwitchedOff') || (out && excused('unseenSwitchOff'))
      return { ...ledger, wants: untold ? 'either' : ledger.wants, dark: ledger.dark || out }
    }
    case 'reactivate':
      return excused('blindlySwitched') ? { ...ledger, wants: 'either', seenOutside: 0, dark: false } : { ...ledger, dark: false }
    case 'read item':
    case 'read item wrongly':
      return { ...ledger, reading: { ...UNREAD, listed: isListed(before), explained: ledger.removal } }
    case 'read chat':
    case 'read chat wrongly':
      return { ...ledger, reading: { ...ledger.reading, wants: ledger.wants, outside: !before.inChat && !ledger.reading.listed, leftSince: false } }
    case 'decide':
      return witnessDecision(ledger, before, after, setting, excused)
    case 'remember':
      if (before.turn?.result !== 'done') return ledger
      if (before.turn.move === 'admit' && before.inChat) return { ...ledger, seenInside: sightingsNeeded(setting), wishing: false }
      return before.turn.move === 'list' && isListed(before) ? { ...ledger, seenListed: true } : ledger
    default:
      return ledger
  }
}

function witnessDecision(ledger: Ledger, before: State, after: State, setting: Setting, excused: Excused): Ledger {
  const { turn } = after
  if (!turn) return ledger
  const quiet = ledger.reading.outside && turn.move === 'rest' && before.rows.length === 0 && after.seat.doubted.unlisted === undefined && !turn.revised && !turn.chatMoved
  const explained = ledger.reading.explained || (turn.move === 'expel' && excused('ownAdmitOnItsWay', 'listingOvertaken'))
  const foundInside = turn.inChat && (setting.readings === 'fresh' || ledger.seenInside > 0)
  const untold =
    (ledger.reading.listed && excused('wordDuringOwnAdmit')) || (turn.move === 'expel' && ledger.reading.leftSince && excused('expelDecided')) ||
    (turn.move === 'list' && isListed(before) && excused('ownListingDecided'))
  return {
    ...ledger,
    wants: untold ? 'either' : ledger.wants,
    seenOutside: sighted(ledger.seenOutside, !turn.inChat && !ledger.reading.leftSince && !turn.chatMoved, setting),
    seenInside: sighted(ledger.seenInside, turn.inChat && before.inChat && !turn.chatMoved, setting),
    seenListed: ledger.seenListed || (ledger.reading.listed && isListed(before) && !turn.listMoved),
    seenResponsible: turn.responsible,
    wishing: ledger.wishing && !foundInside,
    met: ledger.met || turn.move === 'admit' || foundInside || (before.joined & 1) === 1,
    dark: ledger.dark && (turn.standing !== 'inactive' || turn.inChat),
    removal: quiet ? false : ledger.removal || (turn.move === 'expel' && explained && !turn.revised),
    reading: { ...ledger.reading, explained },
  }
}

/** Once known it is known; until then, a reading that shows otherwise starts again. */
function sighted(before: Sightings, seen: boolean, setting: Setting): Sightings {
  if (before >= sightingsNeeded(setting)) return before
  return seen ? ((before + 1) as Sightings) : 0
}

/** What follows from the truth alone, whoever caused it. */
function witnessTruth(ledger: Ledger, event: Event, before: State, after: State, setting: Setting, excused: Excused): Ledger {
  const was = isListed(before)
  const is = isListed(after)
  if (was && !is) {
    const handsOver = event === 'demote' && setting.policy.formerResponsible === 'observer'
    const removed = { ...ledger, removal: true, seenListed: false, met: true }
    if (handsOver) return { ...removed, credit: true, wants: !ledger.seenListed && excused('handedOverUnseen') ? 'either' : ledger.wants }
    if (excused('handedOverUnseen')) return { ...removed, credit: true, wants: 'either' }
    return { ...removed, credit: excused('unseenListing') }
  }
  if (!was && is) {
    const blind = event.endsWith('lands') && !landsInTime(before, event)
    return { ...ledger, removal: false, seenListed: false, wants: blind ? 'either' : ledger.wants }
  }
  const takenOut = before.inChat && !after.inChat && event !== 'leave'
  if (!takenOut) return ledger
  // An expel that was decided on is an answer to whoever put the person in; a late one and the platform's own are not.
  const answered = event.startsWith('call') && !event.endsWith('lands') && before.wished === 0
  return { ...ledger, credit: ledger.credit && !answered, seenInside: 0 }
}

/** A late call was judged when it was decided on; it may not outlive a change of the item. */
const landsInTime = (state: State, event: Event) => state.rows[Number(event.at(5))]?.overtaken === false

/** Null, or which promise this step broke. */
export function complaint(ledger: Ledger, event: Event, before: State, after: State, setting: Setting, tally: Tally): string | null {
  const { turn } = before
  const listsNow = !before.observer && after.observer && event !== 'list'
  if (listsNow && !ledger.credit && !(event.endsWith('lands') && landsInTime(before, event))) {
    if (!EXCUSES.blindWrite(ledger, before, setting)) return 'I1: somebody was listed whom nobody put into the chat, or after a removal'
    tally.blindWrite++
  }
  if (!turn || turn.at !== 'decided' || !event.startsWith('call') || event.endsWith('lands')) return null
  const stale = ledger.reading.listed !== turn.listed && !setting.revisions
  if (stale) tally.staleReading++
  if (turn.move === 'admit') {
    if (!ledger.reading.listed && !stale) return 'I2: somebody was admitted who was not on the item'
    if (ledger.reading.wants === 'out' && ledger.wants === 'out') return 'I2: somebody was admitted who had left by choice'
  }
  if (turn.move === 'expel') {
    if (ledger.reading.listed && !stale) return 'I4: somebody was expelled who was on the item'
    if (!ledger.reading.explained && !stale) return 'I4: somebody was expelled whom nobody had taken off the item'
  }
  return null
}

/** What must hold when nothing is under way and the engine has come to rest. */
export function complaintAtRest(ledger: Ledger, state: State): string | null {
  const listed = isListed(state)
  // Who is switched off sees nothing; a join by such an account waits until it is switched on again. A removal does not.
  const waits = !state.active && (ledger.credit || !ledger.removal)
  if (!listed && state.inChat && !waits) return 'I4: at rest in the chat, and not on the item'
  if (!listed || state.inChat || !state.active) return null
  return ledger.wants === 'in' ? 'I5: at rest on the item, wanted in the chat, and not in it' : null
}
