import { failed, ok, type Result } from '../../src/core/failure.ts'
import type { AccountId, ChatId } from '../../src/core/ids.ts'
import type { Message } from '../../src/core/screen.ts'
import type { Teams } from './chat.ts'
import { activityOf } from './card.ts'
import { failureOf } from './failure.ts'
import { idOf } from './fields.ts'

/** What the bot says. Sending twice says it twice, so nothing is repeated here. */

export const conversationPath = (conversation: string): string => `/v3/conversations/${encodeURIComponent(conversation)}/activities`

/** To everybody in the chat. */
export async function postToAll(teams: Teams, chat: ChatId, message: Message): Promise<Result<void>> {
  const sent = await teams.call('message.send', { path: conversationPath(chat), body: activityOf(message), chat })
  return sent.ok ? ok(undefined) : sent
}

/**
 * To one person alone: always in their own conversation with the app. A chat has no answer that only one of its members can see, which
 * Teams would keep to in every client.
 */
export async function tellPerson(teams: Teams, account: AccountId, message: Message): Promise<Result<void>> {
  const opened = await teams.call('person.open', {
    path: '/v3/conversations',
    body: {
      bot: { id: `28:${teams.appId}` },
      members: [{ id: account }],
      tenantId: teams.tenant,
      channelData: { tenant: { id: teams.tenant } },
      isGroup: false,
    },
  })
  if (!opened.ok) return opened
  const conversation = idOf(opened.value)
  if (!conversation) return failed(failureOf('person.open', 'not_found'))
  const sent = await teams.call('message.send', { path: conversationPath(conversation), body: activityOf(message), chat: conversation })
  return sent.ok ? ok(undefined) : sent
}
