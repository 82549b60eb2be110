import { failed, ok, type Result } from '../../src/core/failure.ts'
import type { ChatId } from '../../src/core/ids.ts'
import { channelIn, readChannel, type Slack } from './channel.ts'
import { failureOf } from './failure.ts'
import { channelName, withSuffix } from './names.ts'

/** Names tried before giving up: the wished one, then -2 … -5. */
const NAMES_MAX = 5

/** Only whoever created a channel may rename it, which is why Ringside creates them. Slack may make another name of it. */
export async function renameChannel(slack: Slack, chat: ChatId, name: string): Promise<Result<{ readonly name: string }>> {
  const wanted = channelName(name, chat)
  for (let attempt = 0; attempt < NAMES_MAX; attempt++) {
    const renamed = await slack.call('conversations.rename', { channel: chat, name: withSuffix(wanted, attempt) })
    if (renamed.ok) return ok({ name: channelIn(renamed.value['channel']).name })
    if (renamed.failure.code !== 'name_taken') return renamed
    // The one that has it may be this channel: the answer to an earlier call was lost.
    const channel = await readChannel(slack, chat)
    if (channel.ok && channel.value.name === withSuffix(wanted, attempt)) return ok({ name: channel.value.name })
  }
  return failed(failureOf('conversations.rename', 'name_taken'))
}
