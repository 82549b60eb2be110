import { useInfiniteQuery } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { FilePage, SearchPage } from './types.ts'

const HITS_PER_PAGE = 20

/** Finds in what was said: in one chat, or in all of one's own. */
export function useSearch(query: string, chat: string | null) {
  return useInfiniteQuery({
    queryKey: keys.search(query, chat),
    queryFn: ({ pageParam, signal }) =>
      request<SearchPage>('GET', '/search', { query: { query, chat, cursor: pageParam, limit: HITS_PER_PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: query !== '',
    staleTime: 0,
  })
}

/** The files of one chat. */
export function useFiles(chat: string) {
  return useInfiniteQuery({
    queryKey: keys.files(chat),
    queryFn: ({ pageParam, signal }) =>
      request<FilePage>('GET', `/chats/${chat}/files`, { query: { cursor: pageParam, limit: HITS_PER_PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  })
}
