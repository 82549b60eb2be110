import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../machine.ts'

/** Ringside in the runtime of Cloudflare Workers, on this machine: the bundle that wrangler.toml describes, in a real workerd. */

export type Workerd = {
  readonly url: string
  output(): string
  /** What the cron trigger does each minute. */
  minute(): Promise<void>
  stop(): Promise<void>
}

export const ROOT = join(import.meta.dirname, '../..')
export const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
const START_MS = 120_000
const LOOK_MS = 200

export async function startWorkerd(databaseUrl: string, vars: (url: string) => Readonly<Record<string, string>>): Promise<Workerd> {
  const [port, inspector] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const kept = mkdtempSync(join(tmpdir(), 'ringside-workerd-'))
  const given = Object.entries(vars(url)).flatMap(([name, value]) => ['--var', `${name}:${value}`])
  const places = ['--ip', '127.0.0.1', '--port', String(port), '--inspector-port', String(inspector), '--persist-to', kept]
  const child = spawn(
    process.execPath,
    [WRANGLER, 'dev', '--test-scheduled', '--show-interactive-dev-session=false', ...places, ...given],
    {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: kept,
        CI: 'true',
        WRANGLER_SEND_METRICS: 'false',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
        WRANGLER_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: databaseUrl,
        CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: databaseUrl,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Wrangler starts workerd as a child of its own: they end together, as one group.
      detached: true,
    },
  )
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += String(chunk)))
  child.stderr.on('data', (chunk) => (printed += String(chunk)))
  const ended = once(child, 'exit')

  async function stop(): Promise<void> {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGKILL')
    await ended
    rmSync(kept, { recursive: true, force: true })
  }

  const until = Date.now() + START_MS
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > until) {
      await stop()
      throw new Error(`workerd did not start:\n${printed}`)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return {
    url,
    output: () => printed,
    async minute() {
      const answer = await fetch(`${url}/cdn-cgi/handler/scheduled`)
      if (!answer.ok) throw new Error(`The cron trigger answered ${answer.status}.`)
    },
    stop,
  }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
