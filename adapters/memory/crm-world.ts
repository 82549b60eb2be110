import type { ItemId, PersonId } from '../../src/core/ids.ts'
import { type ItemDetails, type ItemFacts, listedPeople } from '../../src/core/item.ts'
import { type Deferred, land } from './fault.ts'

export type MemoryItem = {
  facts: ItemFacts & { readonly revision: number }
  details: ItemDetails
  readonly comments: Set<string>
  state: 'here' | 'gone' | 'forbidden'
  /** Every time somebody came onto the item or went off it, oldest first. */
  readonly log: { readonly revision: number; readonly person: PersonId; readonly listed: boolean }[]
}

export type NewItem = Pick<ItemFacts, 'id'> & Partial<Omit<ItemFacts, 'id' | 'revision'>>

export type MemoryCrmWorld = ReturnType<typeof memoryCrmWorld>

/** The CRM as people use it. Acts that change nothing do not count as changes and answer false. */
export function memoryCrmWorld() {
  const items = new Map<ItemId, MemoryItem>()
  const deferred: Deferred = []

  const existing = (id: ItemId): MemoryItem => {
    const item = items.get(id)
    if (!item) throw new Error(`There never was an item ${id}`)
    return item
  }

  const change = (id: ItemId, changes: Partial<ItemFacts>): void => {
    const item = existing(id)
    const before = listedPeople(item.facts)
    const revision = item.facts.revision + 1
    item.facts = { ...item.facts, ...changes, revision }
    const now = listedPeople(item.facts)
    for (const person of before) if (!now.has(person)) item.log.push({ revision, person, listed: false })
    for (const person of now) if (!before.has(person)) item.log.push({ revision, person, listed: true })
  }

  return {
    items,
    /** Effects of calls that are still on their way. */
    deferred,
    land: (index?: number): void => land(deferred, index),

    put({ id, type = 'deal', key = 'D-1', title = 'An item', responsible = null, observers = [] }: NewItem): void {
      const facts = { id, type, key, title, responsible, observers: [...observers], revision: 1 }
      const log = [...listedPeople(facts)].map((person) => ({ revision: 1, person, listed: true }))
      items.set(id, { facts, details: { stage: 'New', amount: null, currency: null }, comments: new Set(), state: 'here', log })
    },
    list(id: ItemId, person: PersonId): boolean {
      const { observers } = existing(id).facts
      if (observers.includes(person)) return false
      change(id, { observers: [...observers, person] })
      return true
    },
    unlist(id: ItemId, person: PersonId): boolean {
      const { observers } = existing(id).facts
      if (!observers.includes(person)) return false
      change(id, { observers: observers.filter((observer) => observer !== person) })
      return true
    },
    /** Saved with the same people: a new revision, nothing else. */
    save: (id: ItemId): void => change(id, {}),
    rename: (id: ItemId, title: string): void => change(id, { title }),
    /** The former responsible person is off the item, unless also an observer. */
    reassign: (id: ItemId, person: PersonId | null): void => change(id, { responsible: person }),
    remove(id: ItemId): void {
      existing(id).state = 'gone'
    },
    forbid(id: ItemId): void {
      existing(id).state = 'forbidden'
    },
    allow(id: ItemId): void {
      existing(id).state = 'here'
    },
  }
}
