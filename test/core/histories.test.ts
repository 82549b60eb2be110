import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/core/policy.ts'
import { type Exploration, explore, WRITES_AT_REST_MAX } from './explore.ts'
import { type Setting, USUAL } from './state.ts'

/**
 * Every history of a number of acts and faults, in every order with the engine's steps and with what is under way, each
 * situation once. `HISTORIES_MORE=1` goes one act or fault further everywhere: minutes instead of seconds.
 */
const MORE = process.env['HISTORIES_MORE'] === '1' ? 1 : 0

type World = { readonly name: string; readonly setting: Setting; readonly acts: number; readonly situationsMin: number }

const WORLDS: readonly World[] = [
  { name: 'the usual world', setting: USUAL, acts: 4, situationsMin: 250_000 },
  {
    name: 'a CRM that reports everybody listed anew',
    setting: { ...USUAL, relisted: 'listed anew' },
    acts: 3,
    situationsMin: 25_000,
  },
  { name: 'people who are to observe without the chat', setting: { ...USUAL, observersOnly: true }, acts: 3, situationsMin: 30_000 },
  { name: 'a CRM without revisions', setting: { ...USUAL, revisions: false }, acts: 3, situationsMin: 40_000 },
  { name: 'a chat whose readings lag', setting: { ...USUAL, readings: 'lagging' }, acts: 3, situationsMin: 40_000 },
  {
    name: 'a lagging chat and a CRM without revisions',
    setting: { ...USUAL, readings: 'lagging', revisions: false },
    acts: 3,
    situationsMin: 45_000,
  },
  {
    name: 'a policy that takes former responsible people off',
    setting: { ...USUAL, policy: { ...DEFAULT_POLICY, formerResponsible: 'removed' } },
    acts: 3,
    situationsMin: 25_000,
  },
]

describe.each(WORLDS)('$name', ({ name, setting, acts, situationsMin }) => {
  test(
    `I1 I2 I4 I5 I7 I9 I10 O22 O23 O24 O26 O28 every history of up to ${acts + MORE} acts and faults keeps the promises`,
    { timeout: 900_000 },
    () => {
      const found = explore(setting, { acts: acts + MORE })
      tell(name, acts + MORE, found)
      expect(found.broken).toBeNull()
      expect(found.situations, 'suspiciously few situations').toBeGreaterThan(situationsMin)
      expect(found.writesAtMost).toBeLessThanOrEqual(WRITES_AT_REST_MAX)
      expect(found.writesAtMost, 'an engine that does nothing keeps every promise not to').toBeGreaterThan(0)
    },
  )
})

function tell(name: string, acts: number, found: Exploration): void {
  const used = Object.entries(found.tally).filter(([, times]) => times > 0)
  const lines = [
    `${name}: ${found.situations} situations, ${found.steps} steps, up to ${acts} acts and faults; at most ${found.writesAtMost} calls to rest`,
    `  excused: ${used.map(([excuse, times]) => `${excuse} ${times}`).join(', ')}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
