import { dropEvidence, evidenceOf, holdLane, LaneLost, type LinkRow, seatsOf, takeLane, updateLink } from '../../db/links.ts'
import { inOrganisation } from '../../db/open.ts'
import { connectionById, organisationOf } from '../../db/organisations.ts'
import { type Entitlement, whyNoObservers } from '../core/entitlement.ts'
import { type Failure, ok, type Outcome, type Result } from '../core/failure.ts'
import { asOrganisationId, type LinkId, type OrganisationId, type PersonId } from '../core/ids.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { tellAdders } from './adders.ts'
import { tellForbidden } from './admins.ts'
import { carryOut, unlessUnlooked } from './carry-out.ts'
import { CHAT_GONE, CHAT_PUBLIC, explain, inTheWay, stateAfter } from './chat-state.ts'
import { show, showDeletion } from './display.ts'
import { type Engine, FORBIDDEN_MS, LEASE_MS, LOOK_AGAIN_MS, nowOf, RECONNECT_MS, SWEEP_MS } from './engine.ts'
import { foresee } from './foresee.ts'
import { intend } from './intend.ts'
import { findAccounts, IN_TURN, inTurn, type Known, look, readItem, type Sight } from './look.ts'
import { tellOpenedToAll } from './notify.ts'
import { asItIs, openChat } from './open-chat.ts'
import { remember } from './remember.ts'
import { ACCESS_REMOVED } from './tokens.ts'

/**
 * One turn of one item: read both sides, ask the rule, write the intentions, make the calls, remember the outcomes, show the item.
 * One turn at a time an item; a crash between any two steps leaves what the next turn needs to know.
 */
export type Turn =
  /** Somebody else's turn is running. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly link: LinkRow; readonly outcomes: ReadonlyMap<PersonId, Outcome>; readonly again: boolean }
  /** Nothing was changed: what stood in the way, and it is written on the link too. */
  | { readonly kind: 'stopped'; readonly link: LinkRow; readonly failure: Failure }

/** `urgent`: somebody waits for it, so it goes before what only has its place in the platform's limits. */
export async function turn(engine: Engine, organisation: OrganisationId, id: LinkId, urgent = false): Promise<Turn> {
  const begun = await inOrganisation(engine.db, organisation, async (tx) => {
    const link = await takeLane(tx, id, nowOf(engine), LEASE_MS)
    if (!link) return null
    return {
      link,
      seats: await seatsOf(tx, id),
      evidence: await evidenceOf(tx, id),
      connection: await connectionById(tx, link.connectionId),
      entitlement: (await organisationOf(tx, organisation)).entitlement,
    }
  })
  if (!begun) return { kind: 'busy' }
  if (begun.link.state === 'gone') return stop(engine, begun.link, CHAT_GONE)
  const platform = engine.platformOf(begun.connection)
  if (!platform) return stop(engine, begun.link, NOT_CONNECTED)
  try {
    return await run(engine, begun, platform, urgent)
  } catch (error) {
    if (error instanceof LaneLost) return { kind: 'busy' }
    throw error
  }
}

type Begun = Known & { readonly link: LinkRow; readonly entitlement: Entitlement }

async function run(engine: Engine, begun: Begun, platform: ChatPlatform, urgent: boolean): Promise<Turn> {
  const source = engine.sourceOf(asOrganisationId(begun.link.organisationId))
  const readAt = nowOf(engine)
  const reading = await readItem(source, begun.link)
  if (!reading.ok && reading.failure.code === 'item_gone') await showDeletion(engine, begun.link, platform)
  if (!reading.ok) return stop(engine, begun.link, reading.failure)
  // What was told meanwhile is kept, and weighed once it is switched on again (O5).
  const none = whyNoObservers(reading.value.item.type, begun.entitlement)
  if (none) return stop(engine, begun.link, { kind: 'refused', ...none, mender: 'administrator' }, true)
  const found = await findAccounts(engine, begun.link, begun, reading.value.item, platform, urgent)
  if (!found.ok) return stop(engine, begun.link, found.failure)

  const item = { reading: reading.value, readAt }
  const foreseen = await foresee(engine, begun.link, begun, item, platform)
  const waitMs = await platform.room(`link ${begun.link.id}`, foreseen.work, urgent)
  if (waitMs > 0) return stop(engine, begun.link, inTurn(platform, waitMs))
  const way = foreseen.asks ? await inTheWay(begun.link, platform) : null
  if (way) return stop(engine, begun.link, way)

  const opened = begun.link.chat ? asItIs(begun.link) : await openChat(engine, begun, foreseen, platform)
  if ('failure' in opened) return stop(engine, begun.link, opened.failure)
  const { link, isNew, first, letIn } = opened
  const known = await see(isNew ? { ...foreseen.sight, fresh: true } : foreseen.mustRead || !begun.link.chat ? null : foreseen.sight)
  if (!known.ok) return stop(engine, link, await explain(known.failure, link, platform))
  let sight = known.value
  let intended = await intend(engine, link, begun, sight, platform.capabilities, first)
  if (intended === 'look first') {
    const looked = await see(null)
    if (!looked.ok) return stop(engine, link, await explain(looked.failure, link, platform))
    sight = looked.value
    intended = await intend(engine, link, begun, sight, platform.capabilities, first)
  }
  if (intended === 'look first') throw new Error('What was just read was not believed.')
  const done = await carryOut(link, sight, intended.errands, source, platform, new Set(letIn))
  const { toShow, lookAt, ...remembered } = await remember(engine, link, intended, unlessUnlooked(sight, done))
  const shown = toShow ? await show(engine, remembered.link, toShow, lookAt, platform) : remembered.link
  await tellAdders(engine, link, begun.evidence, intended, platform)
  return { kind: 'done', ...remembered, link: shown }

  async function see(before: Sight | null): Promise<Result<Sight>> {
    return before ? ok(before) : look(engine, link, begun, item, platform)
  }
}

const NOT_CONNECTED: Failure = {
  kind: 'reconnect',
  code: 'not_connected',
  why: 'The chat system of this item is not connected. An administrator can connect it again.',
}

/** Null: nothing will change until somebody does something. */
function waitAfter(failure: Failure): number | null {
  if (failure.code === CHAT_GONE.code) return null
  switch (failure.kind) {
    case 'later':
      return failure.afterMs
    case 'uncertain':
      return LOOK_AGAIN_MS
    case 'reconnect':
      // Whoever connects it again makes everything due.
      return failure.code === ACCESS_REMOVED ? SWEEP_MS[0] : RECONNECT_MS
    case 'refused':
      return failure.everywhere ? FORBIDDEN_MS : SWEEP_MS[0]
    case 'gone':
    case 'unreachable':
      return SWEEP_MS[0]
  }
}

/** What is wrong with a chat is told until it was looked at again, and not that this has to wait. */
const whyStopped = ({ state, why }: LinkRow, failure: Failure): string =>
  failure.code === IN_TURN && why && state !== 'open' && state !== 'opening' ? why : failure.why

/**
 * Nothing was learnt, so nobody is moved. What stands in the way is written where people look, and tried again later. `isMeant`: it is as
 * it should be, and nobody has to look into it.
 */
async function stop(engine: Engine, link: LinkRow, failure: Failure, isMeant = failure.code === IN_TURN): Promise<Turn> {
  const waitMs = waitAfter(failure)
  const itemGone = failure.code === 'item_gone'
  const state = stateAfter(failure)
  const after = await inOrganisation(engine.db, asOrganisationId(link.organisationId), async (tx) => {
    const current = await holdLane(tx, link.id, link.fence)
    const at = nowOf(engine)
    const values = {
      leaseUntil: null,
      // Told of a change meanwhile, the next turn finds out how it stands.
      ...(current.state === link.state && { why: whyStopped(current, failure), ...(state && link.chat && { state }) }),
      dueAt: current.news !== link.news ? at : waitMs === null ? null : new Date(at.getTime() + waitMs),
    }
    await updateLink(tx, link.id, values)
    if (failure.code === CHAT_PUBLIC.code && current.why !== failure.why) await tellOpenedToAll(tx, current, failure.why, at)
    await tellForbidden(tx, await connectionById(tx, link.connectionId), [failure], at)
    if (itemGone)
      await dropEvidence(
        tx,
        link.id,
        (await evidenceOf(tx, link.id)).map((row) => row.id),
      )
    return { ...current, ...values }
  })
  if (!isMeant)
    engine.log.warn(
      { organisation: link.organisationId, link: link.id, code: failure.code, kind: failure.kind },
      'A turn stopped before it changed anything.',
    )
  return { kind: 'stopped', link: after, failure }
}
