import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { Chat, ChatPage, ChatPatch, MemberPage, MembersChanged, NewChat, NewMembers, PublicChatPage } from './types.ts'
import { uploadFile } from './upload.ts'

export function useChats() {
  return useInfiniteQuery({
    queryKey: keys.chats,
    queryFn: ({ pageParam, signal }) => request<ChatPage>('GET', '/chats', { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

export function useChat(id: string) {
  return useQuery({ queryKey: keys.chat(id), queryFn: ({ signal }) => request<Chat>('GET', `/chats/${id}`, { signal }) })
}

export function useMembers(id: string) {
  return useQuery({
    queryKey: keys.members(id),
    queryFn: async ({ signal }) => {
      const path = `/chats/${id}/members`
      const members = []
      let cursor: string | null = null
      for (let page = 0; page < MEMBER_PAGES_MAX; page += 1) {
        const answer: MemberPage = await request<MemberPage>('GET', path, { query: { cursor }, signal })
        members.push(...answer.items)
        cursor = answer.next
        if (!cursor) break
      }
      return members
    },
  })
}

/** A chat holds a few dozen people; this stops a server that would page for ever. */
const MEMBER_PAGES_MAX = 20

function useChatChanged(): (id: string) => void {
  const client = useQueryClient()
  return (id) => {
    for (const queryKey of [keys.chat(id), keys.members(id), keys.messages(id), keys.chats]) void client.invalidateQueries({ queryKey })
  }
}

export function useNewChat() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (chat: NewChat) => request<Chat>('POST', '/chats', { body: chat }),
    onSuccess: (chat) => {
      client.setQueryData(keys.chat(chat.id), chat)
      void client.invalidateQueries({ queryKey: keys.chats })
    },
  })
}

/** Chats that one may join by oneself. */
export function usePublicChats() {
  return useInfiniteQuery({
    queryKey: keys.publicChats,
    queryFn: ({ pageParam, signal }) => request<PublicChatPage>('GET', '/public-chats', { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  })
}

export function useJoinChat() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request<Chat>('POST', `/public-chats/${id}/join`),
    onSuccess: (chat) => {
      client.setQueryData(keys.chat(chat.id), chat)
      for (const queryKey of [keys.chats, keys.publicChats]) void client.invalidateQueries({ queryKey })
    },
  })
}

/** A picture of one's own, or null for none. */
export function useChatPicture(id: string) {
  const changed = useChatChanged()
  return useMutation({
    mutationFn: async (file: File | null) => {
      const image = file && (await uploadFile(id, file, () => undefined, new AbortController().signal))
      return request<Chat>('PATCH', `/chats/${id}`, { body: { image } satisfies ChatPatch })
    },
    onSuccess: () => changed(id),
  })
}

export function useRenameChat(id: string) {
  const changed = useChatChanged()
  return useMutation({
    mutationFn: (name: string) => request<Chat>('PATCH', `/chats/${id}`, { body: { name } satisfies ChatPatch }),
    onSuccess: () => changed(id),
  })
}

export function useInvite(id: string) {
  const changed = useChatChanged()
  return useMutation({
    mutationFn: (body: NewMembers) => request<MembersChanged>('POST', `/chats/${id}/members`, { body }),
    onSuccess: () => changed(id),
  })
}

export function useRemoveMember(id: string) {
  const changed = useChatChanged()
  return useMutation({
    mutationFn: (personId: string) => request<void>('DELETE', `/chats/${id}/members/${personId}`),
    onSuccess: () => changed(id),
  })
}

/** Leaving takes the chat and everything of it off the page at once. */
export function useLeaveChat(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (myself: string) => request<void>('DELETE', `/chats/${id}/members/${myself}`),
    onSuccess: () => {
      client.removeQueries({ queryKey: keys.messages(id) })
      void client.invalidateQueries({ queryKey: keys.chats })
      void client.invalidateQueries({ queryKey: keys.items })
    },
  })
}

export function useMute(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (muted: boolean) => request<void>('PUT', `/chats/${id}/mute`, { body: { muted } }),
    onSuccess: (_, muted) => {
      client.setQueryData<Chat>(keys.chat(id), (chat) => (chat ? { ...chat, muted } : chat))
      void client.invalidateQueries({ queryKey: keys.chats })
    },
  })
}
