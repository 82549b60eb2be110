import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person, signInState } from '../../db/schema.ts'
import { createDemo } from '../../src/demo.ts'
import { readEnv } from '../../src/env.ts'
import { start } from '../../src/wire.ts'
import { freshDatabase } from '../database.ts'
import { type FakeCompany, startCompany } from '../fakes/company-sign-in.ts'
import { type FakeMailServer, startMailServer } from '../fakes/mail-server.ts'

/** How people come in where it is no demo: the first administrator, whoever they add, and nobody else. */

const HERE = 'http://localhost:3000'
const PASSWORD = 'correct horse battery'
const ADA = { organisation: 'Northwind', name: 'Ada Novak', email: 'Ada@Example.com', password: PASSWORD }

let service: Awaited<ReturnType<typeof start>>
let mail: FakeMailServer
let company: FakeCompany
let database: Awaited<ReturnType<typeof freshDatabase>>
let aheadMs = 0
const clock = {
  now: () => Date.now() + aheadMs,
  wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
}
beforeAll(async () => {
  mail = await startMailServer()
  company = await startCompany()
  database = await freshDatabase()
  service = await start(
    readEnv({
      RINGSIDE_DEMO: '0',
      PUBLIC_URL: HERE,
      SECRET_KEY: 'a secret that is long enough for tests, 0123456789',
      SMTP_URL: mail.url,
      MAIL_FROM: 'ringside@example.com',
      OIDC_ISSUER: company.issuer,
      OIDC_CLIENT_ID: company.clientId,
      OIDC_CLIENT_SECRET: company.clientSecret,
      OIDC_TITLE: 'Northwind account',
      CLIENT_ADDRESS_HEADER: 'x-from',
    }),
    database,
    clock,
  )
})
afterAll(async () => {
  await service.stop()
  await mail.close()
  await company.close()
})

/** A browser: it keeps its cookies. `from`: the address that our proxy saw. */
function browser(from = '192.0.2.1') {
  const cookies = new Map<string, string>()
  const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await service.app.request(path.startsWith('http') ? path : `${HERE}${path}`, {
      method,
      headers: {
        host: 'localhost:3000',
        'x-from': from,
        ...(method !== 'GET' && { origin: HERE }),
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const text = await response.text()
    const said = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status: response.status, said, location: response.headers.get('location'), cookies: response.headers.getSetCookie() }
  }
  return {
    ask,
    get: (path: string) => ask('GET', path),
    post: (path: string, body: object) => ask('POST', path, body),
    whoAmI: async () => (await ask('GET', '/api/me')).said['name'] ?? null,
    signIn: (email: string, password = PASSWORD) => ask('POST', '/api/auth/sign-in/email', { email, password }),
  }
}

const tokenIn = (url: string | null) => /#([0-9a-f]{64})/.exec(url ?? '')?.[1] ?? expect.fail(`There is no token in ${url}.`)
const linkIn = (text: string) => /https?:\/\/\S+/.exec(text)?.[0] ?? expect.fail(`There is no link in ${text}.`)

async function added(name: string, email: string) {
  const ada = browser()
  await ada.signIn(ADA.email)
  const made = await ada.post('/api/people', { name, email, role: 'employee' })
  expect(made.status).toBe(201)
  const id = String(made.said['id'])
  const invited = await ada.post(`/api/people/${id}/invitation`, {})
  expect(invited.status).toBe(200)
  return { id, url: String(invited.said['url']), sent: invited.said['sent'] }
}

describe('the first administrator', () => {
  test('comes in by the link that the start prints, once, and nobody else becomes one', async () => {
    expect((await browser().get('/api/sign-in')).said).toEqual({
      demo: false,
      password: true,
      link: true,
      company: 'Northwind account',
      isNew: true,
      why: null,
    })
    const token = tokenIn(service.setupUrl)
    const ada = browser()
    expect((await ada.post('/api/setup', { ...ADA, token: '0'.repeat(64) })).said).toMatchObject({ status: 422, code: 'link_used' })
    expect((await ada.post('/api/setup', { ...ADA, token, password: 'short' })).said).toMatchObject({
      code: 'invalid_request',
      field: 'password',
    })
    const done = await ada.post('/api/setup', { ...ADA, token })
    expect(done).toMatchObject({
      status: 200,
      said: { name: 'Ada Novak', role: 'administrator', organisation: { name: 'Northwind' }, demo: false },
    })
    expect(await ada.whoAmI()).toBe('Ada Novak')
    expect((await browser().post('/api/setup', { ...ADA, email: 'eve@example.com', token })).status).toBe(422)
    expect((await browser().get('/api/sign-in')).said).toMatchObject({ isNew: false })
    expect((await browser().get('/api/demo/people')).status).toBe(404)
  })

  test('signs in with the password, whatever the case of the address, and out again', async () => {
    const ada = browser()
    const entered = await ada.signIn('ada@EXAMPLE.com')
    expect(entered.status).toBe(200)
    expect(entered.cookies.find((line) => line.startsWith('ringside_session='))).toMatch(/HttpOnly.*SameSite=Lax/i)
    expect(await ada.whoAmI()).toBe('Ada Novak')
    expect((await ada.post('/api/sign-out', {})).status).toBe(204)
    expect(await ada.whoAmI()).toBeNull()
  })
})

describe('whoever is not known', () => {
  test('a wrong password and an unknown address sound the same, and nobody signs up', async () => {
    const wrong = await browser().signIn(ADA.email, 'not the password')
    const unknown = await browser().signIn('nobody@example.com')
    expect(wrong.status).toBe(401)
    expect(unknown).toMatchObject({ status: wrong.status, said: wrong.said })
    expect(wrong.said).toMatchObject({ code: 'invalid_email_or_password', detail: 'The address and the password do not belong together.' })
    const signUp = await browser().post('/api/auth/sign-up/email', { email: 'eve@example.com', name: 'Eve', password: PASSWORD })
    expect(signUp.status).toBeGreaterThanOrEqual(400)
    expect(await service.engine.db.select().from(person).where(eq(person.email, 'eve@example.com'))).toEqual([])
  })

  test('an address that nobody has gets no mail, and the same answer', async () => {
    const ask = (email: string) => browser('192.0.2.7').post('/api/auth/sign-in/magic-link', { email })
    const unknown = await ask('nobody@example.com')
    const known = await ask(ADA.email)
    expect(unknown).toMatchObject({ status: 200, said: known.said })
    await mail.mailTo('ada@example.com')
    expect(mail.countTo('nobody@example.com')).toBe(0)
  })

  test('nobody’s mailbox is filled: five mails in a quarter of an hour, and the same answer', async () => {
    await added('Max Mailbox', 'max@example.com')
    const before = mail.countTo('max@example.com')
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, n) => browser(`192.0.2.${n}`).post('/api/auth/sign-in/magic-link', { email: 'max@example.com' })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await mail.mailTo('max@example.com', before + 4)
    expect(mail.countTo('max@example.com')).toBe(before + 5)
  })

  test('ten wrong passwords close the address for a quarter of an hour, from wherever they come', async () => {
    await added('Tim Target', 'tim@example.com')
    for (let n = 1; n <= 10; n++)
      expect((await browser(`192.0.2.${100 + n}`).signIn('tim@example.com', `guess number ${n}`)).status).toBe(401)
    expect((await browser('192.0.2.200').signIn('tim@example.com')).said).toMatchObject({ status: 429, code: 'too_many_tries' })
    aheadMs += 15 * 60_000 + 1_000
    expect((await browser('192.0.2.201').signIn('tim@example.com', 'guess again')).status).toBe(401)
  })
})

describe('whoever was added', () => {
  test('is invited by mail, chooses a password by the link, once, and is in', async () => {
    const { url, sent } = await added('Bob Chen', 'bob@example.com')
    expect(sent).toBe(true)
    const text = await mail.mailTo('bob@example.com')
    expect(text).toContain('Ada Novak has added you to Northwind')
    expect(linkIn(text)).toBe(url)
    const bob = browser()
    expect((await bob.post('/api/welcome', { token: tokenIn(url), password: 'bobs own password' })).said).toMatchObject({
      name: 'Bob Chen',
    })
    expect(await bob.whoAmI()).toBe('Bob Chen')
    expect((await browser().post('/api/welcome', { token: tokenIn(url), password: 'another password' })).said).toMatchObject({
      code: 'link_used',
    })
    expect((await browser().signIn('bob@example.com', 'bobs own password')).status).toBe(200)
    expect((await bob.post('/api/people', { name: 'Eve', email: 'eve@example.com', role: 'employee' })).said).toMatchObject({
      code: 'not_allowed',
    })
  })

  test('signs in by a mailed link, which works once', async () => {
    await added('Cid Baker', 'cid@example.com')
    const before = mail.countTo('cid@example.com')
    const cid = browser('192.0.2.8')
    await cid.post('/api/auth/sign-in/magic-link', { email: 'cid@example.com', callbackURL: '/' })
    const url = linkIn(await mail.mailTo('cid@example.com', before))
    expect((await cid.get(url)).status).toBe(302)
    expect(await cid.whoAmI()).toBe('Cid Baker')
    const again = browser('192.0.2.9')
    expect((await again.get(url)).location).toContain('INVALID_TOKEN')
    expect(await again.whoAmI()).toBeNull()
  })

  test('forgot the password: a mailed link lets them choose another, and the old one is good no longer', async () => {
    const { url } = await added('Dan Okafor', 'dan@example.com')
    const dan = browser()
    await dan.post('/api/welcome', { token: tokenIn(url), password: 'the first password' })
    expect(await dan.whoAmI()).toBe('Dan Okafor')
    const before = mail.countTo('dan@example.com')
    const asked = await browser().post('/api/auth/request-password-reset', { email: 'dan@example.com', redirectTo: '/new-password' })
    expect(asked.status).toBe(200)
    const back = (await browser().get(linkIn(await mail.mailTo('dan@example.com', before)))).location ?? ''
    const token = new URL(back, HERE).searchParams.get('token')
    expect((await browser().post('/api/auth/reset-password', { token, newPassword: 'the second password' })).status).toBe(200)
    // Whoever was in with the old one is out.
    expect(await dan.whoAmI()).toBeNull()
    expect((await browser().signIn('dan@example.com', 'the first password')).status).toBe(401)
    expect((await browser().signIn('dan@example.com', 'the second password')).status).toBe(200)
  })

  test('switched off, or under another address, is out', async () => {
    const { id, url } = await added('Eve Lindqvist', 'eve.l@example.com')
    const eve = browser()
    await eve.post('/api/welcome', { token: tokenIn(url), password: 'eves own password' })
    const ada = browser()
    await ada.signIn(ADA.email)
    expect((await ada.ask('PATCH', `/api/people/${id}`, { email: 'eve@new.example' })).status).toBe(200)
    expect((await browser().signIn('eve.l@example.com', 'eves own password')).status).toBe(401)
    expect((await browser().signIn('eve@new.example', 'eves own password')).status).toBe(200)
    await service.engine.db.update(person).set({ active: false }).where(eq(person.id, id))
    expect(await eve.whoAmI()).toBeNull()
    expect((await browser().signIn('eve@new.example', 'eves own password')).status).toBeGreaterThanOrEqual(400)
  })
})

describe('the company’s own sign-in', () => {
  const through = async (one: ReturnType<typeof browser>) => {
    const started = await one.post('/api/auth/sign-in/social', { provider: 'company', callbackURL: '/', errorCallbackURL: '/' })
    const consent = await fetch(String(started.said['url']), { redirect: 'manual' })
    return one.get(consent.headers.get('location') ?? '')
  }

  test('lets in whom an administrator added, by their verified address', async () => {
    await added('Fay Stone', 'fay@example.com')
    company.person = { subject: 'fay-1', email: 'Fay@example.com', verified: true, name: 'Fay S.' }
    const fay = browser()
    expect((await through(fay)).location).toBe('/')
    expect(await fay.whoAmI()).toBe('Fay Stone')
    const again = browser()
    await through(again)
    expect(await again.whoAmI()).toBe('Fay Stone')
  })

  test('lets in nobody whom nobody added, and believes no address that is not verified', async () => {
    company.person = { subject: 'mallory', email: 'mallory@example.com', verified: true, name: 'Mallory' }
    const mallory = browser()
    expect((await through(mallory)).location).toContain('error')
    expect(await mallory.whoAmI()).toBeNull()
    company.person = { subject: 'mallory', email: 'ada@example.com', verified: false, name: 'Mallory' }
    expect((await through(mallory)).location).toContain('error')
    expect(await mallory.whoAmI()).toBeNull()
  })
})

test('another site is refused at each way in, and no secret is kept in the open', async () => {
  for (const path of ['/api/auth/sign-in/email', '/api/auth/sign-in/magic-link', '/api/setup', '/api/welcome']) {
    const answer = await browser().ask('POST', path, { email: ADA.email, password: PASSWORD }, { origin: 'https://evil.example' })
    expect([path, answer.said['code']]).toEqual([path, 'foreign_origin'])
  }
  const kept = JSON.stringify(await service.engine.db.select().from(signInState))
  const before = mail.countTo('ada@example.com')
  await browser('192.0.2.30').post('/api/auth/sign-in/magic-link', { email: ADA.email })
  const token = new URL(linkIn(await mail.mailTo('ada@example.com', before))).searchParams.get('token') ?? expect.fail('no token')
  expect(JSON.stringify(await service.engine.db.select().from(signInState))).not.toContain(token)
  expect(kept).not.toContain(PASSWORD)
})

test('where administrators are known but none can sign in, the start prints the link, and whoever is known keeps their place', async () => {
  const other = await freshDatabase()
  const demo = await createDemo(other.db, Date.now())
  const env = readEnv({ RINGSIDE_DEMO: '0', PUBLIC_URL: HERE, SECRET_KEY: 'a secret that is long enough for tests, 0123456789' })
  const again = await start(env, other, clock)
  const body = JSON.stringify({ ...ADA, token: tokenIn(again.setupUrl) })
  const answer = await again.app.request(`${HERE}/api/setup`, {
    method: 'POST',
    headers: { host: 'localhost:3000', origin: HERE, 'content-type': 'application/json' },
    body,
  })
  expect(await answer.json()).toMatchObject({ name: 'Ada Novak', role: 'administrator', organisation: { id: demo } })
  expect(await other.db.select().from(person).where(eq(person.email, 'ada@example.com'))).toHaveLength(1)
  await again.stop()
})
