import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { slackSocket } from '../../adapters/slack/socket.ts'
import type { Result } from '../../src/core/failure.ts'
import type { Answer, Received } from '../../src/ports/inbound.ts'
import { FAKE_APP_TOKEN, OVER_A_LINE } from '../fakes/slack/lines.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts'

const OK: Answer = { status: 200, body: null }

describe('a line to Slack, by Socket Mode', () => {
  let slack: FakeSlack
  let heard: Received[]
  let answer: (received: Received) => Promise<Answer | null>
  const open: { close(): void }[] = []

  beforeEach(async () => {
    slack = await startFakeSlack()
    slack.world.delivery.target = OVER_A_LINE
    heard = []
    answer = async () => OK
  })
  afterEach(async () => {
    for (const line of open.splice(0)) line.close()
    await slack.close()
  })

  /** One line, which is up when this resolves, or has ended. */
  async function call(appToken = FAKE_APP_TOKEN) {
    const opened = Promise.withResolvers<void>()
    const line = slackSocket({ appToken, apiUrl: slack.url, command: '/deal' }).open({
      opened: opened.resolve,
      take: async (read) => {
        const received = await read()
        heard.push(received)
        return answer(received)
      },
    })
    open.push(line)
    let ended: Result<void> | null = null
    void line.ended.then((how) => (ended = how))
    await Promise.race([opened.promise, line.ended])
    return { line, ended: () => ended }
  }

  const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 })

  test('O22 events are heard as those that are posted to an address, and the answer waits until they are dealt with', async () => {
    await call()
    const stored = Promise.withResolvers<void>()
    answer = async () => {
      await stored.promise
      return OK
    }
    let acknowledged = false
    const sent = slack.world.send({ type: 'group_left', channel: 'C1', actor_id: 'U1' }).then((answers) => {
      acknowledged = true
      return answers
    })
    await soon(() => expect(heard).toHaveLength(1))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(acknowledged).toBe(false)
    stored.resolve()
    expect(await sent).toMatchObject([{ status: 200, answer: '', attempts: 1 }])
    expect(heard).toEqual([
      {
        kind: 'accepted',
        deliveries: [
          { id: expect.stringMatching(/^Ev/), workspace: 'T0TEAM', news: { kind: 'chat-changed', chat: 'C1', what: 'app-left' } },
        ],
        answer: OK,
      },
    ])
  })

  test('O22 what is not answered comes again with the same id', async () => {
    slack.world.lines.settings.withinMs = 50
    await call()
    answer = async () => (heard.length < 3 ? null : OK)
    expect(await slack.world.send({ type: 'group_left', channel: 'C1' })).toMatchObject([{ status: 200, attempts: 3 }])
    const ids = heard.map((one) => one.kind === 'accepted' && one.deliveries[0]?.id)
    expect(new Set(ids).size).toBe(1)
  })

  test('O18 a command, a press, a question and a dialog come the same way, and their answers travel back', async () => {
    await call()
    const ann = await slack.world.signUp('Ann', 'ann@example.com')
    heard.length = 0
    expect(await slack.world.slash(ann, '/deal', 'd-42')).toMatchObject({ status: 200, inline: '' })
    await slack.world.press(ann, { actionId: 'discuss#0', value: 'item-7' })
    await slack.world.slash(ann, '/discuss', 'not our command')
    const verbs = heard.map((one) => one.kind === 'accepted' && one.deliveries[0]?.news)
    expect(verbs).toMatchObject([
      { kind: 'command', verb: { name: 'discuss', words: 'd-42' } },
      { kind: 'command', verb: { name: 'press', press: { name: 'discuss', about: 'item-7' } } },
      { kind: 'unknown', reason: 'command__discuss' },
    ])
    answer = async () => ({ status: 200, body: { options: [{ text: { type: 'plain_text', text: 'D-42 Acme' }, value: 'item-42' }] } })
    const view = { id: 'V1', user: ann, view: { type: 'modal', callback_id: 'choose-item', blocks: [] }, open: true }
    expect(await slack.world.suggest(ann, view, 'item', 'acme')).toEqual([{ text: 'D-42 Acme', value: 'item-42' }])
  })

  test('when Slack renews the line it ends without a failure, and one that broke off as well', async () => {
    const first = await call()
    slack.world.lines.refresh()
    await soon(() => expect(first.ended()).toEqual({ ok: true, value: undefined }))
    const second = await call()
    slack.world.lines.cut()
    await soon(() => expect(second.ended()).toEqual({ ok: true, value: undefined }))
  })

  test('one that we close ends, also while it is being opened', async () => {
    const { line } = await call()
    line.close()
    expect(await line.ended).toMatchObject({ ok: true })
    const early = slackSocket({ appToken: FAKE_APP_TOKEN, apiUrl: slack.url }).open({ opened: () => {}, take: async () => null })
    early.close()
    expect(await early.ended).toMatchObject({ ok: true })
    await soon(() => expect(slack.world.lines.count()).toBe(0))
  })

  test.each([
    ['xapp-wrong', 'invalid_auth'],
    ['xoxb-fake-bot-token', 'not_allowed_token_type'],
  ])('K11 with %s it says which token it needs', async (token, code) => {
    const { ended } = await call(token)
    await soon(() =>
      expect(ended()).toMatchObject({ ok: false, failure: { kind: 'reconnect', code, why: expect.stringContaining('xapp') } }),
    )
  })

  test('a Slack that is away or turns us away is a failure to try again after', async () => {
    slack.world.limit('apps.connections.open', 1, 7)
    expect((await call()).ended()).toMatchObject({ ok: false, failure: { kind: 'later', afterMs: 7_000 } })
    slack.world.lines.settings.shut = true
    const { ended } = await call()
    await soon(() => expect(ended()).toMatchObject({ ok: false, failure: { kind: 'later', code: 'line_broken' } }))
  })

  test('what nobody can read does no harm', async () => {
    await call()
    for (const nonsense of ['{', 'null', '[]', '{"type":"events_api"}', '{"type":"surprise","payload":{}}']) slack.world.lines.say(nonsense)
    slack.world.lines.say(JSON.stringify({ envelope_id: 'E1', type: 'events_api', payload: { type: 'app_rate_limited' } }))
    slack.world.lines.say(JSON.stringify({ envelope_id: 'E2', type: 'events_api', payload: { event: null } }))
    await soon(() => expect(heard).toHaveLength(2))
    expect(heard).toMatchObject([{ kind: 'answered', discarded: 'app_rate_limited' }, { kind: 'accepted' }])
    expect(await slack.world.send({ type: 'group_left', channel: 'C1' })).toMatchObject([{ status: 200 }])
  })
})
