import type { Named } from '../words.ts'

/** What people read on their way into a discussion: by a message, a link, or a request. */

const called = ({ key, title }: Named) => `${title} (${key})`

export const NO_ITEM_CHOSEN = 'There is no such item that you can see. Choose another one.'

export const didNotOpen = (title: string) =>
  `“${title}” did not open in time: this moment is busy, and a press is good for three seconds only. Press the button to open it.`

export const wantsToDiscuss = (who: string, author: string | null) =>
  author === who ? `${who} wants to discuss this.` : `${who} wants to discuss a message${author ? ` of ${author}` : ''}.`

export const broughtToChat = (item: Named) => `The message is in the chat of ${called(item)} now.`

export const stayedWhereItWas = (item: Named) =>
  `Opened the chat of ${called(item)}. It is in another chat system, so the message stays where it was said.`

export const notBroughtToChat = (item: Named, why: string) =>
  `The chat of ${called(item)} is open, and the message could not be put into it. ${why}`

export const savedToTimeline = (item: Named) => `Saved to the timeline of ${called(item)}.`

export const notSaved = (item: Named, why: string) => `Nothing was saved to the timeline of ${called(item)}. ${why}`

export const NOTHING_TO_SAVE = 'Write what is to be saved.'
