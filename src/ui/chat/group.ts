import { nameList, sameDay } from '../parts/format.ts'
import type { Message, Person } from '../data/types.ts'

/** What a chat shows, top to bottom: a line per day and where the unread begins, a block per author, a quiet line for joins and leaves. */
export type Row =
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'block'; readonly key: string; readonly author: Person | null; readonly messages: readonly Message[] }
  | { readonly kind: 'quiet'; readonly key: string; readonly messages: readonly Message[] }

/** The same author goes on in one block for this long. */
const BLOCK_MS = 5 * 60_000

/** `unread` is the first message that was new when the chat was opened. */
export function rowsOf(messages: readonly Message[], unread: number | null = null): readonly Row[] {
  const rows: Row[] = []
  let previous: Message | null = null
  for (const message of messages) {
    const newDay = !previous || !sameDay(previous.at, message.at)
    if (newDay) rows.push({ kind: 'day', key: `day-${message.seq}`, at: message.at })
    if (message.seq === unread) rows.push({ kind: 'unread', key: 'unread' })
    const row = rows.at(-1)
    if (!newDay && row && previous && continues(row, previous, message)) rows[rows.length - 1] = extended(row, message)
    else rows.push(started(message))
    previous = message
  }
  return rows
}

/** The first words of somebody else after what was read; nothing where all is read, or where it lies before what is held. */
export function firstUnread(messages: readonly Message[], readTo: number, me: string): number | null {
  const [first] = messages
  if (!first || first.seq > readTo + 1) return null
  return messages.find((message) => message.seq > readTo && message.kind === 'text' && message.author?.id !== me)?.seq ?? null
}

function continues(row: Row, previous: Message, message: Message): boolean {
  if (message.kind !== 'text') return row.kind === 'quiet'
  const soon = Date.parse(message.at) - Date.parse(previous.at) < BLOCK_MS
  return row.kind === 'block' && row.author?.id === message.author?.id && soon
}

function extended(row: Row, message: Message): Row {
  return row.kind === 'day' || row.kind === 'unread' ? row : { ...row, messages: [...row.messages, message] }
}

function started(message: Message): Row {
  const key = `row-${message.seq}`
  if (message.kind === 'text') return { kind: 'block', key, author: message.author, messages: [message] }
  return { kind: 'quiet', key, messages: [message] }
}

const DID = { joined: 'joined', left: 'left' } as const

/** "Ann, Bob and 3 others joined · Cid left": one line, however many came and went; the details are a click away. */
export function foldedLine(messages: readonly Message[]): string {
  return runsOf(messages)
    .map(({ kind, people, text }) => (kind === 'joined' || kind === 'left' ? `${nameList(people)} ${DID[kind]}` : text))
    .join(' · ')
}

type Run = { readonly kind: Message['kind']; readonly people: string[]; readonly text: string }

function runsOf(messages: readonly Message[]): readonly Run[] {
  const runs: Run[] = []
  for (const message of messages) {
    const run = runs.at(-1)
    const people = message.people.map((person) => person.name)
    if (run && run.kind === message.kind && message.people.length > 0)
      run.people.push(...people.filter((name) => !run.people.includes(name)))
    else runs.push({ kind: message.kind, people: [...people], text: quietLine(message) })
  }
  return runs
}

/** One join, leave, renaming or change of the item in full: "Cid added Ann and Bob". */
export function quietLine(message: Message): string {
  const by = message.author?.name
  if (message.kind === 'item') return message.text
  if (message.kind === 'named') return `${by ?? 'Somebody'} renamed the chat to “${message.text}”`
  const others = message.people.filter((person) => person.id !== message.author?.id)
  const names = nameList((others.length > 0 ? others : message.people).map((person) => person.name))
  const byAnother = by !== undefined && others.length > 0
  if (message.kind === 'joined') return byAnother ? `${by} added ${names}` : `${names} joined`
  return byAnother ? `${by} took ${names} out of the chat` : `${names} left the chat`
}

export function canUnfold(messages: readonly Message[]): boolean {
  return messages.length > 1 || (messages[0]?.people.length ?? 0) > 3
}
