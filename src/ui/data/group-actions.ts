import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { GroupAction, GroupActionPage, GroupPreview, GroupReport, NewGroupAction } from './types.ts'

const LOOK_MS = 1_000
const RECENT = 10
const REFUSALS_PER_PAGE = 50

/** What would happen; null: not everything that is needed is chosen. */
export function useGroupPreview(wish: NewGroupAction | null) {
  return useQuery({
    queryKey: keys.groupPreview(wish),
    queryFn: ({ signal }) => request<GroupPreview>('POST', '/group-actions', { body: { ...wish, preview: true }, signal }),
    enabled: wish !== null,
    staleTime: 0,
  })
}

export function useStartGroup() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ wish, key }: { wish: NewGroupAction; key: string }) =>
      request<GroupAction>('POST', '/group-actions', { body: wish, headers: { 'idempotency-key': key } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.groupActions }),
  })
}

/** How far it has come; looked at again while it is at work. */
export function useGroupReport(id: string) {
  return useInfiniteQuery({
    queryKey: keys.groupAction(id),
    queryFn: ({ pageParam, signal }) =>
      request<GroupReport>('GET', `/group-actions/${id}`, { query: { cursor: pageParam, limit: REFUSALS_PER_PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.refusals.next,
    refetchInterval: ({ state }) => {
      const first = state.data?.pages[0]
      return first && !isAtWork(first) && first.chats.pending === 0 ? false : LOOK_MS
    },
  })
}

export const isAtWork = ({ state }: Pick<GroupAction, 'state'>): boolean => state === 'working' || state === 'stopping'

/** One's own of late, so that one can come back to what is at work. */
export function useGroupActions() {
  return useQuery({
    queryKey: keys.groupActions,
    queryFn: ({ signal }) => request<GroupActionPage>('GET', '/group-actions', { query: { limit: RECENT }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? LOOK_MS : false),
  })
}

function useGroupPost(path: 'stop' | 'removals') {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request<void>('POST', `/group-actions/${id}/${path}`),
    onSuccess: (_, id) => void client.invalidateQueries({ queryKey: keys.groupAction(id) }),
  })
}

export const useStopGroup = () => useGroupPost('stop')
/** Lets the removals happen that the safety stop holds back. */
export const useAllowGroupRemovals = () => useGroupPost('removals')
