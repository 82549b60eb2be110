import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { Tx } from './open.ts'
import { webFile, webFilePart } from './schema.ts'
import type { Door, MessageRow } from './web-chats.ts'

/** Files in the chats of the built-in workspace. Whoever sees a message sees its files, and nobody else does. */

export type FileRow = typeof webFile.$inferSelect

export async function beginFile(tx: Tx, at: Door, file: Pick<FileRow, 'name' | 'size' | 'width' | 'height'>, now: Date): Promise<FileRow> {
  const { organisationId, id: chatId } = at.chat
  const [row] = await tx
    .insert(webFile)
    .values({ ...file, organisationId, chatId, id: crypto.randomUUID(), ownerId: at.viewer, at: now })
    .returning()
  if (!row) throw new Error('A file that was just begun could not be read.')
  return row
}

const isWaiting = and(isNull(webFile.seq), isNull(webFile.type))

/** One's own files in this chat that no message has taken yet, in the order asked. */
export async function waitingFiles(tx: Tx, at: Door, ids: readonly string[]): Promise<readonly FileRow[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select()
    .from(webFile)
    .where(and(eq(webFile.chatId, at.chat.id), eq(webFile.ownerId, at.viewer), isWaiting, inArray(webFile.id, [...ids])))
    .for('update')
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export async function countWaiting(tx: Tx, ownerId: string): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(webFile)
    .where(and(eq(webFile.ownerId, ownerId), isWaiting))
  return row?.n ?? 0
}

/** Files that were begun and never sent. */
export async function dropAbandoned(tx: Tx, ownerId: string, before: Date): Promise<void> {
  await tx.delete(webFile).where(and(eq(webFile.ownerId, ownerId), isWaiting, lt(webFile.at, before)))
}

/** The same part again is the same part. */
export async function putPart(tx: Tx, file: FileRow, place: number, bytes: Uint8Array): Promise<void> {
  await tx
    .insert(webFilePart)
    .values({ organisationId: file.organisationId, fileId: file.id, place, bytes })
    .onConflictDoUpdate({ target: [webFilePart.organisationId, webFilePart.fileId, webFilePart.place], set: { bytes } })
}

export async function partAt(tx: Tx, fileId: string, place: number): Promise<Uint8Array | null> {
  const [row] = await tx
    .select({ bytes: webFilePart.bytes })
    .from(webFilePart)
    .where(and(eq(webFilePart.fileId, fileId), eq(webFilePart.place, place)))
  return row?.bytes ?? null
}

export async function countParts(tx: Tx, fileId: string): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(webFilePart).where(eq(webFilePart.fileId, fileId))
  return row?.n ?? 0
}

export async function attach(tx: Tx, file: FileRow, place: number, seq: number, type: string): Promise<void> {
  await tx.update(webFile).set({ seq, place, type }).where(eq(webFile.id, file.id))
}

export async function dropFilesOf(tx: Tx, at: Door, seq: number): Promise<void> {
  await tx.delete(webFile).where(and(eq(webFile.chatId, at.chat.id), eq(webFile.seq, seq)))
}

const isSeenFrom = (at: Door) => and(eq(webFile.chatId, at.chat.id), gte(webFile.seq, at.fromSeq))

export async function fileAt(tx: Tx, at: Door, id: string): Promise<FileRow | null> {
  const [row] = await tx
    .select()
    .from(webFile)
    .where(and(isSeenFrom(at), eq(webFile.id, id)))
  return row ?? null
}

/** Of a chat, the latest first; `before` is where the page before this one ended. */
export async function filesIn(tx: Tx, at: Door, before: number | null, limit: number): Promise<readonly FileRow[]> {
  const position = sql`${webFile.seq} * ${PLACES} + ${webFile.place}`
  return tx
    .select()
    .from(webFile)
    .where(and(isSeenFrom(at), before === null ? undefined : sql`${position} < ${before}`))
    .orderBy(desc(webFile.seq), desc(webFile.place))
    .limit(limit)
}

/** More places than a message has files: a file's position in its chat is one number. */
const PLACES = 16
export const positionOf = ({ seq, place }: FileRow) => (seq ?? 0) * PLACES + place

/** The picture of a chat has a type and no message: every member sees it, and no list of files does. */
export async function keepPicture(tx: Tx, file: FileRow, type: string): Promise<void> {
  await tx.update(webFile).set({ type }).where(eq(webFile.id, file.id))
}

export async function dropPicture(tx: Tx, at: Door): Promise<void> {
  if (at.chat.imageId) await tx.delete(webFile).where(and(eq(webFile.id, at.chat.imageId), isNull(webFile.seq)))
}

export async function pictureOf(tx: Tx, at: Door): Promise<FileRow | null> {
  if (!at.chat.imageId) return null
  const [row] = await tx
    .select()
    .from(webFile)
    .where(and(eq(webFile.id, at.chat.imageId), eq(webFile.chatId, at.chat.id)))
  return row ?? null
}

/** The files of messages that somebody sees. */
export async function filesOf(tx: Tx, rows: readonly MessageRow[]): Promise<readonly FileRow[]> {
  if (rows.length === 0) return []
  const chats = [...Map.groupBy(rows, (row) => row.chatId)]
  const places = chats.map(([chatId, those]) =>
    and(
      eq(webFile.chatId, chatId),
      inArray(
        webFile.seq,
        those.map((row) => row.seq),
      ),
    ),
  )
  return tx
    .select()
    .from(webFile)
    .where(and(isNotNull(webFile.seq), or(...places)))
    .orderBy(asc(webFile.place))
}
