import { asAccountId, asChatId, type ChatId } from '../../src/core/ids.ts'
import type { News } from '../../src/ports/inbound.ts'
import { type Fields, fieldsOf, idOf, listOf, textOf } from './fields.ts'

/** Who came and went, and what became of a chat. In a group chat Teams names no kind of event; what is in it says what it is about. */
export function newsOfUpdate(activity: Fields, nowMs: number): readonly News[] {
  const conversation = fieldsOf(activity['conversation'])
  const id = idOf(conversation)
  if (!id || conversation['conversationType'] !== 'groupChat')
    return [{ kind: 'unknown', reason: reasonOf('update', conversation['conversationType']) }]
  const chat = asChatId(id)
  if (activity['type'] === 'installationUpdate') return [installation(chat, activity)]
  const heard = [
    ...listOf(activity['membersAdded']).map((member) => came(chat, activity, member, nowMs)),
    ...listOf(activity['membersRemoved']).map((member) => went(chat, activity, member, nowMs)),
  ]
  const name = textOf(activity['topicName'])
  if (name) heard.push({ kind: 'chat-changed', chat, what: 'renamed', name })
  return heard.length > 0 ? heard : [{ kind: 'unknown', reason: 'update_of_nothing' }]
}

function installation(chat: ChatId, { action }: Fields): News {
  if (action === 'remove' || action === 'remove-upgrade') return { kind: 'chat-changed', chat, what: 'app-left' }
  return { kind: 'chat-changed', chat, what: 'let-in' }
}

/** The app itself is one who comes and goes, and no member. Whoever is not named by Entra's id makes the chat be looked at. */
function came(chat: ChatId, activity: Fields, member: Fields, nowMs: number): News {
  const account = accountIn(member)
  if (isApp(activity, member) || !account) return { kind: 'chat-changed', chat, what: 'let-in' }
  const by = accountIn(fieldsOf(activity['from']))
  return { kind: 'joined', chat, account: asAccountId(account), by: by === null ? null : asAccountId(by), atMs: timeOf(activity, nowMs) }
}

function went(chat: ChatId, activity: Fields, member: Fields, nowMs: number): News {
  const account = accountIn(member)
  if (isApp(activity, member)) return { kind: 'chat-changed', chat, what: 'app-left' }
  if (!account) return { kind: 'chat-changed', chat, what: 'let-in' }
  return { kind: 'left', chat, account: asAccountId(account), atMs: timeOf(activity, nowMs) }
}

const isApp = (activity: Fields, member: Fields): boolean => idOf(member) === idOf(activity['recipient'])

/** The two names that Microsoft has for it. */
const accountIn = (member: Fields): string | null => textOf(member['aadObjectId']) ?? textOf(member['objectId'])

function timeOf(activity: Fields, nowMs: number): number {
  const ms = Date.parse(textOf(activity['timestamp']) ?? '')
  return Number.isNaN(ms) ? nowMs : ms
}

/** A word for the metrics, whatever somebody put there. */
export const reasonOf = (kind: string, name: unknown): string =>
  `${kind}_${(textOf(name) ?? 'none')
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '_')
    .slice(0, 60)}`
