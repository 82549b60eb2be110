import { skipToken, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import { sentenceOf } from './problem.ts'
import { lastSeq, withNews, type Outgoing, type Thread } from './thread.ts'
import type { Message } from './types.ts'

export type Draft = Pick<Outgoing, 'text' | 'replyTo' | 'files'>

/** Messages on their way out. They outlive a visit to another page, so that nothing somebody wrote is lost silently. */
export function useOutbox(chatId: string) {
  const client = useQueryClient()
  const outbox = useQuery<readonly Outgoing[]>({
    queryKey: keys.outbox(chatId),
    // Not a read of the server: looking at everything again must not empty it.
    queryFn: skipToken,
    initialData: [],
    staleTime: Infinity,
    gcTime: Infinity,
  })
  return {
    outgoing: outbox.data ?? [],
    send: (draft: Draft) => void post(client, chatId, outgoing(client, chatId, draft)),
    retry: (one: Outgoing) => void post(client, chatId, { ...one, state: 'sending', why: null }),
    discard: (one: Outgoing) => put(client, chatId, one.key, null),
  }
}

function outgoing(client: QueryClient, chatId: string, draft: Draft): Outgoing {
  const afterSeq = lastSeq(client.getQueryData<Thread>(keys.messages(chatId)))
  return { ...draft, key: crypto.randomUUID(), at: new Date().toISOString(), afterSeq, state: 'sending', why: null }
}

/** Sent again under the same key, a message is written once, however often the line broke. */
async function post(client: QueryClient, chatId: string, one: Outgoing): Promise<void> {
  put(client, chatId, one.key, one)
  try {
    const message = await request<Message>('POST', `/chats/${chatId}/messages`, {
      body: { text: one.text, files: one.files.map((file) => file.id), ...(one.replyTo ? { replyTo: one.replyTo.seq } : {}) },
      headers: { 'idempotency-key': one.key },
    })
    put(client, chatId, one.key, null)
    arrived(client, chatId, message)
  } catch (error) {
    put(client, chatId, one.key, { ...one, state: 'failed', why: sentenceOf(error) })
  }
}

/** Only a message that follows the newest known one may be put down; over a gap, the chat is read again. */
function arrived(client: QueryClient, chatId: string, message: Message): void {
  client.setQueryData<Thread>(keys.messages(chatId), (thread) =>
    thread && !thread.newer && message.seq <= lastSeq(thread) + 1 ? withNews(thread, [message]) : thread,
  )
  void client.invalidateQueries({ queryKey: keys.messages(chatId) })
  void client.invalidateQueries({ queryKey: keys.chats })
  if (message.files.length > 0) void client.invalidateQueries({ queryKey: keys.files(chatId) })
}

function put(client: QueryClient, chatId: string, key: string, one: Outgoing | null): void {
  client.setQueryData<readonly Outgoing[]>(keys.outbox(chatId), (outbox = []) => {
    if (!one) return outbox.filter((other) => other.key !== key)
    return outbox.some((other) => other.key === key) ? outbox.map((other) => (other.key === key ? one : other)) : [...outbox, one]
  })
}
