import { and, type Column, desc, eq, exists, gte, ilike, isNull, lt, or } from 'drizzle-orm'
import type { PersonId } from '../src/core/ids.ts'
import type { Tx } from './open.ts'
import { escapeLike } from './people.ts'
import { webChat, webFile, webMessage, webWindow } from './schema.ts'
import { type Door, doorIn, isOpenFor, type MessageRow } from './web-chats.ts'

/**
 * Finds words in what somebody may see. It begins at their open windows and goes no further back than each shows, so that hidden history
 * is not passed over but never looked at. Why there is no index of words: decision 55.
 */

export type Search = {
  /** Each has to be there, in any order. */
  readonly words: readonly string[]
  readonly chat?: string | undefined
  readonly in: readonly ('messages' | 'files')[]
  /** Where the page before this one ended. */
  readonly before: { readonly at: Date; readonly id: string } | null
  readonly limit: number
}

/** Latest first. */
export async function searchMessages(
  tx: Tx,
  viewer: PersonId,
  { words, chat, in: places, before, limit }: Search,
): Promise<readonly { readonly door: Door; readonly row: MessageRow }[]> {
  const rows = await tx
    .select({ chat: webChat, window: webWindow, row: webMessage })
    .from(webWindow)
    .innerJoin(webChat, and(eq(webChat.organisationId, webWindow.organisationId), eq(webChat.id, webWindow.chatId)))
    .innerJoin(
      webMessage,
      and(
        eq(webMessage.organisationId, webWindow.organisationId),
        eq(webMessage.chatId, webWindow.chatId),
        gte(webMessage.seq, webWindow.fromSeq),
      ),
    )
    .where(
      and(
        isOpenFor(viewer),
        chat === undefined ? undefined : eq(webWindow.chatId, chat),
        eq(webMessage.kind, 'text'),
        isNull(webMessage.deletedAt),
        or(
          places.includes('messages') ? isIn(webMessage.text, words) : undefined,
          places.includes('files') ? hasFile(tx, words) : undefined,
        ),
        before ? or(lt(webMessage.at, before.at), and(eq(webMessage.at, before.at), lt(webMessage.id, before.id))) : undefined,
      ),
    )
    .orderBy(desc(webMessage.at), desc(webMessage.id))
    .limit(limit)
  return rows.map(({ chat: found, window, row }) => ({ door: doorIn(viewer, found, window), row }))
}

const isIn = (text: Column, words: readonly string[]) => and(...words.map((word) => ilike(text, `%${escapeLike(word)}%`)))

/** A message is found by its files' names as well. */
function hasFile(tx: Tx, words: readonly string[]) {
  const its = and(
    eq(webFile.organisationId, webMessage.organisationId),
    eq(webFile.chatId, webMessage.chatId),
    eq(webFile.seq, webMessage.seq),
  )
  return exists(
    tx
      .select({ id: webFile.id })
      .from(webFile)
      .where(and(its, isIn(webFile.name, words))),
  )
}
