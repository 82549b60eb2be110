import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { may, type Viewer } from '../../src/core/access.ts'
import { EVERYTHING } from '../../src/core/entitlement.ts'
import { asItemId, asPersonId } from '../../src/core/ids.ts'
import type { ItemFacts } from '../../src/core/item.ts'
import { itemInLink, linkCard, type Reader, shownTo } from '../../src/core/shared-link.ts'

const PEOPLE = ['ann', 'bob', 'cid', 'dan'].map(asPersonId)

const viewer: fc.Arbitrary<Viewer> = fc.record({
  id: fc.constantFrom(...PEOPLE),
  role: fc.constantFrom('administrator', 'manager', 'employee', 'guest'),
  active: fc.boolean(),
  unreadableTypes: fc.constantFrom([], ['deal']),
  entitlement: fc.constant(EVERYTHING),
})
const reader: fc.Arbitrary<Reader> = fc.option(viewer)

const items: fc.Arbitrary<ItemFacts> = fc.record({
  id: fc.constant(asItemId('item-1')),
  type: fc.constantFrom('deal', 'lead', 'estimate'),
  key: fc.constant('D-42'),
  title: fc.constant('SecretTitle'),
  responsible: fc.option(fc.constantFrom(...PEOPLE)),
  observers: fc.subarray(PEOPLE),
  revision: fc.constant(1),
})

describe('K5 the card under a link', () => {
  test('K5 no reader is shown anything of an item that they may not see but its key and type, whoever reads along', () => {
    fc.assert(
      fc.property(reader, fc.option(fc.array(reader, { maxLength: 5 })), items, (sharer, readers, item) => {
        const shown = shownTo(sharer, readers, item)
        const sees = (one: Reader) => one !== null && may(one, 'see', item).may
        if (!sees(sharer)) return shown === 'nothing'
        if (shown === 'nothing') return false
        const text = JSON.stringify(
          linkCard(shown, {
            item,
            details: { stage: 'SecretStage', amount: 4321, currency: 'EUR' },
            responsible: 'SecretName',
            observers: ['SecretObserver'],
            url: 'https://ringside.example/items/item-1',
            chat: { url: 'https://chat.example/secret' },
            discussable: true,
          }),
        )
        const everybody = readers !== null && readers.every(sees)
        return everybody === /Secret|4,?321|chat\.example/.test(text)
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['https://ringside.example/items/abc', 'abc'],
    ['https://ringside.example/items/abc/', 'abc'],
    ['https://ringside.example/items/abc?tab=people', 'abc'],
    ['https://ringside.example/items/', null],
    ['https://ringside.example/items/a/b', null],
    ['https://ringside.example.evil/items/abc', null],
    ['http://ringside.example/items/abc', null],
    ['no address', null],
  ])('K5 %s leads to %s', (link, id) => {
    expect(itemInLink('https://ringside.example', link)).toBe(id)
  })
})
