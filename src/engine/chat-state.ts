import type { LinkRow } from '../../db/links.ts'
import type { Failure } from '../core/failure.ts'
import { asChatId } from '../core/ids.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'

/** What keeps a chat from being brought into agreement, as far as it lies with the chat itself. Nobody is moved meanwhile. */

export const WHY_CLOSED = 'The chat was archived. Its members stay as they are until somebody brings it back.'

export const CHAT_GONE: Failure = { kind: 'gone', code: 'chat_gone', why: 'The chat was deleted. Discuss opens a new one.' }

export const CHAT_PUBLIC: Failure = {
  kind: 'unreachable',
  code: 'chat_public',
  why: 'People made this chat open to everybody. Nobody is added to it, and nothing of the item is shown in it, until somebody makes it private again.',
}

/** Where an app cannot bring back what people archived, it says what people can do. */
function closed(platform: ChatPlatform): Failure {
  const { reopen } = platform.capabilities.can
  return { kind: 'unreachable', code: 'chat_closed', why: reopen.level === 'refused' ? `${WHY_CLOSED} ${reopen.instead}` : WHY_CLOSED }
}

/**
 * Is the chat itself to be asked? Where it was not as it should be, and by the sweep: nobody tells us that a chat was made public. An open
 * chat that something was heard of is not asked, because its members are read in any case; nor one whose members are remembered.
 */
export function isAsked(link: LinkRow, remembered: boolean): boolean {
  return link.chat !== null && (link.state !== 'open' || (link.quiet > 0 && !remembered))
}

export async function inTheWay(link: LinkRow, platform: ChatPlatform): Promise<Failure | null> {
  const described = await platform.describe(asChatId(link.chat ?? ''))
  if (!described.ok) return hiding(described.failure, link, platform)
  if (described.value.state === 'closed') return closed(platform)
  return described.value.isPublic ? CHAT_PUBLIC : null
}

/** Archiving may put us out, and then the chat does not show itself any more; that it was archived is what people need to know. */
function hiding(failure: Failure, link: LinkRow, platform: ChatPlatform): Failure | null {
  if (failure.code === CHAT_PUBLIC.code) return CHAT_PUBLIC
  return failure.kind === 'unreachable' && link.state === 'closed' ? closed(platform) : null
}

/** A chat whose members cannot be read may be archived or public; each is said differently. */
export async function explain(failure: Failure, link: LinkRow, platform: ChatPlatform): Promise<Failure> {
  if (failure.code === CHAT_PUBLIC.code) return CHAT_PUBLIC
  if (failure.kind !== 'unreachable' || !link.chat) return failure
  const state = await platform.describe(asChatId(link.chat))
  if (!state.ok) return state.failure.kind === 'gone' ? state.failure : (hiding(state.failure, link, platform) ?? failure)
  if (state.value.state === 'closed') return closed(platform)
  return state.value.isPublic ? CHAT_PUBLIC : failure
}

/** What the item says of its chat when a turn stopped; undefined leaves it as it was. */
export function stateAfter(failure: Failure): LinkRow['state'] | undefined {
  if (failure.code === 'chat_closed') return 'closed'
  if (failure.code === CHAT_PUBLIC.code) return 'public'
  if (failure.code === 'item_gone') return undefined
  if (failure.kind === 'gone') return 'gone'
  return failure.kind === 'unreachable' || failure.kind === 'reconnect' ? 'unreachable' : undefined
}
