import { itemById, itemsById } from '../../../db/items.ts'
import { linkOfChat, linksOfChats } from '../../../db/links.ts'
import { inOrganisation, type Tx } from '../../../db/open.ts'
import { publicChats } from '../../../db/public-chats.ts'
import { webConnectionOf } from '../../../db/organisations.ts'
import { peopleById } from '../../../db/people.ts'
import { type Door, doorsOf, doorTo, renameWebChat, setMuted, windowsOf } from '../../../db/web-chats.ts'
import { nowOf } from '../../engine/engine.ts'
import { setPicture } from '../../engine/files.ts'
import { addToChat, NO_CHAT, type Refused, removeFromChat } from '../../engine/members.ts'
import { createChat, joinPublic } from '../../engine/new-chats.ts'
import { tellName } from '../../engine/naming.ts'
import type { SignedIn, Surroundings } from '../context.ts'
import { chatView, chatViews } from '../present-chats.ts'
import { outcomeViews, personView } from '../present.ts'
import { Chat, ChatPage, ChatPatch, MemberPage, MembersChanged, Mute, NewChat, NewMembers, PublicChatPage } from './chat-contract.ts'
import {
  answers,
  api,
  createRoute,
  creates,
  doneSilently,
  Id,
  IdAndPerson,
  orProblem,
  Paging,
  nameCursor,
  readNameCursor,
  readTimeCursor,
  takes,
  timeCursor,
} from './routes.ts'

/** Chats of the built-in workspace. Every path goes through a door, and only members have one. */

const list = createRoute({
  method: 'get',
  path: '/chats',
  request: { query: Paging },
  responses: answers(ChatPage, 'Chats that the asker is a member of, latest first.'),
})
const create = createRoute({
  method: 'post',
  path: '/chats',
  request: { body: takes(NewChat) },
  responses: creates(Chat, 'A new chat; between two people, the one that there is.'),
})
const read = createRoute({ method: 'get', path: '/chats/{id}', request: { params: Id }, responses: answers(Chat, 'One chat.') })
const rename = createRoute({
  method: 'patch',
  path: '/chats/{id}',
  request: { params: Id, body: takes(ChatPatch) },
  responses: answers(Chat, 'The chat under its new name, or with its new picture.'),
})
const members = createRoute({
  method: 'get',
  path: '/chats/{id}/members',
  request: { params: Id },
  responses: answers(MemberPage, 'Its members.'),
})
const invite = createRoute({
  method: 'post',
  path: '/chats/{id}/members',
  request: { params: Id, body: takes(NewMembers) },
  responses: answers(MembersChanged, 'One outcome per person.'),
})
const putOut = createRoute({
  method: 'delete',
  path: '/chats/{id}/members/{personId}',
  request: { params: IdAndPerson },
  responses: doneSilently,
})
const mute = createRoute({ method: 'put', path: '/chats/{id}/mute', request: { params: Id, body: takes(Mute) }, responses: doneSilently })

const listPublic = createRoute({
  method: 'get',
  path: '/public-chats',
  request: { query: Paging },
  responses: answers(PublicChatPage, 'Chats that the asker may join, by name.'),
})
const joinIt = createRoute({
  method: 'post',
  path: '/public-chats/{id}/join',
  request: { params: Id },
  responses: answers(Chat, 'The chat, with the asker in it.'),
})

const TWO_NAMES: Refused = {
  ok: false,
  reason: 'invalid',
  code: 'stays_two',
  why: 'A chat of two people is called by their names.',
  field: 'name',
}

export function chatRoutes({ engine }: Surroundings) {
  const inTheirs = <Value>(who: SignedIn, work: (tx: Tx) => Promise<Value>) => inOrganisation(engine.db, who.organisation, work)

  const through = <Value>(who: SignedIn, id: string, work: (tx: Tx, door: Door) => Promise<Value>) =>
    inTheirs(who, async (tx) => {
      const door = await doorTo(tx, who.viewer.id, id)
      return door ? work(tx, door) : orProblem<Value>(NO_CHAT)
    })

  return api()
    .openapi(list, async (c) => {
      const who = c.get('signedIn')
      const { cursor, limit } = c.req.valid('query')
      return c.json(await inTheirs(who, (tx) => chatsOf(tx, who, cursor, limit)), 200)
    })
    .openapi(create, async (c) => {
      const who = c.get('signedIn')
      const { kind, name, people, welcome } = c.req.valid('json')
      const door = orProblem(
        await createChat(engine, who.organisation, { ...who.viewer, name: who.person.name }, { kind, name, people, welcome }),
      )
      return c.json(await inTheirs(who, (tx) => chatView(tx, door, null)), 201)
    })
    .openapi(listPublic, async (c) => {
      const who = c.get('signedIn')
      const { cursor, limit } = c.req.valid('query')
      // Guests are not of the organisation: to them no chat is public.
      if (who.viewer.role === 'guest') return c.json({ items: [], next: null }, 200)
      const found = await inTheirs(who, (tx) => publicChats(tx, who.viewer.id, readNameCursor(cursor), limit + 1))
      const items = found.slice(0, limit)
      return c.json({ items, next: found.length > limit ? nameCursor(items.at(-1)) : null }, 200)
    })
    .openapi(joinIt, async (c) => {
      const who = c.get('signedIn')
      const { id } = c.req.valid('param')
      const door = orProblem(await joinPublic(engine, who.organisation, { ...who.viewer, name: who.person.name }, id))
      return c.json(await inTheirs(who, (tx) => chatView(tx, door, null)), 200)
    })
    .openapi(read, async (c) => {
      const who = c.get('signedIn')
      return c.json(await through(who, c.req.valid('param').id, (tx, door) => oneChat(tx, who, door)), 200)
    })
    .openapi(rename, async (c) => {
      const who = c.get('signedIn')
      const { id } = c.req.valid('param')
      const { name, image } = c.req.valid('json')
      await through(who, id, async (tx, door) => {
        if (image !== undefined) orProblem(await setPicture(tx, door, image))
        if (name === undefined) return
        if (door.chat.kind === 'direct') orProblem(TWO_NAMES)
        await renameWebChat(tx, door, name, nowOf(engine))
        const link = await linkOfChat(tx, webConnectionOf(who.organisation), id)
        if (link) await tellName(tx, link, name, nowOf(engine))
      })
      engine.wake()
      return c.json(await through(who, id, (tx, door) => oneChat(tx, who, door)), 200)
    })
    .openapi(members, async (c) => {
      const who = c.get('signedIn')
      const items = await through(who, c.req.valid('param').id, (tx, door) => membersIn(tx, who, door))
      return c.json({ items, next: null }, 200)
    })
    .openapi(invite, async (c) => {
      const who = c.get('signedIn')
      const added = orProblem(await addToChat(engine, who.organisation, who.viewer, c.req.valid('param').id, c.req.valid('json')))
      return c.json({ outcomes: [...(await inTheirs(who, (tx) => outcomeViews(tx, added)))] }, 200)
    })
    .openapi(putOut, async (c) => {
      const who = c.get('signedIn')
      const { id, personId } = c.req.valid('param')
      orProblem(await removeFromChat(engine, who.organisation, who.viewer, id, personId))
      return c.body(null, 204)
    })
    .openapi(mute, async (c) => {
      await through(c.get('signedIn'), c.req.valid('param').id, (tx, door) => setMuted(tx, door, c.req.valid('json').muted))
      return c.body(null, 204)
    })
}

async function chatsOf(tx: Tx, who: SignedIn, cursor: string | undefined, limit: number) {
  const found = await doorsOf(tx, who.viewer.id, readTimeCursor(cursor), limit + 1)
  const page = found.slice(0, limit)
  const last = found.length > limit ? page.at(-1) : undefined
  const links = await linksOfChats(
    tx,
    webConnectionOf(who.organisation),
    page.map(({ door }) => door.chat.id),
  )
  const items = await itemsById(
    tx,
    [...links.values()].map((link) => link.itemId),
  )
  const byId = new Map(items.map((item) => [item.row.id, item]))
  const shown = page.map(({ door }) => ({ door, item: byId.get(links.get(door.chat.id)?.itemId ?? '') ?? null }))
  return { items: await chatViews(tx, shown), next: last ? timeCursor(last.lastAt, last.door.chat.id) : null }
}

async function itemOf(tx: Tx, who: SignedIn, door: Door) {
  const link = await linkOfChat(tx, webConnectionOf(who.organisation), door.chat.id)
  return link ? itemById(tx, link.itemId) : null
}

async function oneChat(tx: Tx, who: SignedIn, door: Door) {
  return chatView(tx, door, await itemOf(tx, who, door))
}

async function membersIn(tx: Tx, who: SignedIn, door: Door) {
  const windows = await windowsOf(tx, door)
  const item = await itemOf(tx, who, door)
  const people = await peopleById(
    tx,
    windows.map((window) => window.personId),
  )
  const observers = new Set(item?.observers.map((entry) => entry.personId))
  return windows.flatMap((window) => {
    const person = people.get(window.personId)
    if (!person) return []
    return [
      {
        ...personView(person),
        since: window.since.toISOString(),
        seesAll: window.fromSeq === 1,
        responsible: item?.row.responsibleId === window.personId,
        observes: observers.has(window.personId),
      },
    ]
  })
}
