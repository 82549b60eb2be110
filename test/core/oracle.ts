import { isDoubted } from '../../src/core/facts.ts'
import type { Event } from './events.ts'
import {
  type Excuse,
  EXCUSES,
  isHeardOf,
  knownInside,
  type Ledger,
  listingIsKnown,
  type Sightings,
  sightingsNeeded,
  type Tally,
  UNREAD,
} from './excuses.ts'
import { isListed, type Setting, type State } from './state.ts'

/**
 * A witness who sees the truth, and judges every step of the engine by what people did and by what could be known of
 * it. Knows nothing of seats: it is written from reliability §1.8–§1.12, not from `facts.ts`.
 */
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
    case 'list, to stay out':
      // Whoever is inside is left there; a wish of their own, and a removal under way, may come first or last.
      return { ...ledger, wants: before.inChat || excused('wishWaits', 'admitDecided') ? 'either' : 'out' }
    case 'join':
      return { ...ledger, wants: excused('joinedAsToldToStayOut') ? 'either' : 'in', credit: true, seenInside: 0 }
    case 'discuss':
      return { ...ledger, wants: 'in', credit: true, wishing: true, owed: false, met: true }
    case 'leave': {
      const wants = excused('unseenStay', 'wishWaits', 'expelOnItsWay', 'leftWhileOff', 'leftBetweenReadings') ? 'either' : 'out'
      const owed =
        !before.turn && !ledger.removal && !isListed(before) && before.active && isHeardOf(ledger, before) && !knownInside(ledger, setting)
      return { ...ledger, wants, owed: ledger.owed || owed, seenOutside: 0, seenInside: 0, reading: { ...ledger.reading, leftSince: true } }
    }
    case 'deactivate':
    case 'deactivate and take out': {
      const out = before.inChat && !after.inChat
      const untold = excused('leftThenSwitchedOff') || (out && excused('unseenSwitchOff'))
      return { ...ledger, wants: untold ? 'either' : ledger.wants, owed: false, dark: ledger.dark || out }
    }
    case 'reactivate':
      return excused('blindlySwitched') ? { ...ledger, wants: 'either', seenOutside: 0, dark: false } : { ...ledger, dark: false }
    case 'read item':
    case 'read item wrongly':
      return { ...ledger, reading: { ...UNREAD, listed: isListed(before), explained: ledger.removal } }
    case 'read chat':
    case 'read chat wrongly':
      return {
        ...ledger,
        reading: { ...ledger.reading, wants: ledger.wants, outside: !before.inChat && !ledger.reading.listed, leftSince: false },
      }
    case 'decide':
      return witnessDecision(ledger, before, after, setting, excused)
    case 'remember':
      if (before.turn?.move === 'list' && before.turn.result === 'refused') return { ...ledger, owed: false }
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
  const quiet =
    ledger.reading.outside &&
    turn.move === 'rest' &&
    before.rows.length === 0 &&
    !isDoubted(after.seat) &&
    !turn.inChat &&
    !turn.revised &&
    !turn.chatMoved
  const explained = ledger.reading.explained || (turn.move === 'expel' && excused('ownAdmitOnItsWay', 'listingOvertaken'))
  const foundInside = turn.inChat && (setting.readings === 'fresh' || ledger.seenInside > 0)
  const untold =
    (ledger.reading.listed && excused('wordDuringOwnAdmit')) ||
    (turn.move === 'expel' && ledger.reading.leftSince && excused('expelDecided')) ||
    (turn.move === 'list' && isListed(before) && excused('ownListingDecided')) ||
    excused('wishOverLag')
  return {
    ...ledger,
    wants: untold ? 'either' : ledger.wants,
    owed: ledger.owed && !excused('listingOvertaken'),
    seenOutside: sighted(ledger.seenOutside, !turn.inChat && !ledger.reading.leftSince && !turn.chatMoved, setting),
    seenInside: sighted(ledger.seenInside, turn.inChat && before.inChat && !turn.chatMoved, setting),
    seenListed: ledger.seenListed || (ledger.reading.listed && isListed(before) && !turn.listMoved),
    seenResponsible: turn.responsible,
    wishing: ledger.wishing && !foundInside,
    met: ledger.met || turn.move === 'admit' || foundInside || (before.joined & 1) === 1 || (ledger.reading.listed && !isListed(before)),
    dark: ledger.dark && !(turn.standing === 'inactive' && !turn.inChat && (setting.readings === 'fresh' || turn.listed)),
    removal: quiet ? false : ledger.removal || (turn.move === 'expel' && explained && !isListed(before)),
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
    const known = ledger.seenListed || listingIsKnown(ledger, before, setting)
    const removed = { ...ledger, removal: true, seenListed: false, met: ledger.met || known }
    if (handsOver) return { ...removed, credit: true, wants: !ledger.seenListed && excused('handedOverUnseen') ? 'either' : ledger.wants }
    if (excused('handedOverUnseen')) return { ...removed, credit: true, wants: 'either' }
    return { ...removed, credit: excused('unseenListing', 'joinSeenLate') }
  }
  if (!was && is) {
    const blind = event.endsWith('lands') && !landsInTime(before, event)
    return { ...ledger, removal: false, seenListed: false, owed: false, wants: blind ? 'either' : ledger.wants }
  }
  const broughtBack = !before.inChat && after.inChat && event.endsWith('lands')
  if (broughtBack && excused('ownAdmitLanded')) return { ...ledger, wants: 'either' }
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
  const listsNow = !before.observer && after.observer && !event.startsWith('list')
  if (listsNow && !ledger.credit && !(event.endsWith('lands') && landsInTime(before, event))) {
    if (!EXCUSES.blindWrite(ledger, before, setting)) return 'I1: somebody was listed whom nobody put into the chat, or after a removal'
    tally.blindWrite++
  }
  if (!turn || turn.at !== 'decided' || !event.startsWith('call') || event.endsWith('lands')) return null
  const stale = ledger.reading.listed !== turn.listed && !setting.revisions
  if (stale) tally.staleReading++
  const idle = (turn.move === 'admit' && turn.inChat) || (turn.move === 'list' && turn.listed)
  if (idle) return 'I13: a call for what the reading shows to be so already'
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
  if (listed && state.inChat && !state.seat.settled) return 'O23: agreement is not remembered'
  if (!listed && !state.inChat && state.seat.settled) return 'O24: an opt-out outlives the listing it was about'
  if (ledger.owed && !listed && state.active) return 'O22: joined, was heard of, left, and is not on the item'
  // Who is switched off sees nothing; a join by such an account waits until it is switched on again. A removal does not.
  const waits = !state.active && (ledger.credit || !ledger.removal)
  if (!listed && state.inChat && !waits) return 'I4: at rest in the chat, and not on the item'
  if (!listed || state.inChat || !state.active) return null
  return ledger.wants === 'in' ? 'I5: at rest on the item, wanted in the chat, and not in it' : null
}
