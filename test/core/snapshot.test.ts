import { expect, test } from 'vitest'
import { NO_SEAT, NOTHING_OPEN, TOLD_NOTHING } from '../../src/core/facts.ts'
import { asPersonId } from '../../src/core/ids.ts'
import { plan, type SeatCase } from '../../src/core/plan.ts'
import { DEFAULT_POLICY } from '../../src/core/policy.ts'
import { isOwnEcho, needsReading } from '../../src/core/snapshot.ts'

type Change = { [Part in 'before' | 'reading' | 'open' | 'told']?: Partial<SeatCase[Part]> }

/** Ann, by what differs from somebody who is on the item and in the chat and settled. */
function ann({ before, reading, open, told }: Change): SeatCase {
  return {
    person: asPersonId('ann'),
    before: { ...NO_SEAT, settled: true, listed: true, inChat: true, past: 'been', ...before },
    reading: {
      listed: true,
      responsible: false,
      inChat: true,
      standing: 'employee',
      trust: { vanishedListing: 'once', chat: 'once' },
      ...reading,
    },
    open: { ...NOTHING_OPEN, ...open },
    told: { ...TOLD_NOTHING, ...told },
    selfListed: false,
    resting: null,
  }
}

const OUT = { settled: false, listed: false, inChat: false }
const reads = (change: Change, most = 10) => needsReading([ann(change)], plan([ann(change)], DEFAULT_POLICY, most))

test.each<[string, Change]>([
  ['nothing is to do', {}],
  ['she was put on the item', { before: OUT, reading: { inChat: false } }],
  ['she stays out by choice', { before: { inChat: false }, reading: { inChat: false } }],
  ['she asks to come in, and is out', { before: { inChat: false }, reading: { inChat: false }, told: { wished: true } }],
])('a remembered list is enough where %s', (_, change) => expect(reads(change)).toBe(false))

test.each<[string, Change]>([
  ['she was taken off the item', { reading: { listed: false } }],
  ['she is in the chat only', { before: { listed: false, settled: false }, reading: { listed: false } }],
  ['a call that lets her in may still take effect', { open: { admit: true } }],
  ['a call that removes her may still take effect', { open: { expel: true } }],
  ['a call that lists her may still take effect', { open: { list: 'open' } }],
  ['somebody said that she joined', { before: OUT, reading: { inChat: false }, told: { joined: true } }],
  ['she was put on the item anew and is said to be inside', { told: { relisted: true } }],
  ['she asks to come in and is said to be inside', { told: { wished: true } }],
  ['she is to stay out and is said to be inside', { told: { staysOut: true } }],
  [
    'she asks to come in and was switched off',
    { before: { inChat: false }, reading: { inChat: false, standing: 'inactive' }, told: { wished: true } },
  ],
  ['the list says another thing of her than her seat', { before: { inChat: false } }],
  ['a difference waits for a second reading', { before: { doubted: { unlisted: true } } }],
])('it has to be read where %s', (_, change) => expect(reads(change)).toBe(true))

test('removals that the safety stop holds are not a reason to believe a list', () => {
  expect(reads({ reading: { listed: false } }, 0)).toBe(true)
})

const free = { inside: false, laneHeld: false, underWay: { admit: false, expel: false } }
const admitting = { admit: true, expel: false }
const expelling = { admit: false, expel: true }

test.each([
  ['joined through us', { ...free, inside: true }, true],
  ['joined through us', free, false],
  ['left', free, true],
  ['left', { ...free, inside: true }, false],
  ['left', { ...free, underWay: admitting }, false],
  ['left', { ...free, inside: true, underWay: expelling }, false],
  ['joined through us', { ...free, inside: true, underWay: expelling }, false],
  ['left', { ...free, inside: true, laneHeld: true, underWay: expelling }, true],
  ['left', { ...free, laneHeld: true }, false],
  ['left', { ...free, laneHeld: true, underWay: admitting }, false],
  ['joined through us', { ...free, laneHeld: true, underWay: admitting }, true],
  ['joined through us', { ...free, laneHeld: true }, false],
] as const)('word that somebody %s, with %j remembered: an echo of our own call? %s', (word, remembered, expected) =>
  expect(isOwnEcho(word, remembered)).toBe(expected),
)
