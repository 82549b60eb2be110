import { afterEach, beforeEach } from 'vitest'
import { slackPlatform } from '../../adapters/slack/platform.ts'
import { type AccountId, asAccountId, type ChatId } from '../../src/core/ids.ts'
import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import { memoryPace } from '../fakes/pace.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts'
import { given } from './expecting.ts'

export const WISH = { operation: 'op-1', name: 'D-42 Order', topic: 'Deal <D-42>', first: [], tried: 'no' as const }

/** A fresh Slack and a platform connected to it for every test of a file. */
export function connectedSlack() {
  let slack: FakeSlack
  let platform: ChatPlatform
  let aheadMs = 0

  const connect = (timeoutMs: number): ChatPlatform => {
    const { token, url: apiUrl, world } = slack
    return slackPlatform({
      token,
      apiUrl,
      teamId: world.state.team.id,
      botUser: world.state.bot,
      timeoutMs,
      pace: memoryPace(() => Date.now() + aheadMs),
      limitFactor: 1000,
      now: () => Date.now() + aheadMs,
    })
  }
  beforeEach(async () => {
    slack = await startFakeSlack()
    platform = connect(5000)
  })
  afterEach(() => slack.close())

  return {
    get slack() {
      return slack
    },
    get world() {
      return slack.world
    },
    get platform() {
      return platform
    },
    /** The same workspace for somebody who does not wait long. */
    /** The platform's clock goes on by this long. */
    pass: (ms: number) => void (aheadMs += ms),
    impatient: () => connect(100),
    channels: () => [...slack.world.state.channels.values()],
    called: (method: string) => slack.calls.filter((call) => call.method === method),
    opened: async (): Promise<ChatId> => given(await platform.open(WISH)).id,
    signUp: async (name: string, kind: 'member' | 'guest' | 'single' = 'member'): Promise<AccountId> =>
      asAccountId(await slack.world.signUp(name, `${name}@example.com`, kind)),
    /** Adds people, and tells the kind of each outcome. */
    add: async (chat: ChatId, ...accounts: AccountId[]) => (await platform.add(chat, accounts, 'all')).map((outcome) => outcome.kind),
  }
}
