import { sql } from 'drizzle-orm'
import type { Tx } from './open.ts'

/** A hint that something changed, heard by every process once the transaction commits. Ids only, never content. */
export type Hint = { readonly organisation: string } & (
  | { readonly kind: 'item'; readonly id: string }
  | { readonly kind: 'chat'; readonly id: string; readonly seq: number }
  /** Somebody came into or went out of a chat, or a chat got another name. */
  | { readonly kind: 'chats'; readonly people: readonly string[] }
  | { readonly kind: 'notifications'; readonly people: readonly string[] }
)

export const HINTS_CHANNEL = 'ringside_hints'
/** A notification holds at most 8000 bytes; a longer list of people goes in parts. */
const PEOPLE_MAX = 100

export async function giveHint(tx: Tx, hint: Hint): Promise<void> {
  if ('people' in hint && hint.people.length > PEOPLE_MAX) {
    for (let start = 0; start < hint.people.length; start += PEOPLE_MAX) {
      await giveHint(tx, { ...hint, people: hint.people.slice(start, start + PEOPLE_MAX) })
    }
    return
  }
  await tx.execute(sql`select pg_notify(${HINTS_CHANNEL}, ${JSON.stringify(hint)})`)
}
