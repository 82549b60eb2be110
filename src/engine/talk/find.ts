import { factsOf, itemByNumber, itemsById, itemsOfInsider, type ItemWithObservers, listItems } from '../../../db/items.ts'
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

/** What somebody most likely means before they typed anything: the items whose chats they are in, then the others, the latest first. */
export async function recentItems(tx: Tx, viewer: Viewer, _words: string, limit: number): Promise<readonly ItemWithObservers[]> {
  const theirs = await itemsById(tx, await itemsOfInsider(tx, viewer.id, Math.min(limit, THEIRS_MAX)))
  const seen = theirs.filter((item) => may(viewer, 'see', factsOf(item)).may)
  const others = (await listItems(tx, viewer, {}, null, limit)).items.filter(({ row }) => !seen.some((item) => item.row.id === row.id))
  return [...seen, ...others].slice(0, limit)
}

const THEIRS_MAX = 10

/** An item to choose among others. */
export function itemOption(found: ItemWithObservers): Option {
  const { key, title } = factsOf(found)
  return { value: found.row.id, title: `${key} ${title}`, note: `${ITEM_TYPES[found.row.type].title}, ${found.row.stage}` }
}
