import { count } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { webChat } from '../../db/schema.ts'
import type * as chatContract from '../../src/http/api/chat-contract.ts'
import type * as contract from '../../src/http/api/contract.ts'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** An item's one chat, and that its members and the item's observers stay agreed, as the members and observers see it. */

type Discussed = z.infer<typeof contract.Discussed>
type Item = z.infer<typeof contract.Item>
type Members = z.infer<typeof chatContract.MemberPage>
type Messages = z.infer<typeof chatContract.MessagePage>
type Chat = z.infer<typeof chatContract.Chat>
type Chats = z.infer<typeof chatContract.ChatPage>

let at: Workspace
let ann: Client
let bob: Client
let dan: Client
let eve: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  bob = await at.as('Bob')
  dan = await at.as('Dan')
  eve = await at.as('Eve')
})
afterAll(() => at.close())

const inChat = async (who: Client, chat: string) =>
  (await who.get<Members>(`/chats/${chat}/members`)).items.map((one) => one.name.split(' ')[0] ?? '').toSorted()
const observing = async (who: Client, item: string) =>
  (await who.get<Item>(`/items/${item}`)).observers.map((one) => one.name.split(' ')[0] ?? '').toSorted()
const said = async (who: Client, chat: string) =>
  (await who.get<Messages>(`/chats/${chat}/messages`)).items.filter((one) => one.kind === 'text').map((one) => one.text)
const say = (who: Client, chat: string, text: string) => who.post(`/chats/${chat}/messages`, { text })
const isOut = async (who: Client, chat: string) => expect((await who.ask('GET', `/chats/${chat}`)).status).toBe(404)

/** A deal of Ann's that Bob and Dan observe, and its chat. */
async function discussed(observers: readonly Client[] = [bob, dan]) {
  const item = await newItem(ann, { observers: observers.map((one) => one.id) })
  const { chat } = await ann.post<Discussed>(`/items/${item}/discuss`)
  return { item, chat: chat.id }
}

test('O18 O20 pressing Discuss opens the chat with the responsible person and all observers in it', async () => {
  const item = await newItem(ann, { observers: [bob.id, dan.id] })
  const opened = await bob.post<Discussed>(`/items/${item}/discuss`)
  const chat = { url: `/chats/${opened.chat.id}`, platform: 'web', state: 'open', why: null }
  expect(opened).toMatchObject({ chat, created: true, outcomes: [] })
  expect(await inChat(dan, opened.chat.id)).toEqual(['Ann', 'Bob', 'Dan'])
  const { key } = await ann.get<Item>(`/items/${item}`)
  expect(await ann.get<Chat>(`/chats/${opened.chat.id}`)).toMatchObject({
    kind: 'item',
    name: `${key} A deal`,
    members: 3,
    item: { id: item, key },
  })
})

test('K4 an item’s chat hears of its stage and responsible person, and whoever reads new messages only hears only of what is new', async () => {
  const { item, chat } = await discussed([bob])
  await at.settled()
  const heard = async (who: Client) =>
    (await who.get<Messages>(`/chats/${chat}/messages`)).items.filter((one) => one.kind === 'item').map((one) => one.text)
  expect(await heard(bob)).toEqual([])
  const { key } = await ann.get<Item>(`/items/${item}`)
  await ann.patch(`/items/${item}`, { stage: 'Qualified', responsible: bob.id })
  await at.settled()
  const [first] = await heard(bob)
  expect(first).toContain(`Stage of ${key}: `)
  expect(first).toContain(`Responsible of ${key}: Ann`)
  expect(await bob.get<Chat>(`/chats/${chat}`)).toMatchObject({ unread: 0, last: { kind: 'item', author: null } })
  await bob.post(`/chats/${chat}/members`, { people: [eve.id], showHistory: false })
  await at.settled()
  expect(await heard(eve)).toEqual([`Eve Lindqvist observes ${key} now, through Bob Chen.`])
})

test('O4 observers take part', async () => {
  const { chat } = await discussed()
  await say(bob, chat, 'Hello from Bob')
  expect(await said(ann, chat)).toEqual(['Hello from Bob'])
  expect(await ann.get<Chat>(`/chats/${chat}`)).toMatchObject({ unread: 1, last: { text: 'Hello from Bob', author: { name: 'Bob Chen' } } })
})

describe('O21 never two chats', () => {
  test('pressing again opens the same one', async () => {
    const { item, chat } = await discussed()
    expect(await bob.post(`/items/${item}/discuss`)).toMatchObject({ chat: { id: chat }, created: false })
  })

  test('of twenty presses at once by several people one creates it, and all open it', async () => {
    const item = await newItem(ann, { observers: [bob.id, dan.id, eve.id] })
    const before = await chats()
    const max = await at.as('Max')
    const pressing = [ann, bob, dan, eve, max]
    const opened = await Promise.all(
      Array.from({ length: 20 }, (_, n) => pressing[n % pressing.length]!.post<Discussed>(`/items/${item}/discuss`)),
    )
    expect(new Set(opened.map((one) => one.chat.id)).size).toBe(1)
    expect(opened.filter((one) => one.created)).toHaveLength(1)
    await at.settled()
    expect(await chats()).toBe(before + 1)
    expect(await inChat(ann, opened[0]!.chat.id)).toEqual(['Ann', 'Bob', 'Dan', 'Eve', 'Max'])
    expect(
      (await ann.get<{ items: { kind: string }[] }>(`/items/${item}/timeline`)).items.filter((one) => one.kind === 'chat'),
    ).toHaveLength(1)
  })

  const chats = async () => (await at.inside((tx) => tx.select({ n: count() }).from(webChat)))[0]?.n ?? 0
})

test('rule, point 8: an administrator who presses Discuss joins and becomes an observer', async () => {
  const { item, chat } = await discussed()
  const ada = await at.as('Ada')
  await isOut(ada, chat)
  await ada.post(`/items/${item}/discuss`)
  expect(await observing(ann, item)).toEqual(['Ada', 'Bob', 'Dan'])
  expect(await inChat(ada, chat)).toEqual(['Ada', 'Ann', 'Bob', 'Dan'])
})

test('O22 whoever is added to the chat becomes an observer, and is told once', async () => {
  const { item, chat } = await discussed()
  const before = (await eve.get<{ unread: number }>('/notifications')).unread
  await bob.post(`/chats/${chat}/members`, { people: [eve.id] })
  expect(await observing(eve, item)).toEqual(['Bob', 'Dan', 'Eve'])
  const found = (await eve.get<Item>(`/items/${item}`)).observers.find((one) => one.name.startsWith('Eve'))
  expect(found).toMatchObject({ inChat: true, because: expect.stringMatching(/^Bob Chen added them to the chat on /) })
  await at.settled()
  expect((await eve.get<{ unread: number }>('/notifications')).unread).toBe(before + 1)
})

test('O23 whoever leaves the chat, or is taken out of it, stays an observer', async () => {
  const { item, chat } = await discussed()
  await bob.delete(`/chats/${chat}/members/${bob.id}`)
  await ann.delete(`/chats/${chat}/members/${dan.id}`)
  await at.settled()
  expect(await observing(bob, item)).toEqual(['Bob', 'Dan'])
  expect(await inChat(ann, chat)).toEqual(['Ann'])
  await isOut(bob, chat)
  expect((await bob.ask('POST', `/chats/${chat}/messages`, { text: 'Still here?' })).status).toBe(404)
})

test('O24 O25 whoever is added as an observer joins the chat and sees all of its messages', async () => {
  const { item, chat } = await discussed([bob])
  await say(ann, chat, 'Before Dan came')
  await ann.post(`/items/${item}/observers`, { add: [dan.id] })
  await at.settled()
  expect(await said(dan, chat)).toEqual(['Before Dan came'])
  expect((await dan.get<Messages>(`/chats/${chat}/messages`)).hiddenBefore).toBeNull()
})

test('O26 whoever is removed on the form is removed from the chat', async () => {
  const { item, chat } = await discussed()
  await ann.patch(`/items/${item}`, { observers: [dan.id] })
  await at.settled()
  expect(await inChat(ann, chat)).toEqual(['Ann', 'Dan'])
  await isOut(bob, chat)
  expect((await bob.ask('GET', `/items/${item}`)).status).toBe(404)
  expect((await bob.get<Chats>('/chats')).items.map((one) => one.id)).not.toContain(chat)
})

describe('O27 with Show history cleared one sees new messages only', () => {
  test('in the chat, in its numbers, in the list and under every path', async () => {
    const { item, chat } = await discussed([bob])
    await say(ann, chat, 'Secret one')
    await say(bob, chat, 'Secret two')
    await ann.post(`/chats/${chat}/members`, { people: [eve.id], showHistory: false })
    /** That she joined, and soon that she observes now, is all there is. */
    const expectNothing = async () => {
      const page = await eve.get<Messages>(`/chats/${chat}/messages`)
      expect(['joined', 'joined item']).toContain(page.items.map((one) => one.kind).join(' '))
      expect([page.next, page.hiddenBefore]).toEqual([null, expect.any(String)])
      const first = page.items[0]!.seq
      for (const query of [
        'after=0',
        'before=4',
        `before=${first}`,
        'cursor=3',
        'after=0&cursor=1',
        'limit=200',
        `cursor=${first}&before=99`,
      ]) {
        expect([query, JSON.stringify(await eve.get(`/chats/${chat}/messages?${query}`))]).toEqual([
          query,
          expect.not.stringContaining('Secret'),
        ])
      }
      const shown = await eve.get<Chat>(`/chats/${chat}`)
      expect(shown).toMatchObject({ unread: 0, head: page.items.at(-1)!.seq, last: page.items.at(-1)! })
      expect((await eve.get<Chats>('/chats')).items.find((one) => one.id === chat)).toEqual(shown)
    }
    await expectNothing()
    await at.settled()
    await expectNothing()
    await say(ann, chat, 'For everybody')
    expect(await said(eve, chat)).toEqual(['For everybody'])
    expect(await eve.get<Chat>(`/chats/${chat}`)).toMatchObject({ unread: 1, last: { text: 'For everybody' } })
    const eveAsMember = (await bob.get<Members>(`/chats/${chat}/members`)).items.find((one) => one.id === eve.id)
    expect(eveAsMember).toMatchObject({ seesAll: false, observes: true })
    expect(await observing(eve, item)).toEqual(['Bob', 'Eve'])
  })

  test('C13 in a private chat too, and the choice is made anew with each invitation', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id], welcome: 'Welcome' })
    await ann.post(`/chats/${id}/members`, { people: [eve.id], showHistory: false })
    await ann.post(`/chats/${id}/members`, { people: [dan.id], showHistory: true })
    expect([await said(eve, id), await said(dan, id)]).toEqual([[], ['Welcome']])
    await eve.delete(`/chats/${id}/members/${eve.id}`)
    await ann.post(`/chats/${id}/members`, { people: [eve.id] })
    expect(await said(eve, id)).toEqual(['Welcome'])
  })

  test('who comes back with history hidden does not see what was said meanwhile, nor before', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id], welcome: 'Welcome' })
    await bob.delete(`/chats/${id}/members/${bob.id}`)
    await say(ann, id, 'Without Bob')
    await ann.post(`/chats/${id}/members`, { people: [bob.id], showHistory: false })
    expect(await said(bob, id)).toEqual([])
  })
})

describe('O28 an observer who was taken out of the chat stays out of it, and stays an observer', () => {
  async function optedOut() {
    const made = await discussed()
    await ann.delete(`/chats/${made.chat}/members/${bob.id}`)
    return made
  }
  const expectOut = async (who: Client, { item, chat }: { item: string; chat: string }) => {
    expect(await inChat(ann, chat)).not.toContain('Bob')
    expect(await observing(ann, item)).toContain('Bob')
    await isOut(who, chat)
  }

  test('over saves of the item', async () => {
    const made = await optedOut()
    await ann.patch(`/items/${made.item}`, { title: 'Another title' })
    await ann.patch(`/items/${made.item}`, { observers: [bob.id, dan.id, eve.id] })
    await ann.post(`/items/${made.item}/observers`, { add: [bob.id] })
    await at.settled()
    await expectOut(bob, made)
  })

  test('over a restart and sweeps', async () => {
    const made = await optedOut()
    const later = await at.restarted()
    for (let day = 0; day < 4; day++) {
      later.clock.later(24 * 3_600_000)
      await later.settled()
    }
    await expectOut(bob, made)
  })

  test('while others press Discuss', async () => {
    const made = await optedOut()
    await dan.post(`/items/${made.item}/discuss`)
    await at.settled()
    await expectOut(bob, made)
  })

  test('until somebody takes him off the item and puts him on again', async () => {
    const { item, chat } = await optedOut()
    await ann.patch(`/items/${item}`, { observers: [dan.id] })
    await ann.patch(`/items/${item}`, { observers: [dan.id, bob.id] })
    await at.settled()
    expect(await inChat(bob, chat)).toEqual(['Ann', 'Bob', 'Dan'])
  })

  test('or adds him to the chat', async () => {
    const { chat } = await optedOut()
    await dan.post(`/chats/${chat}/members`, { people: [bob.id] })
    expect(await inChat(bob, chat)).toEqual(['Ann', 'Bob', 'Dan'])
  })

  test('or he presses Discuss himself', async () => {
    const { item, chat } = await optedOut()
    await bob.post(`/items/${item}/discuss`)
    expect(await inChat(bob, chat)).toEqual(['Ann', 'Bob', 'Dan'])
  })
})

test('a deleted item leaves its chat to the members, who can still write, be added and leave', async () => {
  const { item, chat } = await discussed()
  const max = await at.as('Max')
  await max.delete(`/items/${item}`)
  await at.settled()
  expect(await ann.get<Chat>(`/chats/${chat}`)).toMatchObject({ item: null, members: 3 })
  await say(ann, chat, 'It is gone')
  await ann.post(`/chats/${chat}/members`, { people: [eve.id] })
  await bob.delete(`/chats/${chat}/members/${bob.id}`)
  await at.settled()
  expect(await inChat(ann, chat)).toEqual(['Ann', 'Dan', 'Eve'])
  for (const path of ['', '/people', '/timeline', `/why/${ann.id}`])
    expect((await ann.ask('GET', `/items/${item}${path}`)).status).toBe(404)
  expect((await ann.ask('POST', `/items/${item}/discuss`)).status).toBe(404)
})

test('the timeline tells it all in sentences, latest first', async () => {
  const { item, chat } = await discussed([bob])
  const { key } = await ann.get<Item>(`/items/${item}`)
  await ann.post(`/chats/${chat}/members`, { people: [eve.id] })
  await ann.patch(`/items/${item}`, { title: 'Renamed', observers: [bob.id] })
  const page = await ann.get<z.infer<typeof contract.TimelinePage>>(`/items/${item}/timeline`)
  expect(page.items.map((one) => one.text)).toEqual([
    'Ann Reed removed Eve Lindqvist as an observer.',
    'Ann Reed renamed it from “A deal”.',
    'Ann Reed added Eve Lindqvist to the chat, so Eve Lindqvist observes.',
    'Ann Reed opened its chat in Ringside.',
    `Ann Reed created ${key}.`,
  ])
})
