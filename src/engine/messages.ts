import { notify } from '../../db/notifications.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { peopleById } from '../../db/people.ts'
import { type Door, doorTo, memberIds, type MessageRow, mutedIn } from '../../db/web-chats.ts'
import { dropFilesOf } from '../../db/web-files.ts'
import { deleteMessage, editMessage, messageAt, messageOfKey, postMessage, react, takeReactionBack } from '../../db/web-messages.ts'
import { reactionsTo } from '../../db/web-message-extras.ts'
import type { Viewer } from '../core/access.ts'
import type { OrganisationId } from '../core/ids.ts'
import { mentionedIn } from '../core/mentions.ts'
import { mentionedInChat } from '../core/words.ts'
import { type Engine, nowOf } from './engine.ts'
import { attachFiles, readyFiles } from './files.ts'
import { type Answered, NO_CHAT, type Refused } from './members.ts'

/** What members say in the chats of the built-in workspace, and what they do with what was said. */

type Who = { readonly organisation: OrganisationId; readonly viewer: Viewer; readonly name: string }
type Place = { readonly chat: string; readonly seq: number }

const NO_MESSAGE: Refused = { ok: false, reason: 'hidden', code: 'not_found', why: 'There is no such message that you can see.' }
/** Different reactions to one message. */
const REACTIONS_MAX = 20

export function say(
  engine: Engine,
  who: Who,
  chat: string,
  said: { readonly text: string; readonly replyTo: number | null; readonly files: readonly string[]; readonly key: string | null },
): Promise<Answered<MessageSeen>> {
  return throughDoor(engine, who, chat, async (tx, door) => {
    const at = nowOf(engine)
    const earlier = await messageOfKey(tx, door, said.key)
    if (earlier) return { ok: true, value: { door, row: earlier } }
    // What one does not see cannot be answered, and the refusal tells nothing of it.
    if (said.replyTo !== null && !(await standing(tx, door, said.replyTo))) return { ...NO_MESSAGE, reason: 'invalid', field: 'replyTo' }
    const files = await readyFiles(tx, door, said.files)
    if (!files.ok) return files
    const mentions = await mentionsOf(tx, door, said.text)
    const row = await postMessage(tx, door, { ...said, mentions }, at)
    await attachFiles(tx, files.value, row.seq)
    await tellMentioned(tx, door, who, row, mentions, at)
    return { ok: true, value: { door, row } }
  })
}

export type MessageSeen = { readonly door: Door; readonly row: MessageRow }

export function edit(engine: Engine, who: Who, place: Place, text: string): Promise<Answered<MessageSeen>> {
  return withOwn(engine, who, place, async (tx, door, row) => {
    const at = nowOf(engine)
    const mentions = await mentionsOf(tx, door, text)
    await editMessage(tx, door, row.seq, { text, mentions }, at)
    const added = mentions.filter((id) => !row.mentions.includes(id))
    await tellMentioned(tx, door, who, row, added, at)
    return seen(tx, door, row.seq)
  })
}

export function remove(engine: Engine, who: Who, place: Place): Promise<Answered<null>> {
  return withOwn(engine, who, place, async (tx, door, row) => {
    await dropFilesOf(tx, door, row.seq)
    await deleteMessage(tx, door, row.seq, nowOf(engine))
    return { ok: true, value: null }
  })
}

export function reactTo(engine: Engine, who: Who, place: Place, emoji: string, wanted: boolean): Promise<Answered<MessageSeen>> {
  return throughDoor(engine, who, place.chat, async (tx, door) => {
    const row = await standing(tx, door, place.seq)
    if (!row) return NO_MESSAGE
    if (!wanted) await takeReactionBack(tx, door, row.seq, emoji)
    else if (await hasRoomFor(tx, row, emoji)) await react(tx, door, row.seq, emoji, nowOf(engine))
    else
      return {
        ok: false,
        reason: 'invalid',
        code: 'too_many_reactions',
        why: 'This message has enough different reactions.',
        field: 'emoji',
      }
    return seen(tx, door, row.seq)
  })
}

async function hasRoomFor(tx: Tx, row: MessageRow, emoji: string): Promise<boolean> {
  const there = new Set([...(await reactionsTo(tx, [row])).values()].flat().map((one) => one.emoji))
  return there.has(emoji) || there.size < REACTIONS_MAX
}

/** Only words, and only one's own, and only while they stand. */
function withOwn<Value>(
  engine: Engine,
  who: Who,
  { chat, seq }: Place,
  work: (tx: Tx, door: Door, row: MessageRow) => Promise<Answered<Value>>,
): Promise<Answered<Value>> {
  return throughDoor(engine, who, chat, async (tx, door) => {
    const row = await standing(tx, door, seq)
    if (!row) return NO_MESSAGE
    if (row.authorId !== who.viewer.id)
      return { ok: false, reason: 'forbidden', code: 'not_allowed', why: 'Only whoever wrote a message can change it.' }
    return work(tx, door, row)
  })
}

export function throughDoor<Value>(
  engine: Engine,
  { organisation, viewer }: Pick<Who, 'organisation' | 'viewer'>,
  chat: string,
  work: (tx: Tx, door: Door) => Promise<Answered<Value>>,
): Promise<Answered<Value>> {
  return inOrganisation(engine.db, organisation, async (tx) => {
    const door = await doorTo(tx, viewer.id, chat)
    return door ? work(tx, door) : NO_CHAT
  })
}

async function standing(tx: Tx, door: Door, seq: number): Promise<MessageRow | null> {
  const row = await messageAt(tx, door, seq)
  return row?.kind === 'text' && row.deletedAt === null ? row : null
}

async function seen(tx: Tx, door: Door, seq: number): Promise<Answered<MessageSeen>> {
  const row = await messageAt(tx, door, seq)
  return row ? { ok: true, value: { door, row } } : NO_MESSAGE
}

async function mentionsOf(tx: Tx, door: Door, text: string): Promise<readonly string[]> {
  if (!text.includes('@')) return []
  const people = await peopleById(tx, await memberIds(tx, door.chat.id))
  return mentionedIn(text, [...people.values()])
}

/** Not with its words: they would outlive the membership. Whoever turned the chat's notifications off is not told. */
async function tellMentioned(tx: Tx, door: Door, who: Who, row: MessageRow, mentions: readonly string[], at: Date): Promise<void> {
  const others = mentions.filter((id) => id !== who.viewer.id)
  if (others.length === 0) return
  const quiet = await mutedIn(tx, door)
  const { organisationId, id: chatId, name } = door.chat
  const base = { organisationId, kind: 'mentioned' as const, byId: who.viewer.id, chatId, seq: row.seq, at }
  const told = others.filter((id) => !quiet.has(id))
  await notify(
    tx,
    told.map((personId) => ({ ...base, personId, text: mentionedInChat(who.name, name) })),
  )
}
