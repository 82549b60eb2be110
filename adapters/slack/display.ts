import { ok, type Result } from '../../src/core/failure.ts'
import type { ChatId } from '../../src/core/ids.ts'
import type { Display, Shown } from '../../src/ports/chat-platform.ts'
import type { Slack } from './channel.ts'
import { textOf } from './fields.ts'
import { slackMessage } from './message.ts'

/** The pinned card of the item. */
export async function displayItem(slack: Slack, chat: ChatId, wanted: Display, shown: Shown | null): Promise<Result<Shown>> {
  const card = slackMessage(wanted.card)
  if (shown?.['card']) {
    const edited = await slack.call('chat.update', { channel: chat, ts: shown['card'], ...card })
    return edited.ok ? ok(shown) : edited
  }
  const posted = await slack.call('chat.postMessage', { channel: chat, ...card, unfurl_links: false, unfurl_media: false })
  return posted.ok ? ok({ card: textOf(posted.value['ts']) ?? '' }) : posted
}
