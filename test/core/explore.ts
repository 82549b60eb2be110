import { costOf, type Event, happen, possible } from './events.ts'
import { rowCode } from './model.ts'
import { type Setting, START, type State } from './state.ts'
import { BLANK, type Ledger, noTally, type Tally } from './excuses.ts'
import { complaint, complaintAtRest, witness } from './oracle.ts'
import type { Seat } from '../../src/core/facts.ts'
import type { Move } from '../../src/core/seat.ts'

/** Walks through every history up to a number of acts and faults, each situation once, the shortest first. */

export type Node = { readonly state: State; readonly ledger: Ledger; readonly from: Node | null; readonly event: Event | null }

export type Exploration = {
  readonly situations: number
  readonly steps: number
  /** Own calls at most between the last act or fault and rest. */
  readonly writesAtMost: number
  readonly tally: Tally
  readonly broken: Broken | null
}

export type Broken = { readonly why: string; readonly history: readonly string[] }

export type Bounds = { readonly acts: number; readonly situationsMax?: number }

/** After the last act or fault, the engine needs no more calls than these to come to rest (I7). */
export const WRITES_AT_REST_MAX = 4

export function explore(setting: Setting, bounds: Bounds): Exploration {
  const tally = noTally()
  const seen = new Map<string, number>()
  const rested = new Map<string, number>()
  const root: Node = { state: START, ledger: BLANK, from: null, event: null }
  let layer: Node[] = [root]
  let steps = 0
  let writesAtMost = 0
  const result = (broken: Broken | null): Exploration => ({ situations: seen.size, steps, writesAtMost, tally, broken })

  for (let cost = 0; cost <= bounds.acts; cost++) {
    const nextLayer: Node[] = []
    for (const node of layer) {
      const key = keyOf(node)
      if (seen.has(key)) continue
      seen.set(key, cost)
      if (seen.size > (bounds.situationsMax ?? Number.POSITIVE_INFINITY)) return result(null)
      if (!node.state.turn) {
        const writes = comeToRest(node, setting, rested, tally)
        if (typeof writes !== 'number') return result(writes)
        writesAtMost = Math.max(writesAtMost, writes)
      }
      for (const event of possible(node.state, setting)) {
        const eventCost = costOf(event)
        if (cost + eventCost > bounds.acts) continue
        steps++
        const next = go(node, event, setting, tally)
        if (typeof next === 'string') return result(brokenAt(node, event, next))
        if (eventCost === 0) layer.push(next)
        else nextLayer.push(next)
      }
    }
    layer = nextLayer
  }
  return result(null)
}

/** One step with its judgement: the next node, or what was wrong with it. */
export function go(node: Node, event: Event, setting: Setting, tally: Tally): Node | string {
  const state = happen(node.state, event, setting)
  const wrong = complaint(node.ledger, event, node.state, state, setting, tally)
  if (wrong) return wrong
  return { state, ledger: witness(node.ledger, event, node.state, state, setting, tally), from: node, event }
}

const TURN = ['read item', 'read chat', 'decide', 'call', 'remember'] as const

/** A whole turn in which nothing goes wrong. */
export function turn(node: Node, setting: Setting, tally: Tally): Node | Broken {
  let now = node
  for (const event of TURN) {
    if (event === 'call' && now.state.turn?.move === 'rest') continue
    const next = go(now, event, setting, tally)
    if (typeof next === 'string') return brokenAt(now, event, next)
    now = next
  }
  return now
}

/** Lets the engine run without faults until it changes nothing more; answers with the number of calls it made. */
function comeToRest(node: Node, setting: Setting, rested: Map<string, number>, tally: Tally): number | Broken {
  const key = keyOf(node)
  const known = rested.get(key)
  if (known === RUNNING) return brokenAt(node, null, 'I10: the engine never comes to rest')
  if (known !== undefined) return known
  rested.set(key, RUNNING)
  const after = turn(node, setting, tally)
  if ('why' in after) return after
  const rest = keyOf(after) === key ? whatIsLeft(after, setting, tally) : after
  if (typeof rest === 'string') return brokenAt(after, null, rest)
  const made = countCalls(after, node)
  const more = rest ? comeToRest(rest, setting, rested, tally) : 0
  if (typeof more !== 'number') return more
  if (rest && made + more > WRITES_AT_REST_MAX) return brokenAt(after, null, `I7: ${made + more} calls after the last act`)
  rested.set(key, made + more)
  return made + more
}

const RUNNING = -1

/** At rest: what only time can still bring, or null once that is over as well and the two sides agree. */
function whatIsLeft(node: Node, setting: Setting, tally: Tally): Node | string | null {
  const { state } = node
  const living = state.rows.findIndex((row) => row.over === 0)
  const event: Event | null = living >= 0 ? `life of call ${living as 0 | 1 | 2} passes` : state.resting ? 'rest is over' : null
  if (event) return go(node, event, setting, tally)
  return complaintAtRest(node.ledger, state)
}

function countCalls(node: Node, until: Node): number {
  let calls = 0
  for (let now: Node | null = node; now && now !== until; now = now.from) if (now.event === 'call') calls++
  return calls
}

export function brokenAt(node: Node, event: Event | null, why: string): Broken {
  const history: string[] = event ? [event] : []
  for (let now: Node | null = node; now?.event; now = now.from) history.unshift(`${now.event}${detail(now)}`)
  return { why, history }
}

function detail({ event, state }: Node): string {
  if (event !== 'decide' || !state.turn) return ''
  const { turn: now, seat } = state
  const sides = `${now.listed ? 'listed' : 'unlisted'}, ${now.inChat ? 'inside' : 'outside'}`
  return ` (${sides}${now.relisted ? ', relisted' : ''}${seat.settled ? ', settled' : ''}) → ${now.move}`
}

/** A situation in a few characters: what may differ between two nodes, and nothing else. */
export function keyOf({ state, ledger }: Node): string {
  const truth = bits(state.observer, state.responsible, state.inChat, state.active, state.relisted, state.listWas, state.chatWas)
  const stored =
    (((((truth * 3 + state.deliveries) * 4 + state.joined) * 4 + state.wished) * 4 + state.staysOut) * 4 +
      MOVE_CODES[state.resting ?? 'rest']) |
    0
  const rows = state.rows.map(rowCode).join()
  return `${stored.toString(36)} ${seatCode(state.seat).toString(36)} ${turnKey(state)} ${ledgerKey(ledger, state)} ${rows}`
}

const MOVE_CODES: Record<Move, number> = { rest: 0, admit: 1, list: 2, expel: 3 }
const AT_CODES = { 'item read': 1, 'chat read': 2, decided: 3, called: 4 }
const PAST_CODES = { none: 0, tried: 1, been: 2 }
const LIST_CODES = { no: 0, open: 1, overtaken: 2 }
const RESULT_CODES = { done: 0, later: 1, refused: 2, uncertain: 3 }
const WANT_CODES = { in: 0, out: 1, either: 2 }

function bits(...flags: boolean[]): number {
  let code = 0
  for (const flag of flags) code = code * 2 + (flag ? 1 : 0)
  return code
}

function seatCode(seat: Seat): number {
  const doubted = seat.doubted.inChat === undefined ? 0 : seat.doubted.inChat ? 1 : 2
  const flags = bits(seat.settled, seat.listed, seat.responsible, seat.inChat, seat.doubted.unlisted ?? false)
  return (flags * 3 + doubted) * 3 + PAST_CODES[seat.past]
}

function turnKey({ turn: now }: State): string {
  if (!now) return ''
  const read = bits(now.listed, now.responsible, now.relisted, now.inChat, now.standing === 'employee')
  const since = bits(now.flying, now.revised, now.relistedSince, now.listMoved, now.chatMoved)
  const codes = ((AT_CODES[now.at] * 3 + LIST_CODES[now.listCall]) * 4 + MOVE_CODES[now.move]) * 4 + RESULT_CODES[now.result]
  return `${(codes * 1024 + read * 32 + since).toString(36)}.${seatCode(now.done).toString(36)}`
}

function ledgerKey(ledger: Ledger, state: State): string {
  const flags = bits(
    ledger.met,
    ledger.credit,
    ledger.wishing,
    ledger.owed,
    ledger.seenListed,
    ledger.seenResponsible,
    ledger.removal,
    ledger.dark,
  )
  const own = ((flags * 3 + ledger.seenOutside) * 3 + ledger.seenInside) * 3 + WANT_CODES[ledger.wants]
  if (!state.turn) return own.toString(36)
  const { reading } = ledger
  const read = bits(reading.listed, reading.explained, reading.outside, reading.leftSince) * 3 + WANT_CODES[reading.wants]
  return (own * 64 + read).toString(36)
}
