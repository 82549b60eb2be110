import { and, asc, desc, eq, gt, gte, isNull, lt, type SQL } from 'drizzle-orm'
import { giveHint } from './hints.ts'
import type { Tx } from './open.ts'
import { webMessage, webReaction } from './schema.ts'
import { type Door, lockWebChat, markRead, type MessageRow, writeLine } from './web-chats.ts'

/** What is said in the chats of the built-in workspace. Nothing here goes behind the door's first sequence. */

const visibleTo = (at: Door) => and(eq(webMessage.chatId, at.chat.id), gte(webMessage.seq, at.fromSeq))

export async function messageAt(tx: Tx, at: Door, seq: number): Promise<MessageRow | null> {
  const [row] = await tx
    .select()
    .from(webMessage)
    .where(and(visibleTo(at), eq(webMessage.seq, seq)))
  return row ?? null
}

export type Stretch = {
  readonly after?: number | undefined
  readonly before?: number | undefined
  /** With as many before it as after it. */
  readonly around?: number | undefined
  readonly limit: number
}

/** A stretch of messages, oldest first, and whether the member sees more on either side of it. */
export async function messagesIn(
  tx: Tx,
  at: Door,
  { after, before, around, limit }: Stretch,
): Promise<{ readonly rows: readonly MessageRow[]; readonly older: boolean; readonly newer: boolean }> {
  if (after !== undefined) {
    const rows = await someOf(tx, at, gt(webMessage.seq, after), 'asc', limit + 1)
    return { rows: rows.slice(0, limit), older: after >= at.fromSeq, newer: rows.length > limit }
  }
  if (around !== undefined) {
    const half = Math.floor(limit / 2)
    const earlier = await someOf(tx, at, lt(webMessage.seq, around), 'desc', half + 1)
    const later = await someOf(tx, at, gte(webMessage.seq, around), 'asc', limit - half + 1)
    return {
      rows: [...earlier.slice(0, half).toReversed(), ...later.slice(0, limit - half)],
      older: earlier.length > half,
      newer: later.length > limit - half,
    }
  }
  const rows = await someOf(tx, at, before === undefined ? undefined : lt(webMessage.seq, before), 'desc', limit + 1)
  return { rows: rows.slice(0, limit).toReversed(), older: rows.length > limit, newer: before !== undefined && before < at.chat.nextSeq }
}

function someOf(tx: Tx, at: Door, which: SQL | undefined, direction: 'asc' | 'desc', limit: number): Promise<readonly MessageRow[]> {
  return tx
    .select()
    .from(webMessage)
    .where(and(visibleTo(at), which))
    .orderBy(direction === 'asc' ? asc(webMessage.seq) : desc(webMessage.seq))
    .limit(limit)
}

export type Said = {
  readonly text: string
  readonly replyTo?: number | null
  readonly mentions?: readonly string[]
  readonly key?: string | null
}

/** What was sent under this key before, however often it is sent. Until the transaction ends, nobody else writes here. */
export async function messageOfKey(tx: Tx, at: Door, key: string | null): Promise<MessageRow | null> {
  if (key === null) return null
  await lockWebChat(tx, at.chat.id)
  const [row] = await tx
    .select()
    .from(webMessage)
    .where(and(eq(webMessage.chatId, at.chat.id), eq(webMessage.authorId, at.viewer), eq(webMessage.clientKey, key)))
  return row ?? null
}

export async function postMessage(tx: Tx, at: Door, said: Said, now: Date): Promise<MessageRow> {
  const { text, replyTo = null, mentions = [], key = null } = said
  const seq = await writeLine(tx, at.chat, { kind: 'text', authorId: at.viewer, text, clientKey: key, replyTo, mentions }, now)
  await markRead(tx, at, seq)
  const row = await messageAt(tx, at, seq)
  if (!row) throw new Error('A message that was just written could not be read.')
  return row
}

export async function editMessage(
  tx: Tx,
  at: Door,
  seq: number,
  to: { readonly text: string; readonly mentions: readonly string[] },
  now: Date,
): Promise<void> {
  await tx
    .update(webMessage)
    .set({ text: to.text, mentions: [...to.mentions], editedAt: now })
    .where(and(visibleTo(at), eq(webMessage.seq, seq), isNull(webMessage.deletedAt)))
  await changed(tx, at, seq)
}

/** The words are gone from the database too; what stays is that somebody said something here. */
export async function deleteMessage(tx: Tx, at: Door, seq: number, now: Date): Promise<void> {
  await tx.delete(webReaction).where(and(eq(webReaction.chatId, at.chat.id), eq(webReaction.seq, seq)))
  await tx
    .update(webMessage)
    .set({ text: '', mentions: [], replyTo: null, editedAt: null, deletedAt: now })
    .where(and(visibleTo(at), eq(webMessage.seq, seq)))
  await changed(tx, at, seq)
}

export async function react(tx: Tx, at: Door, seq: number, emoji: string, now: Date): Promise<void> {
  const { organisationId, id: chatId } = at.chat
  await tx.insert(webReaction).values({ organisationId, chatId, seq, emoji, personId: at.viewer, at: now }).onConflictDoNothing()
  await changed(tx, at, seq)
}

export async function takeReactionBack(tx: Tx, at: Door, seq: number, emoji: string): Promise<void> {
  await tx
    .delete(webReaction)
    .where(
      and(eq(webReaction.chatId, at.chat.id), eq(webReaction.seq, seq), eq(webReaction.emoji, emoji), eq(webReaction.personId, at.viewer)),
    )
  await changed(tx, at, seq)
}

/** Heard only by those whose window holds the message (src/http/live.ts). */
function changed(tx: Tx, at: Door, seq: number): Promise<void> {
  return giveHint(tx, { organisation: at.chat.organisationId, kind: 'chat', id: at.chat.id, seq })
}
