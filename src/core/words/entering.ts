import type { Named } from '../words.ts'

/** What people read on their way into a discussion: by a message, a link, or a request. */

const called = ({ key, title }: Named) => `${title} (${key})`

export const NO_ITEM_CHOSEN = 'There is no such item that you can see. Choose another one.'

export const didNotOpen = (title: string) =>
  `“${title}” did not open in time: this moment is busy, and a press is good for three seconds only. Press the button to open it.`

export const opensByButton = (title: string) => `Press the button to open “${title}”.`

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

/** Said to everybody who asks, whatever there is and whatever came of it: nothing can be learned from it. */
export const REQUESTED = 'If there is such an item, whoever is responsible for it was asked.'

export const seenAlready = (item: Named) => `You can see ${called(item)} already.`

export const asksForAccess = (name: string, item: Named) => `${name} asks for access to ${called(item)}.`

export const gaveAccess = (by: string | null, item: Named) =>
  `${by ?? 'Somebody'} gave you access to ${called(item)}, as you asked. You can open it and take part in its chat.`

export const grantedAccess = (name: string, item: Named) => `${name} observes ${called(item)} now, and is told so.`

export const deniedAccess = (name: string, item: Named) => `${name} gets no access to ${called(item)}. Nobody tells them that.`

export const NO_SUCH_REQUEST = 'Nobody waits for this any more: somebody has decided it, or it was never asked.'

export const GUESTS_MAKE_NO_CHATS = 'Guests cannot make chats here. Ask a colleague of your own to make it and to invite you.'
export const NOTHING_TO_OPEN = 'That dialog is not open any more. Ask for it again.'
export const saysWelcome = (name: string) => `${name} made this private chat and says:`
export const privateChatOpen = (invited: number) =>
  `Your private chat is open, with ${invited === 1 ? 'one person' : `${invited} people`} invited. It belongs to no item, and nobody becomes an observer by being in it.`
export const privateChatLater = (platform: string, afterMs: number) =>
  `${platform} is busy. Your private chat opens in about ${Math.max(1, Math.ceil(afterMs / 1000))} seconds, and you will get its link here.`
export const noPrivateChat = (why: string) => `The private chat could not be opened. ${why}`
export const noWelcome = (why: string) => `Your welcome text may not be in it. ${why}`
