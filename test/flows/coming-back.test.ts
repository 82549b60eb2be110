import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** What somebody who comes back may read: one's own wish opens no history that somebody hid. */

let at: Workspace
let ann: Client
let finn: Client

beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  finn = await at.as('Finn')
})
afterAll(() => at.close())

const texts = async (who: Client, chat: string) =>
  (await who.get<{ items: { kind: string; text: string }[] }>(`/chats/${chat}/messages`)).items
    .filter(({ kind }) => kind === 'text')
    .map(({ text }) => text)

async function hiddenFrom(who: Client): Promise<{ item: string; chat: string }> {
  const item = await newItem(ann)
  const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${item}/discuss`)
  await ann.post(`/chats/${chat.id}/messages`, { text: 'not for Finn' })
  await ann.post(`/chats/${chat.id}/members`, { people: [who.id], showHistory: false })
  await ann.post(`/chats/${chat.id}/messages`, { text: 'for Finn too' })
  expect(await texts(who, chat.id)).toEqual(['for Finn too'])
  return { item, chat: chat.id }
}

test('O27 leaving the chat and pressing Discuss does not open the history that was hidden', async () => {
  const { item, chat } = await hiddenFrom(finn)
  await finn.delete(`/chats/${chat}/members/${finn.id}`)
  await ann.post(`/chats/${chat}/messages`, { text: 'while he was out' })
  await finn.post(`/items/${item}/discuss`)
  expect(await texts(finn, chat)).toEqual(['for Finn too', 'while he was out'])
})

test('O25 being put on the item anew opens all of it', async () => {
  const { item, chat } = await hiddenFrom(finn)
  await ann.post(`/items/${item}/observers`, { remove: [finn.id] })
  await at.settled()
  expect((await finn.ask('GET', `/chats/${chat}/messages`)).status).toBe(404)
  await ann.post(`/items/${item}/observers`, { add: [finn.id] })
  await at.settled()
  expect(await texts(finn, chat)).toEqual(['not for Finn', 'for Finn too'])
})

test('O27 a colleague who invites again decides again', async () => {
  const { chat } = await hiddenFrom(finn)
  await finn.delete(`/chats/${chat}/members/${finn.id}`)
  await ann.post(`/chats/${chat}/members`, { people: [finn.id], showHistory: true })
  expect(await texts(finn, chat)).toEqual(['not for Finn', 'for Finn too'])
})

test('O27 nobody can show others more of the history than they see themselves, nor get it back through them', async () => {
  const { chat } = await hiddenFrom(finn)
  const cid = await at.as('Cid')
  await finn.post(`/chats/${chat}/members`, { people: [cid.id], showHistory: true })
  expect(await texts(cid, chat)).toEqual(['for Finn too'])
  await finn.delete(`/chats/${chat}/members/${finn.id}`)
  await cid.post(`/chats/${chat}/members`, { people: [finn.id], showHistory: true })
  expect(await texts(finn, chat)).toEqual(['for Finn too'])
})

test('O27 a manager who takes himself off the item and puts himself on again sees what he saw', async () => {
  const max = await at.as('Max')
  const { item, chat } = await hiddenFrom(max)
  await max.post(`/items/${item}/observers`, { remove: [max.id] })
  await at.settled()
  await max.post(`/items/${item}/observers`, { add: [max.id] })
  await at.settled()
  expect(await texts(max, chat)).toEqual(['for Finn too'])
})
