import { describe, expect, test } from 'vitest'
import { slackInbound } from '../../adapters/slack/inbound.ts'
import { markOf } from '../../src/core/account.ts'
import type { Received } from '../../src/ports/inbound.ts'
import { signedHeaders } from '../fakes/slack/signing.ts'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const NOW_SECONDS = 1_531_420_618
const inbound = slackInbound({ signingSecrets: ['the-new-one', SECRET] })

type Changes = { readonly headers?: Readonly<Record<string, string | null>>; readonly atSeconds?: number; readonly sent?: string }

/** One request, correctly signed unless the changes say otherwise. */
function receive(body: string, { headers = {}, atSeconds = NOW_SECONDS, sent = body }: Changes = {}): Promise<Received> {
  const all = new Headers({ 'content-type': 'application/json', ...signedHeaders(SECRET, body, NOW_SECONDS) })
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) all.delete(name)
    else all.set(name, value)
  }
  return inbound.receive({ headers: all, body: sent, nowMs: atSeconds * 1000 })
}

const MEMBER = { deleted: false, is_bot: false, is_restricted: false, is_ultra_restricted: false }

const envelope = (event: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  JSON.stringify({
    type: 'event_callback',
    team_id: 'T1',
    api_app_id: 'A1',
    event_id: 'Ev1',
    event_time: 1_531_420_600,
    event,
    authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'UBOT', is_bot: true, is_enterprise_install: false }],
    ...more,
  })

const HANDSHAKE = '{"type":"url_verification","challenge":"abc"}'

describe('signatures', () => {
  test('Slack’s own example is authentic', async () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
    expect(signedHeaders(SECRET, body, 1_531_420_618)['x-slack-signature']).toBe(signature)
    const received = await receive(body, { headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(received).toMatchObject({
      kind: 'accepted',
      deliveries: [{ workspace: 'T1DC2JH3J', news: { reason: 'command__webhook-collect' } }],
    })
  })

  test.each<[string, Changes, string]>([
    ['one second too old', { atSeconds: NOW_SECONDS + 301 }, 'signature_old'],
    ['one second too young', { atSeconds: NOW_SECONDS - 301 }, 'signature_old'],
    ['a body that was altered', { sent: `${HANDSHAKE} ` }, 'signature_wrong'],
    ['no signature', { headers: { 'x-slack-signature': null } }, 'signature_missing'],
    ['no time', { headers: { 'x-slack-request-timestamp': null } }, 'signature_missing'],
    ['a time that is no number', { headers: { 'x-slack-request-timestamp': 'soon' } }, 'signature_old'],
    ['another time', { headers: { 'x-slack-request-timestamp': String(NOW_SECONDS + 1) } }, 'signature_wrong'],
    ['a short signature', { headers: { 'x-slack-signature': 'v0=abc' } }, 'signature_malformed'],
    ['another version', { headers: { 'x-slack-signature': `v1=${'a'.repeat(64)}` } }, 'signature_malformed'],
    ['a signature of zeroes', { headers: { 'x-slack-signature': `v0=${'0'.repeat(64)}` } }, 'signature_wrong'],
  ])('%s is rejected', async (_name, changes, code) => {
    expect(await receive(HANDSHAKE, changes)).toMatchObject({ kind: 'rejected', status: 401, code, why: expect.stringMatching(/\.$/) })
  })

  test('capital letters are rejected', async () => {
    const signature = signedHeaders(SECRET, HANDSHAKE, NOW_SECONDS)['x-slack-signature']!
    const changes = { headers: { 'x-slack-signature': `v0=${signature.slice(3).toUpperCase()}` } }
    expect(await receive(HANDSHAKE, changes)).toMatchObject({ kind: 'rejected', code: 'signature_malformed' })
  })

  test.each([NOW_SECONDS + 300, NOW_SECONDS - 300])('five minutes apart is near enough', async (atSeconds) => {
    expect((await receive(HANDSHAKE, { atSeconds })).kind).toBe('answered')
  })

  test('the signature comes before the body: an unsigned one is not even read', async () => {
    expect(await receive('not json', { sent: 'not json!' })).toMatchObject({ status: 401 })
  })

  test('without a secret nothing starts', () => {
    expect(() => slackInbound({ signingSecrets: [] })).toThrow('signing secret')
    expect(() => slackInbound({ signingSecrets: [''] })).toThrow('signing secret')
  })
})

describe('bodies', () => {
  test('handshakes and notices are answered, and kept nowhere', async () => {
    expect(await receive(HANDSHAKE)).toEqual({
      kind: 'answered',
      discarded: 'url_verification',
      answer: { status: 200, body: { challenge: 'abc' } },
    })
    const limited = await receive('{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1}')
    expect(limited).toEqual({ kind: 'answered', discarded: 'app_rate_limited', answer: { status: 200, body: null } })
    const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    expect(await receive('ssl_check=1&token=x', form)).toMatchObject({ kind: 'answered', discarded: 'ssl_check' })
  })

  test('a charset after the type does no harm', async () => {
    expect((await receive(HANDSHAKE, { headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).kind).toBe('answered')
  })

  test.each([
    ['{"broken', 'application/json', 'json'],
    ['[1]', 'application/json', 'json'],
    ['null', 'application/json', 'json'],
    ['payload=%7Bbroken', 'application/x-www-form-urlencoded', 'json'],
    ['a=b', 'application/x-www-form-urlencoded', 'form'],
    ['<a/>', 'text/xml', 'content_type'],
  ])('%s as %s cannot be read', async (body, type, code) => {
    const received = await receive(body, { headers: { 'content-type': type } })
    expect(received).toMatchObject({ kind: 'rejected', status: 400, code, why: expect.stringMatching(/\.$/) })
  })

  test.each<[string, Record<string, unknown>, unknown]>([
    [
      'a join',
      { type: 'member_joined_channel', user: 'U1', channel: 'C1', inviter: 'U2', event_ts: '1531420618.000200' },
      { kind: 'joined', chat: 'C1', account: 'U1', by: 'U2', atMs: 1_531_420_618_000 },
    ],
    [
      'a join that nobody caused: the chat was public and is private again',
      { type: 'member_joined_channel', user: 'U1', channel: 'C1' },
      { kind: 'chat-changed', chat: 'C1', what: 'made-private' },
    ],
    [
      'the app’s own join',
      { type: 'member_joined_channel', user: 'UBOT', channel: 'C1' },
      { kind: 'chat-changed', chat: 'C1', what: 'let-in' },
    ],
    [
      'a leave',
      { type: 'member_left_channel', user: 'U1', channel: 'C1', event_ts: '1531420618.5' },
      { kind: 'left', chat: 'C1', account: 'U1', atMs: 1_531_420_618_500 },
    ],
    ['the app put out', { type: 'group_left', channel: 'C1', actor_id: 'U1' }, { kind: 'chat-changed', chat: 'C1', what: 'app-left' }],
    ['the app put out, as a channel', { type: 'channel_left', channel: 'C1' }, { kind: 'chat-changed', chat: 'C1', what: 'app-left' }],
    ['an archived chat', { type: 'group_archive', channel: 'C1', user: 'U1' }, { kind: 'chat-changed', chat: 'C1', what: 'archived' }],
    [
      'an unarchived chat',
      { type: 'group_unarchive', channel: 'C1', actor_id: 'U1' },
      { kind: 'chat-changed', chat: 'C1', what: 'unarchived' },
    ],
    [
      'a renamed chat',
      { type: 'group_rename', channel: { id: 'C1', name: 'x' } },
      { kind: 'chat-changed', chat: 'C1', what: 'renamed', name: 'x' },
    ],
    ['a deleted chat', { type: 'group_deleted', channel: 'C1' }, { kind: 'chat-changed', chat: 'C1', what: 'deleted' }],
    [
      'another id',
      { type: 'channel_id_changed', old_channel_id: 'C1', new_channel_id: 'C2' },
      { kind: 'chat-moved', chat: 'C1', to: 'C2' },
    ],
    ['a changed account', { type: 'user_change', user: { id: 'U1', deleted: true } }, { kind: 'account-changed', account: 'U1' }],
    [
      'an account of which everything is said',
      { type: 'user_change', user: { id: 'U1', real_name: 'Ann', ...MEMBER, profile: { email: 'Ann@example.com', status_text: 'Lunch' } } },
      { kind: 'account-changed', account: 'U1', mark: markOf({ name: 'Ann', email: 'ann@example.com', kind: 'member', active: true }) },
    ],
    ['a new account', { type: 'team_join', user: { id: 'U1' } }, { kind: 'account-changed', account: 'U1' }],
    ['a chat that is shared', { type: 'channel_shared', channel: 'C1' }, { kind: 'chat-changed', chat: 'C1', what: 'shared' }],
    ['a group of people', { type: 'subteam_members_changed', subteam_id: 'S1' }, { kind: 'group-changed', group: 'S1' }],
    ['the app’s page', { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' }, { kind: 'home-opened', account: 'U1' }],
    [
      'the conversation with the app',
      { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages' },
      { kind: 'unknown', reason: 'incomplete_app_home_opened' },
    ],
    [
      'links in a message',
      {
        type: 'link_shared',
        user: 'U1',
        channel: 'C1',
        message_ts: '1.2',
        is_bot_user_member: true,
        links: [{ url: 'https://x.example/1' }],
      },
      {
        kind: 'links-shared',
        from: { account: 'U1', chat: 'C1', reply: null },
        links: ['https://x.example/1'],
        place: '{"channel":"C1","ts":"1.2"}',
        where: 'chat',
      },
    ],
    [
      'a link that is still being written',
      {
        type: 'link_shared',
        user: 'U1',
        channel: 'COMPOSER',
        message_ts: 'Ux-1',
        is_bot_user_member: true,
        unfurl_id: 'Ux-1',
        source: 'composer',
        links: [{ url: 'https://x.example/1' }],
      },
      {
        kind: 'links-shared',
        from: { account: 'U1', chat: null, reply: null },
        links: ['https://x.example/1'],
        place: '{"unfurl_id":"Ux-1","source":"composer"}',
        where: 'elsewhere',
      },
    ],
    [
      'a link in the conversation with the app',
      {
        type: 'link_shared',
        user: 'U1',
        channel: 'D1',
        message_ts: '1.2',
        is_bot_user_member: true,
        links: [{ url: 'https://x.example/1' }],
      },
      {
        kind: 'links-shared',
        from: { account: 'U1', chat: 'D1', reply: null },
        links: ['https://x.example/1'],
        place: '{"channel":"D1","ts":"1.2"}',
        where: 'direct',
      },
    ],
    ['the app taken out', { type: 'app_uninstalled' }, { kind: 'access-changed', what: 'removed', atMs: 1_531_420_600_000 }],
    [
      'the app’s token revoked',
      { type: 'tokens_revoked', tokens: { bot: ['UBOT'] } },
      { kind: 'access-changed', what: 'revoked', atMs: 1_531_420_600_000 },
    ],
    [
      'the tokens of people revoked',
      { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } },
      { kind: 'unknown', reason: 'incomplete_tokens_revoked' },
    ],
    ['something else', { type: 'reaction_added', user: 'U1' }, { kind: 'unknown', reason: 'event_reaction_added' }],
    [
      'something else, oddly built',
      { type: 'pin_added', user: null, item: 'x', channel: null },
      { kind: 'unknown', reason: 'event_pin_added' },
    ],
    [
      'a join that is not whole',
      { type: 'member_joined_channel', user: 'U1' },
      { kind: 'unknown', reason: 'incomplete_member_joined_channel' },
    ],
    [
      'a join of nobody',
      { type: 'member_joined_channel', user: null, channel: 'C1' },
      { kind: 'unknown', reason: 'event_member_joined_channel' },
    ],
    ['an event called like a method of all objects', { type: 'constructor' }, { kind: 'unknown', reason: 'event_constructor' }],
  ])('%s', async (_name, event, news) => {
    expect(await receive(envelope(event))).toEqual({
      kind: 'accepted',
      deliveries: [{ id: 'Ev1', workspace: 'T1', news }],
      answer: { status: 200, body: null },
    })
  })

  test('in a channel shared with another organisation the workspace is ours', async () => {
    const event = { type: 'group_left', channel: 'C1' }
    const shared = { team_id: 'TOTHER', authorizations: [{ team_id: 'TOURS', user_id: 'UBOT' }] }
    expect(await receive(envelope(event, shared))).toMatchObject({ deliveries: [{ workspace: 'TOURS' }] })
    expect(await receive(envelope(event, { authorizations: [] }))).toMatchObject({ deliveries: [{ workspace: 'T1' }] })
    const whole = {
      team_id: null,
      enterprise_id: 'E1',
      authorizations: [{ team_id: null, enterprise_id: 'E1', is_enterprise_install: true }],
    }
    expect(await receive(envelope(event, whole))).toMatchObject({ deliveries: [{ workspace: 'E1' }] })
  })

  test('many requests at once do not mix', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `C${n}`)
    const received = await Promise.all(ids.map((channel) => receive(envelope({ type: 'group_left', channel }))))
    expect(received.map((one) => one.kind === 'accepted' && one.deliveries[0]?.news)).toEqual(
      ids.map((chat) => ({ kind: 'chat-changed', chat, what: 'app-left' })),
    )
  })
})
