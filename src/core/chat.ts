import { ITEM_TYPES, type ItemFacts } from './item.ts'
import type { Policy } from './policy.ts'

/**
 * The name people find an item's chat by: key first, then the title where the organisation lets it be seen. Never an amount or a
 * stage, which more people see than may. `number`: the how many-th chat of this item it is.
 */
export function chatName(item: Pick<ItemFacts, 'key' | 'title'>, names: Policy['chatNames'], number = 1): string {
  if (number === 1) return names === 'key' ? item.key : `${item.key} ${item.title}`
  return names === 'key' ? `${item.key} ${number}` : `${item.key} ${item.title.slice(0, NUMBERED_TITLE_MAX)} ${number}`
}

/** Leaves room for the number within what every platform allows. */
const NUMBERED_TITLE_MAX = 50

/** What people's own private chat is called where nobody named it (C7). `people`: how many there are, of whom the first are named. */
export function privateChatName(names: readonly string[], people: number): string {
  const first = names.slice(0, FIRST_NAMES_MAX).map((name) => name.split(' ')[0] ?? name)
  const rest = people - first.length
  return first.join(', ') + (rest > 0 ? ` +${rest}` : '')
}

const FIRST_NAMES_MAX = 3

/** Says what the chat is about without anything that the least privileged reader should not see. */
export function chatTopic(item: Pick<ItemFacts, 'key' | 'type'>): string {
  return `${ITEM_TYPES[item.type].title} ${item.key}. Its observers and the members of this chat are kept agreed by Ringside.`
}
