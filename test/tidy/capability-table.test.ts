import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CAPABILITY_NAMES } from '../../src/core/capability.ts'
import { capabilityTable, withTable } from './capability-table.ts'

const README = new URL('../../README.md', import.meta.url)

test('U8 the table of the README says what the adapters declare', () => {
  const page = readFileSync(README, 'utf8')
  expect(withTable(page), 'The table is out of date: run npm run docs.').toBe(page)
})

test('U8 every capability has a row, and every refusal says why and what to do instead', () => {
  const rows = capabilityTable().split('\n')
  expect(rows).toHaveLength(CAPABILITY_NAMES.length + 3)
  for (const row of rows) expect(row).not.toMatch(/no\. {2}|undefined/)
})

test('the README stays short enough to be read', () => {
  expect(readFileSync(README, 'utf8').split('\n').length).toBeLessThanOrEqual(140)
})
