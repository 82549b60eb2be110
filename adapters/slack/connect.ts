import { ok, type Result } from '../../src/core/failure.ts'
import type { ChatId } from '../../src/core/ids.ts'
import type { Slack } from './channel.ts'
import { textOf } from './fields.ts'

/** Slack Connect: one address a call, on a paid plan; the guest sees the channel when both sides have agreed. */
export async function inviteByConnect(slack: Slack, chat: ChatId, email: string): Promise<Result<{ readonly url: string | null }>> {
  const invited = await slack.call('conversations.inviteShared', { channel: chat, emails: email, external_limited: true })
  return invited.ok ? ok({ url: textOf(invited.value['url']) }) : invited
}
