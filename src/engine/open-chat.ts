import { holdLane, type LinkRow, type NewAct, putSeats, type SeatRow, updateLink, writeActs } from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { intended } from '../core/facts.ts'
import type { Failure } from '../core/failure.ts'
import { type AccountId, asAccountId, asOrganisationId, type PersonId } from '../core/ids.ts'
import type { PlannedSeat } from '../core/plan.ts'
import type { ChatPlatform, ChatWish } from '../ports/chat-platform.ts'
import { type Engine, nowOf, REQUEST_LIFE_MS } from './engine.ts'
import type { Foresight } from './foresee.ts'
import { intention, rowOf } from './intend.ts'
import type { Known, Sight } from './look.ts'

/**
 * Opens the chat of an item, with whom the turn is to let in, as far as the platform lets people in together with the opening (O20).
 * Their admission is written down before the call: should its answer be lost, whoever is found in the chat and is not on the item any
 * more was put there by us, and is nobody who joined (decision 60).
 */

type Opened =
  | {
      readonly link: LinkRow
      readonly isNew: boolean
      /** Whose admission was written down for the opening, and who has come in by it. */
      readonly first: ReadonlySet<PersonId>
      readonly letIn: readonly AccountId[]
    }
  | { readonly failure: Failure }

/** A chat that is there already. */
export const asItIs = (link: LinkRow): Opened => ({ link, isNew: false, first: new Set(), letIn: [] })

/** Written as opening before the call, so that whoever comes after a crash opens the same chat and no second one. */
export async function openChat(
  engine: Engine,
  { link, seats }: Known & { readonly link: LinkRow },
  foreseen: Foresight,
  platform: ChatPlatform,
): Promise<Opened> {
  const first = firstOf(foreseen, platform.capabilities.opensWithMax)
  const tried = triedBefore(seats, engine.clock.now())
  if (tried !== 'lately') await inLane(engine, link, (tx) => writeFirst(engine, tx, link, seats, first))
  const { operation, name: wished, topic } = link
  const opened = await platform.open({ operation, name: wished, topic, tried, first: first.map(({ account }) => account) })
  if (!opened.ok) {
    if (opened.failure.kind === 'later' && tried === 'no')
      await inLane(engine, link, (tx) => takeBack(engine, tx, link, seats, first, opened.failure))
    return { failure: opened.failure }
  }
  const { id, name, url, shown, isNew, letIn = [] } = opened.value
  const names = { name, givenName: name, wishedName: wished }
  const values = { chat: id, ...names, url, state: 'open', why: null, shown: shown ?? null, shownHash: null } as const
  await inLane(engine, link, async (tx) => {
    await updateLink(tx, link.id, values)
    await writeActs(tx, link, nowOf(engine), [{ move: 'open', phase: 'done', reason: 'discussed', personId: null, byId: link.openedBy }])
  })
  return { link: { ...link, ...values }, isNew, first: new Set(first.map(({ planned }) => planned.person)), letIn }
}

const inLane = (engine: Engine, link: LinkRow, work: (tx: Tx) => Promise<void>): Promise<void> =>
  inOrganisation(engine.db, asOrganisationId(link.organisationId), async (tx) => {
    await holdLane(tx, link.id, link.fence)
    await work(tx)
  })

/** While there is no chat, an admission that is still open is that of an opening whose outcome nobody knows. */
function triedBefore(seats: readonly SeatRow[], nowMs: number): ChatWish['tried'] {
  const lives = seats.flatMap(({ admitUntil }) => (admitUntil ? [admitUntil.getTime()] : []))
  if (lives.length === 0) return 'no'
  return Math.max(...lives) > nowMs ? 'lately' : 'before'
}

type First = { readonly planned: PlannedSeat; readonly account: AccountId }

function firstOf({ admits, sight }: { admits: readonly PlannedSeat[]; sight: Sight }, most: number): readonly First[] {
  const able = admits.flatMap((planned): First[] => {
    const account = sight.accountOf.get(planned.person)?.account
    return account ? [{ planned, account: asAccountId(account) }] : []
  })
  return able.slice(0, most)
}

async function writeFirst(engine: Engine, tx: Tx, link: LinkRow, seats: readonly SeatRow[], first: readonly First[]): Promise<void> {
  const at = nowOf(engine)
  const admitUntil = new Date(at.getTime() + REQUEST_LIFE_MS)
  await putSeats(
    tx,
    first.map((one) => ({
      ...rowBefore(link, seats, one),
      ...rowOf(link, one.planned.person, intended(one.planned.before, 'admit')),
      admitUntil,
    })),
  )
  await writeActs(tx, link, at, first.map(act))
}

/** Nothing has happened, so nothing is open. */
async function takeBack(
  engine: Engine,
  tx: Tx,
  link: LinkRow,
  seats: readonly SeatRow[],
  first: readonly First[],
  failure: Failure,
): Promise<void> {
  const { code, why } = failure
  await putSeats(
    tx,
    first.map((one) => ({ ...rowBefore(link, seats, one), admitUntil: null })),
  )
  await writeActs(
    tx,
    link,
    nowOf(engine),
    first.map((one) => ({ ...act(one), phase: 'later', code, why })),
  )
}

const rowBefore = (link: LinkRow, seats: readonly SeatRow[], { planned: { person, before } }: First) =>
  seats.find((row) => row.personId === person) ?? rowOf(link, person, before)

const act = ({ planned }: First): NewAct => intention({ planned, move: 'admit', by: { person: null, how: 'discuss' } })
