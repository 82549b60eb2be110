import { failed, ok, type Result } from '../../src/core/failure.ts'
import { type AccountId, asAccountId, type ChatId } from '../../src/core/ids.ts'
import type { ChatState } from '../../src/ports/chat-platform.ts'
import type { TeamsCall } from './call.ts'
import { failureOf } from './failure.ts'
import { type Fields, idOf, textOf } from './fields.ts'
import { unsigned } from './names.ts'
import { readPages } from './pages.ts'

/** What every file of this adapter works with. `appId`: of the app in Entra, which is the bot, and which its manifest is named by. */
export type Teams = { readonly call: TeamsCall; readonly tenant: string; readonly appId: string }

/** What we take from a chat. */
export type Chat = { readonly id: string; readonly topic: string; readonly url: string }

/** Far more than a chat can hold, also when pages are short. */
const MEMBER_PAGES_MAX = 50

export const pathOf = (chat: string): string => `/chats/${encodeURIComponent(chat)}`

export function chatIn(teams: Teams, raw: Fields): Chat {
  const id = idOf(raw)
  if (!id) throw new Error('Teams answered with a chat that has no id')
  return { id, topic: textOf(raw['topic']) ?? '', url: urlOf(teams, id, textOf(raw['webUrl'])) }
}

/** Teams' own address of a chat, where it is one. */
function urlOf(teams: Teams, chat: string, given: string | null): string {
  if (given && URL.canParse(given) && new URL(given).protocol === 'https:') return given
  return `https://teams.microsoft.com/l/chat/${encodeURIComponent(chat)}/0?tenantId=${encodeURIComponent(teams.tenant)}`
}

export async function readChat(teams: Teams, chat: string): Promise<Result<Chat>> {
  const read = await teams.call('chat.read', { path: pathOf(chat), chat })
  if (!read.ok) return read
  const tenant = textOf(read.value['tenantId'])
  // A chat whose home is another organisation takes nothing from us there.
  if (tenant !== null && tenant !== teams.tenant) return failed(failureOf('chat.read', 'forbidden'))
  return ok(chatIn(teams, read.value))
}

export async function describeChat(teams: Teams, chat: ChatId): Promise<Result<ChatState>> {
  const read = await readChat(teams, chat)
  if (!read.ok) return read
  return ok({ state: 'open', name: unsigned(read.value.topic), url: read.value.url, isPublic: false })
}

/** A place in a chat: who has it, and the name by which it is taken away. */
export type Membership = { readonly id: string; readonly user: string }

/** Apps are no members in Teams. Whoever has no account, as somebody who dialled in, is nobody who could be on an item. */
export async function readMemberships(teams: Teams, chat: string): Promise<Result<readonly Membership[]>> {
  const read = await readPages(teams.call, 'members.list', { path: `${pathOf(chat)}/members`, chat }, MEMBER_PAGES_MAX)
  if (!read.ok) return read
  return ok(
    read.value.flatMap((raw): Membership[] => {
      const [id, user] = [idOf(raw), textOf(raw['userId'])]
      return id && user ? [{ id, user }] : []
    }),
  )
}

export async function readMembers(teams: Teams, chat: ChatId): Promise<Result<readonly AccountId[]>> {
  const memberships = await readMemberships(teams, chat)
  return memberships.ok ? ok([...new Set(memberships.value.map(({ user }) => user))].map(asAccountId)) : memberships
}
