import type { FakeView } from './surfaces.ts'

/** Slack as it is kept inside: one workspace, its people, its private channels, and the one app installed in it. */
export type FakeUser = {
  readonly id: string
  name: string
  email: string | null
  deleted: boolean
  readonly is_bot: boolean
  readonly is_restricted: boolean
  readonly is_ultra_restricted: boolean
  readonly is_stranger?: boolean
}

export type FakeMessage = {
  readonly ts: string
  readonly user: string
  readonly text: string
  readonly blocks: unknown
  readonly for: string | null
}

export type FakeChannel = {
  readonly id: string
  name: string
  readonly creator: string
  readonly created: number
  topic: string
  purpose: string
  is_archived: boolean
  deleted: boolean
  readonly members: Set<string>
  readonly messages: FakeMessage[]
  readonly pins: string[]
  readonly bookmarks: { readonly id: string; title: string; link: string }[]
  /** Addresses that were invited by Slack Connect. */
  readonly sharedInvites: string[]
  is_private: boolean
}

export type FakeState = {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string }
  /** The organisation it belongs to, where the app was installed to that as a whole. */
  enterprise: { readonly id: string; readonly name: string } | null
  readonly app: string
  readonly bot: string
  /** Tokens and what became of them: an empty text while they work, else Slack's word. */
  readonly tokens: Map<string, '' | 'token_revoked' | 'account_inactive' | 'token_expired'>
  /** The permissions of the installation, which Slack says with every answer; null: it does not. */
  granted: readonly string[] | null
  readonly users: Map<string, FakeUser>
  readonly channels: Map<string, FakeChannel>
  /** Direct messages by the person they are with. */
  readonly direct: Map<string, FakeChannel>
  /** Words the workspace's settings answer with, by method: `conversations.kick` → `restricted_action`. */
  readonly forbidden: Map<string, string>
  /** What Slack makes of a wished channel name. */
  nameRule: (name: string) => string
  /** Does archiving put the app out? The documents say so; what it can still read afterwards is not certain. */
  archiveEjects: boolean
  /** Does an app without `channels:read` see nothing of a public channel? The documents say so. */
  publicHides: boolean
  /** Methods this Slack has; null: all of them. A plainer fake than this one knows the core alone. */
  known: ReadonlySet<string> | null
  /** Slack gives at most this many of a list, whatever one asks for. */
  pageMax: number
  /** Does the list of a channel's members name the app itself? */
  listsApp: boolean
  /** Is a person's id taken for the app's conversation with them, also where nobody opened it? */
  opensDirect: boolean
  /** Does an invitation heed `force`, and name the people it could not invite? */
  partialInvites: boolean
  /** People who cannot be invited, and Slack's word for it. */
  readonly unwelcome: Map<string, string>
  /** What was pressed or typed, by its trigger. */
  readonly triggers: Map<string, { readonly user: string; readonly atMs: number; used: boolean }>
  readonly views: Map<string, FakeView>
  /** The app's page as each person sees it. */
  readonly homes: Map<string, Readonly<Record<string, unknown>>>
  readonly unfurls: { readonly place: string; readonly cards: Readonly<Record<string, unknown>> }[]
  /** User groups and who is in them. */
  readonly groups: Map<string, Set<string>>
  readonly nowMs: () => number
  counter: number
}

/** Thrown by a method to answer `{ ok: false, error }`. */
export class SlackSays extends Error {
  readonly more: Readonly<Record<string, unknown>>
  constructor(error: string, more: Readonly<Record<string, unknown>> = {}) {
    super(error)
    this.more = more
  }
}

export const FAKE_TOKEN = 'xoxb-fake-bot-token'

export function newState(nowMs: () => number): FakeState {
  const bot: FakeUser = { ...user('U0BOT', 'ringside', null), is_bot: true }
  return {
    team: { id: 'T0TEAM', name: 'Example', domain: 'example' },
    enterprise: null,
    app: 'A0APP',
    bot: bot.id,
    tokens: new Map([[FAKE_TOKEN, '']]),
    granted: null,
    users: new Map([[bot.id, bot]]),
    channels: new Map(),
    direct: new Map(),
    forbidden: new Map(),
    nameRule: (name) => name,
    archiveEjects: true,
    publicHides: true,
    known: null,
    pageMax: 100,
    listsApp: true,
    opensDirect: true,
    partialInvites: true,
    unwelcome: new Map(),
    triggers: new Map(),
    views: new Map(),
    homes: new Map(),
    unfurls: [],
    groups: new Map(),
    nowMs,
    counter: 0,
  }
}

export function user(id: string, name: string, email: string | null): FakeUser {
  return { id, name, email, deleted: false, is_bot: false, is_restricted: false, is_ultra_restricted: false }
}

export const nextId = (state: FakeState, letter: string): string => `${letter}${String(++state.counter).padStart(8, '0')}`

/** Slack's time: seconds with six decimals, never the same twice. */
export const nextTs = (state: FakeState): string => `${Math.floor(state.nowMs() / 1000)}.${String(++state.counter).padStart(6, '0')}`

export function newChannel(state: FakeState, id: string, name: string, creator: string): FakeChannel {
  const created = Math.floor(state.nowMs() / 1000)
  const members = new Set([creator])
  return {
    id,
    name,
    creator,
    created,
    topic: '',
    purpose: '',
    is_archived: false,
    is_private: true,
    deleted: false,
    members,
    messages: [],
    pins: [],
    bookmarks: [],
    sharedInvites: [],
  }
}
