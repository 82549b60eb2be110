import type { Message, MessagePage } from './types.ts'

/** What the page holds of one chat: an unbroken run of messages, oldest first. */
export type Thread = { readonly messages: readonly Message[]; readonly older: boolean; readonly hiddenBefore: string | null }

export function threadOf(page: MessagePage): Thread {
  return { messages: page.items, older: page.next !== null, hiddenBefore: page.hiddenBefore }
}

/** Two runs as one, by sequence: a message that came twice (over the socket and as the answer) stands there once. */
export function mergeMessages(known: readonly Message[], more: readonly Message[]): readonly Message[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]))
  for (const message of more) bySeq.set(message.seq, message)
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

export function withNewer(thread: Thread, newer: readonly Message[]): Thread {
  return { ...thread, messages: mergeMessages(thread.messages, newer) }
}

export function withOlder(thread: Thread, page: MessagePage): Thread {
  return {
    messages: mergeMessages(page.items, thread.messages),
    older: page.next !== null,
    hiddenBefore: page.hiddenBefore ?? thread.hiddenBefore,
  }
}

export function lastSeq(thread: Thread | undefined): number {
  return thread?.messages.at(-1)?.seq ?? 0
}

/** A message on its way. `afterSeq` is the newest one we knew when it was sent. */
export type Outgoing = {
  readonly key: string
  readonly text: string
  readonly at: string
  readonly afterSeq: number
  readonly state: 'sending' | 'failed'
  readonly why: string | null
}

/** The socket may bring our own message before the answer to sending it does: then the one on its way is hidden. */
export function stillOutgoing(outbox: readonly Outgoing[], messages: readonly Message[], me: string): readonly Outgoing[] {
  const arrived = messages.filter((message) => message.kind === 'text' && message.author?.id === me)
  return outbox.filter(
    (one) => one.state === 'failed' || !arrived.some((message) => message.seq > one.afterSeq && message.text === one.text),
  )
}
