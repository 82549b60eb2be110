import { addEvidence, linkOfChat, type LinkRow, markDue, putSeats, seatsOf } from '../../db/links.ts'
import { itemById, factsOf } from '../../db/items.ts'
import { notify } from '../../db/notifications.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { webConnectionOf } from '../../db/organisations.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { addMembers, type Door, doorTo, lockWebChat, removeMembers } from '../../db/web-chats.ts'
import { type Viewer, whyNotObserver } from '../core/access.ts'
import type { Outcome } from '../core/failure.ts'
import { asLinkId, asPersonId, type OrganisationId } from '../core/ids.ts'
import { invitedToChat } from '../core/words.ts'
import { type Engine, nowOf } from './engine.ts'
import { turn } from './reconcile.ts'

/** What members do with the chats of the built-in workspace. For an item's chat the rule then follows, at once. */

export type Refused = {
  readonly ok: false
  readonly reason: 'hidden' | 'forbidden' | 'invalid'
  readonly code: string
  readonly why: string
  readonly field?: string
}
export type Answered<Value> = { readonly ok: true; readonly value: Value } | Refused

export const NO_CHAT: Refused = { ok: false, reason: 'hidden', code: 'not_found', why: 'There is no such chat that you can see.' }

const STAYS_TWO: Refused = {
  ok: false,
  reason: 'invalid',
  code: 'stays_two',
  why: 'A chat of two people stays one. Make a private chat to talk with more.',
}

export async function addToChat(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  chatId: string,
  wish: { readonly people: readonly string[]; readonly showHistory: boolean },
): Promise<Answered<ReadonlyMap<string, Outcome>>> {
  const added = await inOrganisation(
    engine.db,
    organisation,
    async (tx): Promise<Answered<{ outcomes: ReadonlyMap<string, Outcome>; link: LinkRow | null }>> => {
      const door = await doorTo(tx, viewer.id, chatId)
      if (!door) return NO_CHAT
      if (door.chat.kind === 'direct') return STAYS_TWO
      const people = await peopleById(tx, wish.people)
      const unknown = wish.people.find((id) => !people.has(id))
      if (unknown) return { ok: false, reason: 'invalid', code: 'person_not_found', why: `There is no person ${unknown}.`, field: 'people' }
      const link = await linkOfChat(tx, webConnectionOf(organisation), chatId)
      const outcomes = await whoMayNotJoin(tx, link, [...people.values()])
      const joining = wish.people.filter((id) => !outcomes.has(id))
      const joined = new Set(await join(engine, tx, door, joining, wish.showHistory, link))
      for (const id of joining) outcomes.set(id, { kind: joined.has(id) ? 'done' : 'already' })
      const inOrder = [...outcomes].toSorted(([one], [other]) => wish.people.indexOf(one) - wish.people.indexOf(other))
      return { ok: true, value: { outcomes: new Map(inOrder), link } }
    },
  )
  if (!added.ok) return added
  if (added.value.link) await followRule(engine, organisation, added.value.link.id)
  return { ok: true, value: added.value.outcomes }
}

export async function removeFromChat(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  chatId: string,
  personId: string,
): Promise<Answered<null>> {
  const removed = await inOrganisation(engine.db, organisation, async (tx): Promise<Answered<LinkRow | null>> => {
    const door = await doorTo(tx, viewer.id, chatId)
    if (!door) return NO_CHAT
    if (door.chat.kind !== 'item' && personId !== viewer.id && door.chat.createdBy !== viewer.id) {
      return { ok: false, reason: 'forbidden', code: 'not_allowed', why: 'Only whoever made a chat can take others out of it.' }
    }
    const chat = await lockWebChat(tx, chatId)
    if (!chat) return NO_CHAT
    const left = await removeMembers(tx, chat, [personId], viewer.id === personId ? null : viewer.id, nowOf(engine))
    if (left.length === 0) return { ok: false, reason: 'hidden', code: 'not_found', why: 'This person is not in the chat.' }
    const link = await linkOfChat(tx, webConnectionOf(organisation), chatId)
    if (link) await markDue(tx, link.id, nowOf(engine))
    return { ok: true, value: link }
  })
  if (!removed.ok) return removed
  if (removed.value) await followRule(engine, organisation, removed.value.id)
  return { ok: true, value: null }
}

/** Runs the item's turn now, so that whoever acted sees both sides agreed. What cannot be done now stays due. */
export async function followRule(engine: Engine, organisation: OrganisationId, linkId: string): Promise<void> {
  await turn(engine, organisation, asLinkId(linkId), true)
  engine.wake()
}

/** Whoever joins an item's chat becomes an observer, so only people who may be observers can be added to it (O16). */
async function whoMayNotJoin(tx: Tx, link: LinkRow | null, people: readonly PersonRow[]): Promise<Map<string, Outcome>> {
  const current = link ? await itemById(tx, link.itemId) : null
  const refused = new Map<string, Outcome>()
  for (const person of people) {
    const why = current ? whyNotObserver({ ...person, id: asPersonId(person.id) }, current.row.type, factsOf(current).key) : null
    const either = why ?? whyNoMember(person)
    if (either) refused.set(person.id, { kind: 'refused', ...either, mender: 'administrator' })
  }
  return refused
}

/** Who can sit in no chat of the workspace at all. */
export function whyNoMember(person: Pick<PersonRow, 'name' | 'role' | 'active'>): { readonly code: string; readonly why: string } | null {
  if (!person.active) return { code: 'person_inactive', why: `${person.name}'s account is switched off.` }
  if (person.role === 'guest')
    return { code: 'guests_refused', why: `${person.name} is a guest, and the workspace has no sign-in for guests yet.` }
  return null
}

async function join(
  engine: Engine,
  tx: Tx,
  door: Door,
  people: readonly string[],
  showHistory: boolean,
  link: LinkRow | null,
): Promise<readonly string[]> {
  const at = nowOf(engine)
  const chat = await lockWebChat(tx, door.chat.id)
  if (!chat) return []
  const joined = await addMembers(
    tx,
    chat,
    people,
    { by: door.viewer, history: showHistory ? 'all' : 'hidden', noEarlierThan: door.fromSeq },
    at,
  )
  if (!link) {
    const by = (await peopleById(tx, [door.viewer])).get(door.viewer)
    await tellInvited(tx, door, by?.name ?? '', joined, at)
    return joined
  }
  for (const personId of joined) {
    await addEvidence(tx, { organisationId: link.organisationId, linkId: link.id, kind: 'joined', personId, byAccount: door.viewer, at })
  }
  const refused = (await seatsOf(tx, link.id)).filter((seat) => seat.refused && joined.includes(seat.personId))
  await putSeats(
    tx,
    refused.map((seat) => ({ ...seat, refused: null })),
  )
  if (joined.length > 0) await markDue(tx, link.id, at)
  return joined
}

export async function tellInvited(tx: Tx, door: Door, by: string, people: readonly string[], at: Date): Promise<void> {
  const { organisationId, id, name, kind } = door.chat
  await notify(
    tx,
    people.map((personId) => ({
      organisationId,
      personId,
      kind: 'chat-invited' as const,
      byId: door.viewer,
      chatId: id,
      text: invitedToChat(by, name, kind === 'public'),
      at,
    })),
  )
}
