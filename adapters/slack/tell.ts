import { ok, type Result } from '../../src/core/failure.ts'
import type { AccountId, ChatId } from '../../src/core/ids.ts'
import type { Message } from '../../src/core/screen.ts'
import type { Listener } from '../../src/ports/chat-platform.ts'
import type { SlackAccess } from './call.ts'
import type { Slack } from './channel.ts'
import { idOf } from './fields.ts'
import { type SlackMessage, slackMessage } from './message.ts'

const REPLY_TIMEOUT_MS = 5_000

/** In answer to what the person did; else in the chat where only they see it; else as a direct message. */
export async function tellPerson(slack: Slack, access: SlackAccess, to: Listener, message: Message): Promise<Result<void>> {
  const content = slackMessage(message)
  if (to.reply && (await answered(access, to.reply, content))) return ok(undefined)
  if (!to.chat) return sendDirectly(slack, to.account, content)
  const shown = await whisper(slack, to.chat, to.account, content)
  if (shown.ok) return shown
  // Not in the channel, or the app is not: a direct message reaches them all the same.
  const elsewhere = shown.failure.kind === 'refused' || shown.failure.kind === 'unreachable'
  return elsewhere ? sendDirectly(slack, to.account, content) : shown
}

/** An answer to a `response_url`, which lives for half an hour; false when it did not arrive. */
async function answered(access: SlackAccess, reply: string, content: SlackMessage): Promise<boolean> {
  if (!isSlackAddress(reply, access.apiUrl)) return false
  const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...content })
  const send = access.fetch ?? fetch
  try {
    const response = await send(reply, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(access.timeoutMs ?? REPLY_TIMEOUT_MS),
    })
    return response.ok
  } catch {
    // No answer is like a refusal: the other ways are tried, and saying it twice does no harm.
    return false
  }
}

/** The address came in a signed request; still, what we say goes to Slack and to nobody else. */
export function isSlackAddress(address: string, apiUrl: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url) return false
  if (url.protocol === 'https:' && url.hostname.endsWith('.slack.com')) return true
  const api = new URL(apiUrl)
  if (isSlackHost(api.hostname) || url.protocol !== api.protocol) return false
  return url.hostname === api.hostname || (LOOPBACK.has(url.hostname) && LOOPBACK.has(api.hostname))
}

/** Names of this machine, where a Slack for tests may answer on several ports. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

const isSlackHost = (host: string): boolean => host === 'slack.com' || host.endsWith('.slack.com')

async function whisper(slack: Slack, chat: ChatId, account: AccountId, content: SlackMessage): Promise<Result<void>> {
  const posted = await slack.call('chat.postEphemeral', { channel: chat, user: account, ...content })
  return posted.ok ? ok(undefined) : posted
}

/** Slack takes a person's id for their conversation with the app. Where it does not know it as one yet, that is opened first. */
async function sendDirectly(slack: Slack, account: AccountId, content: SlackMessage): Promise<Result<void>> {
  const post = async (channel: string): Promise<Result<void>> => {
    const posted = await slack.call('chat.postMessage', { channel, ...content, unfurl_links: false, unfurl_media: false })
    return posted.ok ? ok(undefined) : posted
  }
  const posted = await post(account)
  if (posted.ok || posted.failure.code !== 'channel_not_found') return posted
  const opened = await slack.call('conversations.open', { users: account })
  if (!opened.ok) return opened
  const channel = idOf(opened.value['channel'])
  return channel ? post(channel) : posted
}
