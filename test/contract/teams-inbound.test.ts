import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noKeys } from '../../adapters/teams/bot-token.ts'
import { teamsInbound } from '../../adapters/teams/inbound.ts'
import type { Received } from '../../src/ports/inbound.ts'
import { type FakeTeams, startFakeTeams } from '../fakes/teams/server.ts'
import type { Claims } from '../fakes/teams/signing.ts'
import { APP, type FakeChat } from '../fakes/teams/state.ts'
import type { Activity } from '../fakes/teams/world.ts'

let teams: FakeTeams
let receive: (activity: Activity, token: string | null, nowMs?: number) => Promise<Received>
beforeEach(async () => {
  teams = await startFakeTeams()
  const inbound = teamsInbound({ appId: APP.id, openidUrl: teams.openidUrl, connectorUrl: teams.connectorUrl, keys: noKeys() })
  receive = (activity, token, nowMs = Date.now()) =>
    inbound.receive({
      headers: new Headers(token === null ? {} : { authorization: `Bearer ${token}` }),
      body: JSON.stringify(activity),
      nowMs,
    })
})
afterEach(() => teams.close())

const CHAT = { id: '19:one@thread.v2' } as FakeChat
const ANN = 'aaaa1111-1111-4111-8111-111111111111'
const BEN = 'bbbb1111-1111-4111-8111-111111111111'

const sign = (claims: Partial<Claims> = {}, kid?: string) =>
  teams.signing.sign({ serviceUrl: teams.world.delivery.serviceUrl, audience: APP.id, ...claims }, kid)
const said = (words: string, more: Activity = {}, chat: FakeChat | null = CHAT): Activity =>
  teams.world.activity(chat, ANN, {
    type: 'message',
    text: chat ? `<at>Ringside</at>&nbsp;${words}` : words,
    entities: chat ? [{ type: 'mention', mentioned: { id: `28:${APP.id}`, name: 'Ringside' }, text: '<at>Ringside</at>' }] : [],
    ...more,
  })
const heard = async (activity: Activity) => {
  const received = await receive(activity, await sign())
  if (received.kind !== 'accepted') throw new Error(JSON.stringify(received))
  return received.deliveries.map(({ news }) => news)
}

describe('whose request it is', () => {
  test('a token of the bot service for our app, at the address it says, is believed', async () => {
    expect((await receive(said('who'), await sign())).kind).toBe('accepted')
  })

  test.each<[string, Partial<Claims>, string | undefined, string]>([
    ['made out to another app', { audience: 'another-app' }, undefined, 'err_jwt_claim_validation_failed'],
    [
      'of a tenant of Entra, as a tab of anybody gets it',
      { issuer: 'https://sts.windows.net/evil/' },
      undefined,
      'err_jwt_claim_validation_failed',
    ],
    ['of Entra, with Entra’s key', { issuer: 'https://login.microsoftonline.com/evil/v2.0' }, 'entra-1', 'unknown_key'],
    ['signed with a key that is endorsed for another channel', {}, 'other-channel', 'not_endorsed'],
    ['for another address than the activity says', { serviceUrl: 'https://smba.trafficmanager.net/emea/' }, undefined, 'other_service'],
    ['for no address at all', { serviceUrl: null }, undefined, 'other_service'],
    ['whose time is over', { atMs: Date.now() - 2 * 3_600_000 }, undefined, 'err_jwt_expired'],
    ['whose time has not come', { atMs: Date.now() + 3_600_000 }, undefined, 'err_jwt_claim_validation_failed'],
  ])('a token %s is refused', async (_what, claims, kid, code) => {
    expect(await receive(said('who'), await sign(claims, kid))).toMatchObject({ kind: 'rejected', status: 401, code })
  })

  test('a token that was changed, none, and something else are refused', async () => {
    const [head, body, signature] = (await sign()).split('.')
    const forged = `${head}.${btoa(JSON.stringify({ ...JSON.parse(atob(body!)), aud: 'x' })).replaceAll('=', '')}.${signature}`
    const unsigned = `${btoa('{"alg":"none","kid":"bot-1"}').replaceAll('=', '')}.${body}.`
    for (const token of [forged, unsigned, null, 'nonsense'])
      expect(await receive(said('who'), token)).toMatchObject({ kind: 'rejected', status: 401 })
  })

  test('an address that is not of Microsoft gets no answers, even with a token that names it', async () => {
    const evil = 'https://evil.example/'
    const received = await receive({ ...said('who'), serviceUrl: evil }, await sign({ serviceUrl: evil }))
    expect(received).toMatchObject({ kind: 'rejected', code: 'foreign_service' })
  })

  test('capital letters and a slash at the end make no other address', async () => {
    const { serviceUrl } = teams.world.delivery
    expect((await receive(said('who'), await sign({ serviceUrl: serviceUrl.toUpperCase().replace(/\/$/, '') }))).kind).toBe('accepted')
  })

  test('keys are read once, and for an unknown one not more often than once in a while', async () => {
    for (let n = 0; n < 3; n++) await receive(said('who'), await sign())
    const now = Date.now()
    for (let n = 0; n < 3; n++) await receive(said('who'), await sign({}, 'entra-1'), now + 61_000)
    expect(teams.calls('GET', /^\/keys$/)).toHaveLength(2)
  })

  test('where the keys cannot be read nothing is believed, and Teams is asked to send it again', async () => {
    const inbound = teamsInbound({
      appId: APP.id,
      openidUrl: `${teams.graphUrl}/nothing`,
      connectorUrl: teams.connectorUrl,
      keys: noKeys(),
    })
    const headers = new Headers({ authorization: `Bearer ${await sign()}` })
    const received = await inbound.receive({ headers, body: JSON.stringify(said('who')), nowMs: Date.now() })
    expect(received).toMatchObject({ kind: 'answered', discarded: 'keys_unread', answer: { status: 503 } })
  })
})

describe('what it tells', () => {
  test('O22 O23 who came and went, the app itself apart', async () => {
    const update = (more: Activity) => teams.world.activity(CHAT, ANN, { type: 'conversationUpdate', ...more })
    const ben = { id: '29:ben', aadObjectId: BEN }
    const app = { id: `28:${APP.id}` }
    expect(await heard(update({ membersAdded: [ben, app] }))).toMatchObject([
      { kind: 'joined', chat: CHAT.id, account: BEN, by: ANN },
      { kind: 'chat-changed', what: 'let-in' },
    ])
    expect(await heard(update({ membersRemoved: [{ id: '29:ben', objectId: BEN }] }))).toMatchObject([{ kind: 'left', account: BEN }])
    expect(await heard(update({ membersRemoved: [app] }))).toMatchObject([{ kind: 'chat-changed', what: 'app-left' }])
    expect(await heard(update({ topicName: 'D-42 Ours' }))).toMatchObject([{ kind: 'chat-changed', what: 'renamed', name: 'D-42 Ours' }])
  })

  test('the same activity sent twice has one id for each of its news', async () => {
    const activity = said('who')
    const ids = []
    for (let n = 0; n < 2; n++) {
      const received = await receive(activity, await sign())
      ids.push(received.kind === 'accepted' && received.deliveries.map(({ id }) => id))
    }
    expect(ids[0]).toEqual(ids[1])
  })

  test.each([
    ['discuss deal 42', { name: 'discuss', words: 'deal 42' }],
    ['deal 42', { name: 'discuss', words: 'deal 42' }],
    ['who', { name: 'who' }],
    ['Status', { name: 'status' }],
    ['leave', { name: 'leave' }],
    ['help', { name: 'help', command: '@Ringside' }],
    ['rename Blue order', { name: 'rename', words: 'Blue order' }],
    ['add-on renewal', { name: 'discuss', words: 'add-on renewal' }],
    ['discuss Müller &amp; Söhne', { name: 'discuss', words: 'Müller & Söhne' }],
  ])('O18 “@Ringside %s” is understood', async (words, verb) => {
    expect(await heard(said(words))).toMatchObject([{ kind: 'command', verb, from: { account: ANN, chat: CHAT.id } }])
  })

  test('O8 a mention says whom it is about', async () => {
    const activity = said('add <at>Ben</at>')
    const entities = [
      ...(activity['entities'] as object[]),
      { type: 'mention', mentioned: { id: '29:ben', aadObjectId: BEN, name: 'Ben' }, text: '<at>Ben</at>' },
    ]
    expect(await heard({ ...activity, entities })).toMatchObject([{ verb: { name: 'add', people: [BEN], words: '', otherwise: null } }])
    expect(await heard({ ...said('why <at>Ben</at>'), entities })).toMatchObject([{ verb: { name: 'why', account: BEN } }])
  })

  test('words alone to the app in a conversation of one’s own have no chat', async () => {
    expect(await heard(said('deal 42', {}, null))).toMatchObject([{ from: { account: ANN, chat: null } }])
  })

  test('a press in a card is an act; one that asks for a dialog is answered with it', async () => {
    expect(await heard(said('', { text: undefined, value: { ringside: 'discuss', about: 'item-1' } }))).toMatchObject([
      { verb: { name: 'press', press: { name: 'discuss', about: 'item-1' } } },
    ])
    const value = { data: { ringside: 'add-people', about: 'item-1', msteams: { type: 'task/fetch' } } }
    const received = await receive(teams.world.activity(CHAT, ANN, { type: 'invoke', name: 'task/fetch', value }), await sign())
    if (received.kind !== 'asked') throw new Error(received.kind)
    const dialog = { name: 'add-people', about: 'item-1', title: 'Add people', submit: 'Add', parts: [] } as const
    expect(received.answer({ kind: 'dialog', dialog }).body).toMatchObject({ task: { type: 'continue', value: { title: 'Add people' } } })
  })

  test('a dialog that was sent brings what was filled in, and words that are not to be written down apart', async () => {
    const data = {
      ringside: 'add-people',
      about: 'item-1',
      way: 'sent',
      'several.people': `${ANN},${BEN}`,
      'text.note': 'a, b',
      'passing.words': 'secret',
    }
    const received = await receive(teams.world.activity(CHAT, ANN, { type: 'invoke', name: 'task/submit', value: { data } }), await sign())
    if (received.kind !== 'submitted') throw new Error(received.kind)
    expect(received.submission).toMatchObject({ values: { people: [ANN, BEN], note: ['a, b'] }, passing: { words: ['secret'] } })
    expect(JSON.stringify(received.delivery)).not.toContain('secret')
    const errors = { people: 'Dan cannot observe this.' }
    expect(received.refused(errors, { kind: 'nothing' }).body).toMatchObject({ task: { value: 'Dan cannot observe this.' } })
    const field = { part: 'field', name: 'people', label: 'People', required: true, input: { kind: 'people', chosen: [] } } as const
    const dialog = { name: 'add-people', about: 'item-1', title: 'Add people', submit: 'Add', parts: [field] } as const
    const drawn = JSON.stringify(received.refused(errors, { kind: 'dialog', dialog }).body)
    for (const kept of ['Dan cannot observe this.', `${ANN},${BEN}`, '"continue"']) expect(drawn).toContain(kept)
  })

  test('what is none of ours is set aside with its reason', async () => {
    expect(await heard(teams.world.activity(CHAT, ANN, { type: 'messageReaction' }))).toEqual([
      { kind: 'unknown', reason: 'activity_messagereaction' },
    ])
  })
})
