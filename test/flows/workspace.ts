import { expect } from 'vitest'
import { webCrm } from '../../adapters/web/crm.ts'
import { webPlatform } from '../../adapters/web/platform.ts'
import { inOrganisation, type OpenDatabase, type Tx } from '../../db/open.ts'
import { item, person } from '../../db/schema.ts'
import { asOrganisationId, type OrganisationId } from '../../src/core/ids.ts'
import { type ItemType, keyOf } from '../../src/core/item.ts'
import { createDemo } from '../../src/demo.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { openIntake } from '../../src/engine/intake.ts'
import { openReceive } from '../../src/engine/receive.ts'
import { drain } from '../../src/engine/worker.ts'
import { createApp } from '../../src/http/app.ts'
import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { freshDatabase } from '../database.ts'
import { answersOf, type Answer, checked } from './answers.ts'

/**
 * The demo organisation in a fresh database, with the real application in front of it and the real engine behind it, as
 * `wire.ts` puts them together, but without Slack and without a queue: a wake works off what is due at once.
 */
export type Workspace = {
  readonly database: OpenDatabase
  readonly organisation: OrganisationId
  readonly app: ReturnType<typeof createApp>
  readonly engine: Engine
  readonly clock: Clock & { later(ms: number): void }
  /** By first name, as in `as('Ann')`. */
  idOf(firstName: string): string
  /** The id of an item by its key, as in `itemId('D-42')`. */
  itemId(key: string): string
  /** Signs somebody in. */
  as(firstName: string): Promise<Client>
  /** Somebody without a cookie. */
  stranger(): Client
  /** Looks into the tables as the organisation. */
  inside<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>
  /** Waits until nothing is due any more. */
  settled(): Promise<void>
  /** The same database under a new engine and application: what a restart keeps. `through` puts something before the platform. */
  restarted(through?: Through): Promise<Workspace>
  close(): Promise<void>
}

export type Client = {
  readonly id: string
  readonly name: string
  readonly cookie: string
  /** Any answer. Every one of them is held against the contract. */
  ask(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Answers that have to be a success, with their body. */
  get<Body>(path: string): Promise<Body>
  post<Body>(path: string, body?: unknown, headers?: Record<string, string>): Promise<Body>
  patch<Body>(path: string, body: unknown, headers?: Record<string, string>): Promise<Body>
  put(path: string, body: unknown): Promise<void>
  delete(path: string): Promise<void>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const SILENT = { info() {}, warn() {}, error() {} }

export async function openWorkspace(): Promise<Workspace> {
  const database = await freshDatabase()
  const organisation = await createDemo(database.db, Date.now())
  return over(database, organisation)
}

type Through = (platform: ChatPlatform) => ChatPlatform

async function over(database: OpenDatabase, organisation: OrganisationId, through: Through = (platform) => platform): Promise<Workspace> {
  const { engine, clock, settled } = engineOver(database, through)
  const bugs: unknown[] = []
  const loud: Engine = { ...engine, log: { ...SILENT, error: (facts) => void bugs.push(facts) } }
  const app = createApp({
    engine: loud,
    receive: openReceive(loud, openIntake(loud)),
    slack: null,
    teams: null,
    demo: true,
    signIn: null,
    secureCookies: false,
    ready: async () => ({ ok: true, checks: { database: true } }),
  })
  const answers = answersOf(app)
  const inside = <Value>(work: (tx: Tx) => Promise<Value>) => inOrganisation(database.db, organisation, work)
  const people = await inside((tx) => tx.select().from(person))
  const items = await inside((tx) => tx.select().from(item))
  const ids = new Map(people.map((row) => [row.name.split(' ')[0] ?? '', row.id]))
  const keys = new Map(items.map((row) => [keyOf(row.type, row.number), row.id]))

  const client = (name: string, id: string, cookie: string): Client => {
    const ask: Client['ask'] = async (method, path, body, headers = {}) => {
      const response = await app.request(`/api${path}`, {
        method,
        headers: {
          host: 'localhost',
          ...(cookie && { cookie }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
        }),
      })
      const answer = await checked(answers, method, path, response)
      if (answer.status === 500) throw new Error(`${method} ${path} went wrong: ${JSON.stringify(bugs.at(-1))}`)
      return answer
    }
    const must = async (method: Method, path: string, body?: unknown, headers?: Record<string, string>) => {
      const answer = await ask(method, path, body, headers)
      if (answer.status >= 300) throw new Error(`${method} ${path} → ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body as never
    }
    return {
      id,
      name,
      cookie,
      ask,
      get: (path) => must('GET', path),
      post: (path, body, headers) => must('POST', path, body, headers),
      patch: (path, body, headers) => must('PATCH', path, body, headers),
      put: (path, body) => must('PUT', path, body),
      delete: (path) => must('DELETE', path),
    }
  }

  const known = (map: ReadonlyMap<string, string>, name: string) => {
    const id = map.get(name)
    if (!id) throw new Error(`The demo has no ${name}.`)
    return id
  }
  return {
    database,
    organisation,
    app,
    engine: loud,
    clock,
    idOf: (name) => known(ids, name),
    itemId: (key) => known(keys, key),
    stranger: () => client('Somebody', '', ''),
    async as(name) {
      const id = known(ids, name)
      const answer = await client(name, id, '').ask('POST', '/demo/sign-in', { personId: id })
      expect(answer.status).toBe(200)
      return client(name, id, answer.cookie)
    },
    inside,
    settled,
    restarted: (before) => over(database, organisation, before),
    async close() {
      await settled()
      await database.close()
      expect(bugs).toEqual([])
    },
  }
}

function engineOver(database: OpenDatabase, through: Through) {
  let ahead = 0
  const clock = {
    now: () => Date.now() + ahead,
    wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    later: (ms: number) => void (ahead += ms),
  }
  let work: Promise<unknown> = Promise.resolve()
  const engine: Engine = {
    db: database.db,
    clock,
    log: SILENT,
    platformOf: (connection) =>
      connection.platform === 'web' ? through(webPlatform(database.db, asOrganisationId(connection.organisationId), clock)) : null,
    sourceOf: (id) => webCrm(database.db, id, clock),
    wake: () => void (work = work.then(() => drain(engine))),
    publicUrl: 'http://localhost',
  }
  const settled = async () => {
    engine.wake()
    await work
  }
  return { engine, clock, settled }
}

/** A new deal (or another type) of somebody's own, so that tests do not stand in each other's way. */
export async function newItem(
  by: Client,
  wish: { title?: string; type?: ItemType; responsible?: string; observers?: readonly string[] } = {},
): Promise<string> {
  const made = await by.post<{ id: string }>('/items', { type: 'deal', title: 'A deal', ...wish })
  return made.id
}
