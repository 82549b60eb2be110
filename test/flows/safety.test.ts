import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { account, act, inbox, link, person } from '../../db/schema.ts'
import { webConnectionOf } from '../../db/organisations.ts'
import type { News } from '../../src/ports/inbound.ts'
import { openIntake } from '../../src/engine/intake.ts'
import type * as contract from '../../src/http/api/contract.ts'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** What waits for a person, and what heals when somebody mends its cause. */

type Item = z.infer<typeof contract.Item>

let at: Workspace
let ann: Client
let ada: Client
let bob: Client
const crowd = Array.from({ length: 12 }, (_, n) => `crowd-${n}`)

beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  ada = await at.as('Ada')
  bob = await at.as('Bob')
  const rows = crowd.map((id) => ({ organisationId: at.organisation, id, name: `Crowd ${id}`, role: 'employee' as const }))
  await at.inside((tx) => tx.insert(person).values(rows))
})
afterAll(() => at.close())

const waiting = async (id: string) => (await ann.get<Item>(`/items/${id}`)).chat?.waiting
const members = async (chat: string) => (await ann.get<{ items: unknown[] }>(`/chats/${chat}/members`)).items.length

test('U5 more removals than the limit wait for a person, who lets them happen once', async () => {
  const id = await newItem(ann, { observers: [...crowd, bob.id] })
  const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${id}/discuss`)
  expect(await members(chat.id)).toBe(14)

  await ann.post(`/items/${id}/observers`, { remove: crowd })
  await at.settled()
  expect(await waiting(id)).toBe(12)
  expect(await members(chat.id)).toBe(14)

  const refused = await bob.ask('POST', `/items/${id}/removals`)
  expect(refused).toMatchObject({ status: 403, body: { code: 'not_allowed' } })
  await ann.post(`/items/${id}/removals`)
  await at.settled()
  expect(await waiting(id)).toBe(0)
  expect(await members(chat.id)).toBe(2)

  const again = await ann.ask('POST', `/items/${id}/removals`)
  expect(again).toMatchObject({ status: 422, body: { code: 'nothing_held' } })
})

test('U5 what was let happen is these people and this once: others are held again', async () => {
  const id = await newItem(ann, { observers: crowd })
  const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${id}/discuss`)
  await ann.post(`/items/${id}/observers`, { remove: crowd })
  await at.settled()
  await at.inside((tx) =>
    tx
      .update(link)
      .set({ allowedRemovals: crowd.slice(0, 1) })
      .where(eq(link.itemId, id)),
  )
  await ann.post(`/chats/${chat.id}/members`, { people: [bob.id] })
  await at.settled()
  expect(await waiting(id)).toBe(11)
  const [row] = await at.inside((tx) => tx.select().from(link).where(eq(link.itemId, id)))
  expect(row?.allowedRemovals).toBeNull()
  expect(await members(chat.id)).toBe(13)
})

test('C4 a guest makes no private chat, and nobody makes an item of a type they may not read', async () => {
  await at.inside((tx) => tx.insert(person).values({ organisationId: at.organisation, id: 'guest', name: 'Guest One', role: 'guest' }))
  const guest = await (await at.restarted()).as('Guest')
  expect(await guest.ask('POST', '/chats', { people: [bob.id] })).toMatchObject({ status: 403 })
  const gina = await at.as('Gina')
  expect(await gina.ask('POST', '/items', { type: 'invoice', title: 'Mine' })).toMatchObject({
    status: 403,
    body: { code: 'no_read_access' },
  })
})

test('K10 a delivery with a text that no database keeps does not lose those that arrive with it', async () => {
  const connectionId = webConnectionOf(at.organisation)
  const intake = openIntake(at.engine)
  const news = (words: string): News => ({ kind: 'unknown', reason: words })
  const words = ['good', 'a\0b', 'half \ud800', 'also good']
  await Promise.all(words.map((text, n) => intake('web', [{ id: `poison-${n}`, workspace: at.organisation, news: news(text) }])))
  const rows = await at.inside((tx) => tx.select().from(inbox).where(eq(inbox.connectionId, connectionId)))
  expect(rows.filter((row) => row.deliveryId.startsWith('poison-'))).toHaveLength(4)
})

test('U10 an address that changes matches the person with another account, and only an administrator changes it', async () => {
  const connectionId = webConnectionOf(at.organisation)
  const row = { organisationId: at.organisation, connectionId, name: 'Bob', kind: 'member' as const, active: true, readAt: new Date() }
  await at.inside((tx) => tx.insert(account).values({ ...row, account: 'elsewhere', personId: null, email: 'bob.chen@work.example' }))

  expect(await ann.ask('PATCH', `/people/${bob.id}`, { email: 'bob.chen@work.example' })).toMatchObject({ status: 403 })
  await ada.patch(`/people/${bob.id}`, { email: 'Bob.Chen@work.example' })
  const [found] = await at.inside((tx) => tx.select().from(account).where(eq(account.account, 'elsewhere')))
  expect(found?.personId).toBe(bob.id)

  expect(await ada.ask('PATCH', `/people/${bob.id}`, { email: 'ann@example.com' })).toMatchObject({
    status: 422,
    body: { code: 'address_taken' },
  })
  expect(await ada.ask('PATCH', '/people/nobody', { email: 'x@example.com' })).toMatchObject({ status: 404 })
  expect(await ada.ask('PATCH', `/people/${bob.id}`, { email: 'not an address' })).toMatchObject({ status: 400, body: { field: 'email' } })
})

const DENIED = { cause: { message: expect.stringContaining('permission denied') } }

test('K9 what was done to people’s places is only added to', async () => {
  await expect(at.inside((tx) => tx.update(act).set({ why: 'rewritten' }))).rejects.toMatchObject(DENIED)
  await expect(at.inside((tx) => tx.delete(act))).rejects.toMatchObject(DENIED)
})
