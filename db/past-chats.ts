import { and, desc, eq, inArray } from 'drizzle-orm'
import type { LinkRow } from './links.ts'
import type { Tx } from './open.ts'
import { pastChat } from './schema.ts'

/** The chats that an item had before the one it has now. */

export type PastChatRow = typeof pastChat.$inferSelect

/** The latest first. */
export function pastChatsOf(tx: Tx, linkId: string): Promise<PastChatRow[]> {
  return tx.select().from(pastChat).where(eq(pastChat.linkId, linkId)).orderBy(desc(pastChat.until), desc(pastChat.chat))
}

export async function pastChatsOfLinks(tx: Tx, linkIds: readonly string[]): Promise<ReadonlyMap<string, readonly PastChatRow[]>> {
  if (linkIds.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(pastChat)
    .where(inArray(pastChat.linkId, [...linkIds]))
    .orderBy(desc(pastChat.until), desc(pastChat.chat))
  return Map.groupBy(rows, (row) => row.linkId)
}

/** People still find the chat that their item has no more. */
export async function keepPastChat(tx: Tx, link: LinkRow, until: Date): Promise<void> {
  if (!link.chat) return
  const { organisationId, id, connectionId, chat, name, url, shown } = link
  await tx
    .insert(pastChat)
    .values({ organisationId, linkId: id, connectionId, chat, name, url: url ?? '', shown, until })
    .onConflictDoNothing()
}

export async function markPastTold(tx: Tx, linkId: string, chats: readonly string[], told: boolean): Promise<void> {
  if (chats.length === 0) return
  await tx
    .update(pastChat)
    .set({ told })
    .where(and(eq(pastChat.linkId, linkId), inArray(pastChat.chat, [...chats])))
}
