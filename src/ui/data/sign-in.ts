import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { request } from './fetch.ts'
import { keys } from './keys.ts'
import { afterSignIn } from './me.ts'
import type { Me, SignInWays } from './types.ts'

/** How people come in where it is no demo. */

export function useWays() {
  return useQuery({ queryKey: keys.ways, queryFn: ({ signal }) => request<SignInWays>('GET', '/sign-in', { signal }), staleTime: 60_000 })
}

type Setup = { token: string; organisation: string; name: string; email: string; password: string }

export const useSetup = () => useEntering((body: Setup) => request<Me>('POST', '/setup', { body }))
export const useWelcome = () => useEntering((body: { token: string; password: string }) => request<Me>('POST', '/welcome', { body }))
export const usePassword = () =>
  useEntering(async (body: { email: string; password: string }) => {
    await request('POST', '/auth/sign-in/email', { body })
    return request<Me>('GET', '/me')
  })

/** What was entered is on its way out of the address and the page, and the next page begins. */
function useEntering<Body>(enter: (body: Body) => Promise<Me>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: enter,
    onSuccess: (me) => {
      const next = afterSignIn(window.location.search) ?? (isWayIn(window.location.pathname) ? '/' : null)
      if (next) window.location.assign(next)
      else client.setQueryData(keys.me, me)
    },
  })
}

export const useMailedLink = () =>
  useMutation({ mutationFn: (email: string) => request('POST', '/auth/sign-in/magic-link', { body: { email, callbackURL: '/' } }) })

export const useForgotten = () =>
  useMutation({
    mutationFn: (email: string) => request('POST', '/auth/request-password-reset', { body: { email, redirectTo: '/new-password' } }),
  })

export const useNewPassword = () =>
  useMutation({ mutationFn: (body: { token: string; newPassword: string }) => request('POST', '/auth/reset-password', { body }) })

/** Leaves for the company's own sign-in, which sends the browser back. */
export const useCompany = () =>
  useMutation({
    mutationFn: () =>
      request<{ url: string }>('POST', '/auth/sign-in/social', { body: { provider: 'company', callbackURL: '/', errorCallbackURL: '/' } }),
    onSuccess: ({ url }) => window.location.assign(url),
  })

/** Pages that somebody reaches by a link that was given to them alone. */
export const isWayIn = (path: string) => path === '/setup' || path === '/welcome' || path === '/new-password'

/** What stands behind the # of such a link, which browsers send to nobody. */
export const tokenIn = (hash: string) => hash.replace(/^#/, '')
