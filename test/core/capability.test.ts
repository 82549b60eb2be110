import { expect, test } from 'vitest'
import { ask, CAPABILITY_NAMES, type Capabilities, type Capability, type CapabilityName } from '../../src/core/capability.ts'

const NATIVE: Capability = { level: 'native' }

const platform = (can: Partial<Record<CapabilityName, Capability>>): Capabilities => ({
  platform: 'paper',
  title: 'Paper',
  can: { ...(Object.fromEntries(CAPABILITY_NAMES.map((name) => [name, NATIVE])) as Record<CapabilityName, Capability>), ...can },
  membersMax: 10,
  addMax: 1,
  opensWithMax: 0,
  nameMax: 20,
  readings: 'fresh',
  remembersMembers: true,
})

test('what a platform can do, itself or in its own way, hands out the token that the call needs', () => {
  const asked = ask(platform({ rename: { level: 'emulated', how: 'Writes the new name on a new sheet.' } }), 'rename')
  expect(asked.ok && asked.token).toBeTruthy()
  expect(ask(platform({}), 'call').ok).toBe(true)
})

test('O27 what it cannot do is refused before it is tried, with the reason and what to do instead', () => {
  const refusal = { why: 'Paper shows everything that was written on it.', instead: 'Take a new sheet.' }
  const asked = ask(platform({ hideHistory: { level: 'refused', ...refusal } }), 'hideHistory')
  expect(asked).toEqual({ ok: false, ...refusal })
})

test('a refusal of one thing is no refusal of another', () => {
  const paper = platform({ removeMembers: { level: 'refused', why: 'Nobody can be unwritten.', instead: 'Burn it.' } })
  expect(CAPABILITY_NAMES.filter((name) => !ask(paper, name).ok)).toEqual(['removeMembers'])
})
