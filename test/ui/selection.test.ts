import { expect, test } from 'vitest'
import { asked, between, countOf, EVERYTHING, isSelected, marked, NOTHING } from '../../src/ui/items/selection.ts'

test('O10 items are selected one by one, and taken out again', () => {
  const two = marked(NOTHING, ['a', 'b'], true)
  expect([countOf(two, 100), isSelected(two, 'a'), isSelected(two, 'c')]).toEqual([2, true, false])
  expect(asked(marked(two, ['a'], false), { type: 'deal' })).toEqual({ ids: ['b'] })
})

test('O11 all on every page is what matches but what was taken out, also of pages that were never shown', () => {
  const most = marked(EVERYTHING, ['a', 'b'], false)
  expect([countOf(most, 4_812), isSelected(most, 'a'), isSelected(most, 'never shown')]).toEqual([4_810, false, true])
  expect(asked(marked(most, ['a'], true), { type: 'deal', query: 'acme' })).toEqual({
    filter: { type: 'deal', query: 'acme' },
    except: ['b'],
  })
})

test('O10 a range is everything between two, in the order of the list', () => {
  const list = ['a', 'b', 'c', 'd']
  expect(between(list, 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(between(list, 'b', 'b')).toEqual(['b'])
  expect(between(list, null, 'c')).toEqual(['c'])
  expect(between(list, 'not in it any more', 'c')).toEqual(['c'])
})
