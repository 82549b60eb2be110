/**
 * `npm test`: every suite one after the other, and one line at the end that says how it went.
 *
 *   npm test                      everything
 *   npm test -- test/core seat    only files whose path contains one of the words
 *   npm test -- --bail=1          what begins with a dash goes to vitest as it is
 *
 * What the machine lacks is fetched or skipped with the reason; with CI=true nothing may be skipped.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { say } from './machine.ts'
import { startPostgres } from './postgres.ts'

interface Suite {
  readonly name: string
  readonly projects: readonly string[]
  readonly files: readonly string[]
  /** What the suite needs of the machine, as environment for its tests, or why it cannot run. */
  readonly prepare: () => Promise<Prepared | { readonly missing: string }>
}

interface Prepared {
  readonly env: Record<string, string>
  readonly stop: () => Promise<void>
}

interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const RULES = 'test/{core,ui,tidy}/**/*.test.{ts,tsx}'
const DATABASE = 'test/{contract,flows,sim}/**/*.test.ts'
const WORKERD = 'test/worker/**/*.worker.ts'
const BROWSER = 'test/e2e/**/*.e2e.ts'

const VITEST = 'node_modules/vitest/vitest.mjs'

const SUITES: readonly Suite[] = [
  {
    name: 'rules, and everything on PGlite',
    projects: ['rules', 'database'],
    files: [RULES, DATABASE],
    prepare: async () => ({ env: { TEST_DATABASE: 'pglite' }, stop: async () => {} }),
  },
  {
    name: 'everything with a database again, on PostgreSQL',
    projects: ['database'],
    files: [DATABASE],
    prepare: withPostgres,
  },
  {
    name: 'the main job in the runtime of Cloudflare Workers, on PostgreSQL',
    projects: ['workerd'],
    files: [WORKERD],
    prepare: withPostgres,
  },
  {
    name: 'the web workspace in a browser',
    projects: ['browser'],
    files: [BROWSER],
    prepare: async () => {
      const browser = await findChromium()
      return 'missing' in browser ? browser : { env: { CHROMIUM: browser.path }, stop: async () => {} }
    },
  },
]

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

const NO_REPORT: Report = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

process.chdir(join(import.meta.dirname, '..'))
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'))
const reports = mkdtempSync(join(tmpdir(), 'ringside-reports-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))

const counts: Count[] = []
const skips: string[] = []
for (const [index, suite] of SUITES.entries()) {
  if (asked(suite)) counts.push(await runSuite(suite, join(reports, `${index}.json`)))
}
process.exitCode = conclude(sum(counts))

async function withPostgres(): Promise<Prepared | { readonly missing: string }> {
  const server = await startPostgres()
  return 'missing' in server ? server : { env: { TEST_DATABASE: 'postgres', TEST_DATABASE_URL: server.url }, stop: server.stop }
}

function asked(suite: Suite): boolean {
  const files = suite.files.flatMap((pattern) => globSync(pattern))
  return words.length === 0 ? files.length > 0 : files.some((file) => words.some((word) => file.includes(word)))
}

async function runSuite(suite: Suite, report: string): Promise<Count> {
  console.log(`\n── ${suite.name} ──\n`)
  const ready = await suite.prepare().catch((error: Error) => ({ broken: error.message }))
  if ('broken' in ready) {
    say(ready.broken)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  if ('missing' in ready) {
    skips.push(`${suite.name}: ${ready.missing}`)
    return { passed: 0, failed: 0, skipped: 1 }
  }
  try {
    const projects = suite.projects.map((project) => `--project=${project}`)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const vitest = spawn(process.execPath, [VITEST, 'run', ...projects, ...reporters, ...options, ...words], {
      stdio: 'inherit',
      env: { ...process.env, ...ready.env },
    })
    const [code] = await once(vitest, 'exit')
    return count(report, code === 0)
  } finally {
    await ready.stop()
  }
}

/** A file that does not even load, or an error outside every test, has no test to count: it counts as one that failed. */
function count(report: string, good: boolean): Count {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = readReport(report)
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const failed = numFailedTests + broken
  return { passed: numPassedTests, failed: good ? failed : Math.max(failed, 1), skipped: numPendingTests + numTodoTests }
}

/** There is none where vitest itself could not start. */
function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return NO_REPORT
  }
}

function sum(all: readonly Count[]): Count {
  const add = (a: Count, b: Count) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped })
  return all.reduce(add, { passed: 0, failed: 0, skipped: 0 })
}

/** Prints the summary and returns the exit code. */
function conclude({ passed, failed, skipped }: Count): number {
  console.log('')
  for (const skip of skips) say(`skipped ${skip}`)
  const strict = process.env.CI === 'true' && skipped > 0
  if (strict) say('with CI=true nothing may be skipped')
  if (passed + failed + skipped === 0) say(`no test file matches ${words.join(' ')}`)
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return failed > 0 || strict || passed + skipped === 0 ? 1 : 0
}
