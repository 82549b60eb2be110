import { giveHint } from '../../db/hints.ts'
import { addEvidence, createLink, linkOfItem, type LinkRow, lockLink, markDue, seatsOf } from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { connectionFor, type ConnectionRow, organisationOf, policyOf } from '../../db/organisations.ts'
import { itemChange } from '../../db/schema.ts'
import { foundPlace } from '../../db/tellings.ts'
import { type Answer, may, type Viewer } from '../core/access.ts'
import type { Failure, Outcome } from '../core/failure.ts'
import { asItemId, asLinkId, asPersonId, type OrganisationId, type PersonId } from '../core/ids.ts'
import type { ItemFacts } from '../core/item.ts'
import { chatName, chatTopic } from '../core/chat.ts'
import { type Engine, LOOK_AGAIN_MS, nowOf } from './engine.ts'
import { turn } from './reconcile.ts'
import { startOver } from './start-over.ts'

/** Opens the one chat of an item, or brings the asker into the one that exists (O18, O20, O21). */

export type Discussed =
  | {
      readonly kind: 'open'
      readonly link: LinkRow
      readonly created: boolean
      readonly item: ItemFacts
      readonly outcomes: ReadonlyMap<PersonId, Outcome>
    }
  /** Exactly the answer for an item that does not exist. */
  | { readonly kind: 'hidden' }
  /** `link`: of the chat that is in the way. */
  | { readonly kind: 'refused'; readonly code: string; readonly why: string; readonly link?: LinkRow }
  /** The right to see the item could not be checked; nothing was written down. */
  | { readonly kind: 'unread'; readonly why: string; readonly afterMs: number }
  /** The wish is written down and will be carried out; the chat is not open yet. */
  | { readonly kind: 'waiting'; readonly link: LinkRow; readonly item: ItemFacts; readonly why: string; readonly afterMs: number }

/** Turns tried for one press; another process may hold the lane meanwhile. */
const TURNS_MAX = 40
const BUSY_MS = 250

/** `from` is the workspace where it was asked for, if it was in one: a new chat opens there, where the organisation discusses in such. */
export async function discuss(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  itemId: string,
  from: ConnectionRow | null = null,
): Promise<Discussed> {
  const wished = await wishToDiscuss(engine, organisation, viewer, itemId, from)
  if (wished.kind !== 'wished') return wished
  const opened = await runTurns(engine, organisation, wished, wished.item)
  return opened.kind === 'open' ? withRefusals(engine, organisation, opened) : opened
}

type Wished = { readonly kind: 'wished'; readonly link: LinkRow; readonly created: boolean; readonly item: ItemFacts }

/** Writes down that somebody is to discuss an item, for the worker to carry out: nobody waits for it, so it has its place behind those who do. */
export async function wishToDiscuss(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  itemId: string,
  from: ConnectionRow | null = null,
): Promise<Wished | Exclude<Discussed, { kind: 'open' | 'waiting' }>> {
  // The right is checked by a reading made after the press.
  const read = await engine.sourceOf(organisation).read([{ id: asItemId(itemId), since: null }])
  if (!read.ok) return whenUnread(read.failure)
  const [reading] = read.value
  if (reading?.kind !== 'item') return { kind: 'hidden' }
  const answer = may(viewer, 'discuss', reading.item)
  if (!answer.may) return refusalFrom(answer)

  const wished = await inOrganisation(engine.db, organisation, (tx) => wish(engine, tx, organisation, viewer, reading.item, from))
  engine.wake()
  return { kind: 'wished', ...wished, item: reading.item }
}

/** Whoever could not be let in is named at every press, also where somebody else's turn, or an earlier one, found it out (U7). */
async function withRefusals(
  engine: Engine,
  organisation: OrganisationId,
  opened: Extract<Discussed, { kind: 'open' }>,
): Promise<Discussed> {
  const seats = await inOrganisation(engine.db, organisation, (tx) => seatsOf(tx, opened.link.id))
  const known = seats.flatMap(({ personId, refused }): [PersonId, Outcome][] =>
    refused ? [[asPersonId(personId), { kind: 'refused', code: refused.code, why: refused.why, mender: refused.mender }]] : [],
  )
  return { ...opened, outcomes: new Map([...known, ...opened.outcomes]) }
}

type Unread = Extract<Discussed, { kind: 'unread' | 'refused' }>

export function whenUnread(failure: Failure): Unread {
  if (failure.kind === 'later') return { kind: 'unread', why: failure.why, afterMs: failure.afterMs }
  if (failure.kind === 'uncertain') return { kind: 'unread', why: failure.why, afterMs: LOOK_AGAIN_MS }
  return { kind: 'refused', code: failure.code, why: failure.why }
}

export function refusalFrom(answer: Extract<Answer, { may: false }>): Extract<Discussed, { kind: 'hidden' | 'refused' }> {
  return answer.hidden ? { kind: 'hidden' } : { kind: 'refused', code: answer.code, why: answer.why }
}

/** Everything a press means, in one transaction: the link (or the one that is there), the wish, and a turn that is due. */
async function wish(
  engine: Engine,
  tx: Tx,
  organisation: OrganisationId,
  viewer: Viewer,
  item: ItemFacts,
  from: ConnectionRow | null,
): Promise<{ link: LinkRow; created: boolean }> {
  const at = nowOf(engine)
  const existing = await linkOfItem(tx, item.id)
  const made = existing ? { link: existing, created: false } : await create(tx, organisation, viewer, item, from, at)
  const again = made.link.state === 'gone' && (await startOverIfDeleted(tx, made.link.id, item, at))
  await addEvidence(tx, { organisationId: organisation, linkId: made.link.id, kind: 'wished', personId: viewer.id, at })
  await foundPlace(tx, viewer.id, item.id)
  await markDue(tx, made.link.id, at)
  return { link: made.link, created: made.created || again }
}

async function create(tx: Tx, organisation: OrganisationId, viewer: Viewer, item: ItemFacts, from: ConnectionRow | null, at: Date) {
  const settings = await organisationOf(tx, organisation)
  const connection = from?.platform === settings.discussIn ? from : await connectionFor(tx, settings)
  const id = crypto.randomUUID()
  const made = await createLink(tx, {
    organisationId: organisation,
    id,
    itemId: item.id,
    connectionId: connection.id,
    platform: connection.platform,
    operation: `ringside-${id}`,
    name: chatName(item, policyOf(settings).chatNames),
    topic: chatTopic(item),
    state: 'opening',
    openedBy: viewer.id,
    createdAt: at,
  })
  if (made.created) {
    await tx.insert(itemChange).values({
      organisationId: organisation,
      itemId: item.id,
      revision: item.revision ?? 0,
      what: 'chat',
      byId: viewer.id,
      how: 'discuss',
      after: connection.title,
      at,
    })
    await giveHint(tx, { organisation, kind: 'item', id: item.id })
  }
  return made
}

/** The chat was deleted: a new one is opened. */
async function startOverIfDeleted(tx: Tx, linkId: string, item: ItemFacts, at: Date): Promise<boolean> {
  const link = await lockLink(tx, linkId)
  if (link?.state !== 'gone') return false
  await startOver(tx, link, item, at)
  return true
}

/** Another press may have been first. */
async function startOverIfGone(engine: Engine, tx: Tx, item: ItemFacts): Promise<void> {
  const link = await linkOfItem(tx, item.id)
  if (link) await startOverIfDeleted(tx, link.id, item, nowOf(engine))
}

async function runTurns(
  engine: Engine,
  organisation: OrganisationId,
  wished: { link: LinkRow; created: boolean },
  item: ItemFacts,
): Promise<Discussed> {
  let last: { link: LinkRow; failure: Failure } | null = null
  const outcomes = new Map<PersonId, Outcome>()
  let restarted = false
  for (let turns = 0; turns < TURNS_MAX; turns++) {
    const result = await turn(engine, organisation, asLinkId(wished.link.id), true)
    if (result.kind === 'stopped') {
      last = result
      if (result.link.state !== 'gone' || restarted) break
      // Nobody had looked since the chat was deleted: the same press opens the next one.
      await inOrganisation(engine.db, organisation, (tx) => startOverIfGone(engine, tx, item))
      restarted = true
      continue
    }
    if (result.kind === 'busy') {
      await engine.clock.wait(BUSY_MS)
      const link = await inOrganisation(engine.db, organisation, (tx) => linkOfItem(tx, item.id))
      if (link?.chat && isAtRest(link, engine.clock.now()))
        return { kind: 'open', link, created: wished.created || restarted, item, outcomes }
      continue
    }
    for (const [person, outcome] of result.outcomes) outcomes.set(person, outcome)
    if (!result.again) return { kind: 'open', link: result.link, created: wished.created || restarted, item, outcomes }
  }
  return afterTurns(engine, organisation, { ...wished, created: wished.created || restarted }, item, last, outcomes)
}

/** Somebody else's turn has carried out what was due. */
const isAtRest = (link: LinkRow, nowMs: number) => link.leaseUntil === null && (link.dueAt === null || link.dueAt.getTime() > nowMs)

async function afterTurns(
  engine: Engine,
  organisation: OrganisationId,
  wished: { link: LinkRow; created: boolean },
  item: ItemFacts,
  last: { link: LinkRow; failure: Failure } | null,
  outcomes: ReadonlyMap<PersonId, Outcome>,
): Promise<Discussed> {
  const link = last?.link ?? (await inOrganisation(engine.db, organisation, (tx) => linkOfItem(tx, item.id))) ?? wished.link
  if (last && last.failure.kind !== 'later' && last.failure.kind !== 'uncertain')
    return { kind: 'refused', code: last.failure.code, why: last.failure.why, link }
  if (link.chat && link.url && !(wished.created && last)) return { kind: 'open', link, created: wished.created, item, outcomes }
  const why = last?.failure.why ?? 'Somebody else is opening this chat right now.'
  return { kind: 'waiting', link, item, why, afterMs: last?.failure.kind === 'later' ? last.failure.afterMs : LOOK_AGAIN_MS }
}
