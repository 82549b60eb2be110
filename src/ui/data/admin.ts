import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { Connection, ConnectionPage, Person, ProbeReport } from './types.ts'

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

/** What waits for a person comes and goes without a hint. */
const NEEDS_LOOK_MS = 15_000
const NEEDS_PAGE = 10

type Page<One> = { readonly items: readonly One[]; readonly next: string | null }

/** One of the lists of what is not as it should be. */
export function useAdminList<One, More extends Page<One> = Page<One>>(path: string, filter: Readonly<Record<string, string>> = {}) {
  return useInfiniteQuery({
    queryKey: keys.adminList(path, filter),
    queryFn: ({ pageParam, signal }) =>
      request<More>('GET', `/admin/${path}`, { query: { ...filter, cursor: pageParam, limit: NEEDS_PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: NEEDS_LOOK_MS,
  })
}

export type AdminList<One> = ReturnType<typeof useAdminList<One>>

/** Everything refused at an item is tried again. */
export function useMend(itemId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('POST', `/admin/items/${itemId}/mend`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.admin }),
  })
}

export function useChangeAddress(personId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (email: string) => request<Person>('PATCH', `/people/${personId}`, { body: { email } }),
    onSettled: () => {
      for (const queryKey of [keys.admin, ['people']]) void client.invalidateQueries({ queryKey })
    },
  })
}

export function useTryLetter(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('POST', `/admin/dead-letters/${id}/again`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.admin }),
  })
}
