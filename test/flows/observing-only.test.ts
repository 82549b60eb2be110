import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { changeObservers, type InChat } from '../../src/engine/items.ts'
import { viewerOf } from '../../src/engine/viewer.ts'
import { personById } from '../../db/people.ts'
import type * as contract from '../../src/http/api/contract.ts'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** Put on an item to observe it without its chat, whatever happens to the item and to Ringside afterwards. */

type Item = z.infer<typeof contract.Item>
type Why = { readonly sentence: string }

let at: Workspace
let ann: Client
let bob: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  bob = await at.as('Bob')
})
afterAll(() => at.close())

async function discussed(): Promise<string> {
  const id = await newItem(ann)
  await ann.post(`/items/${id}/discuss`)
  return id
}

async function add(item: string, people: readonly string[], chat: InChat, workspace = at): Promise<void> {
  const asker = await at.inside((tx) => personById(tx, ann.id))
  if (!asker) throw new Error('Ann is gone.')
  const changed = await changeObservers(workspace.engine, at.organisation, viewerOf(asker), item, { add: people, remove: [], chat })
  expect(changed.ok).toBe(true)
  await workspace.settled()
}

const inChat = async (item: string, who: Client) =>
  (await ann.get<Item>(`/items/${item}`)).observers.find(({ id }) => id === who.id)?.inChat
const remove = (item: string, who: Client) => ann.post(`/items/${item}/observers`, { remove: [who.id] })

test('O28 an observer who is added without the chat stays out of it over saves, sweeps and restarts', async () => {
  const item = await discussed()
  await add(item, [bob.id], 'stays-out')
  expect(await inChat(item, bob)).toBe(false)
  await ann.patch(`/items/${item}`, { title: 'Saved' })
  await at.settled()
  const again = await at.restarted()
  at.clock.later(48 * 3_600_000)
  await again.settled()
  await at.settled()
  expect(await inChat(item, bob)).toBe(false)
})

test('U2 why says that they were to stay out, and not that they left', async () => {
  const item = await discussed()
  await add(item, [bob.id], 'stays-out')
  const { sentence } = await ann.get<Why>(`/items/${item}/why/${bob.id}`)
  expect(sentence).toContain('was to stay out of the chat')
  expect(sentence).not.toContain('left')
})

test('O28 taken off and put on again without the chat, before anybody looked: out, and stays out', async () => {
  const item = await discussed()
  await add(item, [bob.id], 'joins')
  expect(await inChat(item, bob)).toBe(true)
  await remove(item, bob)
  await at.settled()
  await Promise.all([add(item, [bob.id], 'stays-out'), ann.patch(`/items/${item}`, { title: 'Meanwhile' })])
  await at.settled()
  expect(await inChat(item, bob)).toBe(false)
})

test('O24 O28 being added anew in the usual way ends it, and so does being asked in by name', async () => {
  const item = await discussed()
  await add(item, [bob.id], 'stays-out')
  await add(item, [bob.id], 'follows')
  expect(await inChat(item, bob)).toBe(false)
  await add(item, [bob.id], 'joins')
  expect(await inChat(item, bob)).toBe(true)

  const other = await discussed()
  await add(other, [bob.id], 'stays-out')
  await remove(other, bob)
  await ann.post(`/items/${other}/observers`, { add: [bob.id] })
  await at.settled()
  expect(await inChat(other, bob)).toBe(true)
})

test('O26 an invitation does not outlive the listing it came with', async () => {
  const id = await newItem(ann)
  const away = await at.restarted((platform) => ({
    ...platform,
    members: async () => ({ ok: false, failure: { kind: 'later', code: 'busy', why: 'Busy.', afterMs: 3_600_000 } }),
  }))
  await ann.post(`/items/${id}/discuss`)
  await add(id, [bob.id], 'joins', away)
  await remove(id, bob)
  at.clock.later(7_200_000)
  await at.settled()
  expect((await ann.get<Item>(`/items/${id}`)).observers).toEqual([])
})
