/** The kinds of chats of the built-in workspace. All but public ones are known to their members alone (C1, C2). */
export const WEB_CHAT_KINDS = ['item', 'private', 'direct', 'public'] as const
export type WebChatKind = (typeof WEB_CHAT_KINDS)[number]

/** Names the one chat of two people, whoever of them opens it: opening it twice is opening it once. */
export const directOperation = (one: string, other: string) => `direct ${[one, other].toSorted().join(' ')}`

/** Whom somebody talks to in a chat of two. */
export const otherIn = (operation: string, viewer: string): string | null => {
  const [, ...both] = operation.split(' ')
  return both.find((id) => id !== viewer) ?? null
}
