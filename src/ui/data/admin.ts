import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { Connection, ConnectionPage, ProbeReport } from './types.ts'

type Connections = InfiniteData<ConnectionPage>

/** How often to look while a trial is under way, whoever began it. */
const TRIAL_LOOK_MS = 1_000

export function useConnections() {
  return useInfiniteQuery({
    queryKey: keys.connections,
    queryFn: ({ pageParam, signal }) => request<ConnectionPage>('GET', '/admin/connections', { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) => (connectionsIn(state.data).some(({ probe }) => probe?.state === 'running') ? TRIAL_LOOK_MS : false),
  })
}

export const connectionsIn = (data: Connections | undefined): readonly Connection[] => data?.pages.flatMap((page) => page.items) ?? []

export function useTryOut(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<ProbeReport>('POST', `/admin/connections/${id}/probe`),
    onMutate: () => {
      const begun: ProbeReport = { at: new Date().toISOString(), state: 'running', lines: [], leftBehind: null }
      client.setQueryData<Connections>(keys.connections, (data) => data && withProbe(data, id, begun))
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.connections }),
  })
}

function withProbe(data: Connections, id: string, probe: ProbeReport): Connections {
  const pages = data.pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === id ? { ...one, probe } : one)) }))
  return { ...data, pages }
}

export function useDisconnect(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('DELETE', `/admin/connections/${id}`),
    onSettled: () => {
      for (const queryKey of [keys.connections, keys.me]) void client.invalidateQueries({ queryKey })
    },
  })
}
