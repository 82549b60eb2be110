import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import type { PersonId } from '../src/core/ids.ts'
import type { Tx } from './open.ts'
import { webChat, webWindow } from './schema.ts'
import type { WebChatRow } from './web-chats.ts'

/** Chats that everybody in the organisation may find and join. Their names are known to all; what is said in them, to their members. */

/** A public one, to be joined. Others are not found this way. */
export async function publicChat(tx: Tx, id: string): Promise<WebChatRow | null> {
  const [row] = await tx
    .select()
    .from(webChat)
    .where(and(eq(webChat.id, id), eq(webChat.kind, 'public')))
    .for('update')
  return row ?? null
}

export type PublicChat = { readonly id: string; readonly name: string; readonly members: number; readonly joined: boolean }

/** By name; `after` is where the page before this one ended. */
export async function publicChats(
  tx: Tx,
  viewer: PersonId,
  after: { readonly name: string; readonly id: string } | null,
  limit: number,
): Promise<readonly PublicChat[]> {
  const inside = sql<boolean>`coalesce(bool_or(${webWindow.personId} = ${viewer}), false)`
  return tx
    .select({ id: webChat.id, name: webChat.name, members: count(webWindow.personId), joined: inside })
    .from(webChat)
    .leftJoin(
      webWindow,
      and(eq(webWindow.organisationId, webChat.organisationId), eq(webWindow.chatId, webChat.id), isNull(webWindow.toSeq)),
    )
    .where(and(eq(webChat.kind, 'public'), after ? sql`(${webChat.name}, ${webChat.id}) > (${after.name}, ${after.id})` : undefined))
    .groupBy(webChat.id, webChat.name)
    .orderBy(asc(webChat.name), asc(webChat.id))
    .limit(limit)
}
