import { afterAll, beforeAll, expect, test } from 'vitest'
import { item as itemTable, person } from '../../db/schema.ts'
import { eq } from 'drizzle-orm'
import { type Client, openWorkspace, type Workspace } from './workspace.ts'

/** Going from page to page by `next` meets everything once, also where many things have the same time or the same name. */

let at: Workspace
let ann: Client
let max: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  max = await at.as('Max')
})
afterAll(() => at.close())

type Page = { items: { id: string; seq?: number }[]; next: string | null }
const PAGES_MAX = 100

async function everything(who: Client, path: string, limit: number): Promise<string[]> {
  const found: string[] = []
  let cursor: string | null = null
  for (let page = 0; page < PAGES_MAX; page++) {
    const mark: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const answer: Page = await who.get<Page>(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${mark}`)
    expect(answer.items.length).toBeLessThanOrEqual(limit)
    if (answer.next !== null) expect(answer.items).toHaveLength(limit)
    found.push(...answer.items.map((one) => one.id))
    cursor = answer.next
    if (cursor === null) return found
  }
  throw new Error(`${path} does not end.`)
}

const expectOnceEach = (found: readonly string[], count: number) => {
  expect(new Set(found).size).toBe(found.length)
  expect(found).toHaveLength(count)
}

test('items, newest change first, with many of the same millisecond', async () => {
  await at.inside((tx) =>
    tx
      .update(itemTable)
      .set({ updatedAt: new Date('2026-01-02T03:04:05.678Z') })
      .where(eq(itemTable.type, 'deal')),
  )
  const { total } = await max.get<{ total: number }>('/items?limit=1')
  expect(total).toBe(103)
  expectOnceEach(await everything(max, '/items', 7), total)
  const { total: deals } = await ann.get<{ total: number }>('/items?type=deal&limit=1')
  expect(deals).toBeGreaterThan(10)
  expectOnceEach(await everything(ann, '/items?type=deal', 3), deals)
})

test('a cursor is no way around what one may see', async () => {
  const { next } = await max.get<Page>('/items?limit=5')
  const seen = await ann.get<Page & { items: { responsible: { id: string }; observers: { id: string }[] }[] }>(
    `/items?limit=200&cursor=${next}`,
  )
  for (const one of seen.items) expect([one.responsible.id, ...one.observers.map((observer) => observer.id)]).toContain(ann.id)
})

test('people, by name, also of the same name', async () => {
  const rows = Array.from({ length: 12 }, (_, n) => ({
    organisationId: at.organisation,
    id: crypto.randomUUID(),
    name: n % 2 ? 'Iva Żółć' : 'Iva Öz',
    email: `iva${n}@example.com`,
    role: 'employee' as const,
  }))
  await at.inside((tx) => tx.insert(person).values(rows))
  expectOnceEach(await everything(ann, '/people', 5), 21)
  expectOnceEach(await everything(ann, '/people?query=iva', 5), 12)
  expect((await ann.get<Page>('/people?query=%25')).items).toEqual([])
})

test('chats, latest line first', async () => {
  const cid = await at.as('Cid')
  for (let n = 0; n < 7; n++) await cid.post('/chats', { name: `Chat ${n}`, people: [ann.id] })
  const found = await everything(cid, '/chats', 3)
  expectOnceEach(found, 7)
  const whole = await cid.get<{ items: { id: string; last: { at: string } }[] }>('/chats')
  expect(found).toEqual(whole.items.map((one) => one.id))
  expect(whole.items.map((one) => one.last.at)).toEqual(
    whole.items
      .map((one) => one.last.at)
      .toSorted()
      .toReversed(),
  )
})

test('messages, towards older ones and towards newer ones', async () => {
  const { id } = await ann.post<{ id: string }>('/chats', { people: [max.id] })
  for (let n = 0; n < 11; n++) await ann.post(`/chats/${id}/messages`, { text: `Line ${n}` })
  expectOnceEach(await everything(max, `/chats/${id}/messages`, 5), 12)
  expectOnceEach(await everything(max, `/chats/${id}/messages`, 4), 12)
  expectOnceEach(await everything(max, `/chats/${id}/messages?after=0`, 5), 12)
  expectOnceEach(await everything(max, `/chats/${id}/messages?after=6`, 6), 6)
  const page = await max.get<Page>(`/chats/${id}/messages?limit=5`)
  expect(page.items.map((one) => one.seq)).toEqual([8, 9, 10, 11, 12])
})

test('notifications and a timeline', async () => {
  const dan = await at.as('Dan')
  const before = (await everything(dan, '/notifications', 200)).length
  const made = await ann.post<{ id: string }>('/items', { type: 'deal', title: 'A deal' })
  for (let n = 0; n < 5; n++) {
    await ann.post(`/items/${made.id}/observers`, { add: [dan.id] })
    await ann.post(`/items/${made.id}/observers`, { remove: [dan.id] })
  }
  expectOnceEach(await everything(dan, '/notifications', 3), before + 10)
  expectOnceEach(await everything(ann, `/items/${made.id}/timeline`, 4), 11)
})

test('every list of the contract is {items, next}', async () => {
  const description = (await (await at.app.request('/api/openapi.json')).json()) as {
    paths: Record<string, { get?: { responses: Record<string, { content?: { 'application/json'?: { schema: { $ref?: string } } } }> } }>
    components: { schemas: Record<string, { properties: object; required: string[] }> }
  }
  const lists = Object.values(description.paths).flatMap(({ get }) => {
    const name = get?.responses['200']?.content?.['application/json']?.schema.$ref?.split('/').at(-1)
    return name?.endsWith('Page') ? [name] : []
  })
  expect(lists.length).toBeGreaterThanOrEqual(8)
  for (const name of lists)
    expect([name, description.components.schemas[name]?.required]).toEqual([name, expect.arrayContaining(['items', 'next'])])
})
