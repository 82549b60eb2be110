import type { Message, MessagePage } from './types.ts'

/**
 * What the page holds of one chat: an unbroken run of messages, oldest first. It moves over the chat like a window, so that a hundred
 * thousand messages can be walked in both directions while the page stays as small as it was.
 */
export type Thread = {
  readonly messages: readonly Message[]
  readonly older: boolean
  /** The run does not reach the end of the chat. */
  readonly newer: boolean
  readonly hiddenBefore: string | null
}

/** Beyond this, what lies furthest from where one reads is let go. */
export const THREAD_MAX = 400

export function threadOf(page: MessagePage): Thread {
  return { messages: page.items, older: page.next !== null, newer: page.newer, hiddenBefore: page.hiddenBefore }
}

/** Two runs as one, by sequence: a message that came twice (over the socket and as the answer) stands there once. */
export function mergeMessages(known: readonly Message[], more: readonly Message[]): readonly Message[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]))
  for (const message of more) bySeq.set(message.seq, message)
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** What was said meanwhile. It lets nothing go: somebody may be reading the oldest of it. */
export function withNews(thread: Thread, news: readonly Message[]): Thread {
  return { ...thread, messages: mergeMessages(thread.messages, news) }
}

/** Walked on towards the end. */
export function withNewer(thread: Thread, page: MessagePage): Thread {
  const messages = mergeMessages(thread.messages, page.items)
  return { ...thread, messages: messages.slice(-THREAD_MAX), older: thread.older || messages.length > THREAD_MAX, newer: page.newer }
}

/** Walked back towards the beginning. */
export function withOlder(thread: Thread, page: MessagePage): Thread {
  const messages = mergeMessages(page.items, thread.messages)
  return {
    messages: messages.slice(0, THREAD_MAX),
    older: page.next !== null,
    newer: thread.newer || messages.length > THREAD_MAX,
    hiddenBefore: page.hiddenBefore ?? thread.hiddenBefore,
  }
}

/** A message that is not what it was, where it is held at all. */
export function withChanged(thread: Thread, changed: readonly Message[]): Thread {
  const held = new Set(thread.messages.map((message) => message.seq))
  return {
    ...thread,
    messages: mergeMessages(
      thread.messages,
      changed.filter(({ seq }) => held.has(seq)),
    ),
  }
}

export function lastSeq(thread: Thread | undefined): number {
  return thread?.messages.at(-1)?.seq ?? 0
}

/** A message on its way. `afterSeq` is the newest one we knew when it was sent. */
export type Outgoing = {
  readonly key: string
  readonly text: string
  readonly replyTo: Message | null
  readonly files: readonly { readonly id: string; readonly name: string }[]
  readonly at: string
  readonly afterSeq: number
  readonly state: 'sending' | 'failed'
  readonly why: string | null
}

/** The socket may bring our own message before the answer to sending it does: then the one on its way is hidden. */
export function stillOutgoing(outbox: readonly Outgoing[], messages: readonly Message[], me: string): readonly Outgoing[] {
  const arrived = messages.filter((message) => message.kind === 'text' && message.author?.id === me)
  return outbox.filter(
    (one) =>
      one.state === 'failed' ||
      !arrived.some((message) => message.seq > one.afterSeq && message.text === one.text && sameFiles(one, message)),
  )
}

const sameFiles = (one: Outgoing, { files }: Message) =>
  one.files.length === files.length && one.files.every(({ id }) => files.some((file) => file.id === id))
