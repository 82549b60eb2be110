import { ITEM_TYPES, type ItemFacts } from './item.ts'

/** The name people find an item's chat by: key first, then the title. Never an amount or a stage, which more people see than may. */
export function chatName(item: Pick<ItemFacts, 'key' | 'title'>): string {
  return `${item.key} ${item.title}`
}

/** Says what the chat is about without anything that the least privileged reader should not see. */
export function chatTopic(item: Pick<ItemFacts, 'key' | 'type'>): string {
  return `${ITEM_TYPES[item.type].title} ${item.key}. Its observers and the members of this chat are kept agreed by Ringside.`
}
