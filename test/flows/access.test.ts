import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { assert, asyncProperty, constantFrom, option, record, subarray } from 'fast-check'
import { factsOf, itemById, type ItemWithObservers, listItems } from '../../db/items.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { item as itemTable, person } from '../../db/schema.ts'
import { may } from '../../src/core/access.ts'
import { ITEM_TYPE_NAMES } from '../../src/core/item.ts'
import { viewerOf } from '../../src/engine/viewer.ts'
import { type Client, type Method, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** Who gets through which door: every place a person can have at an item, at every path that leads to it. */

let at: Workspace
let deal: string
let invoice: string
let chat: string
/** By place, not by name. */
const viewers = new Map<string, Client>()
beforeAll(async () => {
  at = await openWorkspace()
  const ann = await at.as('Ann')
  const guest = crypto.randomUUID()
  await at.inside((tx) =>
    tx
      .insert(person)
      .values({ organisationId: at.organisation, id: guest, name: 'Guest Gray', email: 'guest@partner.example', role: 'guest' }),
  )
  at = await at.restarted()
  const observers = [at.idOf('Bob')]
  deal = await newItem(ann, { title: 'Zanzibar', observers })
  invoice = await newItem(ann, { type: 'invoice', title: 'Zanzibar invoice' })
  chat = (await ann.post<{ chat: { id: string } }>(`/items/${deal}/discuss`)).chat.id
  viewers
    .set('administrator', await at.as('Ada'))
    .set('manager', await at.as('Max'))
    .set('responsible', await at.as('Ann'))
  viewers
    .set('observer', await at.as('Bob'))
    .set('nobody', await at.as('Cid'))
    .set('guest', await at.as('Guest'))
  const inactive = await at.as('Finn')
  await at.inside((tx) => tx.update(person).set({ active: false }).where(eq(person.id, inactive.id)))
  viewers.set('inactive', inactive)
})
afterAll(() => at.close())

type Place = 'administrator' | 'manager' | 'responsible' | 'observer' | 'nobody' | 'guest' | 'inactive'
type Door = readonly [name: string, method: Method, path: (of: { item: string; chat: string; person: string }) => string, body?: unknown]

const ITEM_DOORS: readonly Door[] = [
  ['open', 'GET', ({ item }) => `/items/${item}`],
  ['people', 'GET', ({ item }) => `/items/${item}/people`],
  ['why', 'GET', ({ item, person: id }) => `/items/${item}/why/${id}`],
  ['timeline', 'GET', ({ item }) => `/items/${item}/timeline`],
  ['requests', 'GET', ({ item }) => `/items/${item}/requests`],
  ['appoint', 'POST', ({ item }) => `/items/${item}/observers`, { add: [] }],
  ['edit', 'PATCH', ({ item }) => `/items/${item}`, { stage: 'New' }],
]
const CHAT_DOORS: readonly Door[] = [
  ['chat', 'GET', ({ chat: id }) => `/chats/${id}`],
  ['members', 'GET', ({ chat: id }) => `/chats/${id}/members`],
  ['messages', 'GET', ({ chat: id }) => `/chats/${id}/messages`],
  ['say', 'POST', ({ chat: id }) => `/chats/${id}/messages`, { text: 'Hello' }],
  ['rename', 'PATCH', ({ chat: id }) => `/chats/${id}`, { name: 'Zanzibar' }],
  ['invite', 'POST', ({ chat: id }) => `/chats/${id}/members`],
  ['read', 'PUT', ({ chat: id }) => `/chats/${id}/read`, { seq: 1 }],
  ['mute', 'PUT', ({ chat: id }) => `/chats/${id}/mute`, { muted: false }],
]

//                             open people why timeline requests appoint edit | every door of the chat
const MATRIX: Record<Place, readonly [readonly number[], number]> = {
  administrator: [[200, 200, 200, 200, 200, 200, 200], 404],
  manager: [[200, 200, 200, 200, 200, 200, 200], 404],
  responsible: [[200, 200, 200, 200, 200, 200, 200], 200],
  observer: [[200, 200, 200, 200, 200, 200, 403], 200],
  nobody: [[404, 404, 404, 404, 404, 404, 404], 404],
  guest: [[404, 404, 404, 404, 404, 404, 404], 404],
  inactive: [[401, 401, 401, 401, 401, 401, 401], 401],
}

const who = (place: string): Client => viewers.get(place) ?? expect.fail(`nobody is ${place}`)
const real = () => ({ item: deal, chat, person: at.idOf('Bob') })
const missing = () => ({ item: crypto.randomUUID(), chat: crypto.randomUUID(), person: at.idOf('Bob') })
const bodyOf = ([name, , , body]: Door) => (name === 'invite' ? { people: [at.idOf('Bob')] } : body)
const ask = (viewer: Client, door: Door, of: ReturnType<typeof real>) => viewer.ask(door[1], door[2](of), bodyOf(door))

describe.each(Object.entries(MATRIX))('O3 C3 somebody who is %s', (place, [itemStatuses, chatStatus]) => {
  test.each(ITEM_DOORS.map((door, n) => [door[0], door, itemStatuses[n] ?? 0] as const))(
    'at the item, to %s',
    async (_name, door, status) => {
      expect((await ask(who(place), door, real())).status).toBe(status)
    },
  )

  test.each(CHAT_DOORS.map((door) => [door[0], door] as const))('at its chat, to %s', async (_name, door) => {
    const answer = await ask(who(place), door, real())
    expect(Math.floor(answer.status / 100) === 2 ? 200 : answer.status).toBe(chatStatus)
  })

  test('finds it in the list, by its key and by its words, only where it can be opened', async () => {
    const { key } = await who('responsible').get<{ key: string }>(`/items/${deal}`)
    for (const query of [
      'limit=200',
      `query=${key}`,
      'query=zanzibar',
      `responsible=${at.idOf('Ann')}&limit=200`,
      `observer=${at.idOf('Bob')}&limit=200`,
    ]) {
      const answer = await who(place).ask('GET', `/items?${query}`)
      if (itemStatuses[0] === 401) expect(answer.status).toBe(401)
      else expect([query, answer.text.includes(deal)]).toEqual([query, itemStatuses[0] === 200])
    }
  })
})

test('O3 what is hidden and what is not there are answered alike, byte by byte, at every door', async () => {
  for (const place of ['nobody', 'guest']) {
    for (const door of [
      ...ITEM_DOORS,
      ...CHAT_DOORS,
      ['discuss', 'POST', ({ item }) => `/items/${item}/discuss`] as Door,
      ['delete', 'DELETE', ({ item }) => `/items/${item}`] as Door,
    ]) {
      const [hidden, gone] = [await ask(who(place), door, real()), await ask(who(place), door, missing())]
      expect([place, door[0], hidden.status, hidden.text, [...hidden.headers]]).toEqual([
        place,
        door[0],
        gone.status,
        gone.text,
        [...gone.headers],
      ])
      expect(hidden.status).toBe(404)
    }
  }
})

test('O3 counts do not tell of it either', async () => {
  const before = await who('nobody').get<{ total: number; counts: object }>('/items')
  await newItem(who('responsible'))
  expect(await who('nobody').get('/items')).toMatchObject({ total: before.total, counts: before.counts })
})

test('O16 who may not read a type of item does not find those items, also as a manager of others', async () => {
  const gina = await at.as('Gina')
  expect((await gina.ask('GET', `/items/${invoice}`)).status).toBe(404)
  expect(await gina.get('/items?type=invoice')).toMatchObject({ items: [], total: 0 })
})

test('C3 an administrator sees who is named on the item, and not who else is in its chat', async () => {
  const ada = who('administrator')
  const places = await ada.get<{ items: { person: { name: string } }[] }>(`/items/${deal}/people`)
  expect(places.items.map((one) => one.person.name)).toEqual(['Ann Reed', 'Bob Chen'])
  const eve = at.idOf('Eve')
  expect(await ada.get(`/items/${deal}/why/${eve}`)).toMatchObject({ seat: { inChat: false, listed: false, settled: false } })
})

test('a guest sees no list of people', async () => {
  expect(await who('guest').ask('GET', '/people')).toMatchObject({ status: 403, body: { code: 'not_allowed' } })
})

test('O3 the list that SQL makes is the list that the rule allows, for every person and every item', async () => {
  await at.inside(async (tx) => {
    const ids = (await tx.select({ id: person.id }).from(person)).map(({ id }) => id)
    const people = [...(await peopleById(tx, ids)).values()]
    const rows = await tx.select({ id: itemTable.id }).from(itemTable)
    const items: ItemWithObservers[] = []
    for (const row of rows) {
      const found = await itemById(tx, row.id)
      if (found) items.push(found)
    }
    const unreadable = subarray([...ITEM_TYPE_NAMES])
    const anybody = record({
      row: constantFrom(...people),
      unreadable: option(unreadable),
      role: option(constantFrom('administrator', 'manager', 'employee', 'guest' as const)),
    })
    await assert(
      asyncProperty(anybody, async ({ row, unreadable: types, role }) => {
        const viewer = { ...viewerOf(row), ...(types && { unreadableTypes: types }), ...(role && { role }) }
        const listed = await listItems(tx, viewer, {}, null, 1_000)
        const allowed = items.filter((one) => may(viewer, 'see', factsOf(one)).may)
        expect(new Set(listed.items.map((one) => one.row.id))).toEqual(new Set(allowed.map((one) => one.row.id)))
        expect(listed.total).toBe(allowed.length)
      }),
      {
        numRuns: 60,
        examples: people.map((row): [{ row: PersonRow; unreadable: null; role: null }] => [{ row, unreadable: null, role: null }]),
      },
    )
  })
})
