import { and, eq, isNull } from 'drizzle-orm'
import type { ItemRow } from './items.ts'
import type { Tx } from './open.ts'
import { itemChange } from './schema.ts'

export type Note = { readonly text: string; readonly url: string | null; readonly by: string }

/**
 * Writes a line to an item's timeline; one that the same person saved there before, of the same message, stands there already. The caller
 * holds the item. Its address is kept where other changes keep what was before.
 */
export async function writeNote(tx: Tx, { organisationId, id, revision }: ItemRow, note: Note, at: Date): Promise<void> {
  const same = { itemId: id, what: 'note', byId: note.by, after: note.text } as const
  const [written] = await tx
    .select({ id: itemChange.id })
    .from(itemChange)
    .where(
      and(
        eq(itemChange.itemId, same.itemId),
        eq(itemChange.what, same.what),
        eq(itemChange.byId, same.byId),
        eq(itemChange.after, same.after),
        note.url === null ? isNull(itemChange.before) : eq(itemChange.before, note.url),
      ),
    )
    .limit(1)
  if (!written) await tx.insert(itemChange).values({ ...same, organisationId, revision, how: 'note', before: note.url, at })
}
