import { describe, expect, test } from 'vitest'
import { type SlackAccess, slackCall, SLACK_METHODS, type SlackMethod } from '../../adapters/slack/call.ts'
import type { Slack } from '../../adapters/slack/channel.ts'
import { failureOf, isSorted, outcomeOfWord, sort } from '../../adapters/slack/failure.ts'
import { addPeople } from '../../adapters/slack/people.ts'
import { asAccountId, asChatId } from '../../src/core/ids.ts'
import reference from '../fixtures/slack-methods.json' with { type: 'json' }

const methods = Object.keys(SLACK_METHODS) as SlackMethod[]

/** A call to a Slack that answers as told. */
const calling = (respond: typeof fetch, method: SlackMethod = 'conversations.create') => {
  const access: SlackAccess = { token: 'xoxb-test', apiUrl: 'https://slack.com/api', fetch: respond, timeoutMs: 50 }
  return slackCall(access)(method, {})
}
const answering = (body: unknown) => async () => Response.json(body)

describe('Slack’s words', () => {
  test('the reference holds exactly the methods we call', () => {
    expect(Object.keys(reference.methods).sort()).toEqual([...methods].sort())
  })

  test.each(methods)('every documented error of %s is sorted', (method) => {
    const words = [...reference.methods[method].errors, ...reference.common_errors]
    expect(words.filter((word) => !isSorted(method, word))).toEqual([])
  })

  test('every meaning is a sentence, and what waits says how long', () => {
    for (const method of methods) {
      for (const word of [...reference.methods[method].errors, ...reference.common_errors]) {
        const sorted = sort(method, word)
        if (sorted.kind === 'already') continue
        expect(`${word}: ${sorted.why}`).toMatch(/^[a-z_]+: [A-Z].{15,}\.$/)
        expect(sorted.code).toBe(word)
        if (sorted.kind === 'later') expect(sorted.afterMs).toBeGreaterThanOrEqual(1000)
      }
    }
  })

  test.each([
    ['channel_not_found', 'unreachable'],
    ['not_in_channel', 'unreachable'],
    ['token_revoked', 'reconnect'],
    ['account_inactive', 'reconnect'],
    ['invalid_auth', 'reconnect'],
    ['not_authed', 'reconnect'],
    ['missing_scope', 'reconnect'],
    ['internal_error', 'uncertain'],
    ['fatal_error', 'uncertain'],
    ['ratelimited', 'later'],
    ['is_archived', 'refused'],
  ])('%s is %s', (word, kind) => {
    expect(failureOf('conversations.invite', word).kind).toBe(kind)
  })

  test('nothing Slack says makes us believe that a chat is gone', () => {
    for (const method of methods) {
      for (const word of reference.methods[method].errors) expect(sort(method, word).kind).not.toBe('gone')
    }
  })

  test('a removal the workspace does not allow names the setting and its owner', () => {
    expect(failureOf('conversations.kick', 'restricted_action')).toMatchObject({
      mender: 'workspace-owner',
      why: expect.stringContaining('Channel management'),
    })
  })

  test('a word nobody has documented is a refusal that shows it', () => {
    const failure = failureOf('conversations.invite', 'moon_in_retrograde')
    expect(failure).toMatchObject({ kind: 'refused', code: 'slack_moon_in_retrograde', why: expect.stringContaining('moon_in_retrograde') })
    expect(outcomeOfWord('conversations.invite', 'moon_in_retrograde').kind).toBe('refused')
  })

  test('U7 of one person, too, a word nobody has documented is shown', async () => {
    const named = { ok: true, errors: [{ user: 'U1', ok: false, error: 'moon_in_retrograde' }] }
    const slack: Slack = { call: async () => ({ ok: true, value: named }), teamId: 'T1', botUser: 'UBOT' }
    const outcomes = await addPeople(slack, asChatId('C1'), [asAccountId('U1'), asAccountId('U2')], 'all')
    expect(outcomes[0]).toMatchObject({ kind: 'refused', why: expect.stringContaining('moon_in_retrograde') })
    expect(outcomes[1]).toEqual({ kind: 'done' })
  })

  test('what stands already as it was wanted is no failure of a person', () => {
    for (const word of ['already_in_channel', 'already_archived', 'already_pinned']) expect(outcomeOfWord('', word).kind).toBe('already')
  })

  test.each(['create', 'kick', 'invite', 'archive', 'rename', 'inviteShared'])(
    'what a workspace forbids of %s names where it is allowed',
    (verb) => {
      expect(failureOf(`conversations.${verb}`, 'restricted_action')).toMatchObject({
        mender: 'workspace-owner',
        why: expect.stringContaining('Settings, Permissions'),
      })
    },
  )
})

describe('what comes instead of an answer', () => {
  const gone = (code: string) => async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
  }
  const silent: typeof fetch = (_url, init) =>
    new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)))
  const brokenOff = async () => new Response(new ReadableStream({ pull: (stream) => stream.error(new TypeError('terminated')) }))

  test.each<[string, typeof fetch, SlackMethod, string, string]>([
    ['a write that hangs', silent, 'conversations.create', 'uncertain', 'no_answer'],
    ['a reading that hangs', silent, 'conversations.members', 'later', 'no_answer'],
    ['a write cut off', gone('ECONNRESET'), 'conversations.invite', 'uncertain', 'no_answer'],
    ['an answer cut off', brokenOff, 'conversations.invite', 'uncertain', 'unreadable_answer'],
    ['nobody listens', gone('ECONNREFUSED'), 'conversations.create', 'later', 'not_connected'],
    ['no such name', gone('ENOTFOUND'), 'conversations.create', 'later', 'not_connected'],
    ['a page of a proxy', async () => new Response('<html>'), 'conversations.create', 'uncertain', 'unreadable_answer'],
    ['500', async () => new Response('', { status: 500 }), 'conversations.create', 'uncertain', 'http_500'],
    ['503 of a reading', async () => new Response('', { status: 503 }), 'users.info', 'later', 'http_503'],
    ['403 of a proxy', async () => new Response('', { status: 403 }), 'conversations.create', 'refused', 'http_403'],
    ['internal_error of a reading', answering({ ok: false, error: 'internal_error' }), 'users.info', 'later', 'internal_error'],
    ['internal_error of a write', answering({ ok: false, error: 'internal_error' }), 'conversations.kick', 'uncertain', 'internal_error'],
  ])('%s', async (_name, respond, method, kind, code) => {
    expect(await calling(respond, method)).toMatchObject({ ok: false, failure: { kind, code, why: expect.stringMatching(/\.$/) } })
  })

  test('too fast: wait as long as Slack says, or ten seconds where it does not', async () => {
    const slow = (headers: Record<string, string>) => async () => Response.json({ ok: false }, { status: 429, headers })
    expect(await calling(slow({ 'retry-after': '7' }))).toMatchObject({ failure: { kind: 'later', code: 'ratelimited', afterMs: 7000 } })
    expect(await calling(slow({ 'retry-after': '1.5' }))).toMatchObject({ failure: { kind: 'later', afterMs: 2000 } })
    expect(await calling(slow({}))).toMatchObject({ failure: { kind: 'later', code: 'ratelimited', afterMs: 10_000 } })
  })

  test('K11 a missing permission is named', async () => {
    const missing = answering({ ok: false, error: 'missing_scope', needed: 'groups:write', provided: 'commands' })
    expect(await calling(missing)).toMatchObject({ failure: { kind: 'reconnect', why: expect.stringContaining('groups:write') } })
  })

  test('one call is one request, with its token, and no redirect is followed', async () => {
    const requests: { url: unknown; init: RequestInit | undefined }[] = []
    await calling(async (url, init) => {
      requests.push({ url, init })
      return new Response('', { status: 500 })
    })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ url: 'https://slack.com/api/conversations.create', init: { redirect: 'manual' } })
    expect(new Headers(requests[0]?.init?.headers).get('authorization')).toBe('Bearer xoxb-test')
  })
})
