import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { item as itemTable } from '../../db/schema.ts'
import type { LiveHint } from '../../src/http/api/contract.ts'
import { openHub } from '../../src/http/live.ts'
import { whoIs } from '../../src/http/session.ts'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/**
 * Private means members, held against the whole API as its own description lists it: every operation is asked with the ids of hidden
 * things by people who may not see them, and no answer may hold a hidden word. An operation that is added later is asked by itself; one
 * with a parameter that is not known here fails the test until it is.
 */

/** It stands in every hidden thing, and nobody who looks for it says more than its beginning. */
const SECRET = 'Zyzzyva'
const BEGINNING = 'zyzzy'

type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  items?: Schema
  properties?: Record<string, Schema>
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  format?: string
}
type Operation = {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
type Description = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }
type Asked = { method: string; path: string; body: unknown; type: string | null }

let at: Workspace
let description: Description
let ann: Client
/** A chat that nobody below is in; one that Finn came into late; one that Eve has left. Each holds the secret where they do not see. */
let closed: string
let late: string
let left: string
/** An item and its chat, for those who may not see either. */
let ofItem: readonly string[]
const hidden = { seqs: [] as number[], files: [] as string[] }

beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  description = (await (await at.app.request('/api/openapi.json')).json()) as Description
  const bob = at.idOf('Bob')
  const chat = async (name: string, people: readonly string[]) => (await ann.post<{ id: string }>('/chats', { name, people })).id
  closed = await chat(`${SECRET} closed`, [bob])
  await fill(closed)
  late = await chat('Late', [bob])
  await fill(late)
  await ann.post(`/chats/${late}/members`, { people: [at.idOf('Finn')], showHistory: false })
  left = await chat('Left', [bob, at.idOf('Eve')])
  await (await at.as('Eve')).delete(`/chats/${left}/members/${at.idOf('Eve')}`)
  await fill(left)
  const item = await newItem(ann, { title: `${SECRET} deal` })
  const discussed = await ann.post<{ chat: { id: string } }>(`/items/${item}/discuss`)
  ofItem = [item, discussed.chat.id]
  await ann.post(`/chats/${discussed.chat.id}/messages`, { text: `${SECRET} about the deal` })
})
afterAll(() => at.close())

/** Everything that a chat can hold. */
async function fill(chat: string): Promise<void> {
  const bytes = new TextEncoder().encode(`${SECRET} in a file`)
  const { id } = await ann.post<{ id: string }>(`/chats/${chat}/files`, { name: `${SECRET}.txt`, size: bytes.length })
  await raw(ann.cookie, { method: 'PUT', path: `/chats/${chat}/files/${id}/parts/0`, body: bytes, type: 'application/octet-stream' })
  const first = await ann.post<{ seq: number }>(`/chats/${chat}/messages`, { text: `${SECRET} @Bob Chen`, files: [id] })
  const answer = await ann.post<{ seq: number }>(`/chats/${chat}/messages`, { text: `More ${SECRET}`, replyTo: first.seq })
  await ann.ask('PUT', `/chats/${chat}/messages/${first.seq}/reactions/${encodeURIComponent('👍')}`)
  await ann.patch(`/chats/${chat}/messages/${answer.seq}`, { text: `Other ${SECRET}` })
  hidden.seqs.push(first.seq, answer.seq)
  hidden.files.push(id)
}

async function raw(cookie: string, { method, path, body, type }: Asked): Promise<{ status: number; text: string }> {
  const response = await at.app.request(`/api${path}`, {
    method,
    headers: { host: 'localhost', cookie, ...(type && { 'content-type': type }) },
    ...(body !== undefined && { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
  })
  const headers = JSON.stringify([...response.headers])
  return { status: response.status, text: `${headers}\n${Buffer.from(await response.arrayBuffer()).toString('latin1')}` }
}

/** What stands for each parameter of a path. */
function candidates(name: string, viewer: Client): readonly string[] {
  const known: Record<string, () => readonly (string | number)[]> = {
    id: () => [closed, late, left, ...ofItem, ...hidden.files],
    fileId: () => hidden.files,
    seq: () => [...new Set(hidden.seqs)],
    personId: () => [viewer.id, ann.id],
    emoji: () => ['👍'],
    place: () => [0],
    requestId: () => [crypto.randomUUID()],
  }
  const values = known[name]
  if (!values) throw new Error(`What may stand for {${name}} in a path? Say it here, so that it is tried with hidden things.`)
  return values().map((value) => encodeURIComponent(String(value)))
}

function pathsOf(path: string, viewer: Client): readonly string[] {
  const name = /\{(\w+)\}/.exec(path)?.[1]
  if (!name) return [path]
  return candidates(name, viewer).flatMap((value) => pathsOf(path.replace(`{${name}}`, value), viewer))
}

/** Without a query where one is allowed, and with each single parameter pointed at what is hidden. */
function queriesOf({ parameters = [] }: Operation): readonly string[] {
  const query = parameters.filter((parameter) => parameter.in === 'query')
  const valuesOf: Record<string, readonly (string | number)[]> = {
    query: [BEGINNING],
    chat: [closed, late, left],
    in: ['files', 'messages'],
    around: hidden.seqs,
    before: [1000],
    after: [0],
    cursor: [1000, 0],
    inline: [1],
  }
  const must = query.filter((one) => one.required).map((one) => `${one.name}=${valuesOf[one.name]?.[0] ?? 'x'}`)
  const each = query.flatMap(({ name }) => (valuesOf[name] ?? []).map((value) => `${name}=${value}`))
  return [must, ...each.map((one) => [...must, one])].map((all) => (all.length > 0 ? `?${all.join('&')}` : ''))
}

/** A body as the description wants it, whose fields point at what is hidden wherever they can. */
function bodyOf(schema: Schema, viewer: Client, name = ''): unknown {
  if (schema.$ref) return bodyOf(description.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, viewer, name)
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0]
  if (choice) return bodyOf(choice, viewer, name)
  if (schema.enum) return schema.enum[0]
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, its]) => [field, bodyOf(its, viewer, field)]))
    case 'array':
      return name === 'files' ? hidden.files : [bodyOf(schema.items ?? {}, viewer, name)]
    case 'integer':
    case 'number':
      return ['seq', 'replyTo'].includes(name) ? hidden.seqs[0] : (schema.minimum ?? 1)
    case 'boolean':
      return true
    default:
      if (schema.format === 'email') return 'somebody@example.com'
      return ['people', 'add', 'observers', 'responsible', 'personId', 'person'].includes(name) ? viewer.id : 'Something'
  }
}

function everything(viewer: Client, reading: boolean): readonly (Asked & { operation: string })[] {
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => (method === 'get') === reading)
      .flatMap(([method, operation]) => {
        const content = operation.requestBody?.content ?? {}
        const [type = null] = Object.keys(content)
        const body = type === 'application/json' ? bodyOf(content[type]?.schema ?? {}, viewer) : type ? new Uint8Array([1]) : undefined
        return pathsOf(path.replace(/^\/api/, ''), viewer).flatMap((filled) =>
          queriesOf(operation).map((query) => ({
            operation: `${method} ${path}`,
            method: method.toUpperCase(),
            path: filled + query,
            body,
            type,
          })),
        )
      }),
  )
}

const ends = ({ method, path }: Asked) => (path.endsWith('sign-out') ? 2 : method === 'DELETE' && path.includes('/members/') ? 1 : 0)

/** Asks everything and says which answers held the secret. */
async function ask(viewer: Client, reading: boolean) {
  const asked = everything(viewer, reading)
  // Whoever left a chat, or signed out, would be refused everything from then on, and prove nothing.
  const order = asked.toSorted((one, other) => ends(one) - ends(other))
  const leaks: string[] = []
  const broken: string[] = []
  const answered = new Set<number>()
  for (const one of order) {
    const { status, text } = await raw(viewer.cookie, one)
    answered.add(status)
    if (text.includes(SECRET)) leaks.push(`${one.method} ${one.path} → ${status}`)
    if (status === 500) broken.push(`${one.method} ${one.path}`)
  }
  return { leaks, broken, answered, operations: new Set(order.map((one) => one.operation)) }
}

const OPERATIONS = () =>
  Object.entries(description.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))

/** Hundreds of requests, one after the other. */
const PATIENCE_MS = 240_000

test(
  'whoever is a member finds the secret in all of these places, so it would be seen where it leaks',
  { timeout: PATIENCE_MS },
  async () => {
    const { leaks } = await ask(ann, true)
    const places = [`/chats/${closed}`, `/chats/${closed}/messages`, `/chats/${closed}/files`, `/chats/${closed}/files/${hidden.files[0]}`]
    const found = leaks.map((leak) => leak.split(' ')[1])
    for (const place of [...places, '/chats', `/search?query=${BEGINNING}`]) expect(found).toContain(place)
  },
)

describe.each([
  ['an employee from outside', 'Dan'],
  ['whoever came late, with the history hidden', 'Finn'],
  ['whoever has left', 'Eve'],
])('C2 C3 O27 %s', (_place, name) => {
  test(`reads no hidden word anywhere, before and after trying every write (${name})`, { timeout: PATIENCE_MS }, async () => {
    const viewer = await at.as(name)
    const first = await ask(viewer, true)
    expect(first).toMatchObject({ leaks: [], broken: [] })
    const writes = await ask(viewer, false)
    expect(writes).toMatchObject({ leaks: [], broken: [] })
    const again = await ask(await at.as(name), true)
    expect(again).toMatchObject({ leaks: [], broken: [] })
    expect([...first.answered]).toContain(200)
    expect([...new Set([...first.operations, ...writes.operations])].toSorted()).toEqual(OPERATIONS().toSorted())
  })
})

test(
  'C3 an administrator reads no word of a private chat anywhere, before and after trying every write',
  { timeout: PATIENCE_MS },
  async () => {
    // An administrator may open every item, and enters an item's chat by discussing it; people's own chats are another matter.
    await at.inside((tx) =>
      tx
        .update(itemTable)
        .set({ deletedAt: new Date() })
        .where(eq(itemTable.id, ofItem[0] ?? '')),
    )
    ofItem = []
    const ada = await at.as('Ada')
    expect(await ask(ada, true)).toMatchObject({ leaks: [], broken: [] })
    expect(await ask(ada, false)).toMatchObject({ leaks: [], broken: [] })
    expect(await ask(await at.as('Ada'), true)).toMatchObject({ leaks: [], broken: [] })
  },
)

test('C2 C3 O27 nor does the live connection tell them of it', async () => {
  const hub = await openHub(at.engine, at.database)
  const heard: Record<string, LiveHint[]> = { Bob: [], Dan: [], Ada: [], Finn: [], Eve: [] }
  for (const [name, hints] of Object.entries(heard)) {
    const who = await whoIs(at.engine, (await at.as(name)).cookie.split('=')[1])
    if (who) hub.join(who, (hint) => hints.push(hint))
  }
  for (const chat of [closed, late, left]) {
    const { items } = await ann.get<{ items: { seq: number; text: string }[] }>(`/chats/${chat}/messages`)
    const { seq } = items.find((one) => one.text.includes(SECRET)) ?? expect.fail('The secret is gone.')
    await ann.ask('PUT', `/chats/${chat}/messages/${seq}/reactions/${encodeURIComponent('👀')}`)
    await ann.patch(`/chats/${chat}/messages/${seq}`, { text: `Once more ${SECRET}` })
  }
  await expect.poll(() => heard['Bob']?.filter((hint) => hint.kind === 'chat').length, { timeout: 5_000 }).toBeGreaterThanOrEqual(6)
  await hub.close()
  const ofHidden = (name: string) => heard[name]?.filter((hint) => hint.kind === 'chat' && [closed, late, left].includes(hint.id))
  for (const name of ['Dan', 'Ada', 'Finn', 'Eve']) expect([name, ofHidden(name)]).toEqual([name, []])
})
