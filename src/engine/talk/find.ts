import { factsOf, itemByNumber, type ItemWithObservers, listItems } from '../../../db/items.ts'
import type { Tx } from '../../../db/open.ts'
import { may, type Viewer } from '../../core/access.ts'
import { ITEM_TYPES, parseKey } from '../../core/item.ts'
import type { Option } from '../../core/screen.ts'

/** A key names one item; other words are searched for. Only what the viewer may see, the latest first. */
export async function findItems(tx: Tx, viewer: Viewer, words: string, limit: number): Promise<readonly ItemWithObservers[]> {
  const key = parseKey(words)
  const named = key ? await itemByNumber(tx, key.type, key.number) : null
  if (named && may(viewer, 'see', factsOf(named)).may) return [named]
  return (await listItems(tx, viewer, { query: words }, null, limit)).items
}

/** An item to choose among others. */
export function itemOption(found: ItemWithObservers): Option {
  const { key, title } = factsOf(found)
  return { value: found.row.id, title: `${key} ${title}`, note: `${ITEM_TYPES[found.row.type].title}, ${found.row.stage}` }
}
