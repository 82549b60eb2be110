import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { PersonId } from '../src/core/ids.ts'
import { giveHint } from './hints.ts'
import type { Tx } from './open.ts'
import { webChat, webMark, webMessage, webWindow } from './schema.ts'

/**
 * The chats of the built-in workspace. Private means members: whatever shows something of a chat takes a `Door`, and
 * only `doorTo` makes one, for a person with an open window. There is no administrator's exception. A reading never
 * goes behind the door's first sequence, which is how history stays hidden (O27, C2, C3).
 */

export type WebChatRow = typeof webChat.$inferSelect
export type WindowRow = typeof webWindow.$inferSelect
export type MessageRow = typeof webMessage.$inferSelect

declare const opened: unique symbol
export type Door = {
  readonly [opened]: true
  readonly chat: WebChatRow
  readonly viewer: PersonId
  readonly fromSeq: number
  readonly since: Date
}

export async function doorTo(tx: Tx, viewer: PersonId, chatId: string): Promise<Door | null> {
  const [found] = await tx
    .select({ chat: webChat, window: webWindow })
    .from(webWindow)
    .innerJoin(webChat, and(eq(webChat.organisationId, webWindow.organisationId), eq(webChat.id, webWindow.chatId)))
    .where(and(eq(webWindow.chatId, chatId), eq(webWindow.personId, viewer), isNull(webWindow.toSeq)))
    .limit(1)
  return found ? door(viewer, found.chat, found.window) : null
}

export async function doorsOf(tx: Tx, viewer: PersonId): Promise<readonly Door[]> {
  const rows = await tx
    .select({ chat: webChat, window: webWindow })
    .from(webWindow)
    .innerJoin(webChat, and(eq(webChat.organisationId, webWindow.organisationId), eq(webChat.id, webWindow.chatId)))
    .where(and(eq(webWindow.personId, viewer), isNull(webWindow.toSeq)))
  return rows.map((row) => door(viewer, row.chat, row.window))
}

function door(viewer: PersonId, chat: WebChatRow, window: WindowRow): Door {
  return { chat, viewer, fromSeq: window.fromSeq, since: window.since } as Door
}

export async function createWebChat(
  tx: Tx,
  values: Omit<typeof webChat.$inferInsert, 'nextSeq'>,
): Promise<{ chat: WebChatRow; created: boolean }> {
  const [made] = await tx.insert(webChat).values(values).onConflictDoNothing().returning()
  if (made) return { chat: made, created: true }
  const [existing] = await tx.select().from(webChat).where(eq(webChat.operation, values.operation)).limit(1)
  if (!existing) throw new Error('A chat that exists could not be read.')
  return { chat: existing, created: false }
}

/** The chat itself, to be changed; not to be shown to anybody. */
export async function lockWebChat(tx: Tx, chatId: string): Promise<WebChatRow | null> {
  const [row] = await tx.select().from(webChat).where(eq(webChat.id, chatId)).for('update')
  return row ?? null
}

export async function memberIds(tx: Tx, chatId: string): Promise<readonly string[]> {
  const rows = await tx
    .select({ personId: webWindow.personId })
    .from(webWindow)
    .where(and(eq(webWindow.chatId, chatId), isNull(webWindow.toSeq)))
    .orderBy(asc(webWindow.since), asc(webWindow.personId))
  return rows.map((row) => row.personId)
}

export async function windowsOf(tx: Tx, at: Door): Promise<readonly WindowRow[]> {
  return tx
    .select()
    .from(webWindow)
    .where(and(eq(webWindow.chatId, at.chat.id), isNull(webWindow.toSeq)))
    .orderBy(asc(webWindow.since), asc(webWindow.personId))
}

/** Opens a window for everybody who has none; says who that was. With history hidden it begins with their own joining. */
export async function addMembers(
  tx: Tx,
  chat: WebChatRow,
  people: readonly string[],
  how: { by: string | null; showHistory: boolean },
  at: Date,
): Promise<readonly string[]> {
  const inside = new Set(await memberIds(tx, chat.id))
  const joining = [...new Set(people)].filter((id) => !inside.has(id))
  if (joining.length === 0) return []
  const seq = await writeLine(tx, chat, { kind: 'joined', authorId: how.by, text: '', people: joining }, at)
  await tx.insert(webWindow).values(
    joining.map((personId) => ({
      organisationId: chat.organisationId,
      chatId: chat.id,
      personId,
      fromSeq: how.showHistory ? 1 : seq,
      since: at,
      addedBy: how.by,
    })),
  )
  await giveHint(tx, { organisation: chat.organisationId, kind: 'chats', people: joining })
  return joining
}

/** Closes the windows of everybody who has one; says who that was. */
export async function removeMembers(
  tx: Tx,
  chat: WebChatRow,
  people: readonly string[],
  by: string | null,
  at: Date,
): Promise<readonly string[]> {
  const inside = new Set(await memberIds(tx, chat.id))
  const leaving = [...new Set(people)].filter((id) => inside.has(id))
  if (leaving.length === 0) return []
  const seq = await writeLine(tx, chat, { kind: 'left', authorId: by, text: '', people: leaving }, at)
  await tx
    .update(webWindow)
    .set({ toSeq: seq })
    .where(and(eq(webWindow.chatId, chat.id), inArray(webWindow.personId, leaving), isNull(webWindow.toSeq)))
  await giveHint(tx, { organisation: chat.organisationId, kind: 'chats', people: leaving })
  return leaving
}

type Line = { kind: MessageRow['kind']; authorId: string | null; text: string; people?: readonly string[]; clientKey?: string | null }

/** The sequence comes from the chat's own row, in the writing transaction: without gaps, in the order of the commits. */
async function writeLine(tx: Tx, chat: Pick<WebChatRow, 'organisationId' | 'id'>, line: Line, at: Date): Promise<number> {
  const [row] = await tx
    .update(webChat)
    .set({ nextSeq: sql`${webChat.nextSeq} + 1` })
    .where(eq(webChat.id, chat.id))
    .returning({ next: webChat.nextSeq })
  if (!row) throw new Error(`The chat ${chat.id} vanished while it was written to.`)
  const seq = row.next - 1
  await tx.insert(webMessage).values({
    organisationId: chat.organisationId,
    chatId: chat.id,
    seq,
    id: crypto.randomUUID(),
    kind: line.kind,
    authorId: line.authorId,
    text: line.text,
    people: [...(line.people ?? [])],
    clientKey: line.clientKey ?? null,
    at,
  })
  await giveHint(tx, { organisation: chat.organisationId, kind: 'chat', id: chat.id, seq })
  return seq
}

/** The same `key` from the same author gives the same message, however often it is sent. */
export async function postMessage(tx: Tx, at: Door, text: string, key: string | null, now: Date): Promise<MessageRow> {
  await lockWebChat(tx, at.chat.id)
  if (key) {
    const [earlier] = await tx
      .select()
      .from(webMessage)
      .where(and(eq(webMessage.chatId, at.chat.id), eq(webMessage.authorId, at.viewer), eq(webMessage.clientKey, key)))
    if (earlier) return earlier
  }
  const seq = await writeLine(tx, at.chat, { kind: 'text', authorId: at.viewer, text, clientKey: key }, now)
  await markRead(tx, at, seq)
  const [row] = await tx
    .select()
    .from(webMessage)
    .where(and(eq(webMessage.chatId, at.chat.id), eq(webMessage.seq, seq)))
  if (!row) throw new Error('A message that was just written could not be read.')
  return row
}

export async function renameWebChat(tx: Tx, at: Door, name: string, now: Date): Promise<void> {
  await tx.update(webChat).set({ name }).where(eq(webChat.id, at.chat.id))
  await writeLine(tx, at.chat, { kind: 'named', authorId: at.viewer, text: name }, now)
}

/** A stretch of messages, oldest first; never from before the door. */
export async function messagesIn(tx: Tx, at: Door, stretch: { after?: number | undefined; before?: number | undefined; limit: number }) {
  const visible = and(eq(webMessage.chatId, at.chat.id), gte(webMessage.seq, at.fromSeq))
  if (stretch.after !== undefined) {
    return tx
      .select()
      .from(webMessage)
      .where(and(visible, gt(webMessage.seq, stretch.after)))
      .orderBy(asc(webMessage.seq))
      .limit(stretch.limit)
  }
  const newest = await tx
    .select()
    .from(webMessage)
    .where(and(visible, stretch.before === undefined ? undefined : lt(webMessage.seq, stretch.before)))
    .orderBy(desc(webMessage.seq))
    .limit(stretch.limit)
  return newest.reverse()
}

/** Was anything said before this member's first sequence? Only whether, never how much. */
export function hidesHistory(at: Door): boolean {
  return at.fromSeq > 1
}

export type Standing = { readonly unread: number; readonly muted: boolean; readonly last: MessageRow | null; readonly members: number }

export async function standingIn(tx: Tx, at: Door): Promise<Standing> {
  const [mark] = await tx
    .select()
    .from(webMark)
    .where(and(eq(webMark.chatId, at.chat.id), eq(webMark.personId, at.viewer)))
  const visible = and(eq(webMessage.chatId, at.chat.id), gte(webMessage.seq, at.fromSeq))
  const [unread] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(webMessage)
    .where(and(visible, eq(webMessage.kind, 'text'), gt(webMessage.seq, mark?.readSeq ?? 0)))
  const [last] = await tx.select().from(webMessage).where(visible).orderBy(desc(webMessage.seq)).limit(1)
  const [members] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(webWindow)
    .where(and(eq(webWindow.chatId, at.chat.id), isNull(webWindow.toSeq)))
  return { unread: unread?.n ?? 0, muted: mark?.muted ?? false, last: last ?? null, members: members?.n ?? 0 }
}

export async function markRead(tx: Tx, at: Door, seq: number): Promise<void> {
  await tx
    .insert(webMark)
    .values({ organisationId: at.chat.organisationId, chatId: at.chat.id, personId: at.viewer, readSeq: seq })
    .onConflictDoUpdate({
      target: [webMark.organisationId, webMark.chatId, webMark.personId],
      set: { readSeq: sql`greatest(${webMark.readSeq}, excluded.read_seq)` },
    })
}

export async function setMuted(tx: Tx, at: Door, muted: boolean): Promise<void> {
  await tx
    .insert(webMark)
    .values({ organisationId: at.chat.organisationId, chatId: at.chat.id, personId: at.viewer, muted })
    .onConflictDoUpdate({ target: [webMark.organisationId, webMark.chatId, webMark.personId], set: { muted } })
}
