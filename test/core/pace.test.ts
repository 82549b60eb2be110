import { array, assert, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { type Asked, firstMoment, type Limit, stillCounting, withTimes, withoutTimes } from '../../src/core/pace.ts'

const MINUTE: Limit = { calls: 3, perMs: 60 }

const ask = (times: readonly number[], calls = 1, limit = MINUTE, notBefore = 0): Asked => ({ limit, calls, times, notBefore })

/** The most that any stretch holds. */
const crowd = (times: readonly number[], perMs: number): number =>
  Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + perMs).length))

test('a call has room at once, and the one too many when the first has left the minute', () => {
  expect(firstMoment([ask([0, 10])], 20)).toBe(20)
  expect(firstMoment([ask([0, 10, 20])], 30)).toBe(60)
  expect(firstMoment([ask([0, 10, 20, 60])], 30)).toBe(70)
})

test('all of one piece of work has room at one moment, also where one kind has room sooner', () => {
  expect(firstMoment([ask([0, 0, 0]), ask([])], 5)).toBe(60)
  expect(firstMoment([ask([0, 0, 0]), ask([60, 60])], 5)).toBe(60)
  expect(firstMoment([ask([0, 0, 0]), ask([60, 60, 60])], 5)).toBe(120)
})

test('what comes between two reserved times crowds neither', () => {
  expect(firstMoment([ask([100, 100])], 50)).toBe(50)
  expect(firstMoment([ask([100, 100, 100])], 50)).toBe(160)
  expect(firstMoment([ask([100, 100, 100])], 0)).toBe(0)
})

test('nothing is called before the platform allows it', () => {
  expect(firstMoment([ask([], 1, MINUTE, 500)], 5)).toBe(500)
})

test('whatever is asked for in whatever order, no stretch of time holds more than the limit, and no moment is given away', () => {
  const asks = array(record({ calls: integer({ min: 1, max: 4 }), from: integer({ min: 0, max: 400 }) }), { maxLength: 40 })
  assert(
    property(asks, integer({ min: 4, max: 6 }), (wishes, most) => {
      const limit = { calls: most, perMs: 60 }
      let times: readonly number[] = []
      for (const { calls, from } of wishes) {
        const moment = firstMoment([ask(times, calls, limit)], from)
        for (let earlier = from; earlier < moment; earlier++)
          expect(crowd(withTimes(times, earlier, calls), limit.perMs)).toBeGreaterThan(most)
        times = withTimes(times, moment, calls)
        expect(crowd(times, limit.perMs)).toBeLessThanOrEqual(most)
      }
    }),
    { numRuns: 60 },
  )
})

test('times are kept in order, and taken back one by one', () => {
  expect(withTimes([1, 5], 3, 2)).toEqual([1, 3, 3, 5])
  expect(withoutTimes([1, 3, 3, 5], 3, 1)).toEqual([1, 3, 5])
  expect(withoutTimes([1, 5], 3, 2)).toEqual([1, 5])
  expect(stillCounting([1, 3, 61], 60, 61)).toEqual([3, 61])
})
