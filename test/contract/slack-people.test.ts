import { describe, expect, test } from 'vitest'
import { slackPlatform } from '../../adapters/slack/platform.ts'
import { asAccountId } from '../../src/core/ids.ts'
import { failing, given } from './expecting.ts'
import { memoryPace } from '../fakes/pace.ts'
import { connectedSlack } from './slack-connected.ts'

const at = connectedSlack()

describe('adding and removing', () => {
  test('one call adds a hundred, each with an outcome of their own', async () => {
    const chat = await at.opened()
    const [ann, ben, cem, guest] = [
      await at.signUp('ann'),
      await at.signUp('ben'),
      await at.signUp('cem'),
      await at.signUp('guest', 'single'),
    ]
    await at.world.join(at.world.foreign('elsewhere').id, guest)
    await at.world.deactivate(cem)
    await at.add(chat, ann)
    const outcomes = await at.platform.add(chat, [cem, ann, asAccountId('U0NOBODY'), ben, guest], 'all')
    expect(outcomes).toMatchObject([
      { kind: 'refused', code: 'cant_invite' },
      { kind: 'already' },
      { kind: 'refused', code: 'user_not_found' },
      { kind: 'done' },
      { kind: 'refused', code: 'ura_max_channels', mender: 'workspace-owner' },
    ])
    expect(at.called('conversations.invite')).toHaveLength(2)
  })

  test('a Slack that refuses all for the sake of one is asked for each', async () => {
    const chat = await at.opened()
    const [ann, ben] = [await at.signUp('ann'), await at.signUp('ben')]
    at.world.breakNext('conversations.invite', 'before', 'error:cant_invite')
    expect(await at.add(chat, ann, ben)).toEqual(['done', 'done'])
    expect(at.called('conversations.invite')).toHaveLength(3)
  })

  test('a refusal that names nobody is nobody’s success', async () => {
    const nameless: typeof fetch = async (url, init) => {
      const answer = await fetch(url, init)
      return new URLSearchParams(init?.body as string).get('users')?.includes(',')
        ? Response.json({ ok: true, errors: [{ ok: false, error: 'cant_invite' }] })
        : answer
    }
    const { token, url: apiUrl } = at.slack
    const platform = slackPlatform({ token, apiUrl, teamId: 'T0TEAM', botUser: 'U0BOT', fetch: nameless, pace: memoryPace(Date.now) })
    const accounts = [await at.signUp('ann'), asAccountId('U0NOBODY')]
    expect(await platform.add(await at.opened(), accounts, 'all')).toMatchObject([{ kind: 'already' }, { code: 'user_not_found' }])
  })

  test('everybody refused by name needs no second call', async () => {
    const chat = await at.opened()
    expect(await at.add(chat, asAccountId('U0NO1'), asAccountId('U0NO2'))).toEqual(['refused', 'refused'])
    expect(at.called('conversations.invite')).toHaveLength(1)
  })

  test('too fast: nobody was added, and everybody is told how long to wait', async () => {
    const chat = await at.opened()
    const [ann, ben] = [await at.signUp('ann'), await at.signUp('ben')]
    at.world.limit('conversations.invite', 1, 30)
    const later = { kind: 'later', code: 'ratelimited', afterMs: 30_000 }
    expect(await at.platform.add(chat, [ann, ben], 'all')).toMatchObject([later, later])
    expect(given(await at.platform.members(chat))).toEqual([])
    expect(at.called('conversations.invite')).toHaveLength(1)
  })

  test('an invitation whose answer was lost is uncertain, and shows in the members', async () => {
    const chat = await at.opened()
    const ann = await at.signUp('ann')
    at.world.breakNext('conversations.invite', 'after', 'dropped')
    expect(await at.platform.add(chat, [ann], 'all')).toMatchObject([{ kind: 'uncertain', code: 'no_answer' }])
    expect(given(await at.platform.members(chat))).toEqual([ann])
    expect(await at.add(chat, ann)).toEqual(['already'])
  })

  test('more people than one call takes is a mistake of ours', async () => {
    const many = Array.from({ length: 101 }, (_, n) => asAccountId(`U${n}`))
    await expect(at.platform.add(await at.opened(), many, 'all')).rejects.toThrow('at most 100')
    expect(at.called('conversations.invite')).toEqual([])
  })

  test('adding nobody calls nobody', async () => {
    const chat = await at.opened()
    expect(await at.platform.add(chat, [], 'all')).toEqual([])
    expect(at.called('conversations.invite')).toEqual([])
  })

  test('U7 a workspace that lets apps remove nobody says so, and people stay', async () => {
    const chat = await at.opened()
    const ann = await at.signUp('ann')
    await at.add(chat, ann)
    at.world.forbid('conversations.kick', 'restricted_action')
    const [outcome] = await at.platform.remove(chat, [ann])
    expect(outcome).toMatchObject({ kind: 'refused', mender: 'workspace-owner', why: expect.stringContaining('Channel management') })
    expect(given(await at.platform.members(chat))).toEqual([ann])
  })

  test('after one is too fast the others are not tried', async () => {
    const chat = await at.opened()
    const accounts = [await at.signUp('ann'), await at.signUp('ben'), await at.signUp('cem')]
    await at.add(chat, ...accounts)
    at.world.limit('conversations.kick', 1, 9)
    const outcomes = await at.platform.remove(chat, accounts)
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['later', 'later', 'later'])
    expect(at.called('conversations.kick')).toHaveLength(1)
  })

  test('a removal whose answer was lost is uncertain; who comes after was not tried', async () => {
    const chat = await at.opened()
    const [ann, ben] = [await at.signUp('ann'), await at.signUp('ben')]
    await at.add(chat, ann, ben)
    at.world.breakNext('conversations.kick', 'after', 'fatal_error')
    expect(await at.platform.remove(chat, [ann, ben])).toMatchObject([{ kind: 'uncertain' }, { kind: 'later', code: 'not_tried' }])
    expect(given(await at.platform.members(chat))).toEqual([ben])
  })

  test('people who are absent cost one look at the channel, however many they are', async () => {
    const chat = await at.opened()
    const accounts = [await at.signUp('ann'), await at.signUp('ben')]
    expect((await at.platform.remove(chat, accounts)).map((outcome) => outcome.kind)).toEqual(['already', 'already'])
    expect(at.called('conversations.info')).toHaveLength(1)
  })

  test('absent is not said by a channel we are out of', async () => {
    const chat = await at.opened()
    const ann = await at.signUp('ann')
    await at.world.lockOut(chat)
    at.world.breakNext('conversations.kick', 'before', 'error:not_in_channel')
    expect(await at.platform.remove(chat, [ann])).toMatchObject([{ kind: 'refused', code: 'channel_not_found', mender: 'member' }])
  })
})

describe('reading', () => {
  test('O26 a list that breaks off half-way is a failure', async () => {
    const chat = await at.opened()
    for (let n = 0; n < 250; n++) await at.world.join(chat, `U${n}`)
    at.world.breakNext('conversations.members', 'after', 'http_500')
    expect(failing(await at.platform.members(chat)).kind).toBe('later')
    expect(given(await at.platform.members(chat))).toHaveLength(250)
    at.world.limit('conversations.members', 1, 4)
    expect(failing(await at.platform.members(chat))).toMatchObject({ kind: 'later', afterMs: 4000 })
  })

  test('a list without the app, of a channel that turns out to be archived, is a failure', async () => {
    const chat = await at.opened()
    at.world.state.archiveEjects = false
    at.world.state.listsApp = false
    await at.world.archive(chat)
    expect(failing(await at.platform.members(chat))).toMatchObject({ kind: 'refused', code: 'is_archived', mender: 'member' })
  })

  test('U10 deactivated people are not found, and guests are told from members', async () => {
    const [ann, guest] = [await at.signUp('ann'), await at.signUp('guest', 'guest')]
    await at.world.deactivate(ann)
    expect(given(await at.platform.resolve(['ann@example.com', 'guest@example.com']))).toMatchObject([null, { id: guest, kind: 'guest' }])
    expect(given(await at.platform.profile(ann))).toMatchObject({ active: false })
    expect(given(await at.platform.profile(asAccountId(at.world.state.bot)))).toMatchObject({ kind: 'bot', email: null })
  })

  test('a limit in the middle of looking people up is a failure, never somebody who does not exist', async () => {
    await at.signUp('ann')
    at.world.limit('users.lookupByEmail', 1, 5)
    expect(failing(await at.platform.resolve(['ann@example.com']))).toMatchObject({ kind: 'later', afterMs: 5000 })
  })
})
