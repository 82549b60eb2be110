/**
 * What a button means, in every chat system. The name travels in the button, `about` says what it is about (an item's id, or
 * `item:person`). Nothing else is believed: the right to do it is checked when it is pressed.
 */
export const PRESSES = {
  /** Opens the chat of an item, or lets the presser in. */
  discuss: 'act',
  /** The dialog that looks for an item; `about` may be words to begin with. */
  'choose-item': 'dialog',
  /** The same for one message of a chat, whose text and address the question carries. */
  'choose-item-for-message': 'dialog',
  /** The dialog for a private chat of people's own, that is no item's (C4). */
  'new-chat': 'dialog',
  /** The dialog that saves a message to an item's timeline (K6). */
  'save-note': 'dialog',
  /** The dialog that adds people to an item. */
  'add-people': 'dialog',
  /** The dialog with everybody on the item, each with a button that takes them off. */
  observers: 'dialog',
  'remove-observer': 'act',
  'restore-observer': 'act',
  /** Leave the chat and go on observing. */
  leave: 'act',
  /** Take oneself off the item. */
  'stop-observing': 'act',
  /** The dialog that says what can be done about earlier messages (O27). */
  'show-history': 'dialog',
  /** Opens another chat for the item, to go on from here; `about` names the item and the chat (O27). */
  'fresh-chat': 'act',
  /** Posts the card of an item anew, because whoever presses did not find it in the chat that `about` names. */
  'post-card': 'act',
  'rename-chat': 'dialog',
  'invite-outsider': 'dialog',
  'request-access': 'act',
  'grant-access': 'act',
  'deny-access': 'act',
  /** Tries what was refused at an item, or there for one person. */
  'try-again': 'act',
  /** Lets the removals happen that the safety stop holds back (U5). */
  'allow-removals': 'act',
  /** Somebody says that an item's chat is gone for good, and opens a new one. */
  'start-anew': 'act',
  /** Leads to a page; nothing happens here. */
  'open-page': 'page',
} as const

export type PressName = keyof typeof PRESSES
type Named<Kind> = { [Name in PressName]: (typeof PRESSES)[Name] extends Kind ? Name : never }[PressName]
export type DialogName = Named<'dialog'>
export type PageName = Named<'page'>

export type Press = { readonly name: PressName; readonly about: string }
export type DialogPress = Press & { readonly name: DialogName }

export const isPressName = (text: string): text is PressName => Object.hasOwn(PRESSES, text)
export const isDialogName = (text: string): text is DialogName => isPressName(text) && PRESSES[text] === 'dialog'
export const isDialogPress = (press: Press): press is DialogPress => isDialogName(press.name)
export const isPageName = (name: PressName): name is PageName => PRESSES[name] === 'page'

/** An item and a person in one `about`. Ids hold no colon. */
export const aboutPerson = (item: string, person: string): string => `${item}:${person}`

export function readAbout(about: string): { readonly item: string; readonly person: string | null } {
  const [item = '', person] = about.split(':')
  return { item, person: person || null }
}

/** An item and one of its chats, so that a press that is repeated is known by the chat it was about. */
export const aboutChat = (item: string, chat: string): string => `${item}:${chat}`

export function readAboutChat(about: string): { readonly item: string; readonly chat: string | null } {
  const [item = '', chat] = about.split(':')
  return { item, chat: chat || null }
}
