import { type Failure, failed, ok, type Result } from '../../src/core/failure.ts'
import { asChatId } from '../../src/core/ids.ts'
import type { AccountProfile, ChatWish, OpenedChat } from '../../src/ports/chat-platform.ts'
import { readAccounts } from './accounts.ts'
import { type Chat, chatIn, pathOf, type Teams } from './chat.ts'
import { failureOf, outcomeOfOne } from './failure.ts'
import { idOf, textOf } from './fields.ts'
import { isSignedBy, signed, unsigned } from './names.ts'
import { readPages, TOO_MANY_PAGES } from './pages.ts'
import { personOf } from './people.ts'
import { CHAT_PERMISSIONS } from './permissions.ts'

/**
 * Creates the group chat of an operation with everybody in it, and installs the app in it, without which Teams lets us do nothing more
 * there. Creating twice makes two chats, so after a call of unknown outcome the chat is looked for first, by the sign in its topic, among
 * the chats of those who are to be in it.
 */
export async function openChat(teams: Teams, wish: ChatWish): Promise<Result<OpenedChat>> {
  const known = await readAccounts(teams, wish.first)
  if (!known.ok) return known
  // Teams refuses a chat as a whole because of one person, without saying of whom.
  const first = [...known.value.values()].filter(({ active }) => active)
  if (first.length === 0) return failed(NOBODY_FIRST)
  const found = wish.tried === 'no' ? ok(null) : await findChat(teams, wish, first)
  if (!found.ok) return found
  if (found.value) return finish(teams, found.value, false, first)
  if (wish.tried === 'lately') return failed(NOT_FOUND_YET)
  const created = await create(teams, wish, first)
  return created.ok ? finish(teams, created.value, true, first) : created
}

const NOBODY_FIRST: Failure = {
  kind: 'refused',
  code: 'nobody_first',
  why: 'Teams opens no chat without people, and nobody who is on this item has an account in Teams. Add somebody who has one.',
  mender: 'member',
}

const NOT_FOUND_YET: Failure = {
  kind: 'later',
  code: 'not_found_yet',
  why: 'Teams did not say whether the chat was opened. Ringside looks for it.',
  afterMs: 10_000,
}

async function create(teams: Teams, wish: ChatWish, first: readonly AccountProfile[]): Promise<Result<Chat>> {
  const body = { chatType: 'group', topic: signed(wish.name, wish.operation), members: first.map(personOf) }
  const created = await teams.call('chat.create', { path: '/chats', body })
  return created.ok ? ok(chatIn(teams, created.value)) : created
}

/** Whose chats are searched, and how many pages of them. */
const SEARCHED_MAX = 3
const PAGES_MAX = 40

async function findChat(teams: Teams, { operation }: ChatWish, first: readonly AccountProfile[]): Promise<Result<Chat | null>> {
  for (const { id } of first.slice(0, SEARCHED_MAX)) {
    const filter = encodeURIComponent("chatType eq 'group'")
    const path = `/users/${encodeURIComponent(id)}/chats?$filter=${filter}&$top=50`
    const chats = await readPages(teams.call, 'chats.list', { path }, PAGES_MAX)
    if (!chats.ok && chats.failure.code !== TOO_MANY_PAGES) return chats
    const found = chats.ok ? chats.value.find((raw) => isSignedBy(textOf(raw['topic']) ?? '', operation)) : undefined
    if (found) return ok(chatIn(teams, found))
  }
  return ok(null)
}

async function finish(teams: Teams, chat: Chat, isNew: boolean, first: readonly AccountProfile[]): Promise<Result<OpenedChat>> {
  const failure = await installApp(teams, chat.id)
  // The chat is there: it must not be opened once more because something beside it has to wait.
  if (failure) return failed(failure.kind === 'later' ? { ...failure, kind: 'uncertain' } : failure)
  const opened = { id: asChatId(chat.id), name: unsigned(chat.topic), url: chat.url, isNew }
  return ok(isNew ? { ...opened, letIn: first.map(({ id }) => id) } : opened)
}

/** With the permissions for this one chat that its manifest asks for. An app that is there already is as good. */
async function installApp(teams: Teams, chat: string): Promise<Failure | null> {
  const app = await findApp(teams)
  if (!app.ok) return app.failure
  const body = {
    'teamsApp@odata.bind': `https://graph.microsoft.com/v1.0/appCatalogs/teamsApps/${encodeURIComponent(app.value)}`,
    consentedPermissionSet: { resourceSpecificPermissions: OF_THE_CHAT },
  }
  const installed = await teams.call('app.install', { path: `${pathOf(chat)}/installedApps`, body, chat })
  if (installed.ok || outcomeOfOne('app.install', installed.failure).kind === 'already') return null
  return installed.failure
}

/** What an organisation calls the app is its own; we know only what the manifest calls it. */
export async function findApp(teams: Teams): Promise<Result<string>> {
  const filter = encodeURIComponent(`externalId eq '${teams.appId}'`)
  const found = await readPages(teams.call, 'app.find', { path: `/appCatalogs/teamsApps?$filter=${filter}` }, 2)
  if (!found.ok) return found
  const id = idOf(found.value[0])
  return id ? ok(id) : failed(failureOf('app.find', 'not_found'))
}

const OF_THE_CHAT = CHAT_PERMISSIONS.map(({ scope }) => ({ permissionValue: scope, permissionType: 'application' }))
