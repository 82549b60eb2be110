/**
 * Which messages of a chat the live connection named since the chat was last looked at. Without a word from it (after a break, or when the
 * page comes back into sight) everything that is held is read again, because an edit may have been missed.
 */
const hinted = new Map<string, Set<number>>()

export function noteHint(chatId: string, seq: number): void {
  hinted.set(chatId, (hinted.get(chatId) ?? new Set()).add(seq))
}

export function takeHints(chatId: string): ReadonlySet<number> | null {
  const seqs = hinted.get(chatId) ?? null
  hinted.delete(chatId)
  return seqs
}

export function forgetHints(): void {
  hinted.clear()
}
