import { ok, type Result } from '../../src/core/failure.ts'
import type { Message } from '../../src/core/screen.ts'
import type { Slack } from './channel.ts'
import { type Fields, fieldsOf, textOf } from './fields.ts'
import { slackMessage } from './message.ts'

/** Slack's handle to a message with links, as one text: `unfurl_id` and `source`, or the channel and the message. */
export function placeOf(event: Fields): string | null {
  const [unfurl_id, source, channel, ts] = ['unfurl_id', 'source', 'channel', 'message_ts'].map((name) => textOf(event[name]))
  if (unfurl_id && source) return JSON.stringify({ unfurl_id, source })
  return channel && ts ? JSON.stringify({ channel, ts }) : null
}

/** What is still being written has no channel yet, and says `COMPOSER` in its place. A conversation with two in it begins with a D. */
export function whereShared(event: Fields): 'chat' | 'direct' | 'elsewhere' {
  const channel = textOf(event['channel']) ?? ''
  if (event['is_bot_user_member'] !== true || event['source'] === 'composer') return 'elsewhere'
  if (channel.startsWith('D')) return 'direct'
  return /^[CG][A-Z0-9]+$/.test(channel) && channel !== 'COMPOSER' ? 'chat' : 'elsewhere'
}

export async function unfurlLinks(slack: Slack, place: string, cards: ReadonlyMap<string, Message>): Promise<Result<void>> {
  const unfurls = Object.fromEntries([...cards].map(([url, card]) => [url, { blocks: slackMessage(card).blocks }]))
  const unfurled = await slack.call('chat.unfurl', { ...fieldsOf(JSON.parse(place)), unfurls })
  return unfurled.ok ? ok(undefined) : unfurled
}
