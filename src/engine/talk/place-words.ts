import type { Place } from '../why.ts'

/** How somebody came onto the item, and where they are where that is not plain: a line for each. */
export function placeLines({ reasons, inChat, settled, listed, refused }: Place): readonly string[] {
  const where = inChat ? [] : refused ? [`not in the chat: ${refused.why}`] : settled && listed ? ['out of the chat by choice'] : []
  return [...reasons, ...where]
}
