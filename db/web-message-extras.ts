import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Tx } from './open.ts'
import { webMessage, webReaction } from './schema.ts'
import type { Door, MessageRow } from './web-chats.ts'

/** What stands with messages that somebody sees: the one each answers, and what people feel about it. */

type Place = Pick<MessageRow, 'chatId' | 'seq'>
export type ReactionRow = typeof webReaction.$inferSelect

export const placeOf = ({ chatId, seq }: Place) => `${chatId} ${seq}`

/** The messages that these answer, where their reader sees those too. */
export async function quotedIn(
  tx: Tx,
  doors: ReadonlyMap<string, Door>,
  rows: readonly MessageRow[],
): Promise<ReadonlyMap<string, MessageRow>> {
  const places = rows.flatMap(({ chatId, replyTo }) =>
    replyTo !== null && replyTo >= (doors.get(chatId)?.fromSeq ?? Infinity) ? [{ chatId, seq: replyTo }] : [],
  )
  if (places.length === 0) return new Map()
  const found = await tx
    .select()
    .from(webMessage)
    .where(or(...byChat(places).map(([chatId, seqs]) => and(eq(webMessage.chatId, chatId), inArray(webMessage.seq, seqs)))))
  return new Map(found.map((row) => [placeOf(row), row]))
}

/** The earliest first. */
export async function reactionsTo(tx: Tx, rows: readonly MessageRow[]): Promise<ReadonlyMap<string, readonly ReactionRow[]>> {
  if (rows.length === 0) return new Map()
  const found = await tx
    .select()
    .from(webReaction)
    .where(or(...byChat(rows).map(([chatId, seqs]) => and(eq(webReaction.chatId, chatId), inArray(webReaction.seq, seqs)))))
    .orderBy(asc(webReaction.at), asc(webReaction.personId))
  return Map.groupBy(found, placeOf)
}

function byChat(places: readonly Place[]): readonly (readonly [string, number[]])[] {
  return [...Map.groupBy(places, ({ chatId }) => chatId)].map(([chatId, all]) => [chatId, all.map(({ seq }) => seq)])
}
