import { useInfiniteQuery, useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { NotificationPage } from './types.ts'

export function useNotifications() {
  return useInfiniteQuery({
    queryKey: keys.notifications,
    queryFn: ({ pageParam, signal }) => request<NotificationPage>('GET', '/notifications', { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

export function useUnread(): number {
  return useNotifications().data?.pages[0]?.unread ?? 0
}

/** Takes the number off the bell; the marks on the list stay until it is read again, so that one sees what was new. */
export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('POST', '/notifications/read'),
    onSuccess: () =>
      client.setQueryData<InfiniteData<NotificationPage>>(keys.notifications, (data) =>
        data ? { ...data, pages: data.pages.map((page) => ({ ...page, unread: 0 })) } : data,
      ),
  })
}
