import {
  dropEvidence,
  evidenceOf,
  type EvidenceRow,
  holdLane,
  type LinkRow,
  type NewAct,
  putSeats,
  removalsSince,
  type SeatRow,
  updateLink,
  writeActs,
} from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { organisationOf, policyOf } from '../../db/organisations.ts'
import type { PersonRow } from '../../db/people.ts'
import { whyNotObserver } from '../core/access.ts'
import type { Capabilities } from '../core/capability.ts'
import { intended, isDoubted, type Seat } from '../core/facts.ts'
import type { Outcome } from '../core/failure.ts'
import { asAccountId, asOrganisationId, asPersonId, type PersonId } from '../core/ids.ts'
import { plan, type PlannedSeat } from '../core/plan.ts'
import { needsReading } from '../core/snapshot.ts'
import { noAccount, wasThere } from '../core/words.ts'
import type { Author } from '../ports/crm-source.ts'
import type { Errand } from './carry-out.ts'
import { casesOf } from './cases.ts'
import { type Engine, nowOf, PASS_MS, REQUEST_LIFE_MS } from './engine.ts'
import type { Sight } from './look.ts'
import { tellFound } from './notify.ts'

/** What a turn means to do, as it was written down before the first call. */
export type Intended = {
  readonly sight: Sight
  readonly errands: readonly Errand[]
  /** Seats with a move, whether it needs a call or was refused beforehand. */
  readonly moving: readonly Moving[]
  readonly doubtful: boolean
  readonly held: readonly PersonId[]
  /** What was told and waits for a move to happen. */
  readonly evidence: readonly EvidenceRow[]
  /** The seats as this turn found them, with the calls that may still take effect after its readings. */
  readonly before: ReadonlyMap<string, SeatRow>
  /** Somebody wished to come in who was not listed: when they are, the next turn admits them. */
  readonly wished: ReadonlySet<string>
}

export type Moving = {
  readonly planned: PlannedSeat
  readonly move: 'admit' | 'list' | 'expel'
  readonly by: Author
  /** Refused without a call: no read access, no account. */
  readonly refusal: Outcome | null
}

/** `written`: whose admission was written down before the chat was opened. */
export async function intend(
  engine: Engine,
  link: LinkRow,
  begun: { seats: readonly SeatRow[]; evidence: readonly EvidenceRow[] },
  sight: Sight,
  capabilities: Capabilities,
  written: ReadonlySet<PersonId>,
): Promise<Intended | 'look first'> {
  const at = nowOf(engine)
  const wished = wishersIn(begun.evidence)
  return inOrganisation(engine.db, asOrganisationId(link.organisationId), async (tx) => {
    const current = await holdLane(tx, link.id, link.fence)
    // Word of a change came after the turn began, and says that what is remembered is not so any more.
    if (!sight.fresh && current.members === null) return 'look first'
    const late = await toldSince(tx, link, begun.evidence)
    const known = { seats: begun.seats, evidence: [...begun.evidence, ...late] }
    const policy = policyOf(await organisationOf(tx, asOrganisationId(link.organisationId)))
    const left = policy.removalsMax.perPass - (await removalsSince(tx, new Date(at.getTime() - PASS_MS)))
    const cases = casesOf(link, sight, known.seats, known.evidence, capabilities, at.getTime())
    const planned = plan(cases, policy, left, new Set(link.allowedRemovals?.map(asPersonId)))
    if (!sight.fresh && needsReading(cases, planned)) return 'look first'
    const moving = planned.seats.flatMap((seat) => movingFrom(seat, link, sight, known.evidence, wished, capabilities))

    await tellFound(tx, link, sight, known.seats, at)
    const before = stillOpen(known.seats, planned.seats, sight)
    await putSeats(
      tx,
      planned.seats.map((seat) => seatRow(link, seat, before, moving, sight, at)),
    )
    const waiting = waitingIn(known.evidence, planned.seats, moving, sight)
    await dropEvidence(
      tx,
      link.id,
      begun.evidence.filter((row) => !waiting.includes(row)).map((row) => row.id),
    )
    await writeActs(tx, link, at, [
      ...planned.seats.flatMap((seat) => seen(seat, sight, known)),
      ...moving.filter((one) => !one.refusal && !written.has(one.planned.person)).map(intention),
    ])
    await updateLink(tx, link.id, {
      crmRevision: sight.reading.item.revision,
      heldRemovals: planned.held.length > 0 ? [...planned.held] : null,
      ...(sight.fresh && rememberedAfter(sight, link, current, capabilities)),
    })

    const errands = moving.filter((one) => !one.refusal).flatMap((one) => errandsOf(one, sight))
    return {
      sight,
      errands,
      moving,
      doubtful: planned.doubtful,
      held: planned.held,
      evidence: waiting.filter((row) => !late.includes(row)),
      before,
      wished,
    }
  })
}

/**
 * Who is to observe without the chat is written together with the listing, which the reading of this turn may show already: it weighs
 * here too, and once more in the next turn, which knows how the item stood when it was told.
 */
async function toldSince(tx: Tx, link: LinkRow, before: readonly EvidenceRow[]): Promise<EvidenceRow[]> {
  const known = new Set(before.map((row) => row.id))
  return (await evidenceOf(tx, link.id)).filter((row) => row.kind === 'stays-out' && !known.has(row.id))
}

/** A list that was read is remembered, unless word of a change came meanwhile, which the reading may or may not show. */
function rememberedAfter(sight: Sight, link: LinkRow, current: LinkRow, { remembersMembers }: Capabilities) {
  const isSure = current.news === link.news || current.members !== null
  return { members: remembersMembers && isSure ? [...sight.members] : null, membersAt: sight.readAt }
}

function wishersIn(evidence: readonly EvidenceRow[]): ReadonlySet<string> {
  return new Set(evidence.flatMap((row) => (row.kind === 'wished' && row.personId ? [row.personId] : [])))
}

function movingFrom(
  planned: PlannedSeat,
  link: LinkRow,
  sight: Sight,
  evidence: readonly EvidenceRow[],
  wished: ReadonlySet<string>,
  capabilities: Capabilities,
): Moving[] {
  const { move, person } = planned
  if (move === 'rest') return []
  const row = sight.people.get(person)
  if (!row) return []
  const by = authorOf(planned, sight, evidence, wished)
  const merely = move === 'list' && link.state === 'public' && by.how === 'chat' && !isAdded(person, sight, evidence)
  const refusal = merely ? merelyThere(row, sight) : refusalOf(planned, move, row, sight, capabilities)
  return [{ planned, move, by, refusal }]
}

/** The chat was open to everybody until now: whoever is in it came by themselves, unless we were told who added them (decision 36). */
const isAdded = (person: PersonId, sight: Sight, evidence: readonly EvidenceRow[]): boolean =>
  evidence.some((row) => row.kind === 'joined' && whoseEvidence(row, sight) === person)

export const WAS_THERE = 'was_there'

const merelyThere = (row: PersonRow, sight: Sight): Outcome => ({
  kind: 'refused',
  code: WAS_THERE,
  why: wasThere(row.name, sight.reading.item.key),
  mender: 'member',
})

function refusalOf(planned: PlannedSeat, move: Moving['move'], row: PersonRow, sight: Sight, capabilities: Capabilities): Outcome | null {
  const { item } = sight.reading
  if (move === 'list') {
    const why = whyNotObserver({ ...row, id: asPersonId(row.id) }, item.type, item.key)
    return why ? { kind: 'refused', ...why, mender: 'administrator' } : null
  }
  if (sight.accountOf.has(planned.person)) return null
  return { kind: 'refused', code: 'no_account', why: noAccount(row.name, capabilities.title, row.email), mender: 'administrator' }
}

/** Through whom somebody is to be listed: their own wish, a hand-over, or whoever put them into the chat. */
function authorOf(planned: PlannedSeat, sight: Sight, evidence: readonly EvidenceRow[], wished: ReadonlySet<string>): Author {
  const { person, before } = planned
  if (wished.has(person)) return { person, how: 'discuss' }
  if (before.responsible) return { person: null, how: 'handover' }
  const joined = evidence.findLast((row) => row.kind === 'joined' && whoseEvidence(row, sight) === person)
  const by = joined?.byAccount ? sight.accounts.get(joined.byAccount)?.personId : null
  return { person: by ? asPersonId(by) : null, how: 'chat' }
}

function errandsOf({ planned, move, by }: Moving, sight: Sight): Errand[] {
  const { person } = planned
  const history = planned.comesBack ? 'as-before' : 'all'
  const errand = (account: string | null): Errand => ({ person, move, by, history, account: account ? asAccountId(account) : null })
  if (move === 'list') return [errand(null)]
  const inside = [...sight.members].filter((id) => sight.accounts.get(id)?.personId === person)
  return move === 'expel' && inside.length > 0 ? inside.map(errand) : [errand(sight.accountOf.get(person)?.account ?? null)]
}

export function intention({ planned, move, by }: Pick<Moving, 'planned' | 'move' | 'by'>): NewAct {
  return { personId: planned.person, move, phase: 'intended', reason: reasonOf(planned, move), byId: by.person }
}

export function reasonOf({ before, seat }: PlannedSeat, move: Moving['move']): string {
  switch (move) {
    case 'admit':
      return seat.responsible ? 'is responsible' : 'observes'
    case 'list':
      return before.responsible ? 'was responsible' : seat.inChat ? 'is in the chat' : 'joined the chat'
    case 'expel':
      return 'is not named on the item'
  }
}

/** What people did themselves, as far as this reading shows it: for the audit and for "why". */
function seen(planned: PlannedSeat, sight: Sight, known: { seats: readonly SeatRow[]; evidence: readonly EvidenceRow[] }): NewAct[] {
  const { before, seat, person } = planned
  if (before.inChat === seat.inChat) return []
  const row = known.seats.find((one) => one.personId === person)
  if (!seat.inChat)
    return [{ personId: person, move: 'left', phase: 'seen', reason: row?.expelUntil ? 'taken out' : 'left the chat', byId: null }]
  const by = authorOf({ ...planned, before: { ...before, responsible: false } }, sight, known.evidence, new Set()).person
  return [{ personId: person, move: 'joined', phase: 'seen', reason: row?.admitUntil ? 'added by Ringside' : 'joined the chat', byId: by }]
}

export function rowOf(link: LinkRow, person: PersonId, seat: Seat) {
  const { settled, listed, responsible, inChat, past, doubted } = seat
  return {
    organisationId: link.organisationId,
    linkId: link.id,
    personId: person as string,
    settled,
    listed,
    responsible,
    inChat,
    past,
    doubted,
  }
}

/** A call whose life was over before this look began has been weighed for the last time, unless the look is in doubt itself. */
function stillOpen(seats: readonly SeatRow[], planned: readonly PlannedSeat[], sight: Sight): ReadonlyMap<string, SeatRow> {
  const doubted = new Set<string>(planned.filter((one) => isDoubted(one.seat)).map((one) => one.person))
  const rows = seats.map((row): SeatRow => {
    const open = (until: Date | null) => (until && (until > sight.readAt || doubted.has(row.personId)) ? until : null)
    return { ...row, admitUntil: open(row.admitUntil), expelUntil: open(row.expelUntil), listUntil: open(row.listUntil) }
  })
  return new Map(rows.map((row) => [row.personId, row]))
}

/**
 * Evidence is spent in the transaction that weighed it: a wish that a removal outweighed must not be found again by the turn after
 * a crash. What waits for a call that lets somebody in, or for a reading to be confirmed, is kept.
 */
function waitingIn(
  evidence: readonly EvidenceRow[],
  planned: readonly PlannedSeat[],
  moving: readonly Moving[],
  sight: Sight,
): EvidenceRow[] {
  const waiting = new Set<string>([
    ...planned.filter((one) => isDoubted(one.seat)).map((one) => one.person),
    ...moving.filter((one) => one.move !== 'expel' && !one.refusal).map((one) => one.planned.person),
  ])
  return evidence.filter((row) => waiting.has(whoseEvidence(row, sight)))
}

export function whoseEvidence(row: EvidenceRow, sight: Sight): string {
  return row.personId ?? sight.accounts.get(row.account ?? '')?.personId ?? ''
}

function seatRow(
  link: LinkRow,
  planned: PlannedSeat,
  before: ReadonlyMap<string, SeatRow>,
  moving: readonly Moving[],
  sight: Sight,
  at: Date,
) {
  const earlier = before.get(planned.person)
  const move = moving.find((one) => one.planned === planned && !one.refusal)?.move
  const until = new Date(at.getTime() + REQUEST_LIFE_MS)
  return {
    ...rowOf(link, planned.person, move ? intended(planned.seat, move) : planned.seat),
    refused: stillRefused(earlier, planned) ? earlier?.refused : null,
    admitUntil: move === 'admit' ? until : (earlier?.admitUntil ?? null),
    expelUntil: move === 'expel' ? until : (earlier?.expelUntil ?? null),
    listUntil: move === 'list' ? until : (earlier?.listUntil ?? null),
    listRevision: move === 'list' ? sight.reading.item.revision : (earlier?.listRevision ?? null),
  }
}

/** A refusal is kept while its cause is: the person is still where the refused move would take them from. */
function stillRefused(earlier: SeatRow | undefined, { seat }: PlannedSeat): boolean {
  switch (earlier?.refused?.move) {
    case 'admit':
      return seat.listed && !seat.inChat && !seat.settled
    case 'list':
      return !seat.listed && seat.inChat
    case 'expel':
      return !seat.listed && seat.inChat
    case undefined:
      return false
  }
}
