import { intended, isDoubted, NO_SEAT, refused } from '../../src/core/facts.ts'
import { asPersonId } from '../../src/core/ids.ts'
import { plan } from '../../src/core/plan.ts'
import { type Call, type CallResult, type Evidence, isListed, type Row, type Setting, type State, type Turn } from './state.ts'

/**
 * One item, one person, and the engine's turn about them, as a pure machine: a state, the events that are possible in
 * it, and what each leads to. The turn goes in five steps (read the item, read the chat, decide, call, remember);
 * people act, calls fail and the process dies between any two of them. What is stored survives a crash, `turn` does not.
 * The truth is kept beside what the engine knows; only readings carry it over.
 */

const ANN = asPersonId('ann')

export function readItem(state: State, setting: Setting, wrongly: boolean): State {
  const listCalls = state.rows.filter((row) => row.move === 'list')
  const overtaken = setting.revisions && listCalls.some((row) => row.overtaken)
  const turn: Turn = {
    at: 'item read',
    listed: isListed(state) !== wrongly,
    responsible: state.responsible && !wrongly,
    relisted: setting.revisions && state.relisted && isListed(state),
    listCall: overtaken ? 'overtaken' : listCalls.length > 0 ? 'open' : 'no',
    inChat: false,
    standing: 'employee',
    move: 'rest',
    done: NO_SEAT,
    result: 'done',
    flying: false,
    revised: wrongly && setting.revisions,
    relistedSince: false,
    listMoved: false,
    chatMoved: false,
  }
  return { ...state, turn }
}

export function readChat(state: State, turn: Turn, wrongly: boolean): State {
  const standing = state.active ? 'employee' : 'inactive'
  return { ...state, turn: { ...turn, at: 'chat read', inChat: state.inChat !== wrongly, standing, chatMoved: false } }
}

/** Loads what is stored, asks the rule, and writes seat and intention in one transaction. */
export function decideTurn(state: State, turn: Turn, setting: Setting): State {
  const { without } = setting
  const has = (move: Call) => !without.has('open calls') && state.rows.some((row) => row.move === move)
  const before = without.has('past') ? { ...state.seat, past: 'none' as const } : state.seat
  const [seat] = plan(
    [
      {
        person: ANN,
        before,
        reading: {
          listed: turn.listed,
          responsible: turn.responsible,
          inChat: turn.inChat,
          standing: turn.standing,
          trust: { vanishedListing: setting.revisions ? 'once' : 'twice', chat: setting.readings === 'fresh' ? 'once' : 'twice' },
        },
        open: { admit: has('admit'), expel: has('expel'), list: without.has('open calls') ? 'no' : turn.listCall },
        told: {
          joined: loaded(state.joined),
          relisted: turn.relisted,
          wished: loaded(state.wished),
          staysOut: isToldToStayOut(state, setting),
        },
        resting: state.resting,
        selfListed: false,
      },
    ],
    setting.policy,
    Number.POSITIVE_INFINITY,
  ).seats
  if (!seat) throw new Error('The plan left out a person')
  const written = without.has('settled kept') ? { ...seat.seat, settled: false } : intended(seat.seat, seat.move)
  // What was told and is now in the seat must not be weighed again after a crash.
  const weighed = !without.has('weighed at once')
  const spent = weighed && !seat.doubtful && (seat.move === 'rest' || seat.move === 'expel')
  return {
    ...state,
    seat: written,
    joined: spent ? ((state.joined & 2) as Evidence) : state.joined,
    wished: spent ? ((state.wished & 2) as Evidence) : state.wished,
    staysOut: seat.doubtful ? state.staysOut : ((state.staysOut & 2) as Evidence),
    relisted: weighed ? turn.relistedSince : state.relisted,
    listWas: turn.listMoved || (state.listWas && without.has('revision order')),
    chatWas: turn.chatMoved,
    turn: { ...turn, at: 'decided', move: seat.move, done: seat.done },
  }
}

/** The call as the engine makes it: what it does to the world, and what the engine hears of it. */
export function call(
  state: State,
  turn: Turn,
  setting: Setting,
  how: 'answered' | 'lost' | 'unmade' | 'late' | 'later' | 'refused',
): State {
  const heard = (result: CallResult, flying = false): State => ({ ...state, turn: { ...turn, at: 'called', result, flying } })
  switch (how) {
    case 'later':
    case 'refused':
      return heard(how)
    case 'unmade':
      return heard('uncertain')
    case 'late':
      return heard('uncertain', true)
    case 'lost':
      return takeEffect(heard('uncertain'), turn.move as Call, turn.revised, setting)
    case 'answered': {
      if (turn.move === 'list' && turn.revised && comparesRevision(setting)) return heard('later')
      if (turn.move === 'admit' && !state.active) return heard('refused')
      const after = takeEffect(heard('done'), turn.move as Call, turn.revised, setting)
      // The revision that the list call answers with is the one now acted upon: our own change is no news.
      return turn.move === 'list' && after.turn ? { ...after, turn: { ...after.turn, relistedSince: false } } : after
    }
  }
}

const comparesRevision = (setting: Setting) => setting.revisions && !setting.without.has('compare and set')

/** A call reaches the chat or the CRM. */
export function takeEffect(state: State, move: Call, revised: boolean, setting: Setting): State {
  switch (move) {
    case 'admit':
      return state.active ? moveInChat(state, true) : state
    case 'expel':
      return moveInChat(state, false)
    case 'list':
      if ((revised && comparesRevision(setting)) || state.observer) return state
      return changeItem(state, { observer: true }, setting)
  }
}

/** Remembers what became of the move, closes its intention unless that is unknown, and lets go of the evidence used. */
export function remember(state: State, turn: Turn, setting: Setting): State {
  const unknown = turn.move === 'rest' ? isDoubted(state.seat) : turn.result === 'uncertain' || turn.result === 'later'
  const kept = unknown && !setting.without.has('evidence kept')
  const next = {
    ...state,
    rows: lookedAt(state, setting),
    joined: settle(state.joined, kept),
    wished: settle(state.wished, kept),
    staysOut: settle(state.staysOut, true),
    relisted: turn.relistedSince,
    turn: null,
  }
  if (turn.move === 'rest') return next
  switch (turn.result) {
    case 'done':
      return { ...next, seat: turn.done }
    case 'later':
      return next
    case 'refused':
      return { ...next, seat: refused(next.seat), resting: turn.move }
    case 'uncertain':
      return withRow(next, { move: turn.move, flying: turn.flying, overtaken: turn.move === 'list' && turn.revised, over: 0 })
  }
}

/** A look that leaves no doubt brings every intention whose life has passed nearer to its end. */
function lookedAt(state: State, setting: Setting): readonly Row[] {
  if (isDoubted(state.seat) || state.rows.every((row) => row.over === 0)) return state.rows
  const looksNeeded = setting.readings === 'fresh' && setting.revisions ? 1 : 2
  return state.rows.filter((row) => row.over < looksNeeded).map((row) => (row.over === 1 ? { ...row, over: 2 } : row))
}

/** What came since the turn began counts as well, as it was written together with the listing that may just have been read. */
const isToldToStayOut = ({ staysOut }: State, setting: Setting) =>
  setting.without.has('staying out told first') ? loaded(staysOut) : staysOut !== 0

const loaded = (evidence: Evidence) => (evidence & 1) === 1

const settle = (evidence: Evidence, kept: boolean): Evidence => (kept ? (evidence ? 1 : 0) : evidence & 2 ? 1 : 0)

/** The process dies: the running turn is forgotten, and what it was about to do or hear stays an open intention. */
export function crash(state: State, turn: Turn): State {
  const next: State = {
    ...state,
    joined: settle(state.joined, true),
    wished: settle(state.wished, true),
    staysOut: settle(state.staysOut, true),
    turn: null,
  }
  const intending = (turn.at === 'decided' || turn.at === 'called') && turn.move !== 'rest'
  if (!intending) return next
  return withRow(next, { move: turn.move, flying: turn.flying, overtaken: turn.move === 'list' && turn.revised, over: 0 })
}

/**
 * A call can no longer take effect (A3). What it did before may not have been read yet, so its intention is weighed once
 * more, by a turn that reads after this.
 */
export function endLife(state: State, index: number, setting: Setting): State {
  const row = state.rows[index]
  if (!row) throw new Error(`There is no call ${index}`)
  const others = { ...state, rows: state.rows.toSpliced(index, 1) }
  return setting.without.has('last look') ? others : withRow(others, { ...row, flying: false, over: 1 })
}

/** Two intentions that nothing tells apart, and whose calls are over, are one. */
function withRow(state: State, row: Row): State {
  const twin = (other: Row) =>
    other.move === row.move && other.overtaken === row.overtaken && other.over === row.over && !other.flying && !row.flying
  if (state.rows.some(twin)) return state
  const rows = [...state.rows, row].sort((a, b) => rowCode(a) - rowCode(b))
  return { ...state, rows }
}

export const rowCode = (row: Row) => CALL_CODES[row.move] * 12 + row.over * 4 + (row.flying ? 2 : 0) + (row.overtaken ? 1 : 0)
const CALL_CODES: Record<Call, number> = { admit: 1, list: 2, expel: 3 }

export function moveInChat(state: State, inChat: boolean): State {
  if (state.inChat === inChat) return state
  const deliveries = inChat ? (Math.min(2, state.deliveries + 1) as State['deliveries']) : state.deliveries
  return { ...state, inChat, deliveries, chatWas: true, turn: state.turn && { ...state.turn, chatMoved: true } }
}

/** Every change of the item is a new revision: list calls conditioned on an older one are overtaken. */
export function changeItem(state: State, change: Partial<Pick<State, 'observer' | 'responsible'>>, setting: Setting): State {
  const was = isListed(state)
  const changed = { ...state, ...change }
  const is = isListed(changed)
  const tells = setting.relisted === 'listed anew' ? !was && is : was && !is
  const rows = state.rows.some((row) => row.move === 'list')
    ? state.rows.map((row) => (row.move === 'list' ? { ...row, overtaken: true } : row))
    : state.rows
  return {
    ...changed,
    // Whoever is put on anew is not told any more to stay out.
    staysOut: !was && is ? 0 : state.staysOut,
    rows,
    relisted: state.relisted || tells,
    listWas: state.listWas || was !== is,
    turn: state.turn && {
      ...state.turn,
      revised: true,
      relistedSince: state.turn.relistedSince || tells,
      listMoved: state.turn.listMoved || was !== is,
    },
  }
}
