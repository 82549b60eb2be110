import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import type * as chatContract from '../../src/http/api/chat-contract.ts'
import type * as contract from '../../src/http/api/contract.ts'
import { type Client, openWorkspace, type Workspace } from './workspace.ts'

/** Private chats of people's own, and what nobody outside of them may learn. */

type Chat = z.infer<typeof chatContract.Chat>
type Chats = z.infer<typeof chatContract.ChatPage>
type Members = z.infer<typeof chatContract.MemberPage>
type Messages = z.infer<typeof chatContract.MessagePage>
type Notifications = z.infer<typeof contract.NotificationPage>

let at: Workspace
let ann: Client
let bob: Client
let dan: Client
let ada: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  bob = await at.as('Bob')
  dan = await at.as('Dan')
  ada = await at.as('Ada')
})
afterAll(() => at.close())

const WORD = 'Pelikan'
const listed = async (who: Client) => (await who.get<Chats>('/chats')).items.map((one) => one.id)

test('C1 C4 a private chat with the people invited and a welcome text', async () => {
  const chat = await ann.post<Chat>('/chats', { name: 'Contract talk', people: [bob.id, bob.id, ann.id], welcome: 'Welcome, Bob' })
  expect(chat).toMatchObject({ kind: 'private', name: 'Contract talk', members: 2, item: null, unread: 0, last: { text: 'Welcome, Bob' } })
  expect(await bob.get<Chat>(`/chats/${chat.id}`)).toMatchObject({ unread: 1, last: { text: 'Welcome, Bob' } })
  expect(await listed(bob)).toContain(chat.id)
})

test('C1 the chat of two people is one, whoever opens it, however often, and is called by the other’s name', async () => {
  const opened = await Promise.all([
    ann.post<Chat>('/chats', { kind: 'direct', people: [dan.id] }),
    dan.post<Chat>('/chats', { kind: 'direct', people: [ann.id] }),
    ann.post<Chat>('/chats', { kind: 'direct', people: [dan.id, ann.id] }),
  ])
  expect(new Set(opened.map((chat) => chat.id)).size).toBe(1)
  expect(opened.map((chat) => [chat.kind, chat.name, chat.with?.name, chat.members])).toEqual([
    ['direct', 'Dan Okafor', 'Dan Okafor', 2],
    ['direct', 'Ann Reed', 'Ann Reed', 2],
    ['direct', 'Dan Okafor', 'Dan Okafor', 2],
  ])
  const id = opened[0].id
  expect(await listed(ada)).not.toContain(id)
  expect(await ann.ask('POST', `/chats/${id}/members`, { people: [bob.id] })).toMatchObject({ status: 422, body: { code: 'stays_two' } })
  expect((await ann.ask('PATCH', `/chats/${id}`, { name: 'Ours' })).status).toBe(422)
  for (const people of [[], [ann.id], [bob.id, dan.id]])
    expect((await ann.ask('POST', '/chats', { kind: 'direct', people })).body).toMatchObject({ code: 'not_two' })
  await ann.post(`/chats/${id}/messages`, { text: 'Before you went' })
  await dan.delete(`/chats/${id}/members/${dan.id}`)
  expect((await dan.ask('GET', `/chats/${id}`)).status).toBe(404)
  expect((await dan.post<Chat>('/chats', { kind: 'direct', people: [ann.id] })).id).toBe(id)
  expect((await dan.get<Messages>(`/chats/${id}/messages`)).items.map((one) => one.text)).toContain('Before you went')
})

test('C1 a public chat is found and joined by everybody, and read by its members', async () => {
  expect((await ann.ask('POST', '/chats', { kind: 'public' })).body).toMatchObject({ code: 'name_missing' })
  const { id } = await ann.post<Chat>('/chats', { kind: 'public', name: 'Lunch', people: [bob.id], welcome: 'What is there?' })
  const [told] = (await bob.get<Notifications>('/notifications')).items
  expect(told?.text).toBe('Ann Reed invited you to the public chat Lunch.')
  type Public = z.infer<typeof chatContract.PublicChatPage>
  const found = async () => (await dan.get<Public>('/public-chats')).items.filter((one) => one.id === id)
  expect(await found()).toEqual([{ id, name: 'Lunch', members: 2, joined: false }])
  expect((await dan.ask('GET', `/chats/${id}/messages`)).status).toBe(404)
  expect(await dan.post<Chat>(`/public-chats/${id}/join`)).toMatchObject({ id, kind: 'public', members: 3 })
  expect((await dan.get<Messages>(`/chats/${id}/messages`)).items.map((one) => one.text)).toContain('What is there?')
  expect(await found()).toEqual([{ id, name: 'Lunch', members: 3, joined: true }])
})

test('C2 nobody joins a chat that is not public by itself', async () => {
  const { id } = await ann.post<Chat>('/chats', { name: `${WORD} closed`, people: [bob.id] })
  const hidden = await dan.ask('POST', `/public-chats/${id}/join`)
  const missing = await dan.ask('POST', `/public-chats/${crypto.randomUUID()}/join`)
  expect([hidden.status, hidden.text]).toEqual([404, missing.text])
  expect((await dan.ask('GET', '/public-chats')).text).not.toContain(WORD)
})

test('C8 a member gives a chat a picture, which its members see and nobody else, and takes it away again', async () => {
  const { id } = await ann.post<Chat>('/chats', { name: 'Pictured', people: [bob.id] })
  const upload = async (bytes: Uint8Array) => {
    const file = await bob.post<{ id: string }>(`/chats/${id}/files`, { name: 'us.png', size: bytes.length })
    await bob.ask('PUT', `/chats/${id}/files/${file.id}/parts/0`, bytes, { 'content-type': 'application/octet-stream' })
    return file.id
  }
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])
  const text = await upload(new TextEncoder().encode('<svg/>'))
  expect((await bob.ask('PATCH', `/chats/${id}`, { image: text })).body).toMatchObject({ code: 'no_picture' })
  const { image } = await bob.patch<Chat>(`/chats/${id}`, { image: await upload(png) })
  expect((await ann.get<Chat>(`/chats/${id}`)).image).toBe(image)
  const seen = await ann.ask('GET', image?.replace('/api', '') ?? '')
  expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(seen.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect((await ada.ask('GET', `/chats/${id}/image`)).status).toBe(404)
  expect((await ann.get<{ items: unknown[] }>(`/chats/${id}/files`)).items).toEqual([])
  expect(await ann.patch<Chat>(`/chats/${id}`, { image: null })).toMatchObject({ image: null, name: 'Pictured' })
  expect((await ann.ask('GET', `/chats/${id}/image`)).status).toBe(404)
  const direct = await ann.post<Chat>('/chats', { kind: 'direct', people: [bob.id] })
  expect((await ann.ask('PATCH', `/chats/${direct.id}`, { image: null })).body).toMatchObject({ code: 'has_a_sign' })
})

test('C7 it has a default name made of the people in it', async () => {
  expect(await ann.post<Chat>('/chats', { people: [bob.id, dan.id] })).toMatchObject({ name: 'Ann, Bob, Dan' })
  expect(await ann.post<Chat>('/chats', { people: [dan.id, ann.id, bob.id] })).toMatchObject({ name: 'Ann, Dan, Bob' })
  const many = await ann.post<Chat>('/chats', { people: [bob.id, dan.id, ada.id, at.idOf('Eve')] })
  expect(many.name).toMatch(/^Ann, \w+, \w+ \+2$/)
})

describe('C2 C3 who is not a member, administrator or not, learns nothing', () => {
  test('under every path it is as if there were no such chat', async () => {
    const { id } = await ann.post<Chat>('/chats', { name: `${WORD} plan`, people: [bob.id], welcome: `${WORD} at noon` })
    const unknown = crypto.randomUUID()
    const doors = (chat: string) =>
      [
        ['GET', `/chats/${chat}`],
        ['PATCH', `/chats/${chat}`, { name: 'Mine' }],
        ['GET', `/chats/${chat}/members`],
        ['POST', `/chats/${chat}/members`, { people: [ada.id] }],
        ['DELETE', `/chats/${chat}/members/${ada.id}`],
        ['DELETE', `/chats/${chat}/members/${bob.id}`],
        ['GET', `/chats/${chat}/messages`],
        ['GET', `/chats/${chat}/messages?after=0`],
        ['POST', `/chats/${chat}/messages`, { text: 'Hello?' }],
        ['PUT', `/chats/${chat}/read`, { seq: 1 }],
        ['PUT', `/chats/${chat}/mute`, { muted: true }],
      ] as const
    for (const who of [ada, dan, await at.as('Max')]) {
      for (const [place, [method, path, body]] of doors(id).entries()) {
        const hidden = await who.ask(method, path, body)
        const [, missingPath] = doors(unknown)[place]!
        const missing = await who.ask(method, missingPath, body)
        expect([who.name, method, path, hidden.status, hidden.text]).toEqual([who.name, method, path, 404, missing.text])
      }
      for (const path of ['/chats', '/notifications', '/items?query=Pelikan', '/people?query=Pelikan', '/items?limit=200']) {
        expect([who.name, path, (await who.ask('GET', path)).text]).toEqual([who.name, path, expect.not.stringContaining(WORD)])
      }
    }
    expect(await ann.get<Chat>(`/chats/${id}`)).toMatchObject({ name: `${WORD} plan`, members: 2, last: { text: `${WORD} at noon` } })
  })

  test('nor does somebody who has left', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    await bob.delete(`/chats/${id}/members/${bob.id}`)
    await ann.post(`/chats/${id}/messages`, { text: WORD })
    expect((await bob.ask('GET', `/chats/${id}/messages`)).status).toBe(404)
    expect(await listed(bob)).not.toContain(id)
  })
})

test('C6 only the people invited are told, once, also of a later invitation', async () => {
  const before = new Map<Client, number>()
  for (const who of [ann, bob, dan, ada]) before.set(who, (await who.get<Notifications>('/notifications')).unread)
  const { id } = await ann.post<Chat>('/chats', { name: 'Told once', people: [bob.id, bob.id] })
  await ann.post(`/chats/${id}/members`, { people: [dan.id, bob.id, dan.id] })
  for (const [who, more] of [
    [ann, 0],
    [bob, 1],
    [dan, 1],
    [ada, 0],
  ] as const) {
    expect([who.name, (await who.get<Notifications>('/notifications')).unread]).toEqual([who.name, (before.get(who) ?? 0) + more])
  }
  const [latest] = (await dan.get<Notifications>('/notifications')).items
  expect(latest).toMatchObject({
    kind: 'chat-invited',
    text: 'Ann Reed invited you to the private chat Told once.',
    chat: id,
    by: { name: 'Ann Reed' },
  })
})

test('C8 a member gives it another name, which everybody in it sees and the chat tells', async () => {
  const { id } = await ann.post<Chat>('/chats', { name: 'Old name', people: [bob.id] })
  expect(await bob.patch<Chat>(`/chats/${id}`, { name: ' New name ' })).toMatchObject({ name: 'New name' })
  expect(await ann.get<Chat>(`/chats/${id}`)).toMatchObject({
    name: 'New name',
    last: { kind: 'named', text: 'New name', author: { name: 'Bob Chen' } },
  })
})

test('C12 muting is one’s own, and lasts', async () => {
  const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
  await bob.put(`/chats/${id}/mute`, { muted: true })
  await bob.put(`/chats/${id}/read`, { seq: 1 })
  await ann.post(`/chats/${id}/messages`, { text: 'Quiet, please' })
  expect([(await bob.get<Chat>(`/chats/${id}`)).muted, (await ann.get<Chat>(`/chats/${id}`)).muted]).toEqual([true, false])
  const again = await at.restarted()
  expect(await (await again.as('Bob')).get<Chat>(`/chats/${id}`)).toMatchObject({ muted: true, unread: 1 })
  await bob.put(`/chats/${id}/mute`, { muted: false })
  expect((await bob.get<Chat>(`/chats/${id}`)).muted).toBe(false)
})

test('C13 people can be invited at any time, and only who made it takes others out', async () => {
  const { id } = await ann.post<Chat>('/chats', { people: [bob.id, dan.id] })
  expect(await bob.ask('DELETE', `/chats/${id}/members/${dan.id}`)).toMatchObject({ status: 403, body: { code: 'not_allowed' } })
  await bob.post(`/chats/${id}/members`, { people: [ada.id] })
  await ann.delete(`/chats/${id}/members/${dan.id}`)
  expect((await ann.ask('DELETE', `/chats/${id}/members/${dan.id}`)).status).toBe(404)
  expect((await ada.get<Members>(`/chats/${id}/members`)).items.map((one) => one.name)).toEqual(
    expect.arrayContaining(['Ann Reed', 'Bob Chen', 'Ada Novak']),
  )
  expect(await ada.get<Chat>(`/chats/${id}`)).toMatchObject({ members: 3 })
})

test('reading goes forwards only, and only texts of others count as unread', async () => {
  const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
  for (let n = 0; n < 3; n++) await ann.post(`/chats/${id}/messages`, { text: `Line ${n}` })
  const unread = async () => (await bob.get<Chat>(`/chats/${id}`)).unread
  expect(await unread()).toBe(3)
  const { head } = await bob.get<Chat>(`/chats/${id}`)
  await bob.put(`/chats/${id}/read`, { seq: head - 1 })
  expect(await unread()).toBe(1)
  await bob.put(`/chats/${id}/read`, { seq: 1 })
  expect(await unread()).toBe(1)
  await bob.post(`/chats/${id}/messages`, { text: 'Mine' })
  expect(await unread()).toBe(0)
  expect((await ann.get<Chat>(`/chats/${id}`)).unread).toBe(1)
})

test('a message sent again under its key is one message; messages are numbered without gaps however many write at once', async () => {
  const { id } = await ann.post<Chat>('/chats', { people: [bob.id, dan.id] })
  const key = { 'idempotency-key': crypto.randomUUID() }
  const first = await ann.post(`/chats/${id}/messages`, { text: 'Once' }, key)
  expect(await ann.post(`/chats/${id}/messages`, { text: 'Once' }, key)).toEqual(first)
  await Promise.all(Array.from({ length: 15 }, (_, n) => [ann, bob, dan][n % 3]!.post(`/chats/${id}/messages`, { text: `Text ${n}` })))
  const page = await ann.get<Messages>(`/chats/${id}/messages?limit=200`)
  expect(page.items.map((one) => one.seq)).toEqual(page.items.map((_, place) => place + 1))
  expect(page.items).toHaveLength(17)
})

test('the list of chats costs the same number of queries however many chats there are', async () => {
  const eve = await at.as('Eve')
  const queriesOf = async () => {
    const counted = at.database.db as unknown as { session: object }
    let queries = 0
    const prepare = Object.getPrototypeOf(counted.session).prepareQuery as (...args: unknown[]) => unknown
    Object.getPrototypeOf(counted.session).prepareQuery = function (...args: unknown[]) {
      queries++
      return prepare.apply(this, args)
    }
    await eve.get('/chats')
    Object.getPrototypeOf(counted.session).prepareQuery = prepare
    return queries
  }
  await ann.post('/chats', { people: [eve.id], welcome: 'One' })
  const few = await queriesOf()
  for (let n = 0; n < 6; n++) await ann.post('/chats', { people: [eve.id, bob.id], welcome: `More ${n}` })
  expect(few).toBeGreaterThan(3)
  expect(await queriesOf()).toBe(few)
})
