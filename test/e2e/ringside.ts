import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { freePort } from '../machine.ts'

/** The real service in a process of its own, with a demo organisation of its own, and real browsers in front of it. */
export type Ringside = {
  readonly url: string
  /** A browser window of one of the demo people, signed in through the page, on the list of items. */
  enterAs(name: string, screen?: BrowserContextOptions): Promise<Page>
  /** A browser window of somebody who is not signed in. */
  visit(path: string, screen?: BrowserContextOptions): Promise<Page>
  /** Everything the service printed so far. */
  printed(): string
  close(): Promise<void>
}

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }
export const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }

const STARTED_MS = 100_000
/** Everything that a browser would ask of its maker's servers is off: the tests need no internet. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** `more`: what else is in its environment. */
export async function openRingside(more: (url: string) => Readonly<Record<string, string>> = () => ({})): Promise<Ringside> {
  const data = mkdtempSync(join(tmpdir(), 'ringside-e2e-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, ['src/main.node.ts'], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: data,
      RINGSIDE_DEMO: '1',
      DATABASE_URL: '',
      SLACK_BOT_TOKEN: '',
      SLACK_SIGNING_SECRET: '',
      SLACK_APP_TOKEN: '',
      ...more(url),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  server.stdout.on('data', (chunk) => (printed += String(chunk)))
  await untilReady(`${url}/readyz`).catch((error: unknown) => {
    server.kill('SIGKILL')
    throw error
  })
  const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? 'chromium', args: FLAGS })
  return {
    url,
    enterAs: (name, screen = DESKTOP) => enter(browser, url, name, screen),
    async visit(path, screen = DESKTOP) {
      const page = await (await browser.newContext(screen)).newPage()
      await page.goto(new URL(path, url).toString())
      return page
    },
    printed: () => printed,
    async close() {
      await browser.close()
      server.kill('SIGTERM')
      await once(server, 'exit')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function untilReady(url: string): Promise<void> {
  const until = Date.now() + STARTED_MS
  while (Date.now() < until) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`Ringside did not get ready at ${url} within ${STARTED_MS / 1000} s.`)
}

async function enter(browser: Browser, url: string, name: string, screen: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(screen)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByRole('heading', { name: 'Items', exact: true }).waitFor()
  return page
}
