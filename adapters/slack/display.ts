import { fingerprint } from '../../src/core/fingerprint.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { ChatId } from '../../src/core/ids.ts'
import type { Display, Displayed, Doubt, Shown } from '../../src/ports/chat-platform.ts'
import { type Slack, topicArgs } from './channel.ts'
import { fieldsOf, idOf, textOf } from './fields.ts'
import { slackMessage } from './message.ts'
import { pageAddress } from './text.ts'

/**
 * What a channel shows of its item: the pinned card, the bookmark and the topic. Each is called for only when it changed, and one
 * that the workspace refuses is left out without failing the others. A card whose posting got no answer cannot be found again,
 * because the app may not read messages: it is posted a second time only when a person says that it is not there (decision 24).
 */
export async function displayItem(slack: Slack, chat: ChatId, wanted: Display, before: Shown | null, doubt: Doubt): Promise<Displayed> {
  const at: At = { slack, chat, wanted, shown: { ...before }, doubt }
  const left: Failure[] = []
  for (const show of [showCard, pinCard, showLink, showTopic]) {
    const failure = await show(at)
    if (failure) left.push(failure)
    if (failure && STOPS.has(failure.kind)) break
  }
  return { shown: at.shown, left }
}

type Part = 'card' | 'cardIs' | 'pinned' | 'link' | 'linkIs' | 'topicIs'
type At = {
  readonly slack: Slack
  readonly chat: ChatId
  readonly wanted: Display
  readonly shown: { [Name in Part]?: string }
  readonly doubt: Doubt
}

/** It may be there, and nobody knows its id. */
const UNKNOWN = '?'
/** Slack is not well, or not reachable here: what is left waits. */
const STOPS: ReadonlySet<Failure['kind']> = new Set(['uncertain', 'unreachable', 'gone'])
/** The card was deleted by people, or was posted by an earlier installation. */
const CARD_IS_GONE: ReadonlySet<string> = new Set(['message_not_found', 'cant_update_message'])

const CARD_UNKNOWN: Failure = {
  kind: 'refused',
  code: 'card_unknown',
  why: 'Slack did not say whether the card of this item was posted. If it is not in the channel, a member can have it posted by /discuss status.',
  mender: 'member',
}

async function showCard(at: At): Promise<Failure | null> {
  const { slack, chat, wanted, shown, doubt } = at
  if (doubt === 'missing' && shown.card === UNKNOWN) delete shown.card
  if (shown.card === UNKNOWN || (!shown.card && doubt === 'unanswered')) return unknownCard(at)
  const cardIs = fingerprint(wanted.card)
  if (!shown.card) return postCard(at, cardIs)
  if (shown.cardIs === cardIs) return null
  const edited = await slack.call('chat.update', { channel: chat, ts: shown.card, ...slackMessage(wanted.card) })
  if (edited.ok) {
    shown.cardIs = cardIs
    return null
  }
  if (!CARD_IS_GONE.has(edited.failure.code)) return edited.failure
  // The call of which nobody remembers the outcome may have posted the next one.
  return doubt === 'unanswered' ? unknownCard(at) : postCard(at, cardIs)
}

function unknownCard({ shown }: At): Failure {
  shown.card = UNKNOWN
  return CARD_UNKNOWN
}

async function postCard({ slack, chat, wanted, shown }: At, cardIs: string): Promise<Failure | null> {
  const message = { channel: chat, ...slackMessage(wanted.card), unfurl_links: false, unfurl_media: false }
  const posted = await slack.call('chat.postMessage', message)
  delete shown.card
  if (posted.ok) {
    shown.card = textOf(posted.value['ts']) ?? UNKNOWN
    shown.cardIs = cardIs
    return null
  }
  if (posted.failure.kind === 'uncertain') shown.card = UNKNOWN
  return posted.failure
}

/** Somebody who takes the pin off is left alone: a card is pinned once. */
async function pinCard({ slack, chat, shown }: At): Promise<Failure | null> {
  if (!shown.card || shown.card === UNKNOWN || shown.pinned === shown.card) return null
  const pinned = await slack.call('pins.add', { channel: chat, timestamp: shown.card })
  if (!pinned.ok && pinned.failure.code !== 'already_pinned') return pinned.failure
  shown.pinned = shown.card
  return null
}

async function showLink(at: At): Promise<Failure | null> {
  const { slack, chat, wanted, shown, doubt } = at
  const linkIs = fingerprint(wanted.link)
  if (shown.link === UNKNOWN || (!shown.link && doubt === 'unanswered')) {
    const failure = await findLink(at)
    if (failure) return failure
  }
  if (!shown.link) return addLink(at, linkIs)
  if (shown.linkIs === linkIs) return null
  const edited = await slack.call('bookmarks.edit', { channel_id: chat, bookmark_id: shown.link, ...bookmarkArgs(wanted) })
  if (!edited.ok) return edited.failure.code === 'not_found' ? addLink(at, linkIs) : edited.failure
  shown.linkIs = linkIs
  return null
}

/** Adding a bookmark twice makes two of them, so after an unknown outcome Slack's list is looked at first. */
async function findLink({ slack, chat, wanted, shown }: At): Promise<Failure | null> {
  const listed = await slack.call('bookmarks.list', { channel_id: chat })
  if (!listed.ok) return listed.failure
  const bookmarks = Array.isArray(listed.value['bookmarks']) ? (listed.value['bookmarks'] as unknown[]) : []
  const found = bookmarks.find((bookmark) => textOf(fieldsOf(bookmark)['link']) === pageAddress(wanted.link.url))
  const id = idOf(found)
  if (id) shown.link = id
  else delete shown.link
  return null
}

async function addLink({ slack, chat, wanted, shown }: At, linkIs: string): Promise<Failure | null> {
  const added = await slack.call('bookmarks.add', { channel_id: chat, type: 'link', ...bookmarkArgs(wanted) })
  delete shown.link
  if (added.ok) {
    shown.link = idOf(added.value['bookmark']) ?? UNKNOWN
    shown.linkIs = linkIs
    return null
  }
  if (added.failure.kind === 'uncertain') shown.link = UNKNOWN
  return added.failure
}

const BOOKMARK_TITLE_MAX = 150

const bookmarkArgs = ({ link }: Display) => ({ title: link.title.slice(0, BOOKMARK_TITLE_MAX), link: pageAddress(link.url) })

async function showTopic({ slack, chat, wanted, shown }: At): Promise<Failure | null> {
  const topicIs = fingerprint(wanted.topic)
  if (shown.topicIs === topicIs) return null
  const set = await slack.call('conversations.setTopic', topicArgs(chat, wanted.topic))
  if (!set.ok) return set.failure
  shown.topicIs = topicIs
  return null
}
