import { useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import { putChanged } from './messages.ts'
import type { Message } from './types.ts'

/** What one does with a message that stands. */

export function useReact(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ seq, emoji, wanted }: { seq: number; emoji: string; wanted: boolean }) =>
      request<Message>(wanted ? 'PUT' : 'DELETE', `/chats/${chatId}/messages/${seq}/reactions/${encodeURIComponent(emoji)}`),
    onSuccess: (message) => putChanged(client, chatId, message),
  })
}

export function useEditMessage(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ seq, text }: { seq: number; text: string }) =>
      request<Message>('PATCH', `/chats/${chatId}/messages/${seq}`, { body: { text } }),
    onSuccess: (message) => putChanged(client, chatId, message),
  })
}

export function useDeleteMessage(chatId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (seq: number) => request<void>('DELETE', `/chats/${chatId}/messages/${seq}`),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.messages(chatId) })
      void client.invalidateQueries({ queryKey: keys.chats })
    },
  })
}
