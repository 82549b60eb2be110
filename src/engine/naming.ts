import { type LinkRow, markDue, updateLink } from '../../db/links.ts'
import type { Tx } from '../../db/open.ts'

/** There is word that the chat has another name; null: nobody says which. Its next turn reads it, and leaves a name of people's alone. */
export async function tellName(tx: Tx, link: LinkRow, name: string | null, at: Date): Promise<string> {
  if (name !== null && name === link.givenName) return 'discarded: own_name'
  await updateLink(tx, link.id, { renamedTo: name ?? NAMELESS })
  await markDue(tx, link.id, at)
  return 'told'
}

/** No chat is called so. */
const NAMELESS = ''
