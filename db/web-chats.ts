import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
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
    .where(and(eq(webWindow.chatId, chatId), isOpenFor(viewer)))
    .limit(1)
  return found ? doorIn(viewer, found.chat, found.window) : null
}

/** The chats somebody is in, latest line first; `before` is where the page before this one ended. */
export async function doorsOf(
  tx: Tx,
  viewer: PersonId,
  before: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<readonly { readonly door: Door; readonly lastAt: Date }[]> {
  const rows = await tx
    .select({ chat: webChat, window: webWindow, lastAt: webMessage.at })
    .from(webWindow)
    .innerJoin(webChat, and(eq(webChat.organisationId, webWindow.organisationId), eq(webChat.id, webWindow.chatId)))
    .innerJoin(webMessage, isLastOf(webChat))
    .where(and(isOpenFor(viewer), before ? isBefore(before) : undefined))
    .orderBy(desc(webMessage.at), desc(webChat.id))
    .limit(limit)
  return rows.map((row) => ({ door: doorIn(viewer, row.chat, row.window), lastAt: row.lastAt }))
}

/** What makes a member. Whatever reads without a `Door` in hand, as the search does, asks this of the windows. */
export const isOpenFor = (viewer: PersonId) => and(eq(webWindow.personId, viewer), isNull(webWindow.toSeq))

/** Sequences have no gaps, and whoever has a window sees at least the line of their own joining: this is it or a later one. */
const isLastOf = (chat: typeof webChat) =>
  and(eq(webMessage.organisationId, chat.organisationId), eq(webMessage.chatId, chat.id), eq(webMessage.seq, sql`${chat.nextSeq} - 1`))

const isBefore = ({ at, id }: { readonly at: Date; readonly id: string }) =>
  or(lt(webMessage.at, at), and(eq(webMessage.at, at), lt(webChat.id, id)))

/** For an open window that was just read. */
export function doorIn(viewer: PersonId, chat: WebChatRow, window: WindowRow): Door {
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

/**
 * Opens a window for everybody who has none; says who that was. With the history hidden it begins with their own joining, and
 * for somebody who comes back as before, where their last one began. Nobody can show others more than they see themselves
 * (`noEarlierThan`).
 */
export async function addMembers(
  tx: Tx,
  chat: WebChatRow,
  people: readonly string[],
  how: { by: string | null; history: 'all' | 'as-before' | 'hidden'; noEarlierThan?: number },
  at: Date,
): Promise<readonly string[]> {
  const inside = new Set(await memberIds(tx, chat.id))
  const joining = [...new Set(people)].filter((id) => !inside.has(id))
  if (joining.length === 0) return []
  const before = how.history === 'as-before' ? await lastWindows(tx, chat.id, joining) : new Map<string, number>()
  const seq = await writeLine(tx, chat, { kind: 'joined', authorId: how.by, text: '', people: joining }, at)
  await tx.insert(webWindow).values(
    joining.map((personId) => ({
      organisationId: chat.organisationId,
      chatId: chat.id,
      personId,
      fromSeq: how.history === 'hidden' ? seq : Math.max(before.get(personId) ?? 1, how.noEarlierThan ?? 1),
      since: at,
      addedBy: how.by,
    })),
  )
  await giveHint(tx, { organisation: chat.organisationId, kind: 'chats', people: joining })
  return joining
}

/** From which line on people saw when they were last in the chat. */
async function lastWindows(tx: Tx, chatId: string, people: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .select()
    .from(webWindow)
    .where(and(eq(webWindow.chatId, chatId), inArray(webWindow.personId, [...people])))
    .orderBy(asc(webWindow.since))
  return new Map(rows.map((row) => [row.personId, row.fromSeq]))
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

type Line = Pick<MessageRow, 'kind' | 'authorId' | 'text'> &
  Partial<Pick<MessageRow, 'clientKey' | 'replyTo'>> & { readonly people?: readonly string[]; readonly mentions?: readonly string[] }

/** The sequence comes from the chat's own row, in the writing transaction: without gaps, in the order of the commits. */
export async function writeLine(tx: Tx, chat: Pick<WebChatRow, 'organisationId' | 'id'>, line: Line, at: Date): Promise<number> {
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
    replyTo: line.replyTo ?? null,
    mentions: [...(line.mentions ?? [])],
    at,
  })
  await giveHint(tx, { organisation: chat.organisationId, kind: 'chat', id: chat.id, seq })
  return seq
}

export function renameWebChat(tx: Tx, at: Door, name: string, now: Date): Promise<void> {
  return nameWebChat(tx, at.chat, name, at.viewer, now)
}

/** `by` is null where the item's new title gave the name. */
export async function nameWebChat(tx: Tx, chat: WebChatRow, name: string, by: string | null, now: Date): Promise<void> {
  await tx.update(webChat).set({ name }).where(eq(webChat.id, chat.id))
  await writeLine(tx, chat, { kind: 'named', authorId: by, text: name }, now)
}

/** What a chat hears of its item, from nobody. */
export async function hearOfItem(tx: Tx, chat: WebChatRow, text: string, now: Date): Promise<void> {
  await writeLine(tx, chat, { kind: 'item', authorId: null, text }, now)
}

/** Was anything said before this member's first sequence? Only whether, never how much. */
export function hidesHistory(at: Door): boolean {
  return at.fromSeq > 1
}

export type Standing = {
  readonly unread: number
  readonly readTo: number
  readonly muted: boolean
  readonly last: MessageRow | null
  readonly members: number
}

/** How things stand in each of these chats, for the one person whose doors they are. */
export async function standingsIn(tx: Tx, doors: readonly Door[]): Promise<ReadonlyMap<string, Standing>> {
  const [first] = doors
  if (!first) return new Map()
  const ids = doors.map((at) => at.chat.id)
  const last = await tx
    .select({ message: webMessage })
    .from(webChat)
    .innerJoin(webMessage, isLastOf(webChat))
    .where(inArray(webChat.id, ids))
  const members = await tx
    .select({ chatId: webWindow.chatId, n: count() })
    .from(webWindow)
    .where(and(inArray(webWindow.chatId, ids), isNull(webWindow.toSeq)))
    .groupBy(webWindow.chatId)
  const marks = await tx
    .select()
    .from(webMark)
    .where(and(inArray(webMark.chatId, ids), eq(webMark.personId, first.viewer)))
  const unread = new Map((await unreadIn(tx, doors, marks)).map((row) => [row.chatId, row.n]))
  const lastIn = new Map(last.map((row) => [row.message.chatId, row.message]))
  const membersIn = new Map(members.map((row) => [row.chatId, row.n]))
  const markIn = new Map(marks.map((row) => [row.chatId, row]))
  return new Map(
    ids.map((id) => [
      id,
      {
        unread: unread.get(id) ?? 0,
        readTo: markIn.get(id)?.readSeq ?? 0,
        muted: markIn.get(id)?.muted ?? false,
        last: lastIn.get(id) ?? null,
        members: membersIn.get(id) ?? 0,
      },
    ]),
  )
}

/** Counts what people wrote behind each door and after what its person has read; chats without any are left out. */
async function unreadIn(tx: Tx, doors: readonly Door[], marks: readonly (typeof webMark.$inferSelect)[]) {
  const read = new Map(marks.map((row) => [row.chatId, row.readSeq]))
  const unseen = doors.filter((at) => (read.get(at.chat.id) ?? 0) < at.chat.nextSeq - 1)
  if (unseen.length === 0) return []
  const after = unseen.map((at) =>
    and(eq(webMessage.chatId, at.chat.id), gte(webMessage.seq, at.fromSeq), gt(webMessage.seq, read.get(at.chat.id) ?? 0)),
  )
  return tx
    .select({ chatId: webMessage.chatId, n: count() })
    .from(webMessage)
    .where(and(eq(webMessage.kind, 'text'), isNull(webMessage.deletedAt), or(...after)))
    .groupBy(webMessage.chatId)
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

/** Members who turned its notifications off. */
export async function mutedIn(tx: Tx, at: Door): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ personId: webMark.personId })
    .from(webMark)
    .where(and(eq(webMark.chatId, at.chat.id), eq(webMark.muted, true)))
  return new Set(rows.map((row) => row.personId))
}

/** Whose window holds this line. */
export async function whoSees(tx: Tx, chatId: string, seq: number): Promise<readonly string[]> {
  const rows = await tx
    .select({ personId: webWindow.personId })
    .from(webWindow)
    .where(and(eq(webWindow.chatId, chatId), isNull(webWindow.toSeq), lte(webWindow.fromSeq, seq)))
  return rows.map((row) => row.personId)
}

/** A member gives it another picture, or none. */
export async function pictureWebChat(tx: Tx, at: Door, imageId: string | null): Promise<void> {
  await tx.update(webChat).set({ imageId }).where(eq(webChat.id, at.chat.id))
  await giveHint(tx, { organisation: at.chat.organisationId, kind: 'chats', people: await memberIds(tx, at.chat.id) })
}
