import { skipToken, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import { sentenceOf } from './problem.ts'
import { lastSeq, threadOf, withNewer, withOlder, type Outgoing, type Thread } from './thread.ts'
import type { Message, MessagePage } from './types.ts'

const MESSAGES_PER_PAGE = 50
/** Further behind than this, the newest page is read afresh instead of everything in between. */
const CATCH_UP_PAGES_MAX = 4

/** The messages of a chat. Looking again fetches only what came after the newest known one. */
export function useThread(chatId: string) {
  const client = useQueryClient()
  return useQuery({
    queryKey: keys.messages(chatId),
    queryFn: ({ signal }) => {
      const known = client.getQueryData<Thread>(keys.messages(chatId))
      return known && known.messages.length > 0 ? catchUp(client, chatId, known, signal) : newest(chatId, signal)
    },
    staleTime: 0,
  })
}

async function newest(chatId: string, signal: AbortSignal): Promise<Thread> {
  return threadOf(await page(chatId, {}, signal))
}

async function catchUp(client: QueryClient, chatId: string, known: Thread, signal: AbortSignal): Promise<Thread> {
  let thread = known
  for (let read = 0; read < CATCH_UP_PAGES_MAX; read += 1) {
    const newer = await page(chatId, { after: lastSeq(thread) }, signal)
    thread = withNewer(thread, newer.items)
    // Who is in the chat changes only with such a line, so plain messages need not ask for it again.
    if (newer.items.some((message) => message.kind !== 'text')) void client.invalidateQueries({ queryKey: keys.members(chatId) })
    if (newer.items.length < MESSAGES_PER_PAGE) return thread
  }
  return newest(chatId, signal)
}

function page(chatId: string, place: { after?: number; before?: number }, signal?: AbortSignal): Promise<MessagePage> {
  return request<MessagePage>('GET', `/chats/${chatId}/messages`, {
    query: { ...place, limit: MESSAGES_PER_PAGE },
    ...(signal ? { signal } : {}),
  })
}

export function useOlderMessages(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (before: number) => page(chatId, { before }),
    onSuccess: (older) => client.setQueryData<Thread>(keys.messages(chatId), (thread) => (thread ? withOlder(thread, older) : thread)),
  })
}

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
    send: (text: string) => void post(client, chatId, outgoing(client, chatId, text)),
    retry: (one: Outgoing) => void post(client, chatId, { ...one, state: 'sending', why: null }),
    discard: (one: Outgoing) => put(client, chatId, one.key, null),
  }
}

function outgoing(client: QueryClient, chatId: string, text: string): Outgoing {
  const afterSeq = lastSeq(client.getQueryData<Thread>(keys.messages(chatId)))
  return { key: crypto.randomUUID(), text, at: new Date().toISOString(), afterSeq, state: 'sending', why: null }
}

/** Sent again under the same key, a message is written once, however often the line broke. */
async function post(client: QueryClient, chatId: string, one: Outgoing): Promise<void> {
  put(client, chatId, one.key, one)
  try {
    const message = await request<Message>('POST', `/chats/${chatId}/messages`, {
      body: { text: one.text },
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
    thread && message.seq <= lastSeq(thread) + 1 ? withNewer(thread, [message]) : thread,
  )
  void client.invalidateQueries({ queryKey: keys.messages(chatId) })
  void client.invalidateQueries({ queryKey: keys.chats })
}

function put(client: QueryClient, chatId: string, key: string, one: Outgoing | null): void {
  client.setQueryData<readonly Outgoing[]>(keys.outbox(chatId), (outbox = []) => {
    if (!one) return outbox.filter((other) => other.key !== key)
    return outbox.some((other) => other.key === key) ? outbox.map((other) => (other.key === key ? one : other)) : [...outbox, one]
  })
}

export function useReadMark(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (seq: number) => request<void>('PUT', `/chats/${chatId}/read`, { body: { seq } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.chats }),
  })
}
