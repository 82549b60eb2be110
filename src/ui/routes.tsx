import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { EyeOff24Regular } from '@fluentui/react-icons'
import type { Outcome } from './data/types.ts'
import { Gate } from './parts/gate.tsx'
import { Failed, Note } from './parts/states.tsx'
import { words } from './words.ts'

/** What the items list shows is in the address, so that Back, a bookmark and a reload keep it. */
export type ItemSearch = { readonly type?: string; readonly query?: string; readonly mine?: true; readonly observing?: true }

/** `connected`: what was connected just now, in the browser that comes back from there. */
export type AdminSearch = { readonly connected?: string; readonly tab?: 'health' }
/** The message to begin at. */
export type ChatSearch = { readonly at?: number }

const isSeq = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0

const root = createRootRoute({
  component: Gate,
  notFoundComponent: () => <Note icon={<EyeOff24Regular />} title={words.notVisible} />,
})

const items = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search: Record<string, unknown>): ItemSearch => ({
    ...(typeof search['type'] === 'string' ? { type: search['type'] } : {}),
    ...(typeof search['query'] === 'string' && search['query'] ? { query: search['query'] } : {}),
    ...(search['mine'] ? { mine: true } : {}),
    ...(search['observing'] ? { observing: true } : {}),
  }),
  component: lazyRouteComponent(() => import('./items/list-page.tsx'), 'ListPage'),
})

const item = createRoute({
  getParentRoute: () => root,
  path: '/items/$itemId',
  component: lazyRouteComponent(() => import('./items/item-page.tsx'), 'ItemPage'),
})

const chats = createRoute({
  getParentRoute: () => root,
  path: '/chats',
  component: lazyRouteComponent(() => import('./chat/chats-page.tsx'), 'ChatsPage'),
})

const noChat = createRoute({
  getParentRoute: () => chats,
  path: '/',
  component: lazyRouteComponent(() => import('./chat/chats-page.tsx'), 'NoChat'),
})

const chat = createRoute({
  getParentRoute: () => chats,
  path: '$chatId',
  validateSearch: (search: Record<string, unknown>): ChatSearch => (isSeq(search['at']) ? { at: search['at'] } : {}),
  component: lazyRouteComponent(() => import('./chat/chat-page.tsx'), 'ChatPage'),
})

const notifications = createRoute({
  getParentRoute: () => root,
  path: '/notifications',
  component: lazyRouteComponent(() => import('./notifications/page.tsx'), 'NotificationsPage'),
})

const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  validateSearch: (search: Record<string, unknown>): AdminSearch => ({
    ...(typeof search['connected'] === 'string' ? { connected: search['connected'] } : {}),
    ...(search['tab'] === 'health' ? { tab: 'health' } : {}),
  }),
  component: lazyRouteComponent(() => import('./admin/admin-page.tsx'), 'AdminPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([items, item, chats.addChildren([noChat, chat]), notifications, admin]),
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => <Failed error={error} onRetry={reset} />,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface HistoryState {
    /** Handed from Discuss to the chat it opens: everybody who could not be let in, and why. */
    outcomes?: readonly Outcome[]
  }
}
