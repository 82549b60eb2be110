import { and, eq, inArray } from 'drizzle-orm'
import { assert, asyncProperty, constant, constantFrom, oneof, record, subarray } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { groupAction, item, itemChange, link, notification, observer, organisation, person } from '../../db/schema.ts'
import { EVERYTHING, type Entitlement } from '../../src/core/entitlement.ts'
import { STEP_ITEMS } from '../../src/core/group-action.ts'
import { workGroup } from '../../src/engine/group-work.ts'
import type * as groups from '../../src/http/api/group-contract.ts'
import type * as contract from '../../src/http/api/contract.ts'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** One act on many items, as the person who begins it and those whom it is about see it. */

type Item = z.infer<typeof contract.Item>
type Preview = z.infer<typeof groups.GroupPreview>
type Action = z.infer<typeof groups.GroupAction>
type Report = z.infer<typeof groups.GroupReport>

let at: Workspace
let ann: Client
let bob: Client
let max: Client
let gina: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  bob = await at.as('Bob')
  max = await at.as('Max')
  gina = await at.as('Gina')
})
afterAll(() => at.close())

const many = async (by: Client, count: number, wish: Parameters<typeof newItem>[1] = {}) => {
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push(await newItem(by, wish))
  return ids
}
const preview = (by: Client, wish: object) => by.post<Preview>('/group-actions', { ...wish, preview: true })
const begin = (by: Client, wish: object) => by.post<Action>('/group-actions', wish)
const report = (by: Client, id: string, query = '') => by.get<Report>(`/group-actions/${id}${query}`)
const apply = async (by: Client, wish: object) => {
  const { id } = await begin(by, wish)
  await at.settled()
  return report(by, id)
}
const observersOf = async (id: string) => (await max.get<Item>(`/items/${id}`)).observers.map((one) => one.id)
const told = async (who: Client) => (await who.get<{ items: { text: string }[] }>('/notifications?limit=200')).items.map(({ text }) => text)

test('O10 O13 U4 selected items get observers: foreseen, done, told once, in the history', async () => {
  const ids = await many(ann, 3, { title: 'Ten' })
  await ann.post(`/items/${ids[0]}/observers`, { add: [bob.id] })
  const wish = { action: 'add-observers', people: [bob.id, at.idOf('Dan')], selection: { ids } }

  const before = await ann.get<Item>(`/items/${ids[1]}`)
  expect(await preview(ann, wish)).toMatchObject({ items: 3, changed: 3, untouched: 0, reasons: [] })
  expect(await observersOf(ids[1]!)).toEqual([])

  const begun = await ann.ask('POST', '/group-actions', wish)
  expect(begun).toMatchObject({ status: 202, body: { state: 'working', total: 3 } })
  await at.settled()
  const done = await report(ann, (begun.body as Action).id)
  expect(done).toMatchObject({ state: 'done', looked: 3, changed: 3, untouched: 0, refused: 0, refusals: { items: [], next: null } })
  for (const id of ids) expect((await observersOf(id)).toSorted()).toEqual([bob.id, at.idOf('Dan')].toSorted())

  expect((await bob.get<Item>(`/items/${ids[1]}`)).revision).toBe(before.revision + 1)
  const { items: history } = await ann.get<{ items: { text: string }[] }>(`/items/${ids[1]}/timeline`)
  expect(history.map(({ text }) => text)).toEqual(expect.arrayContaining(['Ann Reed added Bob Chen.', 'Ann Reed added Dan Okafor.']))
  expect((await told(bob)).filter((text) => text.includes('2 deals'))).toEqual([
    'Ann Reed added you as an observer of 2 deals. You can open them and take part in their chats.',
  ])
  expect(await told(ann)).not.toContainEqual(expect.stringContaining('3 deals'))

  expect(await preview(ann, wish)).toMatchObject({ changed: 0, untouched: 3, sentence: expect.stringContaining('Changes nothing.') })
})

test('O11 everything that matches on every page is meant, but what is left out, and nothing that one may not see', async () => {
  const ids = await many(ann, 5, { title: 'Zephyr every page' })
  const hidden = await newItem(await at.as('Cid'), { title: 'Zephyr every page' })
  const selection = { filter: { query: 'zephyr', type: 'deal' }, except: [ids[4]] }
  const wish = { action: 'add-observers', people: [at.idOf('Eve')], selection }
  expect(await preview(ann, wish)).toMatchObject({ items: 4, changed: 4, sentence: 'Adds Eve Lindqvist to 4 deals. A few seconds.' })
  expect(await apply(ann, wish)).toMatchObject({ state: 'done', total: 4, changed: 4 })
  expect(await Promise.all([...ids, hidden].map(observersOf))).toEqual([...ids.slice(0, 4).map(() => [at.idOf('Eve')]), [], []])
})

test('O7 O16 U7 what cannot be is named before and after, with the reason, item by item and page by page', async () => {
  const estimate = await newItem(ann, { type: 'estimate', title: 'No observers' })
  const invoices = await many(ann, 2, { type: 'invoice', title: 'Not for Gina' })
  const [deal] = await many(ann, 1)
  const foreign = await newItem(await at.as('Cid'))
  const ids = [estimate, ...invoices, deal!, foreign, 'no-such-item']
  const wish = { action: 'add-observers', people: [gina.id, bob.id], selection: { ids } }

  const seen = await preview(ann, wish)
  expect(seen).toMatchObject({ items: 6, changed: 3, untouched: 0 })
  expect(
    seen.reasons
      .map(({ code, items, person: whom }) => [code, items, whom?.name])
      .toSorted(([one], [other]) => String(one).localeCompare(String(other))),
  ).toEqual([
    ['no_read_access', 2, 'Gina Rossi'],
    ['not_found', 2, undefined],
    ['type_without_observers', 1, undefined],
  ])
  expect(
    seen.reasons
      .find(({ code }) => code === 'no_read_access')
      ?.examples.map(({ id }) => id)
      .toSorted(),
  ).toEqual(invoices.toSorted())

  const done = await apply(ann, wish)
  expect(done).toMatchObject({ looked: 6, changed: 3, refused: 5, untouched: 0 })
  expect(await observersOf(invoices[0]!)).toEqual([bob.id])
  const pages: Report['refusals']['items'] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Report = await report(ann, done.id, `?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    pages.push(...page.refusals.items)
    cursor = page.refusals.next
  }
  expect(pages.map(({ code, item: of, person: whom }) => [code, of?.id ?? null, whom?.id ?? null].join(' ')).toSorted()).toEqual(
    [
      ...invoices.map((id) => `no_read_access ${id} ${gina.id}`),
      ...[1, 2].map(() => 'not_found  '),
      `type_without_observers ${estimate} `,
    ].toSorted(),
  )
  for (const { why } of pages) expect(why).toMatch(/^\S.*\.$/)
})

test('O5 where observers are switched off nobody is added to many items either, and it says so', async () => {
  const [id] = await many(ann, 1)
  const entitle = (entitlement: Entitlement) =>
    at.inside((tx) => tx.update(organisation).set({ entitlement }).where(eq(organisation.organisationId, at.organisation)))
  await entitle({ ...EVERYTHING, observers: 'off' })
  const wish = { action: 'add-observers', people: [bob.id], selection: { ids: [id] } }
  expect(await preview(ann, wish)).toMatchObject({ changed: 0, reasons: [{ code: 'observers_off', items: 1 }] })
  expect(await apply(ann, wish)).toMatchObject({ changed: 0, refused: 1, refusals: { items: [{ code: 'observers_off' }] } })
  await entitle(EVERYTHING)
  expect(await apply(ann, wish)).toMatchObject({ changed: 1, refused: 0 })
})

test('O3 what is hidden and what is not there are refused alike', async () => {
  const foreign = await newItem(await at.as('Cid'))
  const done = async (id: string) => {
    const { refusals, reasons } = await apply(ann, { action: 'remove-observers', people: [bob.id], selection: { ids: [id] } })
    return { refusals: refusals.items, reasons }
  }
  expect(await done(foreign)).toEqual(await done(crypto.randomUUID()))
})

test('O14 O26 U4 removing takes people off the items and out of their chats, and tells them once', async () => {
  const ids = await many(ann, 3, { type: 'company', title: 'Off', observers: [bob.id] })
  const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${ids[0]}/discuss`)
  expect((await bob.ask('GET', `/chats/${chat.id}`)).status).toBe(200)
  const wish = { action: 'remove-observers', people: [bob.id, ann.id], selection: { ids } }
  expect(await preview(ann, wish)).toMatchObject({ changed: 3 })
  expect(await apply(ann, wish)).toMatchObject({ changed: 3, refused: 0 })
  expect(await Promise.all(ids.map(observersOf))).toEqual([[], [], []])
  expect((await bob.ask('GET', `/chats/${chat.id}`)).status).toBe(404)
  expect((await told(bob)).filter((text) => text.includes('companies'))).toEqual([
    'Ann Reed removed you as an observer of 3 companies. You no longer have access to them or their chats.',
  ])
})

test('O24 whoever is put on many items joins the chats that are open', async () => {
  const ids = await many(ann, 2)
  const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${ids[0]}/discuss`)
  await apply(ann, { action: 'add-observers', people: [bob.id], selection: { ids } })
  expect((await bob.ask('GET', `/chats/${chat.id}`)).status).toBe(200)
})

test('U5 removals beyond the safety stop wait in the chats, and whoever began lets them happen', async () => {
  const crowd = Array.from({ length: 12 }, (_, n) => `group-crowd-${n}`)
  const rows = crowd.map((id) => ({ organisationId: at.organisation, id, name: `Crowd ${id}`, role: 'employee' as const }))
  await at.inside((tx) => tx.insert(person).values(rows))
  const [id] = await many(ann, 1, { observers: crowd })
  const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${id}/discuss`)
  const members = async () => (await ann.get<{ items: unknown[] }>(`/chats/${chat.id}/members`)).items.length
  expect(await members()).toBe(13)

  const done = await apply(ann, { action: 'remove-observers', people: crowd, selection: { ids: [id] } })
  expect(done.chats.waiting).toBe(12)
  expect(await members()).toBe(13)
  expect((await bob.ask('POST', `/group-actions/${done.id}/removals`)).status).toBe(404)
  expect((await ann.ask('POST', `/group-actions/${done.id}/removals`)).status).toBe(204)
  await at.settled()
  expect(await members()).toBe(1)
  expect((await report(ann, done.id)).chats).toEqual({ pending: 0, waiting: 0 })
  expect(await ann.ask('POST', `/group-actions/${done.id}/removals`)).toMatchObject({ status: 422, body: { code: 'nothing_held' } })
})

test('U5 a removal from so many chats says before that it will wait', async () => {
  const ids = await many(ann, 26, { observers: [bob.id, at.idOf('Dan')] })
  await apply(ann, { action: 'discuss', selection: { ids } })
  const { sentence } = await preview(ann, { action: 'remove-observers', people: [bob.id, at.idOf('Dan')], selection: { ids } })
  expect(sentence).toContain('More than 50 people would leave chats at once, so those removals wait for your go-ahead.')
})

test('O18 O20 O21 chats are opened for the people of many items, one each, and the one who asks is put into none', async () => {
  const ids = await many(ann, 3, { observers: [bob.id] })
  await ann.post(`/items/${ids[0]}/discuss`)
  const wish = { action: 'discuss', selection: { ids } }
  expect(await preview(max, wish)).toMatchObject({
    changed: 2,
    untouched: 1,
    sentence: expect.stringContaining('Opens the chats of 2 deals.'),
  })
  expect(await apply(max, wish)).toMatchObject({ changed: 2, untouched: 1, chats: { pending: 0, waiting: 0 } })
  const items = await Promise.all(ids.map((id) => bob.get<Item>(`/items/${id}`)))
  for (const { chat, observers } of items) {
    expect((await bob.ask('GET', `/chats/${chat?.id}`)).status).toBe(200)
    expect((await max.ask('GET', `/chats/${chat?.id}`)).status).toBe(404)
    expect(observers.map((one) => one.id)).toEqual([bob.id])
  }
  expect(await apply(max, wish)).toMatchObject({ changed: 0, untouched: 3 })
  expect(await at.inside((tx) => tx.select().from(link).where(inArray(link.itemId, ids)))).toHaveLength(3)
})

test('O1 O2 items are handed over: the former goes on as an observer, and who may not hand over is told', async () => {
  const mine = await many(ann, 2)
  const observed = await newItem(await at.as('Cid'), { observers: [ann.id] })
  const wish = { action: 'hand-over', people: [bob.id], selection: { ids: [...mine, observed] } }
  const done = await apply(ann, wish)
  expect(done).toMatchObject({ changed: 2, refused: 1 })
  expect(done.refusals.items).toMatchObject([{ item: { id: observed }, code: 'not_allowed' }])
  const after = await max.get<Item>(`/items/${mine[0]}`)
  expect([after.responsible?.id, after.observers.map((one) => one.id)]).toEqual([bob.id, [ann.id]])
  expect(await told(bob)).toContain('Ann Reed made you responsible for 2 deals.')
  const { items: history } = await ann.get<{ items: { text: string }[] }>(`/items/${mine[0]}/timeline`)
  expect(history.map(({ text }) => text)).toContain('Ann Reed made Bob Chen responsible after Ann Reed.')
})

test('U6 a leaver’s items, observers and chats move to another person in one step', async () => {
  const leaver = { organisationId: at.organisation, id: 'leaver', name: 'Lea Leaver', role: 'employee' as const }
  await at.inside((tx) => tx.insert(person).values(leaver))
  const lea = await (await at.restarted()).as('Lea')
  const [own, both] = await many(lea, 2, { observers: [bob.id] })
  const observed = await newItem(ann, { observers: ['leaver'] })
  const dans = await newItem(ann, { observers: ['leaver', at.idOf('Dan')] })
  const others = await newItem(ann)
  const { chat } = await ann.post<{ chat: { id: string } }>(`/items/${observed}/discuss`)
  expect((await lea.ask('GET', `/chats/${chat.id}`)).status).toBe(200)

  const wish = { action: 'hand-over', people: [at.idOf('Dan')], from: 'leaver', selection: { filter: {} } }
  expect(await preview(max, wish)).toMatchObject({
    items: 4,
    changed: 4,
    sentence: expect.stringContaining("Dan Okafor takes Lea Leaver's place at 4 deals."),
  })
  expect(await apply(max, wish)).toMatchObject({ state: 'done', changed: 4, refused: 0 })
  const people = async (id: string) => {
    const now = await max.get<Item>(`/items/${id}`)
    return [now.responsible?.name, ...now.observers.map((one) => one.name).toSorted()]
  }
  expect(await people(own!)).toEqual(['Dan Okafor', 'Bob Chen'])
  expect(await people(both!)).toEqual(['Dan Okafor', 'Bob Chen'])
  expect(await people(observed)).toEqual(['Ann Reed', 'Dan Okafor'])
  expect(await people(dans)).toEqual(['Ann Reed', 'Dan Okafor'])
  expect(await people(others)).toEqual(['Ann Reed'])
  expect((await lea.ask('GET', `/chats/${chat.id}`)).status).toBe(404)
  expect((await (await at.as('Dan')).ask('GET', `/chats/${chat.id}`)).status).toBe(200)
  expect((await lea.get<{ total: number }>('/items')).total).toBe(0)
})

test('U4 it goes on after a crash where it was, and does nothing twice', async () => {
  const template = await newItem(ann, { title: 'Crash' })
  const [row] = await at.inside((tx) => tx.select().from(item).where(eq(item.id, template)))
  const ids = Array.from({ length: 2 * STEP_ITEMS + 500 }, (_, n) => `crash-${String(n).padStart(5, '0')}`)
  for (let from = 0; from < ids.length; from += 1_500) {
    const rows = ids.slice(from, from + 1_500).map((id, n) => ({ ...row!, id, number: 100_000 + from + n, title: 'Crash many' }))
    await at.inside((tx) => tx.insert(item).values(rows))
  }
  const { id } = await beginUnworked({ action: 'add-observers', people: [bob.id], selection: { filter: { query: 'crash many' } } })

  // The process dies before its third step.
  let steps = 0
  const broken = { ...at.engine, clock: standingStill(), db: dying(at.engine.db, () => ++steps > 3) }
  await expect(workGroup(broken, { organisation: at.organisation, action: id })).rejects.toThrow('the process died')
  expect(await report(ann, id)).toMatchObject({ state: 'working', looked: 2 * STEP_ITEMS, changed: 2 * STEP_ITEMS })
  await at.settled()
  expect(await report(ann, id)).toMatchObject({ state: 'working', looked: 2 * STEP_ITEMS })

  at.clock.later(120_000)
  await at.settled()
  expect(await report(ann, id)).toMatchObject({ state: 'done', looked: ids.length, changed: ids.length, untouched: 0, refused: 0 })
  const changes = await at.inside((tx) =>
    tx
      .select()
      .from(itemChange)
      .where(and(eq(itemChange.itemId, ids[0]!), eq(itemChange.what, 'listed'))),
  )
  expect(changes).toHaveLength(1)
  expect((await told(bob)).filter((text) => text.includes(`${ids.length.toLocaleString('en')} deals`))).toHaveLength(1)
})

test('U4 stop ends it between two steps; what is done stays, and is told', async () => {
  const wish = { action: 'remove-observers', people: [bob.id], selection: { filter: { query: 'crash many' } } }
  const { id } = await beginUnworked(wish)
  let steps = 0
  const once = { ...at.engine, clock: standingStill(), db: dying(at.engine.db, () => ++steps > 2) }
  await expect(workGroup(once, { organisation: at.organisation, action: id })).rejects.toThrow('the process died')
  expect((await bob.ask('POST', `/group-actions/${id}/stop`)).status).toBe(404)
  expect((await ann.ask('POST', `/group-actions/${id}/stop`)).status).toBe(204)
  expect((await report(ann, id)).state).toMatch(/stop/)
  at.clock.later(120_000)
  await at.settled()
  expect(await report(ann, id)).toMatchObject({ state: 'stopped', looked: STEP_ITEMS, changed: STEP_ITEMS })
  const left = await at.inside((tx) =>
    tx
      .select()
      .from(observer)
      .where(and(eq(observer.personId, bob.id), eq(observer.itemId, `crash-${String(STEP_ITEMS + 1).padStart(5, '0')}`))),
  )
  expect(left).toHaveLength(1)
  expect(
    (await told(bob)).filter((text) => text.includes(`removed you as an observer of ${STEP_ITEMS.toLocaleString('en')} deals`)),
  ).toHaveLength(1)
})

test('O3 O12 rights are those of the moment: whoever was switched off meanwhile changes nothing more', async () => {
  const id = crypto.randomUUID()
  await at.inside((tx) => tx.insert(person).values({ organisationId: at.organisation, id, name: 'Olga Off', role: 'manager' }))
  const olga = await (await at.restarted()).as('Olga')
  const deal = await newItem(ann)
  const begun = await beginUnworked({ action: 'add-observers', people: [bob.id], selection: { ids: [deal] } }, olga)
  await at.inside((tx) => tx.update(person).set({ active: false }).where(eq(person.id, id)))
  await at.settled()
  expect(await observersOf(deal)).toEqual([])
  const [row] = await at.inside((tx) => tx.select().from(groupAction).where(eq(groupAction.id, begun.id)))
  expect(row).toMatchObject({ state: 'stopped', why: expect.stringContaining('may not change items any more') })
})

test('U4 what is foreseen is what happens, for any action, anybody and any items', async () => {
  const [demo, cid] = [await max.get<{ items: Item[] }>('/items?limit=200'), await at.as('Cid')]
  const people = ['Bob', 'Dan', 'Gina', 'Eve'].map((name) => at.idOf(name))
  const actions = oneof(
    record({ action: constantFrom('add-observers', 'remove-observers'), people: subarray(people, { minLength: 1 }) }),
    record({ action: constant('hand-over'), people: subarray(people, { minLength: 1, maxLength: 1 }) }),
    record({ action: constant('hand-over'), people: constant([at.idOf('Dan')]), from: constantFrom(at.idOf('Bob'), at.idOf('Eve')) }),
  )
  const selections = oneof(
    record({ ids: subarray([...demo.items.map(({ id }) => id), 'missing'], { minLength: 1, maxLength: 12 }) }),
    record({ filter: record({ type: constantFrom('lead', 'contact', 'invoice', 'estimate') }), except: constant([]) }),
  )
  await assert(
    asyncProperty(constantFrom(max, ann, cid, gina), actions, selections, async (by, action, selection) => {
      const wish = { ...action, selection }
      const before = await preview(by, wish)
      const done = await apply(by, wish)
      expect([done.total, done.changed, done.untouched]).toEqual([before.items, before.changed, before.untouched])
      const sum = (of: readonly { code: string; items: number; person: { id: string } | null }[]) =>
        of.map(({ code, items, person: whom }) => `${code} ${whom?.id} ${items}`).toSorted()
      expect(sum(done.reasons)).toEqual(sum(before.reasons))
    }),
    { numRuns: 14 },
  )
})

test('O10 an Idempotency-Key begins it once, and what makes no sense is refused', async () => {
  const [id] = await many(ann, 1)
  const wish = { action: 'add-observers', people: [bob.id], selection: { ids: [id] } }
  const key = { 'idempotency-key': crypto.randomUUID() }
  const first = await ann.post<Action>('/group-actions', wish, key)
  expect(await ann.post<Action>('/group-actions', wish, key)).toEqual(first)
  await at.settled()
  const { items } = await ann.get<{ items: Action[] }>('/group-actions?limit=200')
  expect(items.filter((one) => one.id === first.id)).toHaveLength(1)

  const refusedBy = async (change: object) => {
    const answer = await ann.ask('POST', '/group-actions', { ...wish, ...change })
    return [answer.status, (answer.body as { code: string }).code]
  }
  expect(await refusedBy({ people: [] })).toEqual([422, 'wrong_people'])
  expect(await refusedBy({ people: ['nobody'] })).toEqual([404, 'person_not_found'])
  expect(await refusedBy({ action: 'hand-over', people: [bob.id, gina.id] })).toEqual([422, 'wrong_people'])
  expect(await refusedBy({ action: 'discuss' })).toEqual([422, 'wrong_people'])
  expect(await refusedBy({ from: gina.id })).toEqual([422, 'wrong_people'])
  expect((await refusedBy({ selection: {} }))[0]).toBe(400)
  expect((await bob.ask('GET', `/group-actions/${first.id}`)).status).toBe(404)
  expect(await at.inside((tx) => tx.select().from(notification).where(eq(notification.itemId, id!)))).toHaveLength(1)
})

/** As the application would have begun it, had nobody been free to work on it. */
async function beginUnworked(wish: object, by = ann): Promise<Action> {
  const { wake } = at.engine
  Object.assign(at.engine, { wake: () => {} })
  try {
    return await begin(by, wish)
  } finally {
    Object.assign(at.engine, { wake })
  }
}

/** However long a step takes here, it is within its shift. */
const standingStill = () => ({
  ...at.clock,
  now: (
    (now) => () =>
      now
  )(at.clock.now()),
})

/** A database whose process dies before a transaction, when its time has come. */
function dying(db: Workspace['engine']['db'], isTime: () => boolean): Workspace['engine']['db'] {
  return new Proxy(db, {
    get(target, name, receiver) {
      if (name !== 'transaction') return Reflect.get(target, name, receiver) as unknown
      return (work: never) => (isTime() ? Promise.reject(new Error('the process died')) : target.transaction(work))
    },
  })
}
