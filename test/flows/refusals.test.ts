import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answered, person, session } from '../../db/schema.ts'
import { type Client, newItem, openWorkspace, type Workspace } from './workspace.ts'

/** Every way to be refused, and that each says so in a form that programs and people can use. */

let at: Workspace
let ann: Client
let max: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  max = await at.as('Max')
})
afterAll(() => at.close())

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

describe('signed out', () => {
  const OPEN = ['/api/demo/people', '/api/demo/sign-in', '/api/sign-in', '/api/setup', '/api/welcome']

  test('every path but the doors answers 401 to a stranger, whatever it is asked for', async () => {
    const stranger = at.stranger()
    const description = (await (await at.app.request('/api/openapi.json')).json()) as { paths: Record<string, Record<string, unknown>> }
    const paths = Object.entries(description.paths).filter(([path]) => !OPEN.includes(path))
    expect(paths.length).toBeGreaterThan(15)
    for (const [path, methods] of paths) {
      for (const method of Object.keys(methods)) {
        const body = method === 'get' || method === 'delete' ? undefined : {}
        const filled = path.replace('/api', '').replace('{id}', at.itemId('D-42')).replace('{personId}', ann.id)
        const answer = await stranger.ask(method.toUpperCase() as 'GET', filled, body)
        expect([method, path, answer]).toMatchObject([method, path, { status: 401, body: { code: 'signed_out' } }])
      }
    }
  })

  test('a cookie that nobody was given, and one after signing out, are worth nothing', async () => {
    const forged = { cookie: `ringside_session=${'0'.repeat(64)}` }
    expect((await at.stranger().ask('GET', '/me', undefined, forged)).status).toBe(401)
    const dan = await at.as('Dan')
    await dan.post('/sign-out')
    expect((await dan.ask('GET', '/me')).status).toBe(401)
  })

  test('a session ends after 30 days', async () => {
    const other = await at.restarted()
    const dan = await other.as('Dan')
    other.clock.later(31 * 24 * 3_600_000)
    expect((await dan.ask('GET', '/me')).status).toBe(401)
  })

  test('what is left of sessions that ended goes when somebody signs in', async () => {
    const ended = { organisationId: at.organisation, personId: ann.id, tokenHash: 'ended', expiresAt: new Date(Date.now() - 1) }
    await at.inside((tx) => tx.insert(session).values(ended))
    await at.as('Dan')
    expect(await at.inside((tx) => tx.select().from(session).where(eq(session.tokenHash, 'ended')))).toEqual([])
    expect((await ann.ask('GET', '/me')).status).toBe(200)
  })

  test('whoever is switched off is signed out at once, and cannot sign in', async () => {
    const finn = await at.as('Finn')
    const set = (active: boolean) => at.inside((tx) => tx.update(person).set({ active }).where(eq(person.id, finn.id)))
    await set(false)
    expect((await finn.ask('GET', '/me')).status).toBe(401)
    expect((await at.stranger().ask('POST', '/demo/sign-in', { personId: finn.id })).body).toMatchObject({ code: 'person_not_found' })
    await set(true)
    expect((await finn.ask('GET', '/me')).status).toBe(200)
  })

  test('the demo opens for this machine only', async () => {
    for (const headers of [{ host: 'ringside.example.com' }, { 'x-forwarded-for': '203.0.113.7' }] as Record<string, string>[]) {
      const answers = [
        await at.stranger().ask('GET', '/demo/people', undefined, headers),
        await at.stranger().ask('POST', '/demo/sign-in', { personId: ann.id }, headers),
      ]
      expect(answers.map((answer) => [answer.status, answer.cookie])).toEqual([
        [404, ''],
        [404, ''],
      ])
    }
  })
})

describe('not there', () => {
  test('unknown items, chats, people and paths are 404', async () => {
    const deal = await newItem(ann)
    const asked = [
      await ann.ask('GET', `/items/${UNKNOWN}`),
      await ann.ask('GET', `/chats/${UNKNOWN}`),
      await ann.ask('GET', '/items/%2e%2e%2f'),
      await ann.ask('GET', '/nothing'),
      await ann.ask('GET', `/items/${deal}/why/${UNKNOWN}`),
      await ann.ask('POST', `/items/${deal}/observers`, { add: [UNKNOWN] }),
      await ann.ask('PATCH', `/items/${deal}`, { observers: [UNKNOWN] }),
      await ann.ask('PATCH', `/items/${deal}`, { responsible: UNKNOWN }),
      await ann.ask('POST', '/items', { type: 'deal', title: 'A deal', responsible: UNKNOWN }),
      await ann.ask('POST', '/chats', { people: [UNKNOWN] }),
    ]
    expect(asked.map((answer) => answer.status)).toEqual(asked.map(() => 404))
    expect(asked.slice(5).map((answer) => (answer.body as { field?: string }).field)).toEqual([
      'add',
      'observers',
      'responsible',
      'responsible',
      'people',
    ])
  })
})

describe('not right', () => {
  const WRONG: [name: string, method: 'POST' | 'PATCH' | 'PUT', path: string, body: unknown, field: string | undefined][] = [
    ['malformed JSON', 'POST', '/items', '{"type":', undefined],
    ['a body that is a list', 'POST', '/items', [], undefined],
    ['no body', 'POST', '/items', undefined, 'type'],
    ['an unknown field', 'POST', '/items', { type: 'deal', title: 'A deal', colour: 'red' }, 'colour'],
    ['a wrong type of value', 'POST', '/items', { type: 'deal', title: 7 }, 'title'],
    ['a type of item there is not', 'POST', '/items', { type: 'boat', title: 'A deal' }, 'type'],
    ['an empty title', 'POST', '/items', { type: 'deal', title: '   ' }, 'title'],
    ['half a cent', 'POST', '/items', { type: 'deal', title: 'A deal', amount: 12.5 }, 'amount'],
    ['a wrong value in a list', 'POST', '/items', { type: 'deal', title: 'A deal', observers: ['a', 7] }, 'observers.1'],
    ['text that cannot be stored', 'POST', '/items', { type: 'deal', title: 'A\u0000deal' }, 'title'],
    ['an id that cannot be stored', 'POST', '/items', { type: 'deal', title: 'A deal', observers: ['a\u0000'] }, 'observers.0'],
    ['an unknown field of a chat', 'POST', '/chats', { people: [], secret: true }, 'secret'],
    ['nobody', 'POST', `/chats/${UNKNOWN}/members`, { people: [] }, 'people'],
    ['an empty message', 'POST', `/chats/${UNKNOWN}/messages`, { text: ' \n ' }, 'text'],
    ['a message that is too long', 'POST', `/chats/${UNKNOWN}/messages`, { text: 'a'.repeat(8001) }, 'text'],
    ['a mark beyond every sequence', 'PUT', `/chats/${UNKNOWN}/read`, { seq: 9_999_999_999 }, 'seq'],
    ['a mute that is no answer', 'PUT', `/chats/${UNKNOWN}/mute`, { muted: 'yes' }, 'muted'],
    ['no one to sign in', 'POST', '/demo/sign-in', { person: 'Ann' }, 'personId'],
  ]
  test.each(WRONG)('%s is 400 and names the field', async (_name, method, path, body, field) => {
    const answer = await ann.ask(method, path, body)
    expect(answer).toMatchObject({ status: 400, body: { status: 400 } })
    expect((answer.body as { field?: string }).field).toBe(field)
  })

  test.each([
    ['/items?limit=0', 'limit'],
    ['/items?limit=1000', 'limit'],
    ['/items?type=boat', 'type'],
    ['/items?query=%00', 'query'],
    ['/items?cursor=here', 'cursor'],
    ['/items?cursor=99999999999999999_a', 'cursor'],
    ['/items?cursor=9999999999999999_a', 'cursor'],
    ['/items?cursor=-1_a', 'cursor'],
    ['/chats?cursor=x', 'cursor'],
    ['/people?cursor=x', 'cursor'],
    ['/notifications?cursor=-1', 'cursor'],
    ['/notifications?cursor=1e3', 'cursor'],
    [`/items/${UNKNOWN}%00`, 'id'],
    [`/chats/${UNKNOWN}/messages?after=99999999999`, 'after'],
    [`/chats/${UNKNOWN}/messages?before=x`, 'before'],
  ])('GET %s is 400 and names %s', async (path, field) => {
    expect(await ann.ask('GET', path)).toMatchObject({ status: 400, body: { field } })
  })

  test('a bad cursor of a timeline is 400', async () => {
    expect(await ann.ask('GET', `/items/${at.itemId('D-42')}/timeline?cursor=x`)).toMatchObject({ status: 400, body: { field: 'cursor' } })
  })

  test('a revision that is none is 400', async () => {
    const deal = await newItem(ann)
    const answer = await ann.ask('PATCH', `/items/${deal}`, { title: 'B' }, { 'if-match': 'latest' })
    expect(answer).toMatchObject({ status: 400, body: { field: 'if-match' } })
  })

  test('a body under another name than JSON is refused and not passed over', async () => {
    const deal = await newItem(ann)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await ann.ask('PATCH', `/items/${deal}`, '{"title":"B"}', { 'content-type': type })
      expect(answer).toMatchObject({ status: 415, body: { code: 'not_json' } })
    }
    expect(await ann.get(`/items/${deal}`)).toMatchObject({ title: 'A deal', revision: 1 })
  })

  test('a body over 1 MiB is 413, and one just below is read', async () => {
    const big = (bytes: number) => ann.ask('POST', '/items', { type: 'deal', title: 'a'.repeat(bytes) })
    expect(await big(1024 * 1024)).toMatchObject({ status: 413, body: { code: 'body_too_large' } })
    expect(await big(1024 * 1024 - 100)).toMatchObject({ status: 400, body: { field: 'title' } })
  })
})

describe('cannot be done', () => {
  test.each(['estimate', 'document'] as const)('O7 observers and a chat of an %s are 422 with the sentence', async (type) => {
    const id = await newItem(max, { type })
    const why = `${type === 'estimate' ? 'Estimates' : 'Signing documents'} don't have observers or a chat.`
    const asked = [
      await max.ask('POST', `/items/${id}/observers`, { add: [ann.id] }),
      await max.ask('POST', `/items/${id}/discuss`),
      await max.ask('PATCH', `/items/${id}`, { observers: [ann.id] }),
      await max.ask('PATCH', `/items/${id}`, { title: 'B', observers: [ann.id] }),
      await max.ask('POST', '/items', { type, title: 'C', observers: [ann.id] }),
    ]
    for (const answer of asked) expect(answer).toMatchObject({ status: 422, body: { code: 'type_without_observers', detail: why } })
    expect(await max.get(`/items/${id}`)).toMatchObject({
      title: 'A deal',
      observers: [],
      chat: null,
      may: { discuss: false, appoint: false, whyNot: why },
    })
  })

  test('O7 handing over an estimate leaves no observer behind', async () => {
    const id = await newItem(max, { type: 'estimate' })
    expect(await max.patch(`/items/${id}`, { responsible: ann.id })).toMatchObject({ responsible: { id: ann.id }, observers: [] })
  })

  test('O2 observers do not change the item, and only managers delete it', async () => {
    const bob = await at.as('Bob')
    const deal = await newItem(ann, { observers: [bob.id] })
    const refused = { status: 403, body: { code: 'not_allowed' } }
    expect(await bob.ask('PATCH', `/items/${deal}`, { title: 'B' })).toMatchObject(refused)
    expect(await bob.ask('PATCH', `/items/${deal}`, { title: 'B', observers: [] })).toMatchObject(refused)
    expect(await bob.ask('PATCH', `/items/${deal}`, {})).toMatchObject(refused)
    expect(await bob.ask('DELETE', `/items/${deal}`)).toMatchObject(refused)
    expect(await ann.ask('DELETE', `/items/${deal}`)).toMatchObject(refused)
    expect((await max.ask('DELETE', `/items/${deal}`)).status).toBe(204)
    expect((await max.ask('DELETE', `/items/${deal}`)).status).toBe(404)
  })

  test('one person to be added and removed at once is 422, and nothing happens', async () => {
    const deal = await newItem(ann, { observers: [at.idOf('Bob')] })
    const bob = at.idOf('Bob')
    expect(await ann.ask('POST', `/items/${deal}/observers`, { add: [bob], remove: [bob] })).toMatchObject({
      status: 422,
      body: { code: 'contradiction' },
    })
    expect(await ann.get(`/items/${deal}`)).toMatchObject({ revision: 1, observers: [{ id: bob }] })
  })
})

describe('changed meanwhile', () => {
  test('412 carries the item as it is now, and what was refused is not saved', async () => {
    const deal = await newItem(ann)
    await ann.patch(`/items/${deal}`, { title: 'First' }, { 'if-match': '1' })
    const answer = await max.ask('PATCH', `/items/${deal}`, { title: 'Second' }, { 'if-match': '"1"' })
    expect(answer).toMatchObject({ status: 412, body: { code: 'revision_conflict', current: { id: deal, title: 'First', revision: 2 } } })
    expect((answer.body as { current: unknown }).current).toEqual(await max.get(`/items/${deal}`))
    expect(await max.patch(`/items/${deal}`, { title: 'Second' }, { 'if-match': 'W/"2"' })).toMatchObject({ title: 'Second', revision: 3 })
  })

  test('of many who save the same revision at once, one saves', async () => {
    const deal = await newItem(ann)
    const saves = await Promise.all(
      Array.from({ length: 8 }, (_, n) => max.ask('PATCH', `/items/${deal}`, { title: `Try ${n}` }, { 'if-match': '1' })),
    )
    expect(Map.groupBy(saves, (answer) => answer.status)).toEqual(
      new Map([
        [200, expect.objectContaining({ length: 1 })],
        [412, expect.objectContaining({ length: 7 })],
      ]),
    )
  })
})

describe('from another site', () => {
  test.each(['https://evil.example', 'null', 'http://localhost.evil.example'])('a write from %s is 403', async (origin) => {
    const headers = { origin }
    expect(await ann.ask('POST', '/items', { type: 'deal', title: 'A deal' }, headers)).toMatchObject({
      status: 403,
      body: { code: 'foreign_origin' },
    })
    expect(await at.stranger().ask('POST', '/demo/sign-in', { personId: ann.id }, headers)).toMatchObject({ status: 403, cookie: '' })
  })

  test('a write from our own pages goes through', async () => {
    expect((await ann.ask('POST', '/items', { type: 'deal', title: 'A deal' }, { origin: 'http://localhost' })).status).toBe(201)
  })
})

describe('Idempotency-Key', () => {
  const keyed = (key: string, title = 'Once') => ann.ask('POST', '/items', { type: 'deal', title }, { 'idempotency-key': key })

  test('the same write again is answered as the first time and done once', async () => {
    const key = crypto.randomUUID()
    const first = await keyed(key, 'Only once')
    const second = await keyed(key, 'Only once')
    expect([second.status, second.text]).toEqual([201, first.text])
    expect(await ann.get('/items?query=Only+once')).toMatchObject({ total: 1 })
  })

  test('a refusal again is the same refusal, in the same form', async () => {
    const key = crypto.randomUUID()
    const refused = await keyed(key, '')
    expect(await keyed(key, '')).toMatchObject({ status: 400, text: refused.text })
  })

  test('an answer without a body is repeated without one', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    for (let n = 0; n < 2; n++) expect((await ann.ask('POST', '/notifications/read', undefined, key)).status).toBe(204)
  })

  test('a key that was used for another request is 422, and one that is too long 400', async () => {
    const key = crypto.randomUUID()
    await keyed(key)
    expect(await keyed(key, 'Other')).toMatchObject({ status: 422, body: { code: 'key_reused' } })
    expect(await keyed('k'.repeat(101))).toMatchObject({ status: 400, body: { code: 'invalid_key' } })
  })

  test('the same key of another person is another key', async () => {
    const key = crypto.randomUUID()
    await keyed(key)
    const answer = await max.ask('POST', '/items', { type: 'deal', title: 'Of Max' }, { 'idempotency-key': key })
    expect(answer).toMatchObject({ status: 201, body: { title: 'Of Max' } })
  })

  test('it is kept for two days, and with it nothing of what was answered longer', async () => {
    const other = await at.restarted()
    const client = await other.as('Ann')
    const wish = ['POST', '/items', { type: 'deal', title: 'Days apart' }, { 'idempotency-key': crypto.randomUUID() }] as const
    const first = await client.ask(...wish)
    other.clock.later(47 * 3_600_000)
    expect((await client.ask(...wish)).text).toBe(first.text)
    other.clock.later(2 * 3_600_000)
    expect((await client.ask(...wish)).text).not.toBe(first.text)
  })

  test('a first one that died is done anew after a minute', async () => {
    const other = await at.restarted()
    const client = await other.as('Ann')
    const key = crypto.randomUUID()
    const again = () => client.ask('POST', '/items', { type: 'deal', title: 'Died' }, { 'idempotency-key': key })
    await again()
    await at.inside((tx) => tx.update(answered).set({ status: 0, body: '' }).where(eq(answered.key, key)))
    expect(await again()).toMatchObject({ status: 409, body: { code: 'in_progress' } })
    other.clock.later(61_000)
    expect((await again()).status).toBe(201)
  })

  test('many at once are done once; whoever comes too early is told to try again', async () => {
    const key = crypto.randomUUID()
    const answers = await Promise.all(Array.from({ length: 8 }, () => keyed(key, 'All at once')))
    expect(answers.filter((answer) => answer.status !== 201 && answer.status !== 409)).toEqual([])
    const made = answers.filter((answer) => answer.status === 201)
    expect(new Set(made.map((answer) => answer.text)).size).toBe(1)
    expect(await ann.get('/items?query=All+at+once')).toMatchObject({ total: 1 })
    expect((await keyed(key, 'All at once')).text).toBe(made[0]?.text)
  })
})
