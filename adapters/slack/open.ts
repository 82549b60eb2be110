import { fingerprint } from '../../src/core/fingerprint.ts'
import { type Failure, failed, ok, type Result } from '../../src/core/failure.ts'
import { asChatId } from '../../src/core/ids.ts'
import type { ChatWish, OpenedChat } from '../../src/ports/chat-platform.ts'
import type { SlackAnswer } from './call.ts'
import { type Channel, channelIn, channelUrl, readMemberIds, readPages, type Slack, topicArgs } from './channel.ts'
import { channelName, withSuffix } from './names.ts'
import { once } from './once.ts'

/** Names tried before giving up: the wished one, then -2 … -5. */
const NAMES_MAX = 5
/** Pages of our own channels that are searched for a lost one. */
const OWN_PAGES_MAX = 50

/**
 * Creates the private channel of an operation, or finds the one an earlier call has made. Creating comes first because it is
 * one call; only a taken name says that there may be something to find. A workspace that refuses the marker still gets its chat:
 * such a channel is found again by its name, which holds the item's key, while nobody but the app is in it.
 */
export async function openChat(slack: Slack, wish: ChatWish): Promise<Result<OpenedChat>> {
  const name = channelName(wish.name, wish.operation)
  const own = once(() => readOwn(slack))
  for (let attempt = 0; attempt < NAMES_MAX; attempt++) {
    const wanted = withSuffix(name, attempt)
    const found = await createOrFind(slack, own, wish, wanted)
    if (!found.ok) return found
    if (found.value) return finish(slack, wish, found.value.channel, found.value.isNew)
  }
  return failed(NO_NAME_LEFT)
}

const NO_NAME_LEFT: Failure = {
  kind: 'refused',
  code: 'name_taken',
  why: `Other channels have this name already, up to number ${NAMES_MAX}. Choose another name.`,
  mender: 'you',
}

type Found = { readonly channel: Channel; readonly isNew: boolean }

/** The channel; null where the name belongs to somebody else. */
async function createOrFind(slack: Slack, own: Own, wish: ChatWish, wanted: string): Promise<Result<Found | null>> {
  const created = await slack.call('conversations.create', { name: wanted, is_private: true })
  if (created.ok) return ok({ channel: channelIn(created.value['channel']), isNew: true })
  if (created.failure.code !== 'name_taken') return created
  const lost = await findOwn(slack, own, wish, wanted)
  if (!lost.ok) return lost
  return ok(lost.value && { channel: lost.value, isNew: false })
}

async function findOwn(slack: Slack, own: Own, { operation, ofPeople }: ChatWish, wanted: string): Promise<Result<Channel | null>> {
  const channels = await own()
  if (!channels.ok) return channels
  const marked = channels.value.find((channel) => isMarked(channel, operation))
  if (marked) return ok(marked)
  // Names of people's own chats repeat: without its mark it may be the one of somebody else, which is being made at this moment.
  if (ofPeople) return ok(null)
  const unmarked = channels.value.find((channel) => isUnfinished(channel, slack.botUser, wanted))
  return unmarked ? onlyIfEmpty(slack, unmarked) : ok(null)
}

/** Every private channel we are in. */
type Own = () => Promise<Result<readonly Channel[]>>

async function readOwn(slack: Slack): Promise<Result<readonly Channel[]>> {
  const args = { types: 'private_channel', exclude_archived: false, limit: 200 }
  const own = await readPages(slack, 'users.conversations', args, OWN_PAGES_MAX, channelsOf)
  // The longer list of all channels holds the private ones we are in as well.
  return own.ok || own.failure.kind !== 'refused' ? own : readPages(slack, 'conversations.list', args, OWN_PAGES_MAX, channelsOf)
}

const channelsOf = (page: SlackAnswer): readonly Channel[] => ((page['channels'] as unknown[] | undefined) ?? []).map(channelIn)

/** Ours, of this very name, and not marked: the answer to its creation was lost. */
const isUnfinished = (channel: Channel, botUser: string, wanted: string): boolean =>
  [botUser, ''].includes(channel.creator) && channel.name === wanted && channel.purpose === '' && !channel.archived

/** A channel that already has people in it is nobody's lost one. */
async function onlyIfEmpty(slack: Slack, channel: Channel): Promise<Result<Channel | null>> {
  const members = await readMemberIds(slack, channel.id)
  if (!members.ok) return members
  return ok(members.value.length === 0 ? channel : null)
}

async function finish(slack: Slack, wish: ChatWish, channel: Channel, isNew: boolean): Promise<Result<OpenedChat>> {
  const topic = topicArgs(channel.id, wish.topic)
  let hasTopic = channel.topic === topic.topic
  if (!isMarked(channel, wish.operation)) {
    const marked = await slack.call('conversations.setPurpose', { channel: channel.id, purpose: purposeOf(wish) })
    if (!marked.ok && marked.failure.kind !== 'refused') return marked
    // The topic is an ornament: without it the chat is as good.
    if (wish.topic) hasTopic = (await slack.call('conversations.setTopic', topic)).ok
  }
  const opened = { id: asChatId(channel.id), name: channel.name, url: channelUrl(slack, channel.id), isNew }
  return ok(hasTopic ? { ...opened, shown: { topicIs: fingerprint(wish.topic) } } : opened)
}

const markerOf = (operation: string): string => `ringside:${operation}`

const purposeOf = ({ operation, ofPeople }: ChatWish): string =>
  `${ofPeople ? OF_PEOPLE : OF_AN_ITEM} Please leave this line: ${markerOf(operation)}`

const OF_AN_ITEM = 'Ringside keeps the members of this channel and the observers of its item agreed.'
const OF_PEOPLE = 'A private channel that was made with Ringside. It belongs to no item.'

/** The marker stands as a word of its own: people may write around it. */
const isMarked = (channel: Channel, operation: string): boolean => channel.purpose.split(/\s+/).includes(markerOf(operation))
