import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import type { AccessRequestPage, Item } from './types.ts'

/** Asked for only by those who may decide. */
export function useAccessRequests({ id, may }: Item) {
  return useQuery({
    queryKey: keys.requests(id),
    queryFn: ({ signal }) => request<AccessRequestPage>('GET', `/items/${id}/requests`, { signal }),
    enabled: may.appoint,
  })
}

export function useDecideRequest(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (decided: { request: string; grant: boolean }) =>
      request<Item>('POST', `/items/${id}/requests/${decided.request}`, { body: { grant: decided.grant } }),
    onSuccess: (item) => client.setQueryData(keys.item(id), item),
    onSettled: () => {
      for (const queryKey of [keys.requests(id), keys.items, keys.timeline(id)]) void client.invalidateQueries({ queryKey })
    },
  })
}
