import { expect, test } from 'vitest'
import { teamsCall } from '../../adapters/teams/call.ts'
import { ERRORS, WORD_OF_STATUS } from '../../adapters/teams/errors.ts'
import { failureOf, sort, wordOf } from '../../adapters/teams/failure.ts'
import { type Operation, OPERATIONS } from '../../adapters/teams/operations.ts'
import { entraTokens } from '../../adapters/teams/tokens.ts'
import { ok } from '../../src/core/failure.ts'

const operations = Object.keys(OPERATIONS) as Operation[]

test.each(operations)('every documented status of %s is sorted, and says why in a sentence', (operation) => {
  for (const word of Object.values(WORD_OF_STATUS)) {
    const sorted = sort(operation, word)
    if (sorted.kind === 'already') continue
    expect(sorted.code).toMatch(/^[a-z_]+$/)
    expect(sorted.code).not.toMatch(/^teams_/)
    expect(sorted.why).toMatch(/^[A-Z].{15,}\.$/)
    if (sorted.kind === 'later') expect(sorted.afterMs).toBeGreaterThanOrEqual(1000)
  }
})

test('nothing Microsoft says makes us believe that a chat is gone', () => {
  for (const operation of operations)
    for (const word of [...Object.values(WORD_OF_STATUS), ...Object.keys(ERRORS)]) expect(sort(operation, word).kind).not.toBe('gone')
})

test.each<[Operation, number, object, string, string]>([
  ['members.list', 403, { error: { code: 'Forbidden', message: 'no' } }, 'forbidden', 'unreachable'],
  ['chat.create', 403, { error: { code: 'Forbidden', message: 'Missing role permissions' } }, 'missing_scope', 'reconnect'],
  ['chat.create', 400, { error: { code: 'BadRequest', message: 'Exception has been thrown' } }, 'bad_request', 'refused'],
  ['member.add', 403, { error: { code: 'Forbidden', message: 'AclCheckFailed-ACL check failed' } }, 'acl_check_failed', 'refused'],
  ['chat.create', 500, {}, 'internal_server_error', 'uncertain'],
  ['member.add', 504, {}, 'gateway_timeout', 'uncertain'],
  ['message.send', 412, { error: { code: 'PreconditionFailed' } }, 'precondition_failed', 'later'],
  ['members.list', 404, { error: { code: 'NotFound', message: '' } }, 'not_found', 'unreachable'],
  ['chat.read', 401, { error: { code: 'InvalidAuthenticationToken' } }, 'invalid_authentication_token', 'reconnect'],
  ['message.send', 403, { error: { code: 'BotNotInConversationRoster' } }, 'bot_not_in_conversation_roster', 'unreachable'],
  ['chat.read', 418, { error: { code: 'MoonInRetrograde' } }, 'teams_moon_in_retrograde', 'refused'],
])('%s, answered with %i %o, is %s: %s', (operation, status, body, code, kind) => {
  expect(failureOf(operation, wordOf(operation, status, body as never))).toMatchObject({ code, kind })
})

const tokens = { of: async () => ok('token'), drop: () => {} }
const calling = (operation: Operation, answer: typeof fetch, path = '/chats') =>
  teamsCall({
    tenant: 't',
    homeTenant: 'h',
    tokens,
    graphUrl: 'https://graph.example/v1.0',
    connectorUrl: 'https://bot.example',
    fetch: answer,
    timeoutMs: 50,
  })(operation, { path })
const broken = (code: string) => async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

test.each<[string, Operation, typeof fetch, string, string]>([
  ['a chat whose creation broke off', 'chat.create', broken('ECONNRESET'), 'uncertain', 'no_answer'],
  ['a reading that broke off', 'members.list', broken('ECONNRESET'), 'later', 'no_answer'],
  ['nobody listens', 'chat.create', broken('ECONNREFUSED'), 'later', 'not_connected'],
  ['a page of a proxy', 'chat.create', async () => new Response('<html>'), 'uncertain', 'unreadable_answer'],
  ['503 of a reading', 'users.list', async () => new Response('', { status: 503 }), 'later', 'service_unavailable'],
  ['503 of a sending', 'message.send', async () => new Response('', { status: 503 }), 'uncertain', 'service_unavailable'],
])('%s', async (_what, operation, answer, kind, code) => {
  expect(await calling(operation, answer)).toMatchObject({ ok: false, failure: { kind, code } })
})

test('the next page is followed only where it came from, so that no token goes elsewhere', async () => {
  const asked: unknown[] = []
  const answer: typeof fetch = async (url) => {
    asked.push(url)
    return Response.json({})
  }
  expect(await calling('members.list', answer, 'https://evil.example/v1.0/chats')).toMatchObject({ failure: { code: 'another_address' } })
  expect((await calling('members.list', answer, 'https://graph.example/v1.0/next?a=1')).ok).toBe(true)
  expect(asked).toEqual(['https://graph.example/v1.0/next?a=1'])
})

const entra = (answer: () => Response | Promise<Response>) => {
  const asked: string[] = []
  const app = { appId: 'app', appSecret: 'secret', entraUrl: 'https://entra.example', now: () => 0 }
  const one = entraTokens({
    ...app,
    fetch: async (url) => {
      asked.push(url instanceof Request ? url.url : url.toString())
      return answer()
    },
  })
  return { tokens: one, asked }
}

test('one token for all who ask at once, kept, and asked for anew when it was not accepted', async () => {
  const { tokens: one, asked } = entra(() => Response.json({ access_token: 'a', expires_in: 3599 }))
  await Promise.all([one.of('tenant', 'scope'), one.of('tenant', 'scope')])
  await one.of('tenant', 'scope')
  expect(asked).toEqual(['https://entra.example/tenant/oauth2/v2.0/token'])
  one.drop('tenant', 'scope', 'a')
  await one.of('tenant', 'scope')
  expect(asked).toHaveLength(2)
})

test.each([
  ['700016', 'reconnect', 'no_consent'],
  ['7000222', 'reconnect', 'bad_secret'],
  ['90002', 'reconnect', 'no_such_tenant'],
  ['12345', 'reconnect', 'no_token'],
])('AADSTS%s is %s: %s', async (number, kind, code) => {
  const { tokens: one } = entra(() =>
    Response.json({ error: 'invalid_client', error_description: `AADSTS${number}: no.` }, { status: 400 }),
  )
  expect(await one.of('tenant', 'scope')).toMatchObject({ ok: false, failure: { kind, code, why: expect.stringMatching(/\.$/) } })
})

test('an Entra that is not well is asked again later', async () => {
  const { tokens: one } = entra(() => Response.json({}, { status: 503 }))
  expect(await one.of('tenant', 'scope')).toMatchObject({ failure: { kind: 'later' } })
})
