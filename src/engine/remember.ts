import {
  dropEvidence,
  holdLane,
  type LinkRow,
  type NewAct,
  putSeats,
  type SeatRow,
  seatsOf,
  updateLink,
  writeActs,
} from '../../db/links.ts'
import { giveHint } from '../../db/hints.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { connectionById } from '../../db/organisations.ts'
import type { Refusal } from '../../db/schema.ts'
import { refused } from '../core/facts.ts'
import type { Outcome } from '../core/failure.ts'
import { asOrganisationId, asPersonId, type PersonId } from '../core/ids.ts'
import { tellForbidden } from './admins.ts'
import { type Done, isDone, LOOK_FIRST } from './carry-out.ts'
import { DOUBT_MS, type Engine, FORBIDDEN_MS, LOOK_AGAIN_MS, nowOf, REFUSED_MS, SWEEP_MS } from './engine.ts'
import { type Intended, type Moving, reasonOf, rowOf, WAS_THERE, whoseEvidence } from './intend.ts'
import { tellListed } from './notify.ts'
import { type ToShow, whatToShow } from './to-show.ts'

/** `toShow`: what the chat does not show yet. The lane is kept for it, and the turn due at once should it be lost; else it is given back. */
export type Remembered = {
  readonly link: LinkRow
  readonly outcomes: ReadonlyMap<PersonId, Outcome>
  readonly again: boolean
  readonly toShow: ToShow | null
  readonly lookAt: Date
}

/** Remembers what became of a turn's moves, in one transaction, and when the item is to be looked at again. */
export async function remember(engine: Engine, link: LinkRow, intended: Intended, done: Done): Promise<Remembered> {
  const at = nowOf(engine)
  const outcomes = new Map<PersonId, Outcome>(
    intended.moving.map((one) => [one.planned.person, one.refusal ?? done.outcomes.get(one.planned.person) ?? LOST]),
  )
  return inOrganisation(engine.db, asOrganisationId(link.organisationId), async (tx) => {
    const current = await holdLane(tx, link.id, link.fence)
    const seats = new Map((await seatsOf(tx, link.id)).map((row) => [row.personId, row]))
    const moved = intended.moving.map((one) => {
      const person = one.planned.person
      return seatAfter(link, one, outcomes.get(person) ?? LOST, seats.get(person), intended.before.get(person), at)
    })
    await putSeats(tx, moved)
    await writeActs(
      tx,
      link,
      at,
      intended.moving.map((one) => outcomeAct(one, outcomes.get(one.planned.person) ?? LOST)),
    )
    await dropEvidence(tx, link.id, weighed(intended, outcomes))
    await tellListed(
      tx,
      link,
      intended.sight,
      intended.moving
        .filter((one) => one.move === 'list' && outcomes.get(one.planned.person)?.kind === 'done')
        .map(({ planned: { person }, by }) => ({ person, by })),
      at,
    )

    await tellForbidden(tx, await connectionById(tx, link.connectionId), outcomes.values(), at)

    const listed = intended.moving.some(
      (one) => one.move === 'list' && intended.wished.has(one.planned.person) && isDone(outcomes.get(one.planned.person) ?? LOST),
    )
    const unlooked = [...outcomes.values()].some((outcome) => outcome.kind === 'later' && outcome.code === LOOK_FIRST)
    const again = listed || unlooked
    const quiet = moved.length > 0 ? 0 : current.quiet + 1
    const lives = [...new Map([...seats.values(), ...moved].map((row) => [row.personId, row])).values()].flatMap(livesOf)
    const soon = again || current.news !== link.news
    const lookAt = soon ? at : new Date(at.getTime() + nextLookMs(intended, outcomes, quiet, lives, at))
    // People first: what is shown waits for the turn that finds nothing more to do about them.
    const { toShow, begun } = soon ? { toShow: null, begun: {} } : await whatToShow(tx, engine, current, intended, outcomes, at.getTime())
    const values = {
      ...begun,
      // Told of a change meanwhile, the next turn finds out how it stands.
      ...(current.state === link.state && ({ state: 'open', why: null } as const)),
      leaseUntil: toShow ? current.leaseUntil : null,
      allowedRemovals: stillAllowed(current, link, outcomes),
      quiet,
      // Word of a change that came since has the last word.
      ...(current.members && { members: membersAfter(intended, done, unlooked) }),
      crmRevision: done.revision ?? intended.sight.reading.item.revision,
      dueAt: toShow ? at : lookAt,
    } as const
    await updateLink(tx, link.id, values)
    if (moved.length > 0) await hintItem(tx, link)
    return { link: { ...current, ...values }, outcomes, again, toShow, lookAt }
  })
}

/** The list with what was done since; null where nobody can say. */
function membersAfter({ sight, errands }: Intended, { outcomes }: Done, unlooked: boolean): string[] | null {
  if (unlooked || [...outcomes.values()].some(({ kind }) => kind === 'uncertain')) return null
  const members = new Set<string>(sight.members)
  for (const { person, move, account } of errands) {
    if (!account || !isDone(outcomes.get(person) ?? LOST)) continue
    if (move === 'admit') members.add(account)
    if (move === 'expel') members.delete(account)
  }
  return [...members]
}

const LOST: Outcome = { kind: 'uncertain', code: 'lost', why: 'The outcome was lost.' }

/** What a person let happen was let happen once: it is spent by the turn that saw it, unless its removal has yet to happen. */
function stillAllowed(current: LinkRow, seen: LinkRow, outcomes: ReadonlyMap<PersonId, Outcome>): string[] | null {
  const waits = (id: string) => ['later', 'uncertain'].includes(outcomes.get(asPersonId(id))?.kind ?? '')
  const left = current.allowedRemovals?.filter((id) => !seen.allowedRemovals?.includes(id) || waits(id)) ?? []
  return left.length > 0 ? left : null
}

function hintItem(tx: Tx, link: LinkRow): Promise<void> {
  return giveHint(tx, { organisation: link.organisationId, kind: 'item', id: link.itemId })
}

/**
 * An answered intention is closed. What stays open is an unanswered one, and an earlier one of the same kind whose fate
 * is still unknown: that call may take effect after this one was answered.
 */
function seatAfter(
  link: LinkRow,
  { planned, move }: Moving,
  outcome: Outcome,
  row: SeatRow | undefined,
  before: SeatRow | undefined,
  at: Date,
) {
  const open = openIn(row)
  const closed = { ...open, ...pick(openIn(before), move) }
  switch (outcome.kind) {
    case 'done':
    case 'already':
      return { ...rowOf(link, planned.person, planned.done), ...closed, refused: null }
    case 'refused':
    case 'impossible':
      return { ...rowOf(link, planned.person, refused(planned.seat)), ...closed, refused: refusal(move, outcome, at) }
    case 'later':
      return { ...rowOf(link, planned.person, planned.seat), ...closed, refused: row?.refused ?? null }
    case 'uncertain':
      return { ...rowOf(link, planned.person, planned.seat), past: row?.past ?? planned.seat.past, ...open, refused: row?.refused ?? null }
  }
}

function openIn(row: SeatRow | undefined) {
  return {
    admitUntil: row?.admitUntil ?? null,
    expelUntil: row?.expelUntil ?? null,
    listUntil: row?.listUntil ?? null,
    listRevision: row?.listRevision ?? null,
  }
}

function pick(open: ReturnType<typeof openIn>, move: Moving['move']) {
  switch (move) {
    case 'admit':
      return { admitUntil: open.admitUntil }
    case 'expel':
      return { expelUntil: open.expelUntil }
    case 'list':
      return { listUntil: open.listUntil, listRevision: open.listRevision }
  }
}

function refusal(move: Moving['move'], outcome: Extract<Outcome, { kind: 'refused' | 'impossible' }>, at: Date): Refusal {
  return {
    move,
    code: outcome.code,
    why: outcome.why,
    mender: outcome.kind === 'refused' ? outcome.mender : 'nobody',
    retryAtMs: retryAt(outcome, at),
  }
}

function retryAt(outcome: Extract<Outcome, { kind: 'refused' | 'impossible' }>, at: Date): number {
  // Time makes nobody an observer who merely was there; only somebody's word does.
  if (outcome.code === WAS_THERE) return Number.MAX_SAFE_INTEGER
  return at.getTime() + (outcome.kind === 'refused' && outcome.everywhere ? FORBIDDEN_MS : REFUSED_MS)
}

function outcomeAct({ planned, move, by }: Moving, outcome: Outcome): NewAct {
  return {
    personId: planned.person,
    move,
    phase: outcome.kind,
    reason: reasonOf(planned, move),
    byId: by.person,
    ...('code' in outcome && { code: outcome.code, why: outcome.why }),
  }
}

/** What waited for a move is spent, except where the move has yet to happen. */
function weighed(intended: Intended, outcomes: ReadonlyMap<PersonId, Outcome>): number[] {
  const settled = new Set<string>(
    [...outcomes].filter(([, outcome]) => outcome.kind !== 'later' && outcome.kind !== 'uncertain').map(([person]) => person),
  )
  return intended.evidence.filter((row) => settled.has(whoseEvidence(row, intended.sight))).map((row) => row.id)
}

/** When the calls about a person that may still take effect can do so no longer; a look after that sees the last of them. */
function livesOf(row: Pick<SeatRow, 'admitUntil' | 'expelUntil' | 'listUntil'>): Date[] {
  return [row.admitUntil, row.expelUntil, row.listUntil].filter((until) => until !== null)
}

function nextLookMs(intended: Intended, outcomes: ReadonlyMap<PersonId, Outcome>, quiet: number, lives: readonly Date[], at: Date): number {
  const waits = [...outcomes.values()].flatMap((outcome) => {
    if (outcome.kind === 'later') return [outcome.afterMs]
    if (outcome.kind === 'uncertain') return [LOOK_AGAIN_MS]
    return []
  })
  if (intended.doubtful) waits.push(DOUBT_MS)
  waits.push(...lives.map((until) => Math.max(0, until.getTime() - at.getTime())))
  return Math.min(...waits, SWEEP_MS[Math.min(quiet, SWEEP_MS.length - 1)] ?? SWEEP_MS[0])
}
