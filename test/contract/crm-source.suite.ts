import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/core/failure.ts'
import { asItemId, type ItemId, type PersonId } from '../../src/core/ids.ts'
import type { ItemType } from '../../src/core/item.ts'
import type { CrmSource, ItemReading, ObserversChanged } from '../../src/ports/crm-source.ts'
import { given } from './expecting.ts'

/** What every CRM promises, run on each of them. A driver connects a fresh CRM for every test and acts as its users. */
export type CrmDriver = {
  readonly name: string
  connect(): Promise<ConnectedCrm>
  /** False where items cannot be hidden from us without being deleted. */
  readonly forbids?: boolean
}

export type ConnectedCrm = {
  readonly source: CrmSource
  /** At least four people whom the CRM knows. */
  readonly people: readonly PersonId[]
  put(item: { type?: ItemType; title?: string; responsible?: PersonId | null; observers?: readonly PersonId[] }): Promise<ItemId>
  list(item: ItemId, person: PersonId): Promise<void>
  unlist(item: ItemId, person: PersonId): Promise<void>
  save(item: ItemId): Promise<void>
  reassign(item: ItemId, person: PersonId): Promise<void>
  remove(item: ItemId): Promise<void>
  forbid(item: ItemId): Promise<void>
  close(): Promise<void>
}

export function crmSourceSuite(driver: CrmDriver): void {
  describe(`CRM: ${driver.name}`, () => {
    let at: ConnectedCrm
    let [ann, ben, cem, dora] = [] as unknown as [PersonId, PersonId, PersonId, PersonId]
    beforeEach(async () => {
      at = await driver.connect()
      ;[ann, ben, cem, dora] = at.people as [PersonId, PersonId, PersonId, PersonId]
    })
    afterEach(() => at.close())

    const look = async (id: ItemId, since: number | null = null) => itemIn(given(await at.source.read([{ id, since }]))[0])
    const change = (id: ItemId, add: readonly PersonId[], remove: readonly PersonId[], revision: number | null = null) =>
      at.source.changeObservers({ id, add, remove, revision, by: { person: null, how: 'chat' } })

    test('O1 an item is read with its responsible person and its observers', async () => {
      const id = await at.put({ title: 'Order', responsible: ann, observers: [ben, cem] })
      const { item } = await look(id)
      expect(item).toMatchObject({ id, type: 'deal', title: 'Order', responsible: ann })
      expect([...item.observers].sort()).toEqual([ben, cem].sort())
      expect(typeof item.revision === 'number').toBe(at.source.capabilities.revisions)
    })

    test('K6 a line is written to the timeline, also when it is written twice, and not where the item is gone', async () => {
      const id = await at.put({ title: 'Order', responsible: ann })
      const note = { id, text: 'They sign in May.', url: 'https://chat.example/1', by: ann }
      given(await at.source.comment(note))
      given(await at.source.comment(note))
      await at.remove(id)
      expect(await at.source.comment(note)).toMatchObject({ ok: false, failure: { kind: 'gone' } })
    })

    test('many items are answered in the order asked', async () => {
      const ids: ItemId[] = []
      for (let n = 0; n < 5; n++) ids.push(await at.put({ title: `Item ${n}` }))
      const asked = [...ids].reverse()
      const readings = given(await at.source.read(asked.map((id) => ({ id, since: null }))))
      expect(readings.map((reading) => itemIn(reading).item.id)).toEqual(asked)
      expect(given(await at.source.read([]))).toEqual([])
    })

    test('O22 a change answers for each person, and keeps what others have written', async () => {
      const id = await at.put({ observers: [ann, ben] })
      await at.list(id, cem)
      const changed = given(await change(id, [ann, dora], [ben]))
      expect(kinds(changed, [ann, dora, ben])).toEqual(['already', 'done', 'done'])
      expect([...(await look(id)).item.observers].sort()).toEqual([ann, cem, dora].sort())
    })

    test('the same change twice is the same change once', async () => {
      const id = await at.put({ observers: [ben] })
      const first = given(await change(id, [ann], [ben]))
      const second = given(await change(id, [ann], [ben]))
      expect(kinds(second, [ann, ben])).toEqual(['already', 'already'])
      expect(second.revision).toBe(first.revision)
      expect((await look(id)).item.observers).toEqual([ann])
    })

    test('the revision grows with every change, and a change tells it', async () => {
      if (!at.source.capabilities.revisions) return expect((await look(await at.put({}))).item.revision).toBeNull()
      const id = await at.put({ observers: [] })
      const seen = [revision(await look(id))]
      for (const act of [() => at.save(id), () => at.list(id, ann), () => at.reassign(id, ben), () => at.unlist(id, ann)]) {
        await act()
        seen.push(revision(await look(id)))
      }
      const changed = given(await change(id, [cem], []))
      expect(changed.revision).toBe(revision(await look(id)))
      seen.push(changed.revision ?? 0)
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
    })

    test('a change of an item that has changed meanwhile is a conflict, and changes nothing', async () => {
      if (!at.source.capabilities.revisions) return
      const id = await at.put({ observers: [ann] })
      const before = revision(await look(id))
      await at.list(id, ben)
      const refused = await change(id, [cem], [ann], before)
      expect(refused).toMatchObject({ ok: false, failure: { kind: 'refused', code: 'conflict', why: expect.stringMatching(/\.$/) } })
      expect([...(await look(id)).item.observers].sort()).toEqual([ann, ben].sort())
      expect((await change(id, [cem], [ann], revision(await look(id)))).ok).toBe(true)
    })

    test('O7 estimates and signing documents take no observers', async () => {
      const id = await at.put({ type: 'estimate' })
      expect(await change(id, [ann], [])).toMatchObject({ ok: false, failure: { kind: 'refused', why: expect.stringMatching(/\.$/) } })
      expect((await look(id)).item.observers).toEqual([])
    })

    test('an item that was deleted is gone', async () => {
      const id = await at.put({ observers: [ann] })
      await at.remove(id)
      expect(given(await at.source.read([{ id, since: null }]))).toEqual([{ kind: 'gone', id }])
      expect(await change(id, [ben], [])).toMatchObject({ ok: false, failure: { kind: 'gone' } })
    })

    test('an id that never was is not an item without observers', async () => {
      const [reading] = given(await at.source.read([{ id: asItemId('00000000-0000-4000-8000-000000000000'), since: null }]))
      expect(reading?.kind).not.toBe('item')
    })

    test.each(driver.forbids === false ? [] : ['forbidden'])(
      'an item we may not see is %s, which is neither gone nor without observers',
      async () => {
        const id = await at.put({ observers: [ann] })
        await at.forbid(id)
        const [reading] = given(await at.source.read([{ id, since: null }]))
        expect(reading).toMatchObject({ kind: 'forbidden', id, why: expect.stringMatching(/\.$/) })
        expect(await change(id, [ben], [])).toMatchObject({ ok: false })
      },
    )

    test('O28 who was removed and put back between two readings is told as listed anew, and who is off as removed', async () => {
      const id = await at.put({ responsible: dora, observers: [ann, ben] })
      const since = (await look(id)).item.revision
      await at.unlist(id, ann)
      await at.list(id, ann)
      await at.list(id, cem)
      await at.unlist(id, cem)
      await at.save(id)
      await at.unlist(id, ben)
      const { relisted, removed } = await look(id, since)
      expect(relisted).toEqual(at.source.capabilities.revisions ? [ann] : [])
      expect(removed && [...removed].sort()).toEqual(at.source.capabilities.revisions ? [ben, cem].sort() : null)
    })

    test('O28 a save lists nobody anew', async () => {
      const id = await at.put({ responsible: dora, observers: [ann] })
      const since = (await look(id)).item.revision
      await at.save(id)
      expect(await look(id, since)).toMatchObject({ relisted: [], removed: at.source.capabilities.revisions ? [] : null })
    })

    test('whoever changes from observer to responsible was listed all the time', async () => {
      const id = await at.put({ responsible: dora, observers: [ann] })
      const since = (await look(id)).item.revision
      await at.reassign(id, ann)
      await at.unlist(id, ann)
      expect((await look(id, since)).relisted).toEqual([])
      expect((await look(id)).item).toMatchObject({ responsible: ann, observers: [] })
    })
  })
}

function itemIn(reading: ItemReading | undefined) {
  if (reading?.kind !== 'item') throw new Error(`Expected an item, got ${JSON.stringify(reading)}`)
  return reading
}

const revision = (reading: { item: { revision: number | null } }): number => reading.item.revision ?? Number.NaN

const kinds = (changed: ObserversChanged, people: readonly PersonId[]): readonly (Outcome['kind'] | undefined)[] =>
  people.map((person) => changed.outcomes.get(person)?.kind)
