import { ok, type Result } from '../../src/core/failure.ts'
import type { ChatId } from '../../src/core/ids.ts'
import type { Message } from '../../src/core/screen.ts'
import type { Slack } from './channel.ts'
import { slackMessage } from './message.ts'

/** To everybody in the channel. Nothing in it unfurls: what Ringside shows of an item it shows itself. */
export async function postToAll(slack: Slack, chat: ChatId, message: Message): Promise<Result<void>> {
  const posted = await slack.call('chat.postMessage', { channel: chat, ...slackMessage(message), unfurl_links: false, unfurl_media: false })
  return posted.ok ? ok(undefined) : posted
}
