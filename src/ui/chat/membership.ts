import type { Chat, Member } from '../data/types.ts'
import { firstName, shortDate } from '../parts/format.ts'

type Marks = { readonly role: 'Responsible' | 'Observer' | 'Guest' | null; readonly sees: string | null }

/** What stands under a member's name. */
export function marksOf(chat: Pick<Chat, 'item'>, member: Member, nowMs: number): Marks {
  return { role: roleOf(chat, member), sees: member.seesAll ? null : `sees messages from ${shortDate(member.since, nowMs)}` }
}

function roleOf(chat: Pick<Chat, 'item'>, member: Member): Marks['role'] {
  if (member.role === 'guest') return 'Guest'
  if (!chat.item) return null
  if (member.responsible) return 'Responsible'
  return member.observes ? 'Observer' : null
}

/** What taking somebody out of the chat does, and what it does not (O23). */
export function removalText(chat: Pick<Chat, 'item'>, member: Member): string {
  const name = firstName(member.name)
  if (!chat.item) return `${name} leaves the chat and can't read it any more, until somebody invites them again.`
  if (member.responsible) return `${name} leaves the chat and stays responsible for ${chat.item.key}.`
  if (member.observes) return `${name} leaves the chat and stays an observer of ${chat.item.key}.`
  return `${name} leaves the chat of ${chat.item.key}.`
}
