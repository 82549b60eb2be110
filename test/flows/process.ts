import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type RawData, WebSocket } from 'ws'
import type { LiveHint } from '../../src/http/api/contract.ts'
import { freePort } from '../machine.ts'

/** Ringside as it really starts: a process of its own, asked over HTTP. */

export type Running = {
  readonly url: string
  readonly child: ChildProcess
  /** Everything it printed so far. */
  output(): string
  /** Ends it, and says how it ended. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

const MAIN = join(import.meta.dirname, '../../src/main.node.ts')
const START_MS = 30_000
const LOOK_MS = 50

export async function startRingside(env: Record<string, string>): Promise<Running> {
  const port = await freePort()
  const running = launch({ PORT: String(port), ...env })
  const url = `http://localhost:${port}`
  const until = Date.now() + START_MS
  while (!(await isReady(url))) {
    if (running.child.exitCode !== null || Date.now() > until) throw new Error(`Ringside did not start:\n${running.output()}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return { url, ...running }
}

/** Without waiting for it to be ready: it may well refuse to start. */
export function launch(env: Record<string, string>): Omit<Running, 'url'> {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += String(chunk)))
  child.stderr.on('data', (chunk) => (printed += String(chunk)))
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  return {
    child,
    output: () => printed,
    async end(signal) {
      child.kill(signal)
      const [code, by] = await ended
      return { code, signal: by }
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
}

export type Visitor = {
  readonly id: string
  readonly cookie: string
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>
  /** Opens the live connection; `hints` grows. */
  listen(): Promise<{ readonly hints: readonly LiveHint[]; readonly socket: WebSocket }>
}

export async function visit(url: string, firstName: string): Promise<Visitor> {
  const { items } = (await (await fetch(`${url}/api/demo/people`)).json()) as { items: { id: string; name: string }[] }
  const id = items.find((one) => one.name.startsWith(firstName))?.id ?? ''
  const entered = await fetch(`${url}/api/demo/sign-in`, json('POST', { personId: id }))
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  return {
    id,
    cookie,
    async call(method, path, body) {
      const response = await fetch(`${url}/api${path}`, json(method, body, { cookie }))
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as never
    },
    async listen() {
      const hints: LiveHint[] = []
      const socket = openSocket(url, { cookie })
      socket.on('message', (data: RawData) => hints.push(JSON.parse((data as Buffer).toString()) as LiveHint))
      await once(socket, 'open')
      return { hints, socket }
    },
  }
}

export function openSocket(url: string, headers: Record<string, string>): WebSocket {
  return new WebSocket(`${url.replace('http', 'ws')}/api/live`, { headers })
}

function json(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  if (body === undefined) return { method, headers }
  return { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}
