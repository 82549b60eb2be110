import { fingerprint } from '../../src/core/fingerprint.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { ChatId } from '../../src/core/ids.ts'
import type { Display, Displayed, Doubt, Shown } from '../../src/ports/chat-platform.ts'
import { cardActivity } from './card.ts'
import { pathOf, readChat, type Teams } from './chat.ts'
import { idOf } from './fields.ts'
import { isSigned, unsigned } from './names.ts'
import { conversationPath } from './say.ts'

/**
 * What a chat shows of its item: the card, edited in place. A group chat has no line for a topic beside its name, so the card has the
 * link and says what it is about. The first time, the sign is taken off the name: from now on the chat is known by its id.
 */
export async function displayItem(teams: Teams, chat: ChatId, wanted: Display, before: Shown | null, doubt: Doubt): Promise<Displayed> {
  const at: At = { teams, chat, wanted, shown: { ...before }, doubt }
  const left: Failure[] = []
  for (const show of [showCard, takeSignOff]) {
    const failure = await show(at)
    if (failure) left.push(failure)
    if (failure && STOPS.has(failure.kind)) break
  }
  return { shown: at.shown, left }
}

type At = {
  readonly teams: Teams
  readonly chat: ChatId
  readonly wanted: Display
  readonly shown: { card?: string; cardIs?: string; named?: string }
  readonly doubt: Doubt
}

/** It may be there, and nobody knows its id. */
const UNKNOWN = '?'
/** Teams is not well, or not reachable here: what is left waits. */
const STOPS: ReadonlySet<Failure['kind']> = new Set(['uncertain', 'unreachable', 'gone'])
/** The card was deleted by people. */
const CARD_IS_GONE: ReadonlySet<string> = new Set(['not_found', 'activity_not_found', 'message_not_found'])

const CARD_UNKNOWN: Failure = {
  kind: 'refused',
  code: 'card_unknown',
  why: 'Teams did not say whether the card of this item was posted. If it is not in the chat, a member can have it posted: ask for the status of the item there.',
  mender: 'member',
}

async function showCard(at: At): Promise<Failure | null> {
  const { teams, chat, wanted, shown, doubt } = at
  if (doubt === 'missing' && shown.card === UNKNOWN) delete shown.card
  if (shown.card === UNKNOWN || (!shown.card && doubt === 'unanswered')) return unknownCard(at)
  const cardIs = fingerprint(wanted.card)
  if (!shown.card) return postCard(at, cardIs)
  if (shown.cardIs === cardIs) return null
  const path = `${conversationPath(chat)}/${encodeURIComponent(shown.card)}`
  const edited = await teams.call('card.edit', { path, body: { ...cardActivity(wanted.card), id: shown.card }, chat })
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

async function postCard({ teams, chat, wanted, shown }: At, cardIs: string): Promise<Failure | null> {
  const posted = await teams.call('message.send', { path: conversationPath(chat), body: cardActivity(wanted.card), chat })
  delete shown.card
  if (posted.ok) {
    shown.card = idOf(posted.value) ?? UNKNOWN
    shown.cardIs = cardIs
    return null
  }
  if (posted.failure.kind === 'uncertain') shown.card = UNKNOWN
  return posted.failure
}

/** Looked at once: whoever gives the chat another name afterwards is left alone. */
async function takeSignOff({ teams, chat, shown }: At): Promise<Failure | null> {
  if (shown.named) return null
  const read = await readChat(teams, chat)
  if (!read.ok) return read.failure
  if (isSigned(read.value.topic)) {
    const named = await teams.call('chat.rename', { path: pathOf(chat), body: { topic: unsigned(read.value.topic) }, chat })
    if (!named.ok) return named.failure
  }
  shown.named = 'yes'
  return null
}
