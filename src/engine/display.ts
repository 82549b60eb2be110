import { holdLane, type LinkRow, updateLink } from '../../db/links.ts'
import { inOrganisation } from '../../db/open.ts'
import { markPastTold } from '../../db/past-chats.ts'
import type { Unshown } from '../../db/schema.ts'
import { ask } from '../core/capability.ts'
import { showsDeleted } from '../core/card.ts'
import type { Failure } from '../core/failure.ts'
import { fingerprint } from '../core/fingerprint.ts'
import { asChatId, asOrganisationId } from '../core/ids.ts'
import type { ChatPlatform, Displayed } from '../ports/chat-platform.ts'
import { type Engine, LOOK_AGAIN_MS, nowOf, REFUSED_MS } from './engine.ts'
import type { ToShow } from './to-show.ts'

/**
 * The last step of a turn: brings what the chat shows of its item up to date, when everybody is where they should be. Nothing here
 * moves anybody, and nothing that fails here holds up who does. What is refused is told on the item and tried again slowly.
 */

/** An ornament of unknown fate is looked at again after this long; nobody waits for it. */
const SHOW_AGAIN_MS = 12 * LOOK_AGAIN_MS

/** `lookAt`: when the turn wants the item to be looked at again in any case. The lane is given back. */
export async function show(engine: Engine, link: LinkRow, toShow: ToShow, lookAt: Date, platform: ChatPlatform): Promise<LinkRow> {
  const chat = asChatId(link.chat ?? '')
  const named = await bringName(link, toShow.name, platform)
  const displayed = toShow.display ? await platform.display(chat, toShow.display.wanted, link.shown, toShow.doubt) : null
  // Where the chat system is not well, or the chat is not ours to write in, saying something can wait.
  const stuck = displayed?.left.find(({ kind }) => kind === 'uncertain' || kind === 'unreachable')
  const posted = toShow.post && !stuck ? await platform.post(chat, toShow.post) : null
  const unsaid = posted && !posted.ok && posted.failure.kind === 'later' ? posted.failure : toShow.post && stuck ? stuck : null
  const untold = await tellMoved(engine, toShow, platform)

  const failures = [...(named.failure ? [named.failure] : []), ...(displayed?.left ?? []), ...(unsaid ? [unsaid] : []), ...untold.failures]
  const againMs = Math.min(...failures.map(waitMs))
  const values = {
    ...named.values,
    ...(displayed && toShow.display && { shown: displayed.shown, shownHash: isWaiting(displayed) ? null : toShow.display.hash }),
    ...(unsaid && { fedTo: toShow.fedBefore }),
    showing: false,
    unshown: unshownAfter(link, named.failure, displayed, posted && !posted.ok ? posted.failure : null, engine.clock.now()),
    leaseUntil: null,
  }
  return inOrganisation(engine.db, asOrganisationId(link.organisationId), async (tx) => {
    const current = await holdLane(tx, link.id, link.fence)
    const rest = {
      // Our own new name comes back to us as news; another name that came meanwhile is still to be read.
      renamedTo: [link.renamedTo, named.values.givenName].includes(current.renamedTo) && named.values.isRead ? null : current.renamedTo,
      dueAt: current.news !== link.news ? nowOf(engine) : new Date(Math.min(lookAt.getTime(), engine.clock.now() + againMs)),
    }
    const { isRead: _isRead, ...written } = values
    await updateLink(tx, link.id, { ...written, ...rest })
    await markPastTold(tx, link.id, untold.chats, false)
    return { ...current, ...written, ...rest }
  })
}

/** What is certain to be wanted still: `refused` is looked at again by whichever turn comes when its time is over. */
function waitMs(failure: Failure): number {
  if (failure.kind === 'later') return failure.afterMs
  return failure.kind === 'uncertain' ? SHOW_AGAIN_MS : Infinity
}

const isWaiting = ({ left }: Displayed) => left.some(({ kind }) => kind === 'later' || kind === 'uncertain')
const isRefused = ({ kind }: Failure) => kind !== 'later' && kind !== 'uncertain'

/** What the chat could not show, a sentence each. */
export const notShown = ({ unshown }: Pick<LinkRow, 'unshown'>): string[] =>
  unshown ? [...unshown.card, ...[unshown.name, unshown.post].flatMap((why) => why ?? [])] : []

/** What an adapter says of a card that may be there or not. */
const CARD_UNKNOWN = 'card_unknown'

/** Each part keeps its reason until it was tried again. */
function unshownAfter(
  link: LinkRow,
  name: Failure | null,
  displayed: Displayed | null,
  post: Failure | null,
  nowMs: number,
): Unshown | null {
  const before = link.unshown
  const card = displayed ? displayed.left.filter(isRefused).map(({ why }) => why) : (before?.card ?? [])
  const retryAtMs = displayed ? nowMs + REFUSED_MS : (before?.retryAtMs ?? nowMs + REFUSED_MS)
  const after = {
    card,
    name: name && isRefused(name) ? name.why : null,
    post: post && isRefused(post) ? post.why : null,
    retryAtMs,
    lost: displayed ? displayed.left.some(({ code }) => code === CARD_UNKNOWN) : (before?.lost ?? false),
  }
  return after.card.length > 0 || after.name || after.post ? after : null
}

type Named = {
  /** `isRead`: word of another name is dealt with. */
  readonly values: Partial<Pick<LinkRow, 'name' | 'givenName' | 'wishedName'>> & { readonly isRead: boolean }
  readonly failure: Failure | null
}

/** A chat that people named keeps its name; another one follows its item's title (K2). */
async function bringName(link: LinkRow, wishedName: string, platform: ChatPlatform): Promise<Named> {
  const chat = asChatId(link.chat ?? '')
  let { name, givenName } = link
  if (link.renamedTo !== null && link.renamedTo !== givenName) {
    const state = await platform.describe(chat)
    if (!state.ok) return { values: { isRead: false }, failure: state.failure }
    name = state.value.name
    if (name !== givenName) givenName = null
  }
  const values = { name, givenName, wishedName, isRead: true }
  if (givenName === null || link.wishedName === wishedName) return { values, failure: null }
  const asked = ask(platform.capabilities, 'rename')
  if (!asked.ok) return { values, failure: null }
  const renamed = await platform.rename(chat, wishedName, asked.token)
  if (renamed.ok) return { values: { ...values, name: renamed.value.name, givenName: renamed.value.name }, failure: null }
  // A name that was refused is not tried again before the title changes.
  return { values: isRefused(renamed.failure) ? values : { name, givenName, isRead: true }, failure: renamed.failure }
}

/** The people of a chat of before hear where the discussion goes on, once; what it shows says so from then on. */
async function tellMoved(engine: Engine, { moved }: ToShow, platform: ChatPlatform): Promise<{ failures: Failure[]; chats: string[] }> {
  const failures: Failure[] = []
  const chats: string[] = []
  for (const { past, shows } of moved) {
    const posted = await platform.post(asChatId(past.chat), shows.card)
    if (posted.ok) {
      await platform.display(asChatId(past.chat), shows, past.shown, 'unanswered')
    } else if (posted.failure.kind === 'later') {
      failures.push(posted.failure)
      chats.push(past.chat)
    } else {
      engine.log.warn({ chat: past.chat, code: posted.failure.code }, 'The people of a past chat could not be told where it goes on.')
    }
  }
  return { failures, chats }
}

/** The item was deleted: a card that is there says so. */
export async function showDeletion(engine: Engine, link: LinkRow, platform: ChatPlatform): Promise<void> {
  if (!link.chat || !link.shown) return
  const wanted = showsDeleted(engine.publicUrl)
  const hash = fingerprint(wanted)
  if (hash === link.shownHash) return
  const displayed = await platform.display(asChatId(link.chat), wanted, link.shown, 'unanswered')
  await inOrganisation(engine.db, asOrganisationId(link.organisationId), async (tx) => {
    await holdLane(tx, link.id, link.fence)
    await updateLink(tx, link.id, { shown: displayed.shown, shownHash: isWaiting(displayed) ? null : hash })
  })
}
