import { linkOfItem, type LinkRow, lockLink } from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { connectionById } from '../../db/organisations.ts'
import { keepPastChat, pastChatsOf } from '../../db/past-chats.ts'
import { may, type Viewer } from '../core/access.ts'
import { ask } from '../core/capability.ts'
import { asItemId, type OrganisationId } from '../core/ids.ts'
import type { ItemFacts } from '../core/item.ts'
import { type Discussed, discuss, refusalFrom, whenUnread } from './discuss.ts'
import { type Engine, nowOf } from './engine.ts'
import { changeObservers } from './items.ts'
import { startOver } from './start-over.ts'

/**
 * A fresh chat for the same item, where the platform cannot hide what was said (O27). Whoever is in the old chat and named on the
 * item moves, those left out excepted; nobody's choice to stay out is forgotten. The old chat is kept as a past one, hears where the
 * discussion goes on, and is the item's no more. Repeated after a crash, or pressed twice, it goes on where it was.
 */
export type FreshChatWish = {
  readonly item: string
  /** The chat that it is to follow; null where the press does not say. */
  readonly after: string | null
  /** People who stay behind. They go on observing, and come in when they press Discuss. */
  readonly leftOut: readonly string[]
  /** People who come in from now on: observers of the item, and of the new chat alone. */
  readonly added: readonly string[]
}

/** A press that does not name the old chat and comes so soon after another is the same press. */
const SAME_PRESS_MS = 10 * 60_000

export async function freshChat(engine: Engine, organisation: OrganisationId, viewer: Viewer, wish: FreshChatWish): Promise<Discussed> {
  const read = await engine.sourceOf(organisation).read([{ id: asItemId(wish.item), since: null }])
  if (!read.ok) return whenUnread(read.failure)
  const [reading] = read.value
  if (reading?.kind !== 'item') return { kind: 'hidden' }
  const answer = may(viewer, 'appoint', reading.item)
  if (!answer.may) return refusalFrom(answer)

  const refusal = await inOrganisation(engine.db, organisation, (tx) => moveOn(engine, tx, viewer, reading.item, wish))
  if (refusal) return refusal
  // Only now, so that nobody who is to see what is said from now on is let into the chat of before.
  if (wish.added.length > 0) {
    const changed = await changeObservers(engine, organisation, viewer, wish.item, { add: wish.added, remove: [] })
    if (!changed.ok) return changed.reason === 'hidden' ? { kind: 'hidden' } : { kind: 'refused', code: changed.code, why: changed.why }
  }
  return discuss(engine, organisation, viewer, wish.item)
}

type Refused = Extract<Discussed, { kind: 'refused' }>

/** In one transaction: the old chat is past, and the item has a new one to open. Null: done, now or before. */
async function moveOn(engine: Engine, tx: Tx, viewer: Viewer, item: ItemFacts, wish: FreshChatWish): Promise<Refused | null> {
  const found = await linkOfItem(tx, item.id)
  const link = found && (await lockLink(tx, found.id))
  const at = nowOf(engine)
  if (!link) return NO_CHAT
  if (await isMoved(tx, link, wish, at)) return null
  if (!link.chat || !link.url || (wish.after !== null && wish.after !== link.chat)) return NO_CHAT
  const platform = engine.platformOf(await connectionById(tx, link.connectionId))
  if (platform && ask(platform.capabilities, 'hideHistory').ok) return HIDES_ITSELF

  await keepPastChat(tx, link, at)
  // Whoever presses wants to go on talking.
  const leftOut = new Set(wish.leftOut.filter((person) => person !== viewer.id))
  await startOver(tx, link, item, at, { leftOut, invited: new Set(wish.added) })
  return null
}

async function isMoved(tx: Tx, link: LinkRow, { after }: FreshChatWish, at: Date): Promise<boolean> {
  const [last, ...earlier] = await pastChatsOf(tx, link.id)
  if (!last) return false
  if (after !== null) return [last, ...earlier].some(({ chat }) => chat === after)
  return at.getTime() - last.until.getTime() < SAME_PRESS_MS
}

const refused = (code: string, why: string): Refused => ({ kind: 'refused', code, why })
const NO_CHAT = refused('no_chat', 'This is not the chat of the item, so there is nothing to go on from.')
const HIDES_ITSELF = refused(
  'hides_history',
  'Here earlier messages can be hidden from somebody who is added: invite them with Show history switched off.',
)
