import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { link } from '../../db/schema.ts'
import { freshDatabase } from '../database.ts'
import { launch, openSocket, type Running, startRingside, type Visitor, visit } from './process.ts'

/** The program as people start it, on the embedded database or, with TEST_DATABASE=postgres, on PostgreSQL. */

type Page<Row> = { items: Row[] }
const onPostgres = process.env['TEST_DATABASE'] === 'postgres'

let folder: string
let env: Record<string, string>
let drop = async () => {}
/** A killed process holds its lanes until their leases end; among several processes nobody can know sooner. */
let leasesRunOut = async () => {}
const running: Running[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-main-'))
  if (!onPostgres) return void (env = { DATA_DIR: join(folder, 'data') })
  const database = await freshDatabase()
  env = { DATABASE_URL: database.url ?? '', RINGSIDE_DEMO: '1' }
  drop = () => database.close()
  leasesRunOut = async () => void (await database.db.update(link).set({ leaseUntil: null }))
})
afterEach(async () => {
  for (const one of running.splice(0)) if (one.child.exitCode === null && one.child.signalCode === null) await one.end('SIGKILL')
})
afterAll(async () => {
  await drop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<Running> {
  const one = await startRingside(env)
  running.push(one)
  return one
}

async function dealOf(ann: Visitor, observers: readonly string[]): Promise<string> {
  return (await ann.call<{ id: string }>('POST', '/items', { type: 'deal', title: 'Harbour', observers })).id
}

test('says where it is, opens on this machine, and ends in peace on SIGTERM', async () => {
  const one = await start()
  expect(one.output()).toContain(`Ringside is open at ${one.url}`)
  expect(one.output()).toContain(`${one.url}/api/docs`)
  expect(await (await fetch(`${one.url}/healthz`)).json()).toEqual({ ok: true })
  const ann = await visit(one.url, 'Ann')
  const { socket } = await ann.listen()
  const closed = once(socket, 'close')
  expect(await one.end('SIGTERM')).toEqual({ code: 0, signal: null })
  await closed
  if (!onPostgres) expect(existsSync(join(folder, 'data/lock'))).toBe(false)
})

test('an environment that is not right is refused with a sentence and exit code 1', async () => {
  const one = launch({ ...env, PORT: 'many' })
  const [code] = await once(one.child, 'exit')
  expect([code, one.output()]).toEqual([1, expect.stringMatching(/^The environment is not right: PORT .*\.\n$/)])
})

test('live hints reach the browsers concerned, and nothing is said to others', async () => {
  const { url } = await start()
  const [ann, bob, cid] = [await visit(url, 'Ann'), await visit(url, 'Bob'), await visit(url, 'Cid')]
  const [atBob, atCid] = [await bob.listen(), await cid.listen()]
  const item = await dealOf(ann, [bob.id])
  const { chat } = await ann.call<{ chat: { id: string } }>('POST', `/items/${item}/discuss`)
  await ann.call('POST', `/chats/${chat.id}/messages`, { text: 'Hello, Bob' })
  await expect.poll(() => atBob.hints.findLast((hint) => hint.kind === 'chat'), { timeout: 5_000 }).toMatchObject({ id: chat.id })
  expect(atBob.hints[0]).toEqual({ kind: 'hello' })
  expect(atBob.hints).toEqual(expect.arrayContaining([{ kind: 'item', id: item }, { kind: 'chats' }, { kind: 'notifications' }]))
  expect(atCid.hints).toEqual([{ kind: 'hello' }])
  expect(JSON.stringify(atBob.hints)).not.toContain('Hello, Bob')
})

test('the live connection is closed to strangers and to other sites', async () => {
  const { url } = await start()
  const [code] = await once(openSocket(url, {}), 'close')
  expect(code).toBe(4401)
  const ann = await visit(url, 'Ann')
  const [refused] = await once(openSocket(url, { cookie: ann.cookie, origin: 'https://evil.example' }), 'error')
  expect(String(refused)).toContain('403')
})

test('what was promised before kill -9 is there after it, and there is one chat', async () => {
  const first = await start()
  const ann = await visit(first.url, 'Ann')
  const bob = await visit(first.url, 'Bob')
  const dan = await visit(first.url, 'Dan')
  const item = await dealOf(ann, [bob.id])
  const { chat } = await ann.call<{ chat: { id: string } }>('POST', `/items/${item}/discuss`)
  await bob.call('POST', `/chats/${chat.id}/messages`, { text: 'Before the fall' })
  await ann.call('POST', `/items/${item}/observers`, { add: [dan.id] })
  // In the middle of work: some of these are answered, some are not, and none may be half done.
  const late = await dealOf(ann, [bob.id, dan.id])
  const work = [ann, bob, dan].map((one) => one.call('POST', `/items/${late}/discuss`).catch(() => null))
  await new Promise((resolve) => setTimeout(resolve, 15))
  expect(await first.end('SIGKILL')).toMatchObject({ signal: 'SIGKILL' })
  await Promise.all(work)

  await leasesRunOut()
  const second = await start()
  const again = await visit(second.url, 'Dan')
  await expect.poll(async () => namesIn(again, chat.id), { timeout: 10_000 }).toEqual(['Ann Reed', 'Bob Chen', 'Dan Okafor'])
  const { items } = await again.call<Page<{ kind: string; text: string }>>('GET', `/chats/${chat.id}/messages`)
  expect(items.filter((one) => one.kind === 'text').map((one) => one.text)).toEqual(['Before the fall'])
  // Who was signed in still is.
  const opened = await fetch(`${second.url}/api/items/${late}/discuss`, { method: 'POST', headers: { cookie: ann.cookie } })
  expect(opened.status).toBe(200)
  await expect
    .poll(async () => (await again.call<Page<{ item: { id: string } }>>('GET', '/chats')).items.filter((one) => one.item.id === late))
    .toHaveLength(1)
  const lateChat = ((await opened.json()) as { chat: { id: string } }).chat.id
  await expect.poll(async () => namesIn(again, lateChat), { timeout: 10_000 }).toEqual(['Ann Reed', 'Bob Chen', 'Dan Okafor'])
}, 60_000)

const namesIn = async (who: Visitor, chat: string) =>
  (await who.call<Page<{ name: string }>>('GET', `/chats/${chat}/members`).catch(() => ({ items: [] }))).items
    .map((one) => one.name)
    .toSorted()

describe.each(onPostgres ? ['PostgreSQL'] : [])('on %s', () => {
  test('two processes on one database work together: what one does, the other’s browsers hear of', async () => {
    const [one, other] = [await start(), await start()]
    const [ann, bob] = [await visit(one.url, 'Ann'), await visit(other.url, 'Bob')]
    const { hints } = await bob.listen()
    const item = await dealOf(ann, [bob.id])
    await expect.poll(() => hints, { timeout: 5_000 }).toContainEqual({ kind: 'item', id: item })
    const opened = await Promise.all(
      [ann, bob, ann, bob].map((who) => who.call<{ chat: { id: string }; created: boolean }>('POST', `/items/${item}/discuss`)),
    )
    expect([new Set(opened.map((answer) => answer.chat.id)).size, opened.filter((answer) => answer.created).length]).toEqual([1, 1])
  })
})

describe.each(onPostgres ? [] : ['the embedded database'])('on %s', () => {
  test('a second process on the same data is refused with a sentence and exit code 1, and the first goes on', async () => {
    const first = await start()
    const second = launch({ ...env, PORT: '0' })
    const [code] = await once(second.child, 'exit')
    expect(code).toBe(1)
    expect(second.output()).toMatch(/^Another Ringside \(process \d+\) is using the data in .*DATA_DIR.*DATABASE_URL.*\.\n$/)
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
    expect(existsSync(join(folder, 'data/lock'))).toBe(true)
  })
})

describe('the pages', () => {
  let url: string
  beforeAll(async () => {
    const one = await startRingside({ ...env, ...(onPostgres ? {} : { DATA_DIR: join(folder, 'pages') }) })
    url = one.url
    return async () => void (await one.end('SIGTERM'))
  })
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`)
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      headers: response.headers,
      text: await response.text(),
    }
  }

  test('every address of the workspace is answered with the workspace', async () => {
    const home = await get('/')
    expect(home).toMatchObject({ status: 200, type: expect.stringContaining('text/html') })
    for (const path of ['/items/abc', '/chats', '/chats/abc', '/notifications'])
      expect([path, (await get(path)).text]).toEqual([path, home.text])
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(home.text)?.[1] ?? ''
    expect(await get(script)).toMatchObject({ status: 200, type: expect.stringContaining('javascript') })
    expect((await get(script)).headers.get('cache-control')).toContain('immutable')
  })

  test('an address of the API, or a file, that is not there is 404 and not the workspace', async () => {
    for (const path of ['/api/nothing', '/assets/nothing.js', '/slack/nothing']) {
      expect([path, await get(path)]).toMatchObject([path, { status: 404, type: 'application/problem+json' }])
    }
  })

  test('nobody climbs out of the folder', async () => {
    for (const path of ['/../package.json', '/..%2f..%2fpackage.json', '/assets/..%2f..%2f..%2fpackage.json', '/%2e%2e/package.json']) {
      expect([path, await raw(path)]).toEqual([path, expect.not.stringContaining('"ringside"')])
    }
  })

  /** `fetch` would tidy the path up before it asks. */
  const raw = (path: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(url)
      request({ hostname, port, path }, (response) => {
        let text = ''
        response.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve(text))
      })
        .on('error', reject)
        .end()
    })

  test('the description of the API opens without the internet', async () => {
    const page = await get('/api/docs')
    expect(page).toMatchObject({ status: 200, type: expect.stringContaining('text/html') })
    const asked = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(asked.length).toBeGreaterThanOrEqual(3)
    for (const path of asked) {
      expect(path).toMatch(/^\/api\//)
      expect([path, (await get(path)).status]).toEqual([path, 200])
    }
    expect(JSON.parse((await get('/api/openapi.json')).text)).toMatchObject({ openapi: '3.1.0' })
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'/)
    expect(page.headers.get('content-security-policy')).not.toMatch(/https?:/)
  })

  test('pages are not shown inside other sites and carry their type', async () => {
    const { headers } = await get('/')
    expect([headers.get('x-frame-options'), headers.get('x-content-type-options')]).toEqual(['DENY', 'nosniff'])
  })
})
