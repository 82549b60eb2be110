import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { keys } from './keys.ts'
import { ApiProblem } from './problem.ts'

const RETRIES_MAX = 2

export const queries: QueryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: mayRetry, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
})

/** An answer of the server is an answer; only what did not arrive, or broke on the way, is asked again. */
function mayRetry(failures: number, error: unknown): boolean {
  const answered = error instanceof ApiProblem && error.status >= 400 && error.status < 500
  return !answered && failures < RETRIES_MAX
}

function noticeSignedOut(error: unknown): void {
  if (error instanceof ApiProblem && error.status === 401) queries.setQueryData(keys.me, null)
}
