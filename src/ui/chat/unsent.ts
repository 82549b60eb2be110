/** What each person began in each chat and did not send, until the page is closed. */
const unsent = new Map<string, string>()

export function keptText(person: string, chatId: string): string {
  return unsent.get(`${person} ${chatId}`) ?? ''
}

export function keepText(person: string, chatId: string, text: string): void {
  if (text) unsent.set(`${person} ${chatId}`, text)
  else unsent.delete(`${person} ${chatId}`)
}
