import type { Outcome } from './failure.ts'

/** Sentences that more than one surface says. One tone: people before plumbing. */

export type Named = { readonly key: string; readonly title: string }

export const noSuchItem = (asked: string) => `There is no item ${asked} that you can see.`

export const addedAsObserver = (by: string | null, item: Named) =>
  by
    ? `${by} added you as an observer of ${item.title} (${item.key}). You can open it and take part in its chat.`
    : `You are now an observer of ${item.title} (${item.key}), because you joined its chat. You can open it at any time.`

export const goesOnAsObserver = (item: Named) =>
  `Somebody else is responsible for ${item.title} (${item.key}) now. You go on as an observer and can open it at any time.`

export const removedAsObserver = (by: string | null, item: Named, seesItStill: boolean) =>
  `${by ? `${by} removed you` : 'You were removed'} as an observer of ${item.title} (${item.key}). ${seesItStill ? 'You can still open it, and are taken out of its chat.' : 'You no longer have access to it or its chat.'}`

export const invitedToChat = (by: string, chat: string, isPublic: boolean) =>
  `${by} invited you to the ${isPublic ? 'public' : 'private'} chat ${chat}.`

export const mentionedInChat = (by: string, chat: string) => `${by} mentioned you in ${chat}.`

export const chatShared = (item: Named, shared: boolean) =>
  shared
    ? `The chat of ${item.title} (${item.key}) is shared with another organisation now. Its people can read along; none of them becomes an observer.`
    : `The chat of ${item.title} (${item.key}) is no longer shared with another organisation.`

export const needsAdministrator = (workspace: string, why: string) =>
  `${workspace} needs an administrator. ${why} Until then Ringside keeps in mind what is to be done, and tries again once a day or when somebody asks.`

export const openedToAll = (item: Named, why: string) => `The chat of ${item.title} (${item.key}) is no longer private. ${why}`

/** Somebody is in an item's chat and cannot be an observer of the item; whoever added them reads it. */
export const strangerInChat = (name: string, key: string) =>
  `${name} belongs to another organisation: they can take part in this chat, and do not become an observer of ${key}.`

export const guestInChat = (name: string, key: string) =>
  `${name} is a guest: they can take part in this chat, and do not become an observer of ${key}.`

export const guestNotBroughtIn = (name: string) =>
  `${name} has the account of a guest in the chat system. Ringside brings no guests in by itself; a member of the chat can invite them.`

export const guestSentOut = (name: string) =>
  `${name} is a guest, and guests are not let into the chats of items here. They are taken out again.`

export const nobodyInCrm = (name: string, email: string | null, key: string, platform: string) =>
  email
    ? `${name} can take part in this chat, and does not become an observer of ${key}: nobody in the CRM has the address ${email}.`
    : `${name} can take part in this chat, and does not become an observer of ${key}: ${platform} does not show their e-mail address.`

/** Somebody was found in a chat that had been open to all. */
export const wasThere = (name: string, key: string) =>
  `${name} was in the chat when it was open to everybody, and nobody becomes an observer by that. Add them as an observer of ${key}, or take them out of the chat.`

export const stillRefused = (name: string, why: string) => (why.includes(name) ? why : `${name}: ${why}`)

export const agreedAgain = (item: Named) => `Everybody of ${item.title} (${item.key}) is where they should be.`

export const noAccount = (name: string, platform: string, email: string | null) =>
  email
    ? `${name} has no account in ${platform} with the address ${email}.`
    : `${name} has no e-mail address, so their account in ${platform} cannot be found.`

export type WhyFacts = {
  readonly name: string
  readonly key: string
  readonly responsible: boolean
  readonly listed: boolean
  readonly inChat: boolean
  readonly settled: boolean
  /** Has been in the chat. */
  readonly beenInside: boolean
  readonly chatOpen: boolean
  /** "Cid added them on 3 November, 14:02", where it is known. */
  readonly listedHow: string | null
  readonly leftOn: string | null
  readonly pending: 'admit' | 'list' | 'expel' | null
  readonly refused: string | null
}

/** Why somebody is, or is not, where one would expect them (U2). */
export function whySentence(facts: WhyFacts): string {
  const { name, key } = facts
  const listing = facts.responsible ? `is responsible for ${key}` : `observes ${key}`
  const how = facts.listedHow ? ` ${facts.listedHow}.` : ''
  if (facts.listed && facts.inChat) return `${name} is in this chat because ${name} ${listing}.${how}`
  if (facts.inChat && facts.refused) return `${name} is in this chat and does not observe ${key}. ${facts.refused}`
  if (facts.inChat)
    return `${name} is in this chat and does not observe ${key}${facts.pending === 'expel' ? ' any more; they are being taken out' : ''}.`
  if (!facts.listed) return `${name} has no place at ${key}: neither named on it nor in its chat.`
  if (!facts.chatOpen) return `${name} ${listing}.${how} There is no chat yet.`
  if (facts.refused) return `${name} ${listing} but is not in the chat. ${facts.refused}`
  if (facts.settled && !facts.beenInside)
    return `${name} ${listing} and was to stay out of the chat.${how} They are not added to it unless somebody invites them.`
  if (facts.settled) {
    return `${name} ${listing} but left the chat${facts.leftOn ? ` on ${facts.leftOn}` : ''}. They are not added again unless somebody invites them.`
  }
  return `${name} ${listing} and is being added to the chat.${how}`
}

/** Fits on one screen of a phone. */
export const discussHelp = (command: string, notes: readonly string[]) =>
  [
    `${command} deal 42 opens the chat of an item, with its responsible person and all its observers in it.`,
    `${command} acme looks for items by their words; ${command} new chat makes a private chat of your own.`,
    'In the chat of an item:',
    `${command} who · who is on the item, who is in the chat, and who stays out of it`,
    `${command} why @person · why somebody is in it, or is not`,
    `${command} add @person @group · makes them observers and brings them in`,
    `${command} remove @person · takes them off the item and out of the chat`,
    `${command} leave · out of the chat; you go on observing`,
    `${command} status · what is agreed, what waits, and who can mend what was refused`,
    `${command} rename new name · gives the chat another name`,
    `${command} help · shows this`,
    ...notes,
  ].join('\n')

export const discussed = (item: Named, created: boolean, missing: readonly string[]) =>
  [created ? `The chat of ${item.title} (${item.key}) is open.` : `Opened the chat of ${item.title} (${item.key}).`, ...missing].join('\n')

export const freshChatOpened = (item: Named, missing: readonly string[]) =>
  [
    `The discussion of ${item.title} (${item.key}) goes on in a fresh chat. Whoever joins it sees nothing of the one before.`,
    ...missing,
  ].join('\n')

type NotBroughtIn = { readonly name: string; readonly outcome: Outcome }

/** One sentence for each person who was refused, and one for all who have to wait. */
export function notBroughtIn(people: readonly NotBroughtIn[]): readonly string[] {
  const waiting = people.filter(({ outcome }) => outcome.kind === 'later' || outcome.kind === 'uncertain')
  const refused = people.flatMap(({ name, outcome }) => {
    if (outcome.kind !== 'refused' && outcome.kind !== 'impossible') return []
    return [outcome.why.includes(name) ? outcome.why : `${name}: ${outcome.why}`]
  })
  if (waiting.length === 0) return refused
  const names = waiting.map(({ name }) => name)
  return [...refused, `Not in the chat yet: ${names.join(', ')}. Ringside tries again by itself, soon.`]
}

export const severalHits = (words: string, more: boolean) =>
  `Several items match “${words}”${more ? '; here are the latest' : ''}. Which one do you want to discuss?`

export const notAMember = (name: string | null, email: string | null) => {
  if (!name) return 'Who you are is not shown to Ringside, so you cannot be matched with anybody in the CRM. An administrator can help.'
  return email
    ? `${name}, nobody in the CRM has the address ${email}. An administrator can give you that address there.`
    : `${name}, your e-mail address is hidden, so you cannot be matched with anybody in the CRM. An administrator can help.`
}

/** Nobody counts so many seconds. */
const SECONDS_MAX = 90

function about(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000))
  return seconds > SECONDS_MAX ? `${Math.ceil(seconds / 60)} minutes` : seconds === 1 ? 'a second' : `${seconds} seconds`
}

export const opensLater = (item: Named, platform: string, afterMs: number) =>
  `${platform} is busy. The chat of ${item.title} (${item.key}) opens in about ${about(afterMs)}, and you will get its link here.`

export const waitsItsTurn = (platform: string, afterMs: number) =>
  `${platform} takes only so many changes a minute. This one has its turn in about ${about(afterMs)}.`

export const askWhyInChat = (platform: string) => `Ask this in the chat of an item, in ${platform}.`

export const whoIsThat = (words: string) => `I can't tell who ${words || 'that'} is. Mention one person after the word why.`
