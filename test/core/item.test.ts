import { describe, expect, test } from 'vitest'
import { asPersonId } from '../../src/core/ids.ts'
import { isListed, ITEM_TYPE_NAMES, ITEM_TYPES, keyOf, listedPeople, parseKey } from '../../src/core/item.ts'

const deal42 = { type: 'deal', number: 42 }

describe('what people type for an item', () => {
  test.each([
    ['D-42', deal42],
    ['d-42', deal42],
    ['d42', deal42],
    ['D 42', deal42],
    ['D#42', deal42],
    ['deal 42', deal42],
    ['Deal 42', deal42],
    ['DEAL-42', deal42],
    ['deals 42', deal42],
    ['deals #42', deal42],
    ['  deal   42  ', deal42],
    ['D-007', { type: 'deal', number: 7 }],
    ['lead 1', { type: 'lead', number: 1 }],
    ['L-1', { type: 'lead', number: 1 }],
    ['contact 9', { type: 'contact', number: 9 }],
    ['C-9', { type: 'contact', number: 9 }],
    ['company 3', { type: 'company', number: 3 }],
    ['companies 3', { type: 'company', number: 3 }],
    ['O-3', { type: 'company', number: 3 }],
    ['invoices 12', { type: 'invoice', number: 12 }],
    ['custom item 5', { type: 'custom', number: 5 }],
    ['custom items 5', { type: 'custom', number: 5 }],
    ['custom 5', { type: 'custom', number: 5 }],
    ['estimate 8', { type: 'estimate', number: 8 }],
    ['signing document 8', { type: 'document', number: 8 }],
    ['signing documents 8', { type: 'document', number: 8 }],
    ['S-8', { type: 'document', number: 8 }],
    ['D-999999999', { type: 'deal', number: 999_999_999 }],
  ])('"%s" is found', (text, found) => {
    expect(parseKey(text)).toEqual(found)
  })

  test.each([
    ['nothing', ''],
    ['a type without a number', 'deal'],
    ['a number without a type', '42'],
    ['a letter nobody has', 'Z-42'],
    ['a word nobody has', 'dealer 42'],
    ['more than a key', 'deal 42 now'],
    ['a sentence', 'what about D-42?'],
    ['two numbers', 'D-42-43'],
    ['a broken number', 'D-4.2'],
    ['a number too long to be one of ours', 'D-1234567890'],
    ['a huge number', `D-${'9'.repeat(400)}`],
    ['a very long word', `${'deal '.repeat(20_000)}x`],
    ['other scripts', 'сделка 42'],
    ['markup', '<b>D-42</b>'],
  ])('%s is no key', (_, text) => {
    expect(parseKey(text)).toBeNull()
  })

  test('every type is found again by its own key, its title and its plural', () => {
    for (const type of ITEM_TYPE_NAMES) {
      const names = [keyOf(type, 17), `${ITEM_TYPES[type].title} 17`, `${ITEM_TYPES[type].plural} 17`]
      expect(names.map(parseKey)).toEqual(names.map(() => ({ type, number: 17 })))
    }
  })

  test('no two types share a letter', () => {
    expect(new Set(ITEM_TYPE_NAMES.map((type) => ITEM_TYPES[type].letter)).size).toBe(ITEM_TYPE_NAMES.length)
  })
})

describe('O1 who is on an item', () => {
  const [ann, bob, cyd] = ['ann', 'bob', 'cyd'].map(asPersonId) as [never, never, never]

  test('the responsible person and the observers, each once', () => {
    const item = { responsible: ann, observers: [bob, ann] }
    expect([...listedPeople(item)]).toEqual([ann, bob])
    expect([isListed(item, ann), isListed(item, bob), isListed(item, cyd)]).toEqual([true, true, false])
  })

  test('only observers where nobody is responsible', () => {
    expect([...listedPeople({ responsible: null, observers: [bob] })]).toEqual([bob])
    expect(isListed({ responsible: null, observers: [] }, ann)).toBe(false)
  })
})
