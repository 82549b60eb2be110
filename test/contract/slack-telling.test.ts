import { describe, expect, test } from 'vitest'
import { slackWorkspace } from '../../adapters/slack/workspace.ts'
import type { Message } from '../../src/core/screen.ts'
import { failing, given } from './expecting.ts'
import { connectedSlack, WISH } from './slack-connected.ts'

const at = connectedSlack()

describe('telling', () => {
  const button = { label: 'D-42', press: { name: 'discuss', about: 'item-42' } } as const
  const message: Message = {
    text: 'Which one?',
    parts: [
      { part: 'text', text: 'Which one?' },
      { part: 'buttons', buttons: [button] },
    ],
  }

  test('O18 an answer goes where the question came from, and to nobody else', async () => {
    const ann = await at.signUp('ann')
    const { responseUrl, replies } = await at.world.press(ann, { actionId: 'x', value: 'y' })
    given(await at.platform.tell({ account: ann, chat: null, reply: responseUrl }, message))
    expect(replies).toMatchObject([
      { response_type: 'ephemeral', replace_original: false, text: 'Which one?', blocks: [{}, { type: 'actions' }] },
    ])
    expect(at.world.told(ann)).toEqual([])
  })

  test('an answer that comes too late, or to an address that is not Slack’s, becomes a private message', async () => {
    const ann = await at.signUp('ann')
    given(await at.platform.tell({ account: ann, chat: null, reply: at.slack.url.replace('/api/', '/respond/expired') }, message))
    given(await at.platform.tell({ account: ann, chat: null, reply: 'https://evil.example/x' }, message))
    expect(at.world.told(ann)).toEqual(['Which one?', 'Which one?'])
  })

  test('O14 who is not in the chat any more is told directly', async () => {
    const chat = await at.opened()
    const [ann, ben] = [await at.signUp('ann'), await at.signUp('ben')]
    await at.add(chat, ben)
    given(await at.platform.tell({ account: ann, chat, reply: null }, message))
    given(await at.platform.tell({ account: ben, chat, reply: null }, message))
    expect(at.called('chat.postMessage')).toHaveLength(1)
    expect(at.called('chat.postEphemeral')).toHaveLength(2)
    expect([at.world.told(ann), at.world.told(ben)]).toEqual([['Which one?'], ['Which one?']])
  })

  test('too fast is not answered by another way', async () => {
    const chat = await at.opened()
    const ann = await at.signUp('ann')
    at.world.limit('chat.postEphemeral', 1, 2)
    expect(failing(await at.platform.tell({ account: ann, chat, reply: null }, message))).toMatchObject({ kind: 'later', afterMs: 2000 })
    expect(at.called('chat.postMessage')).toEqual([])
  })
})

describe('the connection', () => {
  test('a token tells its workspace', async () => {
    const { token, url: apiUrl } = at.slack
    const workspace = { teamId: 'T0TEAM', teamName: 'Example', botUser: 'U0BOT', enterpriseId: null, url: 'https://example.slack.com/' }
    expect(given(await slackWorkspace({ token, apiUrl }))).toEqual(workspace)
    expect(failing(await slackWorkspace({ token: 'xoxb-other', apiUrl }))).toMatchObject({ kind: 'reconnect', code: 'invalid_auth' })
  })

  test.each(['token_revoked', 'account_inactive', 'token_expired'] as const)('%s: every call asks to be connected again', async (word) => {
    const chat = await at.opened()
    const ann = await at.signUp('ann')
    at.world.revoke(word)
    expect(failing(await at.platform.members(chat)).kind).toBe('reconnect')
    expect(failing(await at.platform.open({ ...WISH, operation: 'op-2' })).kind).toBe('reconnect')
    expect(await at.platform.remove(chat, [ann])).toMatchObject([{ kind: 'refused', mender: 'administrator' }])
  })
})
