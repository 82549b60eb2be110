import { inOrganisation, type Tx } from '../../db/open.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { publicChat } from '../../db/public-chats.ts'
import { addMembers, createWebChat, type Door, doorTo } from '../../db/web-chats.ts'
import { postMessage } from '../../db/web-messages.ts'
import type { Viewer } from '../core/access.ts'
import type { OrganisationId } from '../core/ids.ts'
import { directOperation } from '../core/web-chat.ts'
import { privateChatName } from '../core/chat.ts'
import { type Engine, nowOf } from './engine.ts'
import { type Answered, NO_CHAT, type Refused, tellInvited, whyNoMember } from './members.ts'

/** Chats of people's own: private ones, those of two people, and public ones that everybody may join (C1, C4). */

type Maker = Viewer & { readonly name: string }
type Wish = {
  readonly kind: 'private' | 'direct' | 'public'
  readonly name: string | undefined
  readonly people: readonly string[]
  readonly welcome: string | undefined
}

const invalid = (code: string, why: string, field: string): Refused => ({ ok: false, reason: 'invalid', code, why, field })

/** Of a private chat only the invited hear (C6); a chat of two is the one there is, or is made. */
export async function createChat(engine: Engine, organisation: OrganisationId, viewer: Maker, wish: Wish): Promise<Answered<Door>> {
  return inOrganisation(engine.db, organisation, async (tx): Promise<Answered<Door>> => {
    const unwelcome = whyNoMember(viewer)
    if (unwelcome) return { ok: false, reason: 'forbidden', code: 'not_allowed', why: unwelcome.why }
    const people = await peopleById(tx, wish.people)
    const unknown = wish.people.find((id) => !people.has(id))
    if (unknown) return invalid('person_not_found', `There is no person ${unknown}.`, 'people')
    const away = [...people.values()].find((person) => whyNoMember(person))
    if (away) return invalid('cannot_join', whyNoMember(away)?.why ?? '', 'people')
    const others = [...people.values()].filter((person) => person.id !== viewer.id)
    const [other, ...more] = others
    if (wish.kind === 'direct') {
      if (!other || more.length > 0) return invalid('not_two', 'Choose one other person.', 'people')
      return { ok: true, value: await openDirect(engine, tx, organisation, viewer, other) }
    }
    if (wish.kind === 'public' && wish.name === undefined) return invalid('name_missing', 'A public chat has to have a name.', 'name')
    return { ok: true, value: await makeGroup(engine, tx, organisation, viewer, others, { ...wish, kind: wish.kind }) }
  })
}

/** Whoever was out of it comes back to what they saw before. */
async function openDirect(engine: Engine, tx: Tx, organisationId: OrganisationId, viewer: Maker, other: PersonRow): Promise<Door> {
  const at = nowOf(engine)
  const { chat } = await createWebChat(tx, {
    organisationId,
    id: crypto.randomUUID(),
    kind: 'direct',
    operation: directOperation(viewer.id, other.id),
    name: [viewer.name, other.name].join(' and '),
    createdBy: null,
    createdAt: at,
  })
  await addMembers(tx, chat, [viewer.id, other.id], { by: viewer.id, history: 'as-before' }, at)
  return entered(await doorTo(tx, viewer.id, chat.id))
}

async function makeGroup(
  engine: Engine,
  tx: Tx,
  organisationId: OrganisationId,
  viewer: Maker,
  others: readonly PersonRow[],
  { kind, name, welcome }: Wish & { readonly kind: 'private' | 'public' },
): Promise<Door> {
  const at = nowOf(engine)
  const id = crypto.randomUUID()
  const { chat } = await createWebChat(tx, {
    organisationId,
    id,
    kind,
    operation: id,
    name: name ?? privateChatName([viewer.name, ...others.map((person) => person.name)], others.length + 1),
    createdBy: viewer.id,
    createdAt: at,
  })
  const invited = others.map((person) => person.id)
  await addMembers(tx, chat, [viewer.id, ...invited], { by: viewer.id, history: 'all' }, at)
  const door = entered(await doorTo(tx, viewer.id, id))
  if (welcome) await postMessage(tx, door, { text: welcome }, at)
  await tellInvited(tx, door, viewer.name, invited, at)
  return entered(await doorTo(tx, viewer.id, id))
}

function entered(door: Door | null): Door {
  if (!door) throw new Error('Whoever made a chat could not enter it.')
  return door
}

/** Everybody who may be in chats at all may join a public one by themselves, and sees all of it. */
export async function joinPublic(engine: Engine, organisation: OrganisationId, viewer: Maker, id: string): Promise<Answered<Door>> {
  return inOrganisation(engine.db, organisation, async (tx): Promise<Answered<Door>> => {
    const chat = whyNoMember(viewer) ? null : await publicChat(tx, id)
    if (!chat) return NO_CHAT
    await addMembers(tx, chat, [viewer.id], { by: viewer.id, history: 'all' }, nowOf(engine))
    return { ok: true, value: entered(await doorTo(tx, viewer.id, id)) }
  })
}
