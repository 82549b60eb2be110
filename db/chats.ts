import { and, eq, sql } from 'drizzle-orm'
import { markDue } from './links.ts'
import type { Tx } from './open.ts'
import { inbox, link, pastChat } from './schema.ts'

/** Chats that get another id, and chats that an item has no more. */

/** The address of a chat holds its id, wherever chats have one. */
const withId = (column: typeof link.url | typeof pastChat.url, from: string, to: string) => sql`replace(${column}, ${from}, ${to})`

/**
 * The chat has another id from now on, here and where an item had it before; and what was set aside because nobody knew that id yet is
 * dealt with after all.
 */
export async function moveChat(tx: Tx, connectionId: string, from: string, to: string, at: Date): Promise<boolean> {
  const moved = await tx
    .update(link)
    .set({ chat: to, url: withId(link.url, from, to) })
    .where(and(eq(link.connectionId, connectionId), eq(link.chat, from)))
    .returning({ id: link.id })
  const past = await tx
    .update(pastChat)
    .set({ chat: to, url: withId(pastChat.url, from, to) })
    .where(and(eq(pastChat.connectionId, connectionId), eq(pastChat.chat, from)))
    .returning({ id: pastChat.linkId })
  if (moved.length + past.length === 0) return false
  await tx
    .update(inbox)
    .set({ dueAt: at, outcome: null })
    .where(and(eq(inbox.connectionId, connectionId), eq(inbox.outcome, NOT_OURS), sql`${inbox.news} ->> 'chat' = ${to}`))
  for (const { id } of moved) await markDue(tx, id, at)
  return true
}

export const NOT_OURS = 'discarded: not_our_chat'
