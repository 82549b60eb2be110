import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import { ApiProblem } from './problem.ts'
import type { DemoPeople, Me } from './types.ts'

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: keys.me, queryFn: ({ signal }) => whoAmI(signal), staleTime: 5 * 60_000 })
}

/** For everything behind the sign-in page, where somebody always is. */
export function useMe(): Me {
  const me = useSession().data
  if (!me) throw new Error('useMe outside the signed-in part of the page')
  return me
}

async function whoAmI(signal: AbortSignal): Promise<Me | null> {
  try {
    return await request<Me>('GET', '/me', { signal })
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null
    throw error
  }
}

export function useDemoPeople(enabled = true) {
  return useQuery({
    queryKey: keys.demo,
    queryFn: ({ signal }) => request<DemoPeople>('GET', '/demo/people', { signal }),
    enabled,
    staleTime: Infinity,
  })
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (personId: string) => request<Me>('POST', '/demo/sign-in', { body: { personId } }),
    onSuccess: (me) => {
      forgetEverythingBut(client, keys.demo)
      client.setQueryData(keys.me, me)
      const next = afterSignIn(window.location.search)
      if (next) window.location.assign(next)
    },
  })
}

/** Somebody who was on their way to connect a chat system goes on there; an address cannot send them anywhere else. */
export function afterSignIn(search: string): string | null {
  const next = new URLSearchParams(search).get('next')
  return next !== null && /^\/[a-z]+\/install$/.test(next) ? next : null
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('POST', '/sign-out'),
    onSuccess: () => {
      client.setQueryData(keys.me, null)
      forgetEverythingBut(client, keys.me, keys.demo)
    },
  })
}

/** Nothing one person saw may be on the page of the next. */
function forgetEverythingBut(client: ReturnType<typeof useQueryClient>, ...kept: (readonly string[])[]): void {
  const names = kept.map((key) => key[0])
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' && !names.includes(query.queryKey[0] as string) })
}
