import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { organisation, person } from '../../db/schema.ts'
import type { z } from '@hono/zod-openapi'
import type * as chatContract from '../../src/http/api/chat-contract.ts'
import type * as contract from '../../src/http/api/contract.ts'
import { ITEM_TYPES, type ItemType } from '../../src/core/item.ts'
import { DEFAULT_POLICY } from '../../src/core/policy.ts'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** Observers as people of the organisation see them: who they are, what they may, what they are told. */

type Item = z.infer<typeof contract.Item>
type Changed = z.infer<typeof contract.ObserversChanged>
type Notifications = z.infer<typeof contract.NotificationPage>

let at: Workspace
let ann: Client
let bob: Client
let max: Client
let dan: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  bob = await at.as('Bob')
  max = await at.as('Max')
  dan = await at.as('Dan')
})
afterAll(() => at.close())

const names = (item: Item) => item.observers.map((one) => one.name.split(' ')[0] ?? '').toSorted()
const told = async (who: Client, item: string) =>
  (await who.get<Notifications>('/notifications?limit=200')).items.filter((one) => one.item?.id === item)
/** Also what is told about items that one cannot open any more. */
const lately = async (who: Client) => (await who.get<Notifications>('/notifications')).items[0]
const outcomes = (changed: Changed) => changed.outcomes.map(({ person: { name }, outcome, code }) => [name.split(' ')[0], outcome, code])

test('O1 an item has one responsible person and any number of observers', async () => {
  const everybody = ['Ada', 'Max', 'Bob', 'Cid', 'Dan', 'Eve', 'Finn', 'Gina'].map((name) => at.idOf(name))
  const id = await newItem(ann, { observers: everybody })
  const item = await ann.get<Item>(`/items/${id}`)
  expect(item.responsible).toMatchObject({ name: 'Ann Reed' })
  expect(names(item)).toEqual(['Ada', 'Bob', 'Cid', 'Dan', 'Eve', 'Finn', 'Gina', 'Max'])
  expect(item.observers.every((one) => one.inChat === null && one.because.startsWith('Ann Reed added them on'))).toBe(true)
})

test.each(
  Object.entries(ITEM_TYPES)
    .filter(([, { observers }]) => observers)
    .map(([type]) => type as ItemType),
)('O6 a %s takes observers and has a chat', async (type) => {
  const id = await newItem(ann, { type, observers: [bob.id] })
  await ann.post(`/items/${id}/discuss`)
  expect(await bob.get(`/items/${id}`)).toMatchObject({ observers: [{ name: 'Bob Chen', inChat: true }] })
})

test('O8 O12 several observers in one save, and each can open the item at once', async () => {
  const id = await newItem(ann)
  expect((await bob.ask('GET', `/items/${id}`)).status).toBe(404)
  const changed = await ann.post<Changed>(`/items/${id}/observers`, { add: [bob.id, dan.id] })
  expect(outcomes(changed)).toEqual([
    ['Bob', 'done', null],
    ['Dan', 'done', null],
  ])
  expect(await bob.get(`/items/${id}`)).toEqual(
    expect.objectContaining({ id, may: { edit: false, appoint: true, discuss: true, whyNot: null } }),
  )
  expect((await dan.ask('GET', `/items/${id}`)).status).toBe(200)
})

describe('O13 O14 whoever is added or removed is told, once, and nobody of their own acts', () => {
  test('through the form', async () => {
    const id = await newItem(ann, { title: 'Telling' })
    await ann.patch(`/items/${id}`, { observers: [bob.id, dan.id] })
    const { key } = await ann.get<Item>(`/items/${id}`)
    expect(await told(bob, id)).toEqual([
      expect.objectContaining({
        kind: 'observer-added',
        text: `Ann Reed added you as an observer of Telling (${key}). You can open it and take part in its chat.`,
        by: expect.objectContaining({ name: 'Ann Reed' }),
        read: false,
      }),
    ])
    await ann.patch(`/items/${id}`, { observers: [dan.id] })
    expect(await lately(bob)).toMatchObject({
      kind: 'observer-removed',
      item: null,
      text: expect.stringContaining(`Ann Reed removed you as an observer of Telling (${key})`),
    })
    expect(await told(dan, id)).toHaveLength(1)
    expect(await told(ann, id)).toEqual([])
  })

  test('when an item is made, also where somebody is named twice', async () => {
    const id = await newItem(ann, { observers: [bob.id, bob.id, ann.id] })
    expect(await told(bob, id)).toHaveLength(1)
    expect(await told(ann, id)).toEqual([])
    expect(names(await ann.get<Item>(`/items/${id}`))).toEqual(['Bob'])
  })

  test('a save that changes nothing tells nobody and makes no revision', async () => {
    const id = await newItem(ann, { observers: [bob.id] })
    const before = await ann.get<Item>(`/items/${id}`)
    await ann.patch(`/items/${id}`, { title: before.title, stage: before.stage, observers: [bob.id] })
    await ann.post(`/items/${id}/observers`, { add: [bob.id], remove: [dan.id] })
    expect(await ann.get(`/items/${id}`)).toEqual(before)
    expect(await told(bob, id)).toHaveLength(1)
  })

  test('with a chat too: the turns that follow tell nothing more', async () => {
    const id = await newItem(ann)
    await ann.post(`/items/${id}/discuss`)
    await ann.post(`/items/${id}/observers`, { add: [bob.id] })
    await at.settled()
    await at.settled()
    expect((await told(bob, id)).map((one) => one.kind)).toEqual(['observer-added'])
    await ann.post(`/items/${id}/observers`, { remove: [bob.id] })
    await at.settled()
    const after = (await bob.get<Notifications>('/notifications')).items.slice(0, 2).map((one) => one.kind)
    expect(after).toEqual(['observer-removed', 'observer-added'])
  })

  test('one who takes oneself off is not told so', async () => {
    const id = await newItem(ann, { observers: [bob.id] })
    const before = (await bob.get<Notifications>('/notifications')).unread
    await bob.post(`/items/${id}/observers`, { remove: [bob.id] })
    expect((await bob.get<Notifications>('/notifications')).unread).toBe(before)
    expect((await bob.ask('GET', `/items/${id}`)).status).toBe(404)
  })

  test('reading them marks them read for oneself alone', async () => {
    const id = await newItem(ann, { observers: [bob.id, dan.id] })
    await bob.post('/notifications/read')
    expect((await told(bob, id))[0]?.read).toBe(true)
    expect((await told(dan, id))[0]?.read).toBe(false)
    expect((await bob.get<Notifications>('/notifications')).unread).toBe(0)
  })
})

describe('O16 an observer needs read access to the type of item', () => {
  test('without it the adding is refused with the reason, and the others are added all the same', async () => {
    const id = await newItem(ann, { type: 'invoice' })
    const changed = await ann.post<Changed>(`/items/${id}/observers`, { add: [at.idOf('Gina'), bob.id] })
    expect(outcomes(changed)).toEqual([
      ['Gina', 'refused', 'no_read_access'],
      ['Bob', 'done', null],
    ])
    expect(changed.outcomes[0]?.why).toMatch(/^Gina Rossi can't observe I-\d+: their role has no read access to invoices\./)
    expect(names(changed.item)).toEqual(['Bob'])
  })

  test('a save of the form is refused as a whole, and names the field', async () => {
    const id = await newItem(ann, { type: 'invoice' })
    const answer = await ann.ask('PATCH', `/items/${id}`, { title: 'B', observers: [at.idOf('Gina'), bob.id] })
    expect(answer).toMatchObject({ status: 422, body: { code: 'no_read_access', field: 'observers' } })
    expect(await ann.get(`/items/${id}`)).toMatchObject({ title: 'A deal', observers: [] })
  })

  test('nobody becomes responsible for what they cannot open', async () => {
    const refused = { status: 422, body: { code: 'no_read_access', field: 'responsible', detail: expect.stringContaining('invoices') } }
    const id = await newItem(ann, { type: 'invoice' })
    expect(await ann.ask('PATCH', `/items/${id}`, { responsible: at.idOf('Gina') })).toMatchObject(refused)
    expect(await ann.ask('POST', '/items', { type: 'invoice', title: 'Hers', responsible: at.idOf('Gina') })).toMatchObject(refused)
  })

  test('into the chat neither, as whoever joins it becomes an observer', async () => {
    const id = await newItem(ann, { type: 'invoice' })
    const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${id}/discuss`)
    const added = await ann.post<Changed>(`/chats/${chat.id}/members`, { people: [at.idOf('Gina'), bob.id] })
    expect(outcomes(added)).toEqual([
      ['Gina', 'refused', 'no_read_access'],
      ['Bob', 'done', null],
    ])
    const gina = await at.as('Gina')
    expect((await gina.ask('GET', `/chats/${chat.id}`)).status).toBe(404)
  })

  test('whoever is switched off, or is a guest, is refused everywhere', async () => {
    const away = await somebody({ name: 'Away Amis', active: false })
    const guest = await somebody({ name: 'Guest Gray', role: 'guest' })
    const id = await newItem(ann)
    const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${id}/discuss`)
    const expected = [
      ['Away', 'refused', 'person_inactive'],
      ['Guest', 'refused', 'guest_cannot_observe'],
    ]
    expect(outcomes(await ann.post<Changed>(`/items/${id}/observers`, { add: [away, guest] }))).toEqual(expected)
    expect(outcomes(await ann.post<Changed>(`/chats/${chat.id}/members`, { people: [away, guest] }))).toEqual(expected)
    for (const responsible of [away, guest]) {
      expect(await ann.ask('PATCH', `/items/${id}`, { responsible })).toMatchObject({
        status: 422,
        body: { code: 'cannot_be_responsible' },
      })
      expect(await ann.ask('POST', '/chats', { people: [responsible] })).toMatchObject({
        status: 422,
        body: { code: 'cannot_join', field: 'people' },
      })
    }
    expect(await ann.get(`/items/${id}`)).toMatchObject({ observers: [] })
  })
})

describe('handing over (rule, point 7)', () => {
  test('the former responsible person goes on as an observer, stays in the chat, and the new one joins it', async () => {
    const id = await newItem(ann, { observers: [bob.id] })
    const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${id}/discuss`)
    const handed = await ann.patch<Item>(`/items/${id}`, { responsible: dan.id })
    expect(handed).toMatchObject({ responsible: { name: 'Dan Okafor' }, may: { edit: false, discuss: true } })
    expect(names(handed)).toEqual(['Ann', 'Bob'])
    await at.settled()
    const members = await ann.get<z.infer<typeof chatContract.MemberPage>>(`/chats/${chat.id}/members`)
    expect(new Map(members.items.map((one) => [one.name, { responsible: one.responsible, observes: one.observes }]))).toEqual(
      new Map([
        ['Ann Reed', { responsible: false, observes: true }],
        ['Bob Chen', { responsible: false, observes: true }],
        ['Dan Okafor', { responsible: true, observes: false }],
      ]),
    )
    expect(handed.observers.find((one) => one.name === 'Ann Reed')?.because).toMatch(/^They were responsible for it until/)
  })

  test('whoever has been switched off meanwhile does not', async () => {
    const leaver = await somebody({ name: 'Leaver Lund' })
    const id = await newItem(max, { responsible: leaver })
    await at.inside((tx) => tx.update(person).set({ active: false }).where(eq(person.id, leaver)))
    expect(await max.patch(`/items/${id}`, { responsible: ann.id })).toMatchObject({ responsible: { name: 'Ann Reed' }, observers: [] })
  })

  test('U1 where the policy says so, the former responsible person goes, is told, and leaves the chat', async () => {
    const policy = { ...DEFAULT_POLICY, formerResponsible: 'removed' as const }
    await at.inside((tx) => tx.update(organisation).set({ policy }))
    const id = await newItem(ann)
    const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${id}/discuss`)
    await max.patch(`/items/${id}`, { responsible: dan.id })
    await at.settled()
    await at.inside((tx) => tx.update(organisation).set({ policy: null }))
    expect((await ann.ask('GET', `/items/${id}`)).status).toBe(404)
    expect((await ann.ask('GET', `/chats/${chat.id}`)).status).toBe(404)
    expect(await lately(ann)).toMatchObject({ kind: 'observer-removed', item: null })
  })
})

test('an observer may change who observes, and nothing else, with the same form', async () => {
  const id = await newItem(ann, { observers: [bob.id] })
  expect(names(await bob.patch<Item>(`/items/${id}`, { observers: [bob.id, dan.id] }))).toEqual(['Bob', 'Dan'])
})

test('U2 why says through whom, since when, and what is missing', async () => {
  const id = await newItem(ann, { observers: [bob.id] })
  const { key } = await ann.get<Item>(`/items/${id}`)
  const why = async (who: string) => await ann.get<z.infer<typeof contract.Why>>(`/items/${id}/why/${who}`)
  expect(await why(bob.id)).toMatchObject({
    sentence: expect.stringMatching(
      new RegExp(`^Bob Chen observes ${key}\\. Ann Reed added them on \\d+ \\w+, \\d\\d:\\d\\d\\. There is no chat yet\\.$`),
    ),
    seat: { listed: true, inChat: false, pending: null, refused: null },
  })
  const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${id}/discuss`)
  expect((await why(ann.id)).sentence).toMatch(`Ann Reed is in this chat because Ann Reed is responsible for ${key}.`)
  expect((await why(dan.id)).sentence).toBe(`Dan Okafor has no place at ${key}: neither named on it nor in its chat.`)
  await bob.delete(`/chats/${chat.id}/members/${bob.id}`)
  expect(await why(bob.id)).toMatchObject({
    sentence: expect.stringMatching(
      new RegExp(`^Bob Chen observes ${key} but left the chat on \\d+ \\w+\\. They are not added again unless somebody invites them\\.$`),
    ),
    seat: { listed: true, inChat: false, settled: true, pending: null },
  })
})

test('U7 whoever cannot be let in is named with the reason at every press, and by whom it can be mended', async () => {
  const why = 'The workspace has no room for Eve.'
  const narrow = await at.restarted((platform) => ({
    ...platform,
    add: async (chat, accounts, history) => {
      const others = await platform.add(
        chat,
        accounts.filter((account) => account !== at.idOf('Eve')),
        history,
      )
      const rest = [...others]
      return accounts.map((account) =>
        account === at.idOf('Eve')
          ? { kind: 'refused', code: 'no_room', why, mender: 'administrator' }
          : (rest.shift() ?? { kind: 'done' }),
      )
    },
  }))
  const pressers = [await narrow.as('Ann'), await narrow.as('Bob')]
  const id = await newItem(ann, { observers: [bob.id, at.idOf('Eve')] })
  for (const presser of pressers) {
    const opened = await presser.post<z.infer<typeof contract.Discussed>>(`/items/${id}/discuss`)
    const eve = expect.objectContaining({ name: 'Eve Lindqvist' })
    expect(opened.outcomes).toEqual([{ person: eve, outcome: 'refused', code: 'no_room', why }])
  }
  const places = await ann.get<z.infer<typeof contract.SeatPage>>(`/items/${id}/people`)
  expect(places.items.find((seat) => seat.person.id === at.idOf('Eve'))).toMatchObject({
    pending: null,
    refused: { code: 'no_room', why, mender: 'administrator' },
  })
  expect(await ann.get(`/items/${id}/why/${at.idOf('Eve')}`)).toMatchObject({
    sentence: expect.stringMatching(/but is not in the chat\. The workspace has no room for Eve\.$/),
  })
  // Mended, and asked for again.
  await ann.post(`/items/${id}/observers`, { add: [at.idOf('Eve')] })
  await at.settled()
  expect(await ann.get(`/items/${id}/people`)).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ inChat: true, refused: null, person: eveItself() })]),
  })
})

const eveItself = () => expect.objectContaining({ id: at.idOf('Eve') })

test('O20 whoever has no e-mail address, or was switched off for a while, comes into the chat like everybody', async () => {
  const nameless = await somebody({ name: 'Nameless Nash', email: null })
  const back = await somebody({ name: 'Back Bell' })
  const set = (active: boolean) => at.inside((tx) => tx.update(person).set({ active }).where(eq(person.id, back)))
  const id = await newItem(ann, { observers: [nameless, back] })
  await set(false)
  await ann.post(`/items/${id}/discuss`)
  const inside = async () => (await ann.get<Item>(`/items/${id}`)).observers.map((one) => [one.name, one.inChat])
  expect(new Map((await inside()) as [string, boolean][])).toEqual(
    new Map([
      ['Nameless Nash', true],
      ['Back Bell', false],
    ]),
  )
  await set(true)
  await ann.patch(`/items/${id}`, { title: 'Another title' })
  await at.settled()
  expect(new Map((await inside()) as [string, boolean][])).toEqual(
    new Map([
      ['Nameless Nash', true],
      ['Back Bell', true],
    ]),
  )
})

async function somebody(values: { name: string; email?: string | null; role?: 'employee' | 'guest'; active?: boolean }): Promise<string> {
  const id = crypto.randomUUID()
  const row = { organisationId: at.organisation, id, role: 'employee' as const, email: `${id}@example.com`, ...values }
  await at.inside((tx) => tx.insert(person).values(row))
  return id
}
