import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { takeHints } from './hinted.ts'
import { keys } from './keys.ts'
import { lastSeq, threadOf, withChanged, withNewer, withNews, withOlder, type Thread } from './thread.ts'
import type { Chat, Message, MessagePage } from './types.ts'

const MESSAGES_PER_PAGE = 50
/** What is held already is read again in larger steps. */
const AGAIN_PER_PAGE = 200
/** Further behind than this, the newest page is read afresh instead of everything in between. */
const CATCH_UP_PAGES_MAX = 4
/** More changes than this at once are read as a whole. */
const CHANGES_MAX = 10

/** The messages of a chat, from `at` if that is given at first. Looking again fetches what came after, and what was named as changed. */
export function useThread(chatId: string, at: number | null) {
  const client = useQueryClient()
  return useQuery({
    queryKey: keys.messages(chatId),
    queryFn: ({ signal }) => {
      const known = client.getQueryData<Thread>(keys.messages(chatId))
      return known && known.messages.length > 0 ? lookAgain(client, chatId, known, signal) : first(chatId, at, signal)
    },
    staleTime: 0,
  })
}

async function first(chatId: string, at: number | null, signal?: AbortSignal): Promise<Thread> {
  return threadOf(await page(chatId, at === null ? {} : { around: at }, signal))
}

async function lookAgain(client: QueryClient, chatId: string, known: Thread, signal: AbortSignal): Promise<Thread> {
  const hints = takeHints(chatId)
  const changed = [...(hints ?? [])].filter((seq) => seq <= lastSeq(known))
  if (!hints || changed.length > CHANGES_MAX)
    return readAfter(client, chatId, known, (known.messages[0]?.seq ?? 1) - 1, AGAIN_PER_PAGE, signal)
  let thread = known
  for (const seq of changed) thread = withChanged(thread, (await page(chatId, { around: seq, limit: 1 }, signal)).items)
  return thread.newer ? thread : readAfter(client, chatId, thread, lastSeq(thread), MESSAGES_PER_PAGE, signal)
}

async function readAfter(
  client: QueryClient,
  chatId: string,
  known: Thread,
  from: number,
  limit: number,
  signal: AbortSignal,
): Promise<Thread> {
  let thread = known
  let after = from
  for (let read = 0; read < CATCH_UP_PAGES_MAX; read += 1) {
    const newer = await page(chatId, { after, limit }, signal)
    // Somebody who reads further up goes on reading there; what was said since is read when they come down.
    thread = known.newer ? withChanged(thread, newer.items) : withNews(thread, newer.items)
    // Who is in the chat changes only with such a line, so plain messages need not ask for it again.
    if (newer.items.some((message) => message.seq > lastSeq(known) && message.kind !== 'text'))
      void client.invalidateQueries({ queryKey: keys.members(chatId) })
    after = newer.items.at(-1)?.seq ?? after
    if (!newer.newer || (known.newer && after >= lastSeq(known))) return thread
  }
  return known.newer ? thread : first(chatId, null, signal)
}

type Place = { after?: number; before?: number; around?: number; limit?: number }

function page(chatId: string, place: Place, signal?: AbortSignal): Promise<MessagePage> {
  return request<MessagePage>('GET', `/chats/${chatId}/messages`, {
    query: { limit: MESSAGES_PER_PAGE, ...place },
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

export function useNewerMessages(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (after: number) => page(chatId, { after }),
    onSuccess: (newer) => client.setQueryData<Thread>(keys.messages(chatId), (thread) => (thread ? withNewer(thread, newer) : thread)),
  })
}

/** To one message, wherever it is; without one, to the end. */
export function useJump(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (seq: number | null) => {
      await client.cancelQueries({ queryKey: keys.messages(chatId) })
      const known = client.getQueryData<Thread>(keys.messages(chatId))
      const held = known && (seq === null ? !known.newer : known.messages.some((message) => message.seq === seq))
      return held ? known : first(chatId, seq)
    },
    onSuccess: (thread) => client.setQueryData<Thread>(keys.messages(chatId), thread),
  })
}

export function useReadMark(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (seq: number) => request<void>('PUT', `/chats/${chatId}/read`, { body: { seq } }),
    onSuccess: (_, seq) => {
      client.setQueryData<Chat>(keys.chat(chatId), (chat) =>
        chat ? { ...chat, readTo: Math.max(chat.readTo, seq), unread: seq >= chat.head ? 0 : chat.unread } : chat,
      )
      return client.invalidateQueries({ queryKey: keys.chats })
    },
  })
}

/** Only a message that is held is put in its place again. */
export function putChanged(client: QueryClient, chatId: string, message: Message): void {
  client.setQueryData<Thread>(keys.messages(chatId), (thread) => (thread ? withChanged(thread, [message]) : thread))
  void client.invalidateQueries({ queryKey: keys.chats })
}
