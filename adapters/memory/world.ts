import { type AccountId, asAccountId, asChatId, type ChatId } from '../../src/core/ids.ts'
import type { Message } from '../../src/core/screen.ts'
import type { AccountProfile, Display, Listener } from '../../src/ports/chat-platform.ts'
import type { Delivery, News } from '../../src/ports/inbound.ts'
import { type Deferred, land } from './fault.ts'

export type MemoryChat = {
  readonly id: ChatId
  readonly operation: string
  name: string
  readonly topic: string
  state: 'open' | 'closed' | 'gone'
  /** Everybody in it, the app as well while it has not been put out. */
  readonly members: Map<AccountId, Membership>
  /** Where those who were in it could read from when they left. */
  readonly left: Map<AccountId, Membership>
  /** How many messages were said in it; a message is only its number here. */
  messages: number
  /** What it shows of its item, and what the app said to everybody. */
  display: Display | null
  readonly posts: Message[]
}

/** `seesFrom`: the number of the first message this member sees, counted from 0. */
export type Membership = { readonly seesFrom: number }

export type SignUp = { readonly name: string; readonly email: string | null; readonly kind?: AccountProfile['kind'] }

export type MemoryWorldOptions = {
  readonly nowMs: () => number
  readonly workspace?: string
  readonly deliver?: (delivery: Delivery) => void
}

export type MemoryWorld = ReturnType<typeof memoryWorld>

/** The platform as people live in it: its state in the open, and what people do. Every act is told to `deliver`. */
export function memoryWorld(options: MemoryWorldOptions) {
  const app = asAccountId('app')
  const accounts = new Map<AccountId, AccountProfile>()
  const chats = new Map<ChatId, MemoryChat>()
  const told: { readonly to: Listener; readonly message: Message }[] = []
  const deferred: Deferred = []
  let deliveries = 0

  const deliver = (news: News): void =>
    options.deliver?.({ id: `delivery-${++deliveries}`, workspace: options.workspace ?? 'memory', news })

  const existing = (id: ChatId): MemoryChat => {
    const chat = chats.get(id)
    if (!chat) throw new Error(`There never was a chat ${id}`)
    return chat
  }

  const account = (id: AccountId): AccountProfile => {
    const profile = accounts.get(id)
    if (!profile) throw new Error(`There never was an account ${id}`)
    return profile
  }

  const update = (id: AccountId, change: Partial<AccountProfile>): void => {
    accounts.set(id, { ...account(id), ...change })
    deliver({ kind: 'account-changed', account: id })
  }

  return {
    app,
    accounts,
    chats,
    told,
    /** Effects of calls that are still on their way. */
    deferred,
    land: (index?: number): void => land(deferred, index),

    create(wish: { operation: string; name: string; topic: string }): MemoryChat {
      const id = asChatId(`chat-${chats.size + 1}`)
      const members = new Map([[app, { seesFrom: 0 }]])
      const chat: MemoryChat = { id, ...wish, state: 'open', members, left: new Map(), messages: 0, display: null, posts: [] }
      chats.set(id, chat)
      return chat
    },
    signUp({ name, email, kind = 'member' }: SignUp): AccountId {
      const id = asAccountId(`account-${accounts.size + 1}`)
      accounts.set(id, { id, name, email: email?.toLowerCase() ?? null, kind, active: true })
      deliver({ kind: 'account-changed', account: id })
      return id
    },
    deactivate: (id: AccountId): void => update(id, { active: false }),
    activate: (id: AccountId): void => update(id, { active: true }),
    changeEmail: (id: AccountId, email: string): void => update(id, { email: email.toLowerCase() }),

    /** `by` is null where somebody joins alone. Being in already is no news. */
    join(id: ChatId, who: AccountId, by: AccountId | null = null, seesFrom = 0): void {
      const chat = existing(id)
      if (chat.members.has(who)) return
      chat.members.set(who, { seesFrom })
      deliver({ kind: 'joined', chat: id, account: who, by, atMs: options.nowMs() })
    },
    leave(id: ChatId, who: AccountId): void {
      const { members, left } = existing(id)
      const membership = members.get(who)
      if (!membership) return
      members.delete(who)
      left.set(who, membership)
      deliver({ kind: 'left', chat: id, account: who, atMs: options.nowMs() })
    },
    say(id: ChatId): void {
      existing(id).messages++
    },
    /** The numbers of the messages this account can read; none for somebody outside. */
    sees(id: ChatId, who: AccountId): readonly number[] {
      const chat = existing(id)
      const from = chat.members.get(who)?.seesFrom ?? chat.messages
      return Array.from({ length: chat.messages - from }, (_, index) => from + index)
    },
    archive(id: ChatId): void {
      existing(id).state = 'closed'
      deliver({ kind: 'chat-changed', chat: id, what: 'archived' })
    },
    destroy(id: ChatId): void {
      existing(id).state = 'gone'
      deliver({ kind: 'chat-changed', chat: id, what: 'deleted' })
    },
    /** Puts the app out; its people stay. */
    lockOut(id: ChatId): void {
      existing(id).members.delete(app)
      deliver({ kind: 'chat-changed', chat: id, what: 'app-left' })
    },
    letIn(id: ChatId): void {
      existing(id).members.set(app, { seesFrom: 0 })
      deliver({ kind: 'chat-changed', chat: id, what: 'let-in' })
    },
  }
}
