import {
  attach,
  beginFile,
  countParts,
  countWaiting,
  dropAbandoned,
  dropPicture,
  type FileRow,
  keepPicture,
  partAt,
  putPart,
  waitingFiles,
} from '../../db/web-files.ts'
import type { Tx } from '../../db/open.ts'
import { type Door, pictureWebChat } from '../../db/web-chats.ts'
import { FILE_MAX_BYTES, fileName, isPicture, partLength, partsOf, typeOf, UNKNOWN_TYPE } from '../core/file.ts'
import { type Engine, nowOf } from './engine.ts'
import type { Answered, Refused } from './members.ts'

/** How a file comes into a chat: it is announced, its parts arrive one by one, and a message takes it. */

/** Begun and not sent by one person at once. */
const WAITING_MAX = 30
const ABANDONED_MS = 24 * 3_600_000

export const NO_FILE: Refused = { ok: false, reason: 'hidden', code: 'not_found', why: 'There is no such file that you can see.' }
const refused = (code: string, why: string, field: string): Refused => ({ ok: false, reason: 'invalid', code, why, field })

export type NewFile = { readonly name: string; readonly size: number; readonly width: number | null; readonly height: number | null }

export async function announceFile(engine: Engine, tx: Tx, door: Door, wish: NewFile): Promise<Answered<FileRow>> {
  const at = nowOf(engine)
  if (wish.size > FILE_MAX_BYTES) return refused('file_too_large', `A file may have at most ${FILE_MAX_BYTES / 1024 / 1024} MiB.`, 'size')
  await dropAbandoned(tx, door.viewer, new Date(at.getTime() - ABANDONED_MS))
  if ((await countWaiting(tx, door.viewer)) >= WAITING_MAX)
    return refused('too_many_files', 'Send the files that you have chosen before you choose more.', 'name')
  return { ok: true, value: await beginFile(tx, door, { ...wish, name: fileName(wish.name) }, at) }
}

export async function takePart(tx: Tx, door: Door, id: string, place: number, bytes: Uint8Array): Promise<Answered<null>> {
  const [file] = await waitingFiles(tx, door, [id])
  if (!file) return NO_FILE
  if (place >= partsOf(file.size) || bytes.length !== partLength(file.size, place))
    return refused('wrong_part', 'This part is not as long as it has to be.', 'place')
  await putPart(tx, file, place, bytes)
  return { ok: true, value: null }
}

/** Before the message is written: every one is there, is the sender's own, and is whole. */
export async function readyFiles(tx: Tx, door: Door, ids: readonly string[]): Promise<Answered<readonly FileRow[]>> {
  const files = await waitingFiles(tx, door, [...new Set(ids)])
  if (files.length !== ids.length) return { ...NO_FILE, reason: 'invalid', field: 'files' }
  for (const file of files) {
    if ((await countParts(tx, file.id)) < partsOf(file.size))
      return refused('file_incomplete', `${file.name} has not arrived yet.`, 'files')
  }
  return { ok: true, value: files }
}

export async function attachFiles(tx: Tx, files: readonly FileRow[], seq: number): Promise<void> {
  for (const [place, file] of files.entries()) {
    await attach(tx, file, place, seq, typeOf((await partAt(tx, file.id, 0)) ?? new Uint8Array()))
  }
}

const PICTURE_MAX_BYTES = 2 * 1024 * 1024

/** A member gives the chat a picture of their own, or takes it away (C8). */
export async function setPicture(tx: Tx, door: Door, id: string | null): Promise<Answered<null>> {
  const { kind } = door.chat
  if (kind === 'item' || kind === 'direct')
    return refused('has_a_sign', 'The chat of an item shows the sign of its item, and a chat of two the face of the other.', 'image')
  if (id === null) {
    await dropPicture(tx, door)
    await pictureWebChat(tx, door, null)
    return { ok: true, value: null }
  }
  const ready = await readyFiles(tx, door, [id])
  if (!ready.ok) return { ...ready, field: 'image' }
  const [file] = ready.value
  const type = file ? typeOf((await partAt(tx, file.id, 0)) ?? new Uint8Array()) : UNKNOWN_TYPE
  if (!file || !isPicture(type)) return refused('no_picture', 'Choose a picture: PNG, JPEG, GIF or WebP.', 'image')
  if (file.size > PICTURE_MAX_BYTES) return refused('file_too_large', 'The picture of a chat may have at most 2 MiB.', 'image')
  await dropPicture(tx, door)
  await keepPicture(tx, file, type)
  await pictureWebChat(tx, door, file.id)
  return { ok: true, value: null }
}
