import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { PeoplePage } from './types.ts'

export function usePeople(query: string) {
  const wanted = query.trim()
  return useQuery({
    queryKey: keys.people(wanted),
    queryFn: ({ signal }) => request<PeoplePage>('GET', '/people', { query: { query: wanted }, signal }),
    placeholderData: keepPreviousData,
  })
}
