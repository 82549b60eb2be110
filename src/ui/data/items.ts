import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { Discussed, Item, ItemPage, ItemPatch, NewItem, ObserversChanged, TimelinePage, Why } from './types.ts'

export type ItemFilter = { readonly type?: string; readonly query?: string; readonly responsible?: string; readonly observer?: string }

const ITEMS_PER_PAGE = 30

export function useItems(filter: ItemFilter) {
  return useInfiniteQuery({
    queryKey: keys.itemList(filter),
    queryFn: ({ pageParam, signal }) =>
      request<ItemPage>('GET', '/items', { query: { ...filter, cursor: pageParam, limit: ITEMS_PER_PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export function useItem(id: string) {
  return useQuery({ queryKey: keys.item(id), queryFn: ({ signal }) => request<Item>('GET', `/items/${id}`, { signal }) })
}

export function useTimeline(id: string) {
  return useInfiniteQuery({
    queryKey: keys.timeline(id),
    queryFn: ({ pageParam, signal }) => request<TimelinePage>('GET', `/items/${id}/timeline`, { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

export function useWhy(id: string, personId: string) {
  return useQuery({
    queryKey: keys.why(id, personId),
    queryFn: ({ signal }) => request<Why>('GET', `/items/${id}/why/${personId}`, { signal }),
    staleTime: 0,
  })
}

/** What changed on an item shows on its page, its timeline and every list. */
function useItemChanged(): (item: Item) => void {
  const client = useQueryClient()
  return (item) => {
    client.setQueryData(keys.item(item.id), item)
    void client.invalidateQueries({ queryKey: keys.items })
    void client.invalidateQueries({ queryKey: keys.timeline(item.id) })
    void client.invalidateQueries({ queryKey: keys.admin })
  }
}

export function useNewItem() {
  const changed = useItemChanged()
  return useMutation({ mutationFn: (item: NewItem) => request<Item>('POST', '/items', { body: item }), onSuccess: changed })
}

/** Lets the removals happen that the safety stop holds back. */
export function useAllowRemovals(id: string) {
  const changed = useItemChanged()
  return useMutation({ mutationFn: () => request<Item>('POST', `/items/${id}/removals`), onSuccess: changed })
}

export function useSaveItem(id: string) {
  const changed = useItemChanged()
  return useMutation({
    mutationFn: ({ patch, revision }: { patch: ItemPatch; revision: number }) =>
      request<Item>('PATCH', `/items/${id}`, { body: patch, headers: { 'if-match': String(revision) } }),
    onSuccess: changed,
  })
}

export function useChangeObservers(id: string) {
  const changed = useItemChanged()
  return useMutation({
    mutationFn: (change: { add?: string[]; remove?: string[] }) =>
      request<ObserversChanged>('POST', `/items/${id}/observers`, { body: { add: [], remove: [], ...change } }),
    onSuccess: (answer) => changed(answer.item),
  })
}

export function useDiscussItem() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request<Discussed>('POST', `/items/${id}/discuss`),
    onSuccess: (_, id) => {
      for (const queryKey of [keys.item(id), keys.items, keys.timeline(id), keys.chats]) void client.invalidateQueries({ queryKey })
    },
  })
}
