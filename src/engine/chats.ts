import { moveChat, NOT_OURS } from '../../db/chats.ts'
import type { InboxRow } from '../../db/inbox.ts'
import { factsOf, itemById } from '../../db/items.ts'
import { addEvidence, forgetMembers, linkOfChat, type LinkRow, lockLink, markDue, updateLink } from '../../db/links.ts'
import { notify } from '../../db/notifications.ts'
import type { Tx } from '../../db/open.ts'
import { chatShared } from '../core/words.ts'
import type { News } from '../ports/inbound.ts'
import { CHAT_GONE, WHY_CLOSED } from './chat-state.ts'
import { saysNothingNew } from './echo.ts'
import type { Dealt } from './inbox.ts'
import { tellName } from './naming.ts'

/** What is told of a chat. It makes the item due; only what no later look could find out is written down besides. */

type ChatNews = Extract<News, { kind: 'joined' | 'left' | 'chat-changed' }>

export async function chatTold(tx: Tx, row: InboxRow, news: ChatNews, nowMs: number): Promise<Dealt> {
  const found = await linkOfChat(tx, row.connectionId, news.chat)
  // Held, so that a turn that is just being remembered is seen as a whole or not at all.
  const link = found && (await lockLink(tx, found.id))
  if (!link) return { outcome: NOT_OURS }
  if (link.state === 'gone') return { outcome: 'discarded: chat_gone' }
  // Word of its own joining comes with every chat the app opens; only for one it was missing from is it news.
  if (news.kind === 'chat-changed' && news.what === 'let-in' && link.state === 'open') return { outcome: 'discarded: already_in' }
  if (await saysNothingNew(tx, link, news, nowMs)) return { outcome: 'discarded: own_echo' }
  if (news.kind === 'joined' && !isOpenToAll(link)) await weigh(tx, row, link, news)
  if (news.kind === 'chat-changed' && news.what === 'renamed')
    return { outcome: await tellName(tx, link, news.name ?? null, row.receivedAt) }
  await forgetMembers(tx, link.id)
  if (news.kind === 'chat-changed') await chatChanged(tx, row, link, news)
  await markDue(tx, link.id, row.receivedAt)
  return { outcome: 'told' }
}

export async function chatMoved(tx: Tx, row: InboxRow, news: Extract<News, { kind: 'chat-moved' }>): Promise<Dealt> {
  const moved = await moveChat(tx, row.connectionId, news.chat, news.to, row.receivedAt)
  return { outcome: moved ? 'told' : NOT_OURS }
}

/** Anybody may join such a chat, and add anybody: it says nothing about the item. */
const isOpenToAll = (link: LinkRow): boolean => link.state === 'public' && link.why !== null

function weigh(tx: Tx, row: InboxRow, link: LinkRow, news: Extract<News, { kind: 'joined' }>): Promise<void> {
  return addEvidence(tx, {
    organisationId: row.organisationId,
    linkId: link.id,
    kind: 'joined',
    account: news.account,
    byAccount: news.by,
    at: row.receivedAt,
  })
}

async function chatChanged(tx: Tx, row: InboxRow, link: LinkRow, news: Extract<ChatNews, { kind: 'chat-changed' }>): Promise<void> {
  switch (news.what) {
    case 'archived':
      return updateLink(tx, link.id, { state: 'closed', why: WHY_CLOSED })
    // An app that archiving put out stays out; the next look says how it is let in again.
    case 'unarchived':
      return link.state === 'closed' ? updateLink(tx, link.id, { state: 'unreachable' }) : undefined
    // Nothing but this word lets go of a chat. What is hidden from us looks just like it.
    case 'deleted':
      return updateLink(tx, link.id, { state: 'gone', why: CHAT_GONE.why })
    case 'made-private':
      return link.state === 'open' ? updateLink(tx, link.id, { state: 'public', why: null }) : undefined
    case 'shared':
    case 'unshared':
      return tellShared(tx, row, link, news.what === 'shared')
    case 'renamed':
    case 'app-left':
    case 'let-in':
      return undefined
  }
}

async function tellShared(tx: Tx, row: InboxRow, link: LinkRow, shared: boolean): Promise<void> {
  const current = await itemById(tx, link.itemId)
  if (!current?.row.responsibleId) return
  await notify(tx, [
    {
      organisationId: row.organisationId,
      personId: current.row.responsibleId,
      kind: 'told',
      itemId: link.itemId,
      text: chatShared(factsOf(current), shared),
      at: row.receivedAt,
    },
  ])
}
