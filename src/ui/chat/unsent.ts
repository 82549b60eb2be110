/** What was begun in each chat and not sent, until the page is closed or somebody else signs in. */
const unsent = new Map<string, string>()

export function keptText(chatId: string): string {
  return unsent.get(chatId) ?? ''
}

export function keepText(chatId: string, text: string): void {
  if (text) unsent.set(chatId, text)
  else unsent.delete(chatId)
}
