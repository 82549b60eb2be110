import { type Random, randomFrom } from '../sim/random.ts'

/**
 * A large day of one company: so many deals get their chats, and then their observers change, in a few great acts with calm between
 * them, as when a team is handed over or a list is imported. People and deals are numbers; the same seed, the same day.
 */

export type Scale = {
  readonly deals: number
  readonly changes: number
  /** Great acts among which the changes are divided. */
  readonly acts: number
  /** Employees who come up in deals, and accounts that the workspace has in all. */
  readonly people: number
  readonly accounts: number
  /** What a call takes. They are made one after the other here; the worker makes two turns at once, whose calls may take twice as long. */
  readonly callMs: number
}

export const FULL: Scale = { deals: 1_000, changes: 10_000, acts: 4, people: 300, accounts: 2_000, callMs: 100 }

/** What one act does to one deal. */
export type Change = { readonly deal: number; readonly add: readonly number[]; readonly remove: readonly number[] }
export type Deal = { readonly responsible: number; readonly observers: readonly number[] }
export type Plan = { readonly scale: Scale; readonly deals: readonly Deal[]; readonly acts: readonly (readonly Change[])[] }

const OBSERVERS_FROM = 3
const OBSERVERS_MORE = 5
/** Changes that one act makes to one deal: one at least, and up to this many. */
const TOGETHER_MAX = 9

export function planDay(scale: Scale, seed: number): Plan {
  const random = randomFrom(seed)
  const deals = Array.from({ length: scale.deals }, () => someDeal(random, scale))
  const observers = deals.map((deal) => [...deal.observers])
  const acts = Array.from({ length: scale.acts }, () => someAct(random, scale, deals, observers))
  return { scale, deals, acts }
}

function someDeal(random: Random, { people }: Scale): Deal {
  const responsible = random.below(people)
  return { responsible, observers: others(random, people, OBSERVERS_FROM + random.below(OBSERVERS_MORE), [responsible]) }
}

/** Goes through the deals in no order, each at most once, until its part of the changes is made. */
function someAct(random: Random, scale: Scale, deals: readonly Deal[], observers: number[][]): readonly Change[] {
  const changes: Change[] = []
  let left = Math.round(scale.changes / scale.acts)
  for (const deal of shuffled(random, deals.keys())) {
    if (left <= 0) break
    const change = someChange(random, scale, deal, deals[deal]!, observers, Math.min(left, 1 + random.below(TOGETHER_MAX)))
    changes.push(change)
    left -= change.add.length + change.remove.length
  }
  if (left > 0) throw new Error('There are too few deals for so many changes.')
  return changes
}

function someChange(random: Random, scale: Scale, deal: number, { responsible }: Deal, observers: number[][], count: number): Change {
  const before = observers[deal]!
  const removals = Math.min(before.length - 1, Array.from({ length: count }).filter(() => random.chance(0.5)).length)
  const remove = shuffled(random, before).slice(0, Math.max(0, removals))
  const add = others(random, scale.people, count - remove.length, [responsible, ...before])
  observers[deal] = [...before.filter((person) => !remove.includes(person)), ...add]
  return { deal, add, remove }
}

/** So many people, without these. */
function others(random: Random, people: number, count: number, without: readonly number[]): number[] {
  const chosen = new Set<number>()
  while (chosen.size < count) {
    const person = random.below(people)
    if (!without.includes(person)) chosen.add(person)
  }
  return [...chosen]
}

function shuffled(random: Random, values: Iterable<number>): number[] {
  const order = [...values]
  for (let place = order.length - 1; place > 0; place--) {
    const other = random.below(place + 1)
    ;[order[place], order[other]] = [order[other]!, order[place]!]
  }
  return order
}
