import { describe, expect, test } from 'vitest'
import type { Trouble } from '../fakes/slack/trouble.ts'
import { signedHeaders } from '../fakes/slack/signing.ts'
import { eventually } from './demo-people.ts'
import { replyTo, runningSlack } from './slack-running.ts'

describe('when Slack says no, says nothing, or changes things by itself', () => {
  const at = runningSlack()

  // Opening reads no members (decision 41).
  test.each(['conversations.create', 'conversations.invite'])(
    'O18 %s is too fast: no call before its time, the asker hears of the wait once, and of the chat later',
    async (method) => {
      const item = await at.item(`Too fast at ${method}`, ['Bob Chen'])
      await at.settled()
      at.world.limit(method, 1, 2)
      const before = at.calls(method).length
      const typed = await at.world.slash(at.account('Ann Reed'), '/discuss', item.key)
      const link = await eventually(() => {
        const reply = typed.replies.find((body) => JSON.stringify(body).includes('app_redirect'))
        if (!reply) throw new Error('No link yet.')
        return reply
      })
      expect(String(link['text'])).toContain(`(${item.key})`)
      await eventually(async () => expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen']))
      const [refused, next] = at.calls(method).slice(before)
      expect(next!.atMs - refused!.atMs).toBeGreaterThanOrEqual(2_000)
      if (method === 'conversations.invite') expect(String(link['text'])).toContain('Not in the chat yet: ')
      const waits = typed.replies.filter((body) => String(body['text']).includes('busy'))
      expect(waits.length).toBe(method === 'conversations.invite' ? 0 : 1)
      expect(typed.replies).toHaveLength(waits.length + 1)
    },
  )

  test.each<[Trouble, 'before' | 'after']>([
    ['internal_error', 'after'],
    ['internal_error', 'before'],
    ['http_500', 'after'],
    ['html_200', 'after'],
    ['dropped', 'after'],
    ['timeout', 'after'],
  ])(
    'O21 creating answers %s, %s it happened: one channel, and the asker gets its link',
    async (trouble, when) => {
      const item = await at.item(`Lost answer ${trouble} ${when}`, ['Bob Chen'])
      at.world.breakNext('conversations.create', when, trouble)
      const typed = await at.world.slash(at.account('Ann Reed'), '/discuss', item.key)
      await eventually(() => expect(JSON.stringify(typed.replies)).toContain('app_redirect'), 25_000)
      const named = [...at.world.state.channels.values()].filter(({ name }) => name.startsWith(`${item.key.toLowerCase()}-`))
      expect(named).toHaveLength(1)
      expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    },
    30_000,
  )

  test('U7 the app is put out: nobody is moved, the item says how to bring it back, and heals when it is', async () => {
    const item = await at.item('Put out', ['Bob Chen', 'Dan Okafor'])
    await at.discuss('Ann Reed', item.key)
    const channel = await at.channelOf(item)
    await at.world.lockOut(channel.id)
    await at.settled()
    expect((await at.read(item)).chat).toMatchObject({ state: 'unreachable', why: expect.stringContaining('/invite @Ringside') as string })
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor'])
    await at.change(item, { add: ['Cid Baker'] })
    await at.settled()
    await at.world.invite(channel.id, at.account('Bob Chen'))
    await at.settled()
    expect((await at.read(item)).chat).toMatchObject({ state: 'open', why: null })
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker', 'Dan Okafor'])
  })

  test.each([true, false])('K7 an archived channel moves nobody, whether or not the app is put out by it: %s', async (ejects) => {
    const item = await at.item(`Archived ${ejects}`, ['Bob Chen'])
    await at.discuss('Ann Reed', item.key)
    const channel = await at.channelOf(item)
    at.world.state.archiveEjects = ejects
    await at.world.archive(channel.id)
    await at.settled()
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Bob Chen'])
    expect([...channel.members]).toEqual(expect.arrayContaining([at.account('Ann Reed'), at.account('Bob Chen')]))
    expect((await at.read(item)).chat?.state).toBe('closed')
  })

  test('a forged, an old and a foreign request are refused, and one that is too large', async () => {
    const send = async (body: string, headers: Record<string, string>) => {
      const answer = await fetch(`${at.origin}/slack/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        body,
      })
      return { status: answer.status, code: ((await answer.json()) as { code: string }).code }
    }
    const now = Math.floor(Date.now() / 1000)
    const body = JSON.stringify({
      type: 'event_callback',
      team_id: 'T0OTHER',
      event_id: 'Ev1',
      event: { type: 'group_left', channel: 'C1' },
    })
    const secret = at.slack.signingSecret
    expect(await send(body, {})).toEqual({ status: 401, code: 'signature_missing' })
    expect(await send(body, signedHeaders('another secret', body, now))).toEqual({ status: 401, code: 'signature_wrong' })
    expect(await send(body, signedHeaders(secret, body, now - 301))).toEqual({ status: 401, code: 'signature_old' })
    expect(await send(`${body} `, signedHeaders(secret, body, now))).toEqual({ status: 401, code: 'signature_wrong' })
    expect(await send(body, signedHeaders(secret, body, now))).toEqual({ status: 404, code: 'unknown_workspace' })
    const large = JSON.stringify({ text: 'x'.repeat(1024 * 1024) })
    expect(await send(large, signedHeaders(secret, large, now))).toEqual({ status: 413, code: 'body_too_large' })
  })

  test('U7 a refusal that Slack documents nowhere is set aside where people see it, and nothing is lost', async () => {
    const item = await at.item('Word unheard of', ['Bob Chen'])
    at.world.forbid('conversations.create', 'stars_not_aligned')
    const reply = await at.discuss('Ann Reed', item.key)
    expect(reply.text).toContain('stars_not_aligned')
    at.world.forbid('conversations.create', null)
    expect((await at.discuss('Ann Reed', item.key)).all).toContain('app_redirect')
    at.world.forbid('conversations.kick', 'restricted_action')
    await at.change(item, { remove: ['Bob Chen'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    const why = (await at.discuss('Ann Reed', `why <@${at.account('Bob Chen')}>`, (await at.channelOf(item)).id)).text
    expect(why).toContain('Slack does not let Ringside remove people.')
    at.world.forbid('conversations.kick', null)
  })

  test('an answer that cannot be sent where it was asked for is sent as a direct message', async () => {
    const item = await at.item('No address to answer to')
    at.world.breakReplies(2)
    const typed = await at.world.slash(at.account('Ann Reed'), '/discuss', item.key)
    await eventually(() => expect(at.world.told(at.account('Ann Reed')).join()).toContain('app_redirect'))
    expect(typed.replies).toEqual([])
    at.world.breakReplies(0)
  })
})

describe('a Slack that gives little at a time', () => {
  const at = runningSlack()

  test('O20 more people than Slack lets us look up at once are all found in the end', async () => {
    at.world.allow('users.lookupByEmail', 2, 1)
    const item = await at.item('Many people', ['Bob Chen', 'Cid Baker', 'Dan Okafor', 'Eve Lindqvist', 'Max Weber'])
    const typed = await at.world.slash(at.account('Ann Reed'), '/discuss', item.key)
    await eventually(() => expect(JSON.stringify(typed.replies)).toContain('app_redirect'), 12_000)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker', 'Dan Okafor', 'Eve Lindqvist', 'Max Weber'])
  })
})

/** Slack as somebody else would build it: the core methods alone, short pages, blunt refusals. */
describe('a plainer Slack', () => {
  const CORE = [
    'auth.test',
    'conversations.create',
    'conversations.info',
    'conversations.invite',
    'conversations.kick',
    'conversations.members',
    'users.lookupByEmail',
    'users.info',
    'users.list',
    'chat.postMessage',
    'chat.postEphemeral',
  ]
  const at = runningSlack(({ world }) => {
    Object.assign(world.state, { known: new Set(CORE), pageMax: 2, listsApp: false, partialInvites: false })
  })

  test('O18 to O26 hold with nothing but the core methods', async () => {
    const item = await at.item('Plain', ['Bob Chen', 'Dan Okafor'])
    const reply = await at.discuss('Ann Reed', item.key)
    expect(reply.all).toContain('app_redirect')
    const channel = await at.channelOf(item)
    await at.settled()
    await at.world.join(channel.id, at.account('Cid Baker'), at.account('Ann Reed'))
    await at.settled()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Cid Baker', 'Dan Okafor'])
    await at.world.leave(channel.id, at.account('Cid Baker'))
    await at.settled()
    await at.change(item, { add: ['Eve Lindqvist', 'Max Weber'], remove: ['Bob Chen'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Dan Okafor', 'Eve Lindqvist', 'Max Weber'])
    expect(await at.observers(item)).toEqual(['Cid Baker', 'Dan Okafor', 'Eve Lindqvist', 'Max Weber'])
    expect((await at.discuss('Dan Okafor', item.key)).text).toContain('Opened the chat')
  })

  test('O24 an invitation that is refused as a whole because one person is in already is made for the others', async () => {
    const item = await at.item('In already')
    await at.discuss('Ann Reed', item.key)
    const channel = await at.channelOf(item)
    await at.settled()
    // Bob came in by himself in the same moment, and nobody has told us yet.
    at.world.delivery.hold = true
    await at.change(item, { add: [] })
    channel.members.add(at.account('Bob Chen'))
    await at.change(item, { add: ['Bob Chen', 'Cid Baker'] })
    await at.settled()
    at.world.delivery.hold = false
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker'])
  })

  test('people are told directly though no conversation can be opened', async () => {
    const ann = at.account('Ann Reed')
    at.world.breakReplies(1)
    await at.world.slash(ann, '/discuss', 'help')
    await eventually(() => expect(at.calls('chat.postMessage').map((call) => call.args['channel'])).toContain(ann))
  })

  test('the same press recorded and sent again is taken once', async () => {
    const reply = await replyTo(await at.world.slash(at.account('Ann Reed'), '/discuss', 'help'))
    expect(reply.text).toContain('/discuss')
  })
})
