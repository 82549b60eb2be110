import { expect, test } from 'vitest'
import { inside, read } from './files.ts'

/** The rules cannot wait, read a clock, throw dice or reach outside: the same question always has the same answer. */
const IMPURE =
  /\b(async|await|Promise|setTimeout|setInterval|process\.env|Math\.random|crypto\.)|\bDate\.now\b|\bnew Date\b|\bnode:|\bfetch\(/

const COMMENT = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm

const RULES = inside('src/core')

test('there are rules to look at', () => {
  expect(RULES).toContain('src/core/seat.ts')
})

test.each(RULES)('%s is pure', (file) => {
  const lines = read(file).replace(COMMENT, '').split('\n')
  expect(lines.filter((line) => IMPURE.test(line))).toEqual([])
})

test.each(['const now = Date.now()', 'await x', 'async () => {}', `import 'node:fs'`, 'new Date()', 'fetch(url)', 'Math.random()'])(
  '%s would be found',
  (line) => expect(line).toMatch(IMPURE),
)
