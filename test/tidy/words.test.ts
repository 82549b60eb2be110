import { expect, test } from 'vitest'
import { read, TEXTS } from './files.ts'

/** This file says the words that no other may. */
const HERE = 'test/tidy/words.test.ts'

const UNWANTED: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a path of somebody’s machine', /(?<![\w.*~-])\/(work|root|tmp|home\/\w+|Users\/\w+)\//],
  ['the host of a package registry', /\bregistry\.[a-z0-9-]+\.[a-z]{2,}|artifactory|verdaccio|\.pkg\.dev\b/i],
  ['work left undone', /\b(TODO|FIXME|XXX)\b/],
]

test.each(UNWANTED)('no file contains %s', (_what, pattern) => {
  const found = TEXTS.filter((file) => file !== HERE).flatMap((file) => linesWith(file, pattern))
  expect(found).toEqual([])
})

test.each([
  ['/tmp/x', true],
  ['cd /work/main', true],
  ['https://example.org/tmp/x', false],
  ['docs/work/plan', false],
])('the pattern for machine paths finds %s: %s', (text, found) => {
  expect(UNWANTED[0]![1].test(text)).toBe(found)
})

function linesWith(file: string, pattern: RegExp): string[] {
  const lines = read(file).split('\n')
  return lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : []))
}
