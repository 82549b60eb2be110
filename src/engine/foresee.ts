import type { LinkRow } from '../../db/links.ts'
import { inOrganisation } from '../../db/open.ts'
import { organisationOf, policyOf } from '../../db/organisations.ts'
import { accountsOf } from '../../db/people.ts'
import type { Capabilities } from '../core/capability.ts'
import { type AccountId, asAccountId, asConnectionId, asOrganisationId, asPersonId } from '../core/ids.ts'
import { plan, type PlannedSeat } from '../core/plan.ts'
import { needsReading } from '../core/snapshot.ts'
import type { ChatPlatform, Work } from '../ports/chat-platform.ts'
import { casesOf } from './cases.ts'
import { isAsked } from './chat-state.ts'
import { type Engine, SWEEP_MS } from './engine.ts'
import { type ItemRead, type Known, type Sight, sightOf } from './look.ts'

/** What a turn will do, as far as its memory goes: enough to ask for room, and to know whether the members have to be read. */
export type Foresight = {
  readonly sight: Sight
  /** The chat itself is to be asked how it is. */
  readonly asks: boolean
  readonly mustRead: boolean
  readonly work: Work
  /** Whom the turn is to let in. */
  readonly admits: readonly PlannedSeat[]
}

/** A remembered list is good until the next sweep, which is there to find what nobody told. */
const REMEMBERED_MS = SWEEP_MS[0]

export async function foresee(
  engine: Engine,
  link: LinkRow,
  known: Known,
  item: { readonly reading: ItemRead; readonly readAt: Date },
  { capabilities }: ChatPlatform,
): Promise<Foresight> {
  const remembered = rememberedOf(link, capabilities, engine.clock.now())
  const members = remembered ?? (await insidersOf(engine, link, known))
  const sight = await sightOf(engine, link, known, { ...item, members, fresh: false })
  const policy = policyOf(
    await inOrganisation(engine.db, asOrganisationId(link.organisationId), (tx) =>
      organisationOf(tx, asOrganisationId(link.organisationId)),
    ),
  )
  const cases = casesOf(link, sight, known.seats, known.evidence, capabilities, engine.clock.now())
  const planned = plan(cases, policy, Infinity, new Set(link.allowedRemovals?.map(asPersonId)))
  const mustRead = link.chat !== null && (remembered === null || needsReading(cases, planned) || isToldOfAJoin(known))
  const asks = isAsked(link, remembered !== null)
  // A chat that was not as it should be may be so still: room for moves would be taken from others in vain.
  const willMove = link.state === 'open' || link.state === 'opening'
  const moves = (move: string) => (willMove ? planned.seats.filter((seat) => seat.move === move).length : 0)
  return {
    sight,
    asks,
    mustRead,
    admits: planned.seats.filter((seat) => seat.move === 'admit'),
    work: {
      opens: link.chat ? 0 : 1,
      describes: asks ? 1 : 0,
      reads: mustRead ? 1 : 0,
      adds: moves('admit'),
      removes: moves('expel'),
      displays: link.chat === null || item.reading.item.revision !== link.crmRevision ? 1 : 0,
    },
  }
}

/** Nobody is in a chat that is not open yet. */
function rememberedOf(link: LinkRow, capabilities: Capabilities, nowMs: number): readonly AccountId[] | null {
  if (link.chat === null) return []
  if (!capabilities.remembersMembers || capabilities.readings === 'lagging' || link.state !== 'open') return null
  if (!link.members || !link.membersAt || nowMs - link.membersAt.getTime() >= REMEMBERED_MS) return null
  return link.members.map(asAccountId)
}

/** A word of somebody whom no person is matched with has no case, and means that there is something to see. */
const isToldOfAJoin = ({ evidence }: Known): boolean => evidence.some((row) => row.kind === 'joined')

/** Where no list is remembered, the people who were inside when it was last read. */
async function insidersOf(engine: Engine, link: LinkRow, known: Known): Promise<readonly AccountId[]> {
  const inside = known.seats.filter((seat) => seat.inChat).map((seat) => seat.personId)
  const accounts = await inOrganisation(engine.db, asOrganisationId(link.organisationId), (tx) =>
    accountsOf(tx, asConnectionId(link.connectionId), inside),
  )
  return [...accounts.values()].map((row) => asAccountId(row.account))
}
