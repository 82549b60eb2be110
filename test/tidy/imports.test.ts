import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forbidden, options } from '../../.dependency-cruiser.ts'

/** A file, one line of it, and the rule that must object; `null` where nobody may. */
const CASES: readonly (readonly [file: string, line: string, rule: string | null])[] = [
  ['src/core/a.ts', `import { x } from './target.ts'`, null],
  ['src/core/b.ts', `import type { X } from '../ports/target.ts'`, 'core'],
  ['src/core/c.ts', `import { randomUUID } from 'node:crypto'`, 'core'],
  ['src/core/d.ts', `import { z } from 'zod'`, 'core'],
  ['src/core/e.ts', `const x = await import('../../db/target.ts')`, 'core'],
  ['src/ports/a.ts', `import type { X } from '../core/target.ts'`, null],
  ['src/ports/b.ts', `import { x } from '../core/target.ts'`, 'ports-types'],
  ['src/ports/c.ts', `import type { X } from '../engine/target.ts'`, 'ports'],
  ['src/ports/d.ts', `import type { Hono } from 'hono'`, 'ports'],
  ['db/a.ts', `import { x } from '../src/core/target.ts'`, null],
  ['db/b.ts', `import { readFileSync } from 'node:fs'`, null],
  ['db/c.ts', `import type { X } from '../src/ports/target.ts'`, null],
  ['db/e.ts', `import { x } from '../src/ports/target.ts'`, 'db-ports'],
  ['db/f.ts', `import { x } from '../src/engine/target.ts'`, 'db'],
  ['db/d.ts', `import { Hono } from 'hono'`, 'db-packages'],
  ['src/engine/a.ts', `import { x } from '../../db/target.ts'`, null],
  ['src/engine/b.ts', `import { x } from '../../adapters/slack/target.ts'`, 'engine'],
  ['src/engine/c.ts', `import { x } from '../http/target.ts'`, 'engine'],
  ['src/engine/d.ts', `import { x } from '../wire.ts'`, 'engine'],
  ['adapters/slack/a.ts', `import type { X } from '../../src/ports/target.ts'`, null],
  ['adapters/slack/b.ts', `import { x } from './target.ts'`, null],
  ['adapters/slack/c.ts', `import { x } from '../teams/target.ts'`, 'adapters'],
  ['adapters/slack/d.ts', `import { x } from '../../db/target.ts'`, 'adapters'],
  ['adapters/slack/e.ts', `import type { X } from '../../src/engine/target.ts'`, 'adapters'],
  ['adapters/web/a.ts', `import { x } from '../../db/target.ts'`, null],
  ['adapters/web/b.ts', `import { x } from '../slack/target.ts'`, 'adapters-web'],
  ['adapters/web/c.ts', `import { x } from '../../src/http/target.ts'`, 'adapters-web'],
  ['src/http/a.ts', `import { x } from '../engine/target.ts'`, null],
  ['src/http/b.ts', `import { x } from '../../adapters/slack/target.ts'`, 'http'],
  ['src/http/c.ts', `import { x } from '../wire.ts'`, 'http'],
  ['src/ui/a.ts', `import { x } from '../core/target.ts'`, null],
  ['src/ui/b.ts', `import type { X } from '../http/api/contract.ts'`, null],
  ['src/ui/c.ts', `import { x } from '../http/api/contract.ts'`, 'ui-types'],
  ['src/ui/d.ts', `import type { X } from '../http/target.ts'`, 'ui'],
  ['src/ui/e.ts', `import { x } from '../../db/target.ts'`, 'ui'],
  ['src/ui/f.ts', `import { join } from 'node:path'`, 'ui-browser'],
  ['src/ui/g.ts', `import { x } from '../http/api/admin/contract.ts'`, 'ui-types'],
  ['src/ui/h.ts', `import type { X } from '../http/api/admin/contract.ts'`, null],
  ['src/wire.ts', `import { x } from '../adapters/slack/target.ts'`, null],
  ['src/main.ts', `import { x } from '../test/target.ts'`, 'tests'],
]

const FOLDERS = [
  'src/core',
  'src/ports',
  'src/engine',
  'src/http',
  'src/ui',
  'adapters/slack',
  'adapters/teams',
  'adapters/web',
  'db',
  'test',
]
const TARGETS = [...FOLDERS.map((folder) => `${folder}/target.ts`), 'src/http/api/contract.ts', 'src/http/api/admin/contract.ts']

let root = ''
const objections = new Map<string, string[]>()

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ringside-imports-'))
  for (const file of TARGETS) write(file, 'export const x = 1\nexport type X = typeof x')
  for (const [file, line] of CASES) write(file, line)
  const found = await cruise(['src', 'adapters', 'db'], { ...options, ruleSet: { forbidden }, validate: true, baseDir: root })
  for (const { from, rule } of (found.output as ICruiseResult).summary.violations) {
    objections.set(from, [...(objections.get(from) ?? []), rule.name])
  }
})

afterAll(() => rmSync(root, { recursive: true }))

test.each(CASES)('%s: %s → %s', (file, _line, rule) => {
  expect(objections.get(file) ?? []).toEqual(rule === null ? [] : [rule])
})

test('every rule is broken once', () => {
  expect(new Set(CASES.map(([, , rule]) => rule).filter((rule) => rule !== null))).toEqual(new Set(forbidden.map((rule) => rule.name)))
})

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), `${text}\n`)
}
