import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FILES, inside, read, ROOT } from './files.ts'

const FOLDERS = ['adapters', 'db', 'docs', 'manifest', 'src', 'test']
const TOP_FILES = [
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'drizzle.config.ts',
  'knip.json',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
  'vitest.config.ts',
  'wrangler.toml',
]
/** What git does not keep may lie here too. */
const MADE = ['node_modules', 'dist', 'test-results']

/** A file that passes the first is looked at; none passes the second. */
const LINES_NOTICED = 250
const LINES_MAX = 400
/** All tables in one place: a list that grows with the product, and holds no code. */
const TABLES = 'db/schema.ts'
const EMPTY_NAMES = /(^|[^a-z])(manager|helper|util|service)s?([^a-z]|$)/i

test('the top level holds what it is given, and nothing else', () => {
  const names = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !name.endsWith('.log'))
  const strangers = names.filter((name) => ![...FOLDERS, ...TOP_FILES, ...MADE].includes(name))
  expect(strangers).toEqual([])
})

test(`no file of code is longer than ${LINES_MAX} lines`, () => {
  const code = inside('src', 'adapters', 'db').filter((file) => !file.startsWith('db/migrations/') && file !== TABLES)
  const long = code.map((file) => ({ file, lines: read(file).split('\n').length - 1 })).filter(({ lines }) => lines > LINES_NOTICED)
  for (const { file, lines } of long) console.warn(`${file} has ${lines} lines: listen to it before it grows.`)
  expect(long.filter(({ lines }) => lines > LINES_MAX)).toEqual([])
})

test('no file is named for nothing in particular', () => {
  expect(FILES.filter((file) => EMPTY_NAMES.test(file.replace(/^test\/fixtures\/.*/, '')))).toEqual([])
})

test('the lockfile belongs to package.json and names no registry', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'))
  const lock = JSON.parse(read('package-lock.json'))
  expect(lock.packages['']).toMatchObject({ dependencies, devDependencies, optionalDependencies })
  expect(read('package-lock.json')).not.toContain('"resolved"')
})
