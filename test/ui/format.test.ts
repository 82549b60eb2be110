import { describe, expect, test } from 'vitest'
import { ago, count, dayName, money, nameList, shortDate } from '../../src/ui/parts/format.ts'

const now = Date.parse('2026-11-20T12:00:00Z')

describe('money', () => {
  test('whole amounts have no cents, others have two', () => {
    expect(money(48000, 'EUR', 'en-US')).toBe('€48,000')
    expect(money(12.5, 'USD', 'en-US')).toBe('$12.50')
  })

  test('a currency that Intl refuses still shows the number', () => {
    expect(money(10, 'not a currency', 'en-US')).toBe('10 not a currency')
  })

  test('no amount is nothing, and zero is an amount', () => {
    expect(money(null, 'EUR')).toBe('')
    expect(money(0, 'EUR', 'en-US')).toBe('€0')
  })
})

describe('ago', () => {
  test.each([
    ['2026-11-20T11:59:40Z', 'just now'],
    ['2026-11-20T12:03:00Z', 'just now'],
    ['2026-11-20T11:55:00Z', '5 min. ago'],
    ['2026-11-20T10:00:00Z', '2 hr. ago'],
    ['2026-11-19T11:00:00Z', 'yesterday'],
    ['2026-11-03T11:00:00Z', '3 Nov'],
    ['2025-11-03T11:00:00Z', '3 Nov 2025'],
  ])('%s is %s', (at, text) => expect(ago(at, now)).toBe(text))

  test('what is no time is nothing', () => expect(ago('soon', now)).toBe(''))
})

test('days have names as long as they are near', () => {
  expect(dayName('2026-11-20T09:00:00Z', now)).toBe('Today')
  expect(dayName('2026-11-19T09:00:00Z', now)).toBe('Yesterday')
  expect(dayName('2026-11-03T09:00:00Z', now)).toBe('Tuesday 3 November')
  expect(shortDate('2026-11-03T09:00:00Z', now)).toBe('3 Nov')
})

test('names are listed as one says them', () => {
  expect(nameList(['Ann'])).toBe('Ann')
  expect(nameList(['Ann', 'Bob'])).toBe('Ann and Bob')
  expect(nameList(['Ann', 'Bob', 'Cid'])).toBe('Ann, Bob and Cid')
  expect(nameList(['Ann', 'Bob', 'Cid', 'Dan', 'Eve'])).toBe('Ann, Bob and 3 others')
  expect(count(1, 'person', 'people')).toBe('1 person')
  expect(count(4812, 'item')).toBe('4,812 items')
})
