import { type Failure, failed, ok, type Result } from '../../src/core/failure.ts'
import { type AccountId, asAccountId, type ChatId } from '../../src/core/ids.ts'
import type { ChatState } from '../../src/ports/chat-platform.ts'
import type { SlackAnswer, SlackCall, SlackMethod } from './call.ts'
import { failureOf } from './failure.ts'
import { fieldsOf, textOf } from './fields.ts'
import { escapeWithin } from './text.ts'

/** What every file of this adapter works with. */
export type Slack = { readonly call: SlackCall; readonly teamId: string; readonly botUser: string }

/** What we take from Slack's channel. */
export type Channel = {
  readonly id: string
  readonly name: string
  readonly creator: string
  readonly purpose: string
  readonly topic: string
  readonly archived: boolean
  readonly member: boolean
  readonly isPublic: boolean
}

/** Pages of members that are read at most: with Slack's 200 a page far more than `membersMax`, also when pages are short. */
const MEMBER_PAGES_MAX = 200
const PAGE_SIZE = 200

export function channelIn(value: unknown): Channel {
  const raw = fieldsOf(value)
  const id = textOf(raw['id'])
  if (!id) throw new Error('Slack answered with a channel that has no id')
  return {
    id,
    name: textOf(raw['name']) ?? '',
    creator: textOf(raw['creator']) ?? '',
    purpose: textOf(fieldsOf(raw['purpose'])['value']) ?? '',
    topic: textOf(fieldsOf(raw['topic'])['value']) ?? '',
    archived: raw['is_archived'] === true,
    member: raw['is_member'] !== false,
    isPublic: raw['is_private'] === false,
  }
}

export const channelUrl = (slack: Slack, channel: string): string =>
  `https://slack.com/app_redirect?channel=${encodeURIComponent(channel)}&team=${encodeURIComponent(slack.teamId)}`

const TOPIC_MAX = 250

export const topicArgs = (channel: string, topic: string) => ({ channel, topic: escapeWithin(topic, TOPIC_MAX) })

export async function describeChat(slack: Slack, chat: ChatId): Promise<Result<ChatState>> {
  const channel = await readChannel(slack, chat)
  if (!channel.ok) return channel
  const { name, archived, isPublic } = channel.value
  return ok({ state: archived ? 'closed' : 'open', name, url: channelUrl(slack, chat), isPublic })
}

/**
 * Everybody but the app. A list without the app itself is suspect: the app was put out, perhaps because people archived
 * the channel, whose members are frozen then and not gone. Only for such a list the channel itself is looked at.
 */
export async function readMembers(slack: Slack, chat: ChatId): Promise<Result<readonly AccountId[]>> {
  const everybody = await readEverybody(slack, chat)
  if (!everybody.ok) return everybody
  const members = withoutApp(slack, everybody.value).map(asAccountId)
  if (everybody.value.includes(slack.botUser)) return ok(members)
  const channel = await readChannel(slack, chat)
  if (!channel.ok) return channel
  return channel.value.archived ? failed(failureOf('conversations.members', 'is_archived')) : ok(members)
}

/** A channel we are in, archived or not. */
export async function readChannel(slack: Slack, chat: string): Promise<Result<Channel>> {
  const info = await slack.call('conversations.info', { channel: chat })
  if (!info.ok) return info
  const channel = channelIn(info.value['channel'])
  return channel.member || channel.archived ? ok(channel) : failed(failureOf('conversations.info', 'not_in_channel'))
}

/** All pages, without the app. */
export async function readMemberIds(slack: Slack, channel: string): Promise<Result<readonly string[]>> {
  const everybody = await readEverybody(slack, channel)
  return everybody.ok ? ok(withoutApp(slack, everybody.value)) : everybody
}

function readEverybody(slack: Slack, channel: string): Promise<Result<readonly string[]>> {
  return readPages(slack, 'conversations.members', { channel, limit: PAGE_SIZE }, MEMBER_PAGES_MAX, memberIds)
}

const withoutApp = (slack: Slack, members: readonly string[]): readonly string[] =>
  [...new Set(members)].filter((member) => member !== slack.botUser)

const memberIds = (page: SlackAnswer): readonly string[] => page['members'] as string[]

/** Reads page after page until Slack says there is no next one. A page may be short, and is not the last for that. */
export async function readPages<Item>(
  slack: Slack,
  method: SlackMethod,
  args: Readonly<Record<string, unknown>>,
  pagesMax: number,
  itemsOf: (page: SlackAnswer) => readonly Item[],
): Promise<Result<readonly Item[]>> {
  const items: Item[] = []
  let cursor = ''
  for (let page = 0; page < pagesMax; page++) {
    const answer = await slack.call(method, cursor ? { ...args, cursor } : args)
    if (!answer.ok) return answer
    items.push(...itemsOf(answer.value))
    cursor = nextCursor(answer.value)
    if (cursor === '') return ok(items)
  }
  return failed(tooManyPages(pagesMax))
}

const nextCursor = (answer: SlackAnswer): string => textOf(fieldsOf(answer['response_metadata'])['next_cursor']) ?? ''

const tooManyPages = (pagesMax: number): Failure => ({
  kind: 'refused',
  code: 'too_many_pages',
  why: `Slack's list is longer than the ${pagesMax} pages Ringside reads, so it would not be complete.`,
  mender: 'nobody',
})
