import type { z } from '@hono/zod-openapi'
import { factsOf, type ItemWithObservers } from '../../db/items.ts'
import type { Tx } from '../../db/open.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { type Door, type MessageRow, type Standing, standingsIn } from '../../db/web-chats.ts'
import { type FileRow, filesOf } from '../../db/web-files.ts'
import { placeOf, quotedIn, type ReactionRow, reactionsTo } from '../../db/web-message-extras.ts'
import { isPicture, UNKNOWN_TYPE } from '../core/file.ts'
import { otherIn } from '../core/web-chat.ts'
import type * as contract from './api/chat-contract.ts'
import { personIn } from './present.ts'

/** What a member sees of chats, as the contract shows it. Everything goes by that person's doors. */

type Chat = z.infer<typeof contract.Chat>
type Message = z.infer<typeof contract.Message>
type People = ReadonlyMap<string, PersonRow>

const QUOTE_MAX = 200
/** Names under one reaction. */
const FEELING_MAX = 20

/** Messages of one person's chats; each row lies behind one of the doors. */
export async function messageViews(tx: Tx, doors: readonly Door[], rows: readonly MessageRow[]): Promise<readonly Message[]> {
  const byChat = new Map(doors.map((door) => [door.chat.id, door]))
  const quotes = await quotedIn(tx, byChat, rows)
  const reactions = await reactionsTo(tx, rows)
  const files = Map.groupBy(await filesOf(tx, rows), ({ chatId, seq }) => placeOf({ chatId, seq: seq ?? 0 }))
  const feeling = [...reactions.values()].flat()
  const authors = [...rows, ...quotes.values()].flatMap((row) => [row.authorId ?? [], row.people, row.mentions].flat())
  const people = await peopleById(tx, [...authors, ...feeling.map((one) => one.personId)])
  const me = doors[0]?.viewer ?? ''
  return rows.map((row) => ({
    id: row.id,
    seq: row.seq,
    kind: row.kind,
    author: row.authorId ? personIn(people, row.authorId) : null,
    text: row.text,
    people: row.people.map((id) => personIn(people, id)),
    at: row.at.toISOString(),
    reply: row.replyTo === null ? null : quoteView(quotes.get(placeOf({ chatId: row.chatId, seq: row.replyTo })), people),
    mentions: row.mentions.map((id) => personIn(people, id)),
    files: (files.get(placeOf(row)) ?? []).map(fileView),
    reactions: reactionViews(reactions.get(placeOf(row)) ?? [], me, people),
    editedAt: row.editedAt?.toISOString() ?? null,
    deleted: row.deletedAt !== null,
  }))
}

export function fileView({ id, chatId, name, size, type, width, height }: FileRow): z.infer<typeof contract.File> {
  const url = `/api/chats/${chatId}/files/${id}`
  return { id, name, size, type: type ?? UNKNOWN_TYPE, url, picture: isPicture(type) ? { width, height } : null }
}

export async function messageView(tx: Tx, door: Door, row: MessageRow): Promise<Message> {
  const [shown] = await messageViews(tx, [door], [row])
  if (!shown) throw new Error('One message came out as none.')
  return shown
}

function quoteView(row: MessageRow | undefined, people: People): Message['reply'] {
  if (!row) return { seq: null, author: null, text: '' }
  return { seq: row.seq, author: row.authorId ? personIn(people, row.authorId) : null, text: row.text.slice(0, QUOTE_MAX) }
}

function reactionViews(rows: readonly ReactionRow[], me: string, people: People): Message['reactions'] {
  return [...Map.groupBy(rows, (row) => row.emoji)].map(([emoji, those]) => ({
    emoji,
    count: those.length,
    mine: those.some((row) => row.personId === me),
    people: those.slice(0, FEELING_MAX).map((row) => personIn(people, row.personId)),
  }))
}

export async function chatView(tx: Tx, door: Door, item: ItemWithObservers | null): Promise<Chat> {
  const [shown] = await chatViews(tx, [{ door, item }])
  if (!shown) throw new Error('One chat came out as none.')
  return shown
}

/** Chats behind the doors of one person. */
export async function chatViews(
  tx: Tx,
  chats: readonly { readonly door: Door; readonly item: ItemWithObservers | null }[],
): Promise<Chat[]> {
  const doors = chats.map((chat) => chat.door)
  const standings = await standingsIn(tx, doors)
  const lasts = await messageViews(
    tx,
    doors,
    [...standings.values()].flatMap((standing) => standing.last ?? []),
  )
  const people = await peopleById(
    tx,
    doors.flatMap((door) => withIn(door) ?? []),
  )
  const shown = new Map(lasts.map((message) => [message.id, message]))
  return chats.flatMap(({ door, item }) => {
    const standing = standings.get(door.chat.id)
    return standing ? [chatRow(door, item, standing, shown.get(standing.last?.id ?? '') ?? null, people)] : []
  })
}

const withIn = ({ chat, viewer }: Door) => (chat.kind === 'direct' ? otherIn(chat.operation, viewer) : null)

function chatRow(door: Door, item: ItemWithObservers | null, standing: Standing, last: Message | null, people: People): Chat {
  const other = withIn(door)
  return {
    id: door.chat.id,
    name: other ? personIn(people, other).name : door.chat.name,
    image: door.chat.imageId ? `/api/chats/${door.chat.id}/image?of=${door.chat.imageId}` : null,
    with: other ? personIn(people, other) : null,
    kind: door.chat.kind,
    url: `/chats/${door.chat.id}`,
    item: item ? itemStrip(item) : null,
    members: standing.members,
    unread: standing.unread,
    muted: standing.muted,
    last,
    head: last?.seq ?? 0,
    readTo: standing.readTo,
  }
}

function itemStrip(item: ItemWithObservers) {
  const { id, type, title, stage, amount, currency } = item.row
  return { id, key: factsOf(item).key, type, title, stage, amount, currency }
}
