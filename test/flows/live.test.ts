import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { person } from '../../db/schema.ts'
import { giveHint } from '../../db/hints.ts'
import type { LiveHint } from '../../src/http/api/contract.ts'
import { type Hub, openHub } from '../../src/http/live.ts'
import { whoIs } from '../../src/http/session.ts'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** Live hints reach whom they concern at that moment, and nobody else: a hint is also a way to learn of something. */

let at: Workspace
let hub: Hub
const clients = new Map<string, Client>()
const heard = new Map<string, LiveHint[]>()
const NAMES = ['Ann', 'Bob', 'Dan', 'Ada', 'Cid'] as const
beforeAll(async () => {
  at = await openWorkspace()
  hub = await openHub(at.engine, at.database)
  for (const name of NAMES) {
    const client = await at.as(name)
    const who = await whoIs(at.engine, client.cookie.split('=')[1])
    if (!who) throw new Error(`${name} is not signed in.`)
    const hints: LiveHint[] = []
    clients.set(name, client)
    heard.set(name, hints)
    hub.join(who, (hint) => hints.push(hint))
  }
})
afterAll(async () => {
  await hub.close()
  await at.close()
})
beforeEach(quiet)

const as = (name: (typeof NAMES)[number]) => clients.get(name) ?? expect.fail(`${name} is not here`)
const to = (name: (typeof NAMES)[number]) => heard.get(name) ?? []
const ofKind = (name: (typeof NAMES)[number], kind: LiveHint['kind']) => to(name).filter((hint) => hint.kind === kind)
/** With the name, so that a failure says whose. */
const told = (name: (typeof NAMES)[number], kind: LiveHint['kind']) => [name, ...ofKind(name, kind)]

/** Hints come in order: when everybody has heard one that concerns them all, nothing earlier is on its way. */
async function spread(): Promise<void> {
  await at.settled()
  const before = NAMES.map((name) => ofKind(name, 'notifications').length)
  await at.inside((tx) =>
    giveHint(tx, { organisation: at.organisation, kind: 'notifications', people: NAMES.map((name) => at.idOf(name)) }),
  )
  await expect.poll(() => NAMES.every((name, n) => ofKind(name, 'notifications').length > before[n]!), { timeout: 5_000 }).toBe(true)
}

async function quiet(): Promise<void> {
  await spread()
  for (const hints of heard.values()) hints.length = 0
}

test('a change of an item is heard by those who may open it', async () => {
  const id = await newItem(as('Ann'), { observers: [at.idOf('Bob')] })
  await spread()
  for (const name of ['Ann', 'Bob', 'Ada'] as const) expect(told(name, 'item')).toEqual([name, { kind: 'item', id }])
  for (const name of ['Dan', 'Cid'] as const) expect(told(name, 'item')).toEqual([name])
})

test('whoever was taken off hears of that, and of nothing after it', async () => {
  const id = await newItem(as('Ann'), { observers: [at.idOf('Bob')] })
  await quiet()
  await as('Ann').patch(`/items/${id}`, { observers: [] })
  await spread()
  expect(ofKind('Bob', 'item')).toEqual([{ kind: 'item', id }])
  await quiet()
  await as('Ann').patch(`/items/${id}`, { title: 'Without Bob' })
  await spread()
  expect(ofKind('Bob', 'item')).toEqual([])
})

test('O3 that an item was deleted is heard by those who could open it, and by nobody else', async () => {
  const id = await newItem(as('Ann'), { observers: [at.idOf('Bob')] })
  await quiet()
  await as('Ada').delete(`/items/${id}`)
  await spread()
  for (const name of ['Ann', 'Bob', 'Ada'] as const) expect(told(name, 'item')).toEqual([name, { kind: 'item', id }])
  for (const name of ['Dan', 'Cid'] as const) expect(told(name, 'item')).toEqual([name])
})

test('C2 C3 what happens in a chat is heard by its members, and not by an administrator', async () => {
  const { id } = await as('Ann').post<{ id: string }>('/chats', { people: [at.idOf('Bob')] })
  await quiet()
  await as('Bob').post(`/chats/${id}/messages`, { text: 'Psst' })
  await spread()
  for (const name of ['Ann', 'Bob'] as const) expect(told(name, 'chat')).toEqual([name, { kind: 'chat', id, seq: 2 }])
  for (const name of ['Dan', 'Ada', 'Cid'] as const) expect([...told(name, 'chat'), ...ofKind(name, 'chats')]).toEqual([name])
})

test('C2 who has left a chat hears no more of it', async () => {
  const { id } = await as('Ann').post<{ id: string }>('/chats', { people: [at.idOf('Bob')] })
  await as('Bob').delete(`/chats/${id}/members/${at.idOf('Bob')}`)
  await spread()
  expect(ofKind('Bob', 'chats').length).toBeGreaterThan(0)
  await quiet()
  await as('Ann').post(`/chats/${id}/messages`, { text: 'Without Bob' })
  await spread()
  expect(ofKind('Bob', 'chat')).toEqual([])
})

test('whoever is switched off hears nothing, though the connection is still open', async () => {
  const { id } = await as('Ann').post<{ id: string }>('/chats', { people: [at.idOf('Cid')] })
  await quiet()
  const set = (active: boolean) =>
    at.inside((tx) =>
      tx
        .update(person)
        .set({ active })
        .where(eq(person.id, at.idOf('Cid'))),
    )
  await set(false)
  await as('Ann').post(`/chats/${id}/messages`, { text: 'Is Cid there?' })
  await expect.poll(() => ofKind('Ann', 'chat').length).toBe(1)
  expect(to('Cid')).toEqual([])
  await set(true)
})

test('O27 what becomes of a message is heard by those who see it, and by nobody else', async () => {
  const ann = as('Ann')
  const { id } = await ann.post<{ id: string }>('/chats', { people: [at.idOf('Bob')] })
  const { seq } = await ann.post<{ seq: number }>(`/chats/${id}/messages`, { text: 'Before Dan' })
  await ann.post(`/chats/${id}/members`, { people: [at.idOf('Dan')], showHistory: false })
  await quiet()
  await as('Bob').ask('PUT', `/chats/${id}/messages/${seq}/reactions/${encodeURIComponent('👍')}`)
  await ann.patch(`/chats/${id}/messages/${seq}`, { text: 'Still before Dan' })
  await ann.delete(`/chats/${id}/messages/${seq}`)
  await spread()
  const hint = { kind: 'chat', id, seq }
  expect(told('Bob', 'chat')).toEqual(['Bob', hint, hint, hint])
  for (const name of ['Dan', 'Ada', 'Cid'] as const) expect(told(name, 'chat')).toEqual([name])
})

test('that somebody is writing is heard by the other members', async () => {
  const { id } = await as('Ann').post<{ id: string }>('/chats', { people: [at.idOf('Bob')] })
  await quiet()
  await as('Ann').ask('PUT', `/chats/${id}/typing`)
  expect((await as('Ada').ask('PUT', `/chats/${id}/typing`)).status).toBe(404)
  await spread()
  expect(told('Bob', 'typing')).toEqual(['Bob', { kind: 'typing', id, by: at.idOf('Ann') }])
  for (const name of ['Ann', 'Dan', 'Ada'] as const) expect(told(name, 'typing')).toEqual([name])
})
