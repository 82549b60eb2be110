import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asAccountId } from '../../src/core/ids.ts'
import { given } from './expecting.ts'
import { serve } from './slack-app.ts'
import { connectedSlack } from './slack-connected.ts'

describe('what a Slack sends', () => {
  const at = connectedSlack()
  let app: Awaited<ReturnType<typeof serve>>
  beforeEach(async () => {
    app = await serve({ signingSecrets: [at.slack.signingSecret] })
    at.world.delivery.target = app.url
  })
  afterEach(() => app.close())

  test('O22 a delivery that is repeated has the same id', async () => {
    const channel = at.world.foreign('deal')
    at.world.delivery.copies = 3
    await at.world.join(channel.id, 'U1', 'U2')
    expect(app.deliveries).toHaveLength(3)
    expect(new Set(app.deliveries.map((delivery) => delivery.id)).size).toBe(1)
    await at.world.join(channel.id, 'U3', 'U2')
    expect(new Set(app.deliveries.map((delivery) => delivery.id)).size).toBe(2)
  })

  test('a marked repeat is taken like a first delivery, which may have been lost', async () => {
    await at.world.send({ type: 'group_left', channel: 'C1' }, { retry: { num: 1, reason: 'http_timeout' } })
    expect(app.deliveries).toMatchObject([{ workspace: 'T0TEAM', news: { kind: 'chat-changed', chat: 'C1' } }])
  })

  test('word of our own act can come before the answer to the call, late, or in another order', async () => {
    const { world, platform } = at
    const kinds = () => app.deliveries.map((delivery) => delivery.news.kind)
    const ann = asAccountId(await world.signUp('Ann', 'ann@example.com'))
    const { id: chat } = given(await platform.open({ operation: 'op-1', name: 'D-1', topic: '', first: [], tried: 'no' as const }))
    await world.quiet()
    expect(kinds()).toEqual(['account-changed', 'chat-changed'])

    world.delivery.order = 'before'
    await platform.add(chat, [ann], 'all')
    expect(app.deliveries.at(-1)?.news).toMatchObject({ kind: 'joined', chat, account: ann, by: world.state.bot })

    world.delivery.hold = true
    await platform.remove(chat, [ann])
    await world.join(chat, ann)
    expect(kinds()).toHaveLength(3)
    await world.release('backward')
    expect(kinds().slice(3)).toEqual(['joined', 'left'])
  })

  test('O18 /discuss is answered at once with nothing, and tells who asked what from where', async () => {
    const ann = await at.world.signUp('Ann', 'ann@example.com')
    const typed = await at.world.slash(ann, '/discuss', '"Müller &amp; Söhne"', 'C0SALES')
    expect(typed).toMatchObject({ status: 200, inline: '' })
    expect(app.deliveries.at(-1)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      workspace: 'T0TEAM',
      news: {
        kind: 'command',
        verb: { name: 'discuss', words: 'Müller & Söhne' },
        from: { account: ann, chat: 'C0SALES', reply: typed.responseUrl, trigger: typed.triggerId, dialog: null },
      },
    })
  })

  test('O19 a button chooses an item', async () => {
    const pressed = await at.world.press('U1', { actionId: 'discuss#0', value: 'item-7' }, 'C0SALES')
    expect(pressed).toMatchObject({ status: 200, inline: '' })
    const from = { account: 'U1', chat: 'C0SALES', reply: pressed.responseUrl }
    expect(app.deliveries).toMatchObject([
      {
        workspace: 'T0TEAM',
        news: { kind: 'command', verb: { name: 'press', press: { name: 'discuss', about: 'item-7' }, values: {} }, from },
      },
    ])
  })

  test('other commands and buttons are set aside under their names', async () => {
    await at.world.slash('U1', '/else', 'x')
    await at.world.press('U1', { actionId: 'other', value: 'x' })
    expect(app.deliveries.map((delivery) => delivery.news)).toEqual([
      { kind: 'unknown', reason: 'command__else' },
      { kind: 'unknown', reason: 'action_other' },
    ])
  })
})
