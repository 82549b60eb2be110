import { afterAll, describe, expect, test } from 'vitest'
import { type Acquaintance, type Move, MOVES, type Place, REMEMBERED } from '../../src/core/seat.ts'
import { explore } from './explore.ts'
import { type Protection, type Setting, USUAL } from './state.ts'

/**
 * Changes the rule on purpose, one place at a time, and looks whether the histories notice. A change that no history
 * notices would be a promise that nothing keeps.
 */
const MOVE_NAMES: readonly Move[] = ['rest', 'admit', 'list', 'expel']
const PLACES: readonly Place[] = ['outside', 'listed', 'chatting', 'both']
const ACQUAINTANCES: readonly Acquaintance[] = ['fresh', 'settled']
const ACTS_MAX = 4

let killed = 0
let tried = 0
afterAll(() => void process.stdout.write(`mutants killed: ${killed} of ${tried}\n`))

/** Shallow histories first: most changes of the rule are noticed at once. */
function noticed(setting: Setting = USUAL): string | null {
  for (let acts = 1; acts <= ACTS_MAX; acts++) {
    const { broken } = explore(setting, { acts })
    if (broken) return broken.why
  }
  return null
}

function expectNoticed(setting?: Setting): void {
  tried++
  const why = noticed(setting)
  expect(why, 'no history noticed').not.toBeNull()
  killed++
}

/** Puts one entry of a table to another value while something runs. */
function changed<Key extends string, Value>(table: Record<Key, Value>, key: Key, value: Value, run: () => void): void {
  const original = table[key]
  table[key] = value
  try {
    run()
  } finally {
    table[key] = original
  }
}

describe('every cell of the table', () => {
  const cells = ACQUAINTANCES.flatMap((acquaintance) =>
    PLACES.flatMap((place) =>
      MOVE_NAMES.filter((move) => move !== MOVES[acquaintance][place]).map((move) => ({ acquaintance, place, move })),
    ),
  )

  test('there are 24 ways to change one', () => expect(cells).toHaveLength(24))

  test.each(cells)('$acquaintance, $place → $move is noticed', ({ acquaintance, place, move }) => {
    changed(MOVES[acquaintance], place, move, () => expectNoticed())
  })
})

describe('everything that is remembered', () => {
  const entries = PLACES.flatMap((place) =>
    (['fresh', 'settled', 'unchanged'] as const).filter((value) => value !== REMEMBERED[place]).map((value) => ({ place, value })),
  )

  test.each(entries)('$place → $value is noticed', ({ place, value }) => {
    changed(REMEMBERED, place, value, () => expectNoticed())
  })
})

describe('every protection around the table', () => {
  const protections: readonly (readonly [Protection, Partial<Setting>])[] = [
    ['open calls', {}],
    ['past', {}],
    ['compare and set', {}],
    ['complete lists', {}],
    ['complete items', {}],
    ['revision order', {}],
    ['evidence before reading', {}],
    ['last look', {}],
    ['weighed at once', {}],
    ['evidence kept', {}],
    ['settled kept', {}],
    ['staying out told first', { observersOnly: true }],
  ]

  test.each(protections)('without "%s" it is noticed', (protection, more) => {
    expectNoticed({ ...USUAL, ...more, without: new Set([protection]) })
  })

  test('with all of them nothing is', () => {
    expect(explore(USUAL, { acts: 3 }).broken).toBeNull()
  })
})
