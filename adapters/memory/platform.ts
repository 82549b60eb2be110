import type { Capabilities } from '../../src/core/capability.ts'
import { type Failure, failed, ok, type Outcome, outcomeOf, type Result } from '../../src/core/failure.ts'
import type { AccountId, ChatId } from '../../src/core/ids.ts'
import type { ChatPlatform, ChatState, ChatWish, Display, Displayed, History, OpenedChat } from '../../src/ports/chat-platform.ts'
import { MEMORY_CAPABILITIES } from './capabilities.ts'
import { type FaultHook, faultyCalls } from './fault.ts'
import { type MemoryChat, type MemoryWorld, memoryWorld, type MemoryWorldOptions } from './world.ts'

export type MemoryPlatformOptions = MemoryWorldOptions & {
  /** Asked before every call; lets a simulation fail it before or after it took effect. */
  readonly fault?: FaultHook
  readonly capabilities?: Partial<Capabilities>
}

/** The reference platform: the port's words as code, with nothing of any vendor. Deterministic. */
export function memoryPlatform(options: MemoryPlatformOptions): { readonly platform: ChatPlatform; readonly world: MemoryWorld } {
  const world = memoryWorld(options)
  const capabilities: Capabilities = { ...MEMORY_CAPABILITIES, ...options.capabilities }
  const call = faultyCalls(options.fault, world.deferred)

  const open = (wish: ChatWish): Result<OpenedChat> => {
    const before = [...world.chats.values()].find((chat) => chat.operation === wish.operation)
    const { operation, topic, first } = wish
    if (!before && wish.tried === 'lately') return failed(NOT_FOUND_YET)
    const chat = before ?? world.create({ operation, topic, name: wish.name.slice(0, capabilities.nameMax) })
    const letIn = before ? [] : first.slice(0, capabilities.opensWithMax).filter((account) => addOne(chat, account, 'all').kind === 'done')
    return ok({ id: chat.id, name: chat.name, url: urlOf(chat.id), isNew: !before, letIn })
  }

  const describe = (id: ChatId): Result<ChatState> => {
    const chat = visibleChat(world, id)
    return chat.ok ? ok({ state: chat.value.state, name: chat.value.name, url: urlOf(id), isPublic: false }) : chat
  }

  const members = (id: ChatId): Result<readonly AccountId[]> => {
    const chat = openChat(world, id)
    return chat.ok ? ok([...chat.value.members.keys()].filter((member) => member !== world.app)) : chat
  }

  const addOne = (chat: MemoryChat, account: AccountId, history: History): Outcome => {
    const profile = world.accounts.get(account)
    if (!profile) return refused('account_unknown', 'Nobody has this account.')
    if (chat.members.has(account)) return { kind: 'already' }
    if (!profile.active) return refused('account_inactive', 'The account is switched off.')
    if (chat.members.size > capabilities.membersMax) return refused('chat_full', `A chat holds ${capabilities.membersMax} people.`)
    world.join(chat.id, account, world.app, seesFrom(chat, account, history))
    return { kind: 'done' }
  }

  const removeOne = (chat: MemoryChat, account: AccountId): Outcome => {
    if (!chat.members.has(account)) return { kind: 'already' }
    world.leave(chat.id, account)
    return { kind: 'done' }
  }

  const each = (id: ChatId, accounts: readonly AccountId[], act: (chat: MemoryChat, account: AccountId) => Outcome): Outcome[] => {
    const chat = openChat(world, id)
    return accounts.map((account) => (chat.ok ? act(chat.value, account) : outcomeOf(chat.failure)))
  }

  const add = (id: ChatId, accounts: readonly AccountId[], history: History): Outcome[] => {
    if (accounts.length > capabilities.addMax) throw new Error(`Asked to add ${accounts.length} people, at most ${capabilities.addMax}`)
    return each(id, accounts, (chat, account) => addOne(chat, account, history))
  }

  const inOpen = <Value>(id: ChatId, act: (chat: MemoryChat) => Value): Result<Value> => {
    const chat = openChat(world, id)
    return chat.ok ? ok(act(chat.value)) : chat
  }

  const display = (id: ChatId, wanted: Display, notShown: (failure: Failure) => Displayed): Displayed => {
    const shown = inOpen(id, (chat) => ((chat.display = wanted), { card: 'card' }))
    return shown.ok ? { shown: shown.value, left: [] } : notShown(shown.failure)
  }

  const byEmail = (email: string) => {
    const wanted = email.trim().toLowerCase()
    return [...world.accounts.values()].find((profile) => profile.email === wanted) ?? null
  }

  const platform: ChatPlatform = {
    capabilities,
    open: async (wish) => call('open', [wish], () => open(wish), failed),
    describe: async (chat) => call('describe', [chat], () => describe(chat), failed),
    members: async (chat) => call('members', [chat], () => members(chat), failed),
    add: async (chat, accounts, history) => call('add', [chat, accounts, history], () => add(chat, accounts, history), everybody(accounts)),
    remove: async (chat, accounts) => call('remove', [chat, accounts], () => each(chat, accounts, removeOne), everybody(accounts)),
    rename: async (chat, name) =>
      call('rename', [chat, name], () => inOpen(chat, (found) => ({ name: (found.name = name.slice(0, capabilities.nameMax)) })), failed),
    display: async (chat, wanted, before) => {
      const notShown = (failure: Failure): Displayed => ({ shown: before ?? {}, left: [failure] })
      return call('display', [chat, wanted], () => display(chat, wanted, notShown), notShown)
    },
    post: async (chat, message) => call('post', [chat, message], () => inOpen(chat, (found) => void found.posts.push(message)), failed),
    inviteOutsider: async () => failed(NO_OUTSIDERS),
    resolve: async (emails) => call('resolve', [emails], () => ok(emails.map(byEmail)), failed),
    profile: async (account) => call('profile', [account], () => ok(world.accounts.get(account) ?? null), failed),
    groupMembers: async () => failed(NO_GROUPS),
    tell: async (to, message) => call('tell', [to, message], () => (world.told.push({ to, message }), ok(undefined)), failed),
    ask: async () => failed(NO_SCREEN),
    home: async () => failed(NO_SCREEN),
    unfurl: async () => failed(NO_SCREEN),
    probe: async () => ({ atMs: options.nowMs(), lines: [], leftBehind: null }),
    room: async () => 0,
    timeFor: () => 0,
  }
  return { platform, world }
}

const absent = (code: string, why: string): Failure => ({ kind: 'refused', code, why, mender: 'nobody' })
const NO_OUTSIDERS = absent('no_outsiders', 'There is nobody outside of what is in memory.')
const NO_GROUPS = absent('no_groups', 'A platform in memory keeps no groups of people.')
const NO_SCREEN = absent('no_screen', 'Nobody looks at a platform in memory.')

const NOT_FOUND_YET: Failure = { kind: 'later', code: 'not_found_yet', why: 'The chat may be opened any moment.', afterMs: 10_000 }

const urlOf = (chat: ChatId): string => `https://memory.invalid/chats/${chat}`

const everybody =
  (accounts: readonly AccountId[]) =>
  (failure: Failure): Outcome[] =>
    accounts.map(() => outcomeOf(failure))

const refused = (code: string, why: string): Outcome => ({ kind: 'refused', code, why, mender: 'administrator' })

/** A chat the app is in, open or closed. */
function visibleChat(world: MemoryWorld, id: ChatId): Result<MemoryChat & { state: 'open' | 'closed' }> {
  const chat = world.chats.get(id)
  if (!chat || chat.state === 'gone') return failed({ kind: 'gone', code: 'chat_gone', why: 'The chat was deleted.' })
  if (!chat.members.has(world.app)) {
    return failed({ kind: 'unreachable', code: 'not_in_chat', why: 'The app is not in the chat any more. Let a member invite it again.' })
  }
  return ok(chat as MemoryChat & { state: 'open' | 'closed' })
}

/** A chat whose members can be read and changed: a closed one keeps its members, and nobody may count on them. */
function openChat(world: MemoryWorld, id: ChatId): Result<MemoryChat> {
  const chat = visibleChat(world, id)
  if (!chat.ok || chat.value.state === 'open') return chat
  return failed({ kind: 'refused', code: 'chat_closed', why: 'The chat is closed. A member can reopen it.', mender: 'member' })
}

function seesFrom(chat: MemoryChat, account: AccountId, history: History): number {
  switch (history) {
    case 'all':
      return 0
    case 'as-before':
      return chat.left.get(account)?.seesFrom ?? 0
    default:
      return chat.messages
  }
}
