import { expect, test } from 'vitest'
import type { Item, Person } from '../../src/ui/data/types.ts'
import { amountOf, changesBetween, draftOf, faultsOf, patchOf, rebased } from '../../src/ui/items/draft.ts'

const person = (id: string): Person => ({ id, name: id, email: null, role: 'employee', title: null })
const observer = (id: string) => ({ ...person(id), inChat: null, because: `added by Ann` })
const item: Item = {
  id: 'i',
  type: 'deal',
  key: 'D-42',
  title: 'Acme renewal',
  stage: 'Proposal',
  amount: 100,
  currency: 'EUR',
  responsible: person('ann'),
  observers: [observer('bob'), observer('cid')],
  chat: null,
  revision: 3,
  updatedAt: '2026-11-03T10:00:00Z',
  may: { edit: true, appoint: true, discuss: true, whyNot: null },
}

test('O29 a patch holds only what was touched', () => {
  const base = draftOf(item)
  expect(patchOf(base, base)).toEqual({})
  expect(patchOf(base, { ...base, title: ' Acme ', amount: '' })).toEqual({ title: 'Acme', amount: null })
  expect(patchOf(base, { ...base, observers: [person('cid')] })).toEqual({ observers: ['cid'] })
  expect(patchOf(base, { ...base, observers: [person('cid'), person('bob')] })).toEqual({})
})

test.each([
  ['', null],
  ['12500', 12500],
  ['12,500', 12500],
  ['1,234,567.50', 1234567.5],
  ['12 500,5', 12500.5],
  ["1'000", 1000],
  ['0', 0],
])('the amount %j is %j', (text, amount) => expect(amountOf(text)).toBe(amount))

test('what is no amount is a fault on the field', () => {
  expect(faultsOf({ ...draftOf(item), amount: 'lots' })).toEqual({ amount: 'Write a whole number, such as 12,500.' })
  expect(faultsOf({ ...draftOf(item), amount: '-1' }).amount).toBeDefined()
  expect(faultsOf({ ...draftOf(item), amount: '12.5' }).amount).toBe('Write a whole number, such as 12,500.')
  expect(Object.keys(faultsOf({ ...draftOf(item), title: ' ', stage: '' }))).toEqual(['title', 'stage'])
  expect(faultsOf(draftOf(item))).toEqual({})
})

test('after a conflict, what I typed stays and the rest is as it is now', () => {
  const base = draftOf(item)
  const mine = { ...base, title: 'Acme, mine', observers: [person('bob'), person('dan')] }
  const now = { ...item, title: 'Acme, theirs', stage: 'Won', observers: [observer('bob'), observer('cid'), observer('eve')], revision: 4 }
  const result = rebased(base, mine, draftOf(now))
  expect(result).toMatchObject({ title: 'Acme, mine', stage: 'Won' })
  expect(result.observers.map((one) => one.id)).toEqual(['bob', 'eve', 'dan'])
})

test('the conflict says what changed, a line per field', () => {
  const now = { ...item, stage: 'Won', amount: null, observers: [observer('bob'), observer('eve')] }
  expect(changesBetween(item, now)).toEqual([
    'Stage: Proposal → Won',
    expect.stringMatching(/^Amount: .*100.* → nothing$/),
    'Observers added: eve',
    'Observers removed: cid',
  ])
  expect(changesBetween(item, item)).toEqual([])
})
