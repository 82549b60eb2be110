/** What Microsoft 365 holds, as far as the fake goes: one tenant, its people, their chats, and what the bot said. */

export type FakeUser = {
  readonly id: string
  readonly name: string
  readonly mail: string
  readonly guest: boolean
  enabled: boolean
  /** Has the app for themselves, so that it may begin a conversation with them. */
  personal: boolean
}

export type FakeMessage = {
  readonly id: string
  readonly by: 'app' | 'person'
  text: string
  card: object | null
}

export type FakeMember = { readonly id: string; readonly user: string; readonly seesFrom: number }

export type FakeChat = {
  readonly id: string
  topic: string
  installed: boolean
  members: FakeMember[]
  /** What a list of members shows; behind, where lists lag. */
  listed: readonly FakeMember[]
  readonly messages: FakeMessage[]
}

export type Call = { readonly method: string; readonly path: string; readonly body: unknown }

/** How the next call that fits goes wrong: before it does anything, or after, with its answer lost. */
export type Trouble = {
  readonly method: string
  readonly path: RegExp
  readonly status?: number
  readonly code?: string
  readonly retryAfter?: string
  /** It takes effect, and nobody hears of it. */
  readonly lost?: true
}

export const APP = { id: '0b3c8f3e-6f43-4d9b-8b0a-2f4f5f6a7b01', secret: 'a secret of the Teams app' }
export const HOME_TENANT = 'aaaaaaaa-0000-4000-8000-000000000001'

export function fakeState(tenant: string) {
  return {
    tenant,
    users: new Map<string, FakeUser>(),
    chats: new Map<string, FakeChat>(),
    /** What each person was told in their own conversation with the app. */
    told: new Map<string, FakeMessage[]>(),
    calls: [] as Call[],
    troubles: [] as Trouble[],
    /** Tenants that let the app in. */
    consented: new Set([tenant, HOME_TENANT]),
    /** Permissions for the whole tenant that nobody gave. */
    withheld: new Set<string>(),
    catalog: 'cccccccc-0000-4000-8000-00000000000c' as string | null,
    lags: false,
    pageSize: 50,
    /** Additions and removals in a minute and chat, as Microsoft counts them; Infinity: not counted. */
    changesAMinute: Infinity,
    changes: new Map<string, number[]>(),
    next: 1,
  }
}

export type FakeState = ReturnType<typeof fakeState>

export const idAfter = (state: FakeState): string => `${String(state.next++).padStart(8, '0')}-1111-4111-8111-111111111111`

/** From now on lists show what is. */
export function catchUp(state: FakeState): void {
  for (const chat of state.chats.values()) chat.listed = [...chat.members]
}
