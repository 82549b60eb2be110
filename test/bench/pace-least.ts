import { MINUTE_MS, perMinute } from '../fakes/slack/tiers.ts'
import type { Change, Deal, Plan } from './pace-plan.ts'

/**
 * The fewest calls that any app could make of a day and still keep what is promised of it, found from Slack's documents and the plan
 * alone: nothing in here asks Ringside. A call is counted only where Slack has no other way, or none with fewer calls.
 *
 * - A chat is one `conversations.create`. The answer to it can be lost, and nothing but the channel itself can then say whose it is: the
 *   purpose holds that mark, and is not taken by `create` (O21: never two). The topic, the card, its pin and the bookmark are
 *   promised (K3), and each is a call of its own.
 * - People are invited together, 100 in a call (O20, O24); they are removed one by one, because Slack knows no other way (O26).
 * - Before somebody is removed the complete list is read once: a removal that rests on memory could take out somebody who was let in by
 *   a person since. Whoever is only added needs no reading: inviting somebody who is there does no harm.
 * - The card is edited where what it shows has changed: the first five observers, or how many there are (K3). Whoever joined is
 *   said in the chat in one message for each deal and act (K4). Who was added or removed is told in one direct message for each person
 *   and act (O13, O14); it may go to the person's id, so that no conversation has to be opened first.
 * - Accounts are found by address one by one, or by reading all pages of the workspace's people: whichever is less.
 */
export type Calls = ReadonlyMap<string, number>

const INVITED_AT_ONCE = 100
const PEOPLE_A_PAGE = 200
const NAMES_ON_A_CARD = 5

export function leastToOpen({ deals, scale }: Plan): Calls {
  const invitations = sum(deals, (deal) => Math.ceil((1 + deal.observers.length) / INVITED_AT_ONCE))
  const people = new Set(deals.flatMap((deal) => [deal.responsible, ...deal.observers]))
  const observers = new Set(deals.flatMap((deal) => deal.observers))
  return counted({
    'conversations.create': deals.length,
    'conversations.setPurpose': deals.length,
    'conversations.setTopic': deals.length,
    'conversations.invite': invitations,
    'chat.postMessage': deals.length + observers.size,
    'pins.add': deals.length,
    'bookmarks.add': deals.length,
    ...fewerOf({ 'users.lookupByEmail': people.size }, { 'users.list': Math.ceil(scale.accounts / PEOPLE_A_PAGE) }),
  })
}

/** For each act. People who come up for the first time are found by another page or two at most, and are not counted. */
export function leastToChange({ deals, acts }: Plan): readonly Calls[] {
  const observers = deals.map((deal: Deal) => [...deal.observers])
  return acts.map((changes) => {
    let edits = 0
    for (const { deal, add, remove } of changes) {
      const before = observers[deal]!
      const after = [...before.filter((person) => !remove.includes(person)), ...add]
      if (shownOf(before) !== shownOf(after)) edits++
      observers[deal] = after
    }
    const told = new Set(changes.flatMap(({ add, remove }) => [...add, ...remove]))
    return counted({
      'conversations.members': changes.filter(({ remove }) => remove.length > 0).length,
      'conversations.kick': sum(changes, ({ remove }) => remove.length),
      'conversations.invite': sum(changes, ({ add }) => Math.ceil(add.length / INVITED_AT_ONCE)),
      'chat.update': edits,
      'chat.postMessage': changes.filter(welcomes).length + told.size,
    })
  })
}

const welcomes = ({ add }: Change): boolean => add.length > 0
const shownOf = (observers: readonly number[]): string => `${observers.slice(0, NAMES_ON_A_CARD).join(' ')} of ${observers.length}`

/**
 * How long the tiers alone force these calls to take, when nothing was called for a minute before: a minute's calls may be made at once,
 * and each further minute brings as many. The slowest method says it. Messages have no tier, only a second between two in one channel.
 */
export function forcedMs(calls: Calls): number {
  const minutes = [...calls].map(([method, count]) => {
    const most = perMinute(method)
    return most === null || count === 0 ? 0 : Math.floor((count - 1) / most)
  })
  return Math.max(0, ...minutes) * MINUTE_MS
}

export const total = (calls: Calls): number => sum([...calls.values()], (count) => count)

export function together(all: readonly Calls[]): Calls {
  const whole = new Map<string, number>()
  for (const calls of all) for (const [method, count] of calls) whole.set(method, (whole.get(method) ?? 0) + count)
  return whole
}

const counted = (calls: Readonly<Record<string, number>>): Calls => new Map(Object.entries(calls))

const fewerOf = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) =>
  total(counted(one)) <= total(counted(other)) ? one : other

const sum = <Value>(values: readonly Value[], of: (value: Value) => number): number => values.reduce((all, value) => all + of(value), 0)
