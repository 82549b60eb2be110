import { sql } from 'drizzle-orm'
import type { Tx } from './open.ts'

/** A hint that something changed, heard by every process once the transaction commits. Ids only, never content. */
export type Hint = { readonly organisation: string } &
  /** `lost`: people who could open the item until now, so that they look again too. */
  (
    | { readonly kind: 'item'; readonly id: string; readonly lost?: readonly string[] }
    /** A line of a chat is new, or not what it was. */
    | { readonly kind: 'chat'; readonly id: string; readonly seq: number }
    | { readonly kind: 'typing'; readonly id: string; readonly by: string }
    /** Somebody came into or went out of a chat, or a chat got another name. */
    | { readonly kind: 'chats'; readonly people: readonly string[] }
    | { readonly kind: 'notifications'; readonly people: readonly string[] }
    /** A group action is at its end: more items changed than are named one by one. */
    | { readonly kind: 'items' }
  )

export const HINTS_CHANNEL = 'ringside_hints'
/** A notification holds at most 8000 bytes; a longer list of people goes in parts. */
const PEOPLE_MAX = 100

export async function giveHint(tx: Tx, hint: Hint): Promise<void> {
  for (const part of partsOf(hint)) await tx.execute(sql`select pg_notify(${HINTS_CHANNEL}, ${JSON.stringify(part)})`)
}

function partsOf(hint: Hint): readonly Hint[] {
  switch (hint.kind) {
    case 'item':
      return hint.lost ? slices(hint.lost).map((lost) => ({ ...hint, lost })) : [hint]
    case 'chats':
    case 'notifications':
      return slices(hint.people).map((people) => ({ ...hint, people }))
    case 'chat':
    case 'items':
    case 'typing':
      return [hint]
  }
}

function slices(people: readonly string[]): readonly (readonly string[])[] {
  const count = Math.max(1, Math.ceil(people.length / PEOPLE_MAX))
  return Array.from({ length: count }, (_, place) => people.slice(place * PEOPLE_MAX, (place + 1) * PEOPLE_MAX))
}
