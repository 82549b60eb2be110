import type { Mender } from '../failure.ts'

/** Sentences about who is on an item and in its chat, as they are said in a chat system. */

export const askedElsewhere = (platform: string) => `Ask this in the chat of an item, in ${platform}.`

export const noChatYet = (key: string) => `${key} has no chat yet. Discuss it first, and its people come in.`

export const noPersonFor = (name: string, email: string | null) =>
  email
    ? `${name} has no person in the CRM with the address ${email}. An administrator can give that address to somebody there.`
    : `${name} has no e-mail address that Ringside can see, so nobody in the CRM can be matched. An administrator can help.`

export const nobodyKnown = 'Somebody among them is not shown to Ringside, so they cannot be matched with anybody in the CRM.'

export const isAnApp = (name: string) => `${name} is an app, and only people can observe an item.`

export const isAGuest = (name: string, platform: string) =>
  `${name} is a guest in ${platform}. Guests are never written to the CRM; a member can invite them to the chat itself.`

export const isSwitchedOff = (name: string, platform: string) => `${name}'s account in ${platform} is switched off.`

export const whoIsCalled = (words: string) => `I can't tell who “${words}” is. Mention them with @.`

export const severalAreCalled = (words: string) => `Several people are called “${words}”. Mention the one you mean with @.`

export const groupsDoNotFollow = 'Of a group those were added who are in it today; whoever joins it later is not.'

/** "Bob", "Bob and Cid", "Bob, Cid and Dan". */
export function enumerate(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

const verb = (names: readonly string[], one: string, many: string) => (names.length === 1 ? one : many)

/** What sending the dialog will do, as far as is known now. */
export function addingWill(key: string, { names, outside, chatExists }: AddingWish): string {
  if (names.length === 0) return 'Choose the people to add.'
  const [only] = names
  const goes = (one: string, many: string) => (names.length === 1 ? one : many)
  const how = outside
    ? `${goes('stays', 'stay')} out of its chat`
    : `${goes('joins', 'join')} its chat${chatExists ? '' : ' when it is opened'}`
  return names.length === 1
    ? `${only} becomes an observer of ${key} and ${how}.`
    : `${names.length} people become observers of ${key} and ${how}.`
}
export type AddingWish = { readonly names: readonly string[]; readonly outside: boolean; readonly chatExists: boolean }

export const cannotBeAdded = (problems: readonly string[]) =>
  problems.length === 0 ? '' : `${problems.length} cannot: ${problems.join(' ')}`

/** Where people who were just added are now. */
export type Added = {
  readonly name: string
  readonly before: boolean
  readonly inChat: boolean
  readonly outside: boolean
}

export function addedSentences(key: string, added: readonly Added[], chatExists: boolean): string[] {
  const groups = Map.groupBy(added, (one) => `${one.before} ${one.inChat} ${one.outside}`)
  return [...groups.values()].map((group) => {
    const [first] = group
    const names = group.map(({ name }) => name)
    const observes = `${enumerate(names)} ${verb(names, 'observes', 'observe')} ${key} ${first?.before ? 'already' : 'now'}`
    if (!chatExists) return `${observes}. There is no chat yet.`
    if (first?.inChat) return `${observes} and ${verb(names, 'is', 'are')} in its chat.`
    return first?.outside ? `${observes} and ${verb(names, 'stays', 'stay')} out of its chat.` : `${observes}.`
  })
}

export const staysInside = (name: string) =>
  `${name} is in the chat already. They can leave it with the button on the card, and go on observing.`

export const removedSentence = (key: string, names: readonly string[]) =>
  `${enumerate(names)} ${verb(names, 'observes', 'observe')} ${key} no longer, and ${verb(names, 'is', 'are')} out of its chat.`

export const stillInside = (key: string, name: string, why: string) => `${name} observes ${key} no longer, but is still in its chat. ${why}`

export const removedYourself = (key: string) => `You no longer observe ${key}, and are out of its chat. Somebody on it can add you again.`

export const didNotObserve = (key: string, names: readonly string[]) =>
  `${enumerate(names)} ${verb(names, 'does', 'do')} not observe ${key}.`

export const staysResponsible = (key: string, name: string) =>
  `${name} is responsible for ${key} and cannot be taken off it. Make somebody else responsible on the item first.`

export const waitsForAPerson = (names: readonly string[]) =>
  `${enumerate(names)} ${verb(names, 'waits', 'wait')} to be taken out of the chat until somebody who manages the item allows it.`

export const leftChat = (key: string, listed: 'responsible' | 'observer' | 'no') => {
  if (listed === 'no') return 'You left the chat.'
  const place = listed === 'responsible' ? `are still responsible for ${key}` : `still observe ${key}`
  return `You left the chat. You ${place}, and you can come back any time.`
}

export const notInChat = (key: string) => `You are not in the chat of ${key}.`

export const renamed = (key: string, name: string) => `The chat of ${key} is called ${name} now. Ringside does not rename it again.`

const MENDERS: Record<Mender, string> = {
  nobody: '',
  you: 'You can mend that.',
  administrator: 'An administrator can mend that.',
  'workspace-owner': 'A workspace owner can mend that.',
  member: 'A member of the chat can mend that.',
}

/** A reason with who can mend it, where the reason does not say so itself. */
export function withMender(why: string, mender: Mender): string {
  const said = /administrator|workspace owner|member can|you can/i.test(why)
  return said || MENDERS[mender] === '' ? why : `${why} ${MENDERS[mender]}`
}

export const cardIsThere = (key: string) => `The card of ${key} is in its chat, and pinned.`

export const soAFreshChat =
  'Start a fresh chat from here: it begins empty, its people move over, and this one stays as it is, linked from it.'
export const historyIsChosenThere = 'Whoever adds somebody to the chat chooses there whether they see what was said before.'
export const whoComesAlong = (names: readonly string[]) =>
  names.length > 0 ? `In the fresh chat: ${enumerate(names)}.` : 'Nobody of the item is in the chat now.'
export const orTheWorkspace = 'In the web workspace one chooses for each person who is added whether they see earlier messages.'

export const outsidersRefused =
  'Your organisation invites nobody from outside into the chats of items. An administrator can allow it in the settings.'
export const outsiderInvited = (key: string, email: string, url: string | null) =>
  `${email} is invited to the chat of ${key}, and comes in when they accept. They take part in the chat and do not observe ${key}.${url ? ` You can also send them this link: ${url}` : ''}`
export const isAColleague = (name: string) => `${name} is a colleague with that address. Add them as an observer instead.`

export const waiting = (names: readonly string[], minutes: number) =>
  `Under way: ${enumerate(names)}. Ringside looks again in about ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`

export const allAgreed = (
  key: string,
  { listed, inside, out }: { readonly listed: number; readonly inside: number; readonly out: number },
) =>
  `Everything is agreed: ${listed === 1 ? 'one person is' : `${listed} people are`} on ${key}, ${inside} in its chat${out > 0 ? `, ${out} out of it by choice` : ''}.`

export const takenOut = (names: readonly string[]) => `${enumerate(names)} ${verb(names, 'is', 'are')} taken out of the chat.`
