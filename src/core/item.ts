import type { ItemId, PersonId } from './ids.ts'

/** One line per type: how it is called, the letter of its keys, and whether it takes observers (O6, O7). */
export const ITEM_TYPES = {
  lead: { title: 'Lead', plural: 'Leads', letter: 'L', observers: true },
  deal: { title: 'Deal', plural: 'Deals', letter: 'D', observers: true },
  contact: { title: 'Contact', plural: 'Contacts', letter: 'C', observers: true },
  company: { title: 'Company', plural: 'Companies', letter: 'O', observers: true },
  invoice: { title: 'Invoice', plural: 'Invoices', letter: 'I', observers: true },
  custom: { title: 'Custom item', plural: 'Custom items', letter: 'X', observers: true },
  estimate: { title: 'Estimate', plural: 'Estimates', letter: 'E', observers: false },
  document: { title: 'Signing document', plural: 'Signing documents', letter: 'S', observers: false },
} as const

export type ItemType = keyof typeof ITEM_TYPES

export const ITEM_TYPE_NAMES = Object.keys(ITEM_TYPES) as [ItemType, ...ItemType[]]

/** What the engine needs to know of an item, from whichever CRM it comes. */
export type ItemFacts = {
  readonly id: ItemId
  readonly type: ItemType
  /** As people name it: "D-42". */
  readonly key: string
  readonly title: string
  readonly responsible: PersonId | null
  readonly observers: readonly PersonId[]
  /** Grows with every change of the item; null where the CRM has none. */
  readonly revision: number | null
}

/** What is shown of an item besides its people. */
export type ItemDetails = {
  readonly stage: string
  readonly amount: number | null
  readonly currency: string | null
}

/** Can items of this type have observers at all (O6, O7)? Whether they do here, `entitlement.ts` says. */
export function takesObservers(type: ItemType): boolean {
  return ITEM_TYPES[type].observers
}

export function isListed(item: Pick<ItemFacts, 'responsible' | 'observers'>, person: PersonId): boolean {
  return item.responsible === person || item.observers.includes(person)
}

export function listedPeople(item: Pick<ItemFacts, 'responsible' | 'observers'>): ReadonlySet<PersonId> {
  return new Set(item.responsible ? [item.responsible, ...item.observers] : item.observers)
}

export function keyOf(type: ItemType, number: number): string {
  return `${ITEM_TYPES[type].letter}-${number}`
}

/** "D-42", "d42", "deal 42", "deals #42" → the type and the number; null for anything else. */
export function parseKey(text: string): { type: ItemType; number: number } | null {
  const match = /^\s*([a-z ]+?)s?[\s#-]*(\d{1,9})\s*$/i.exec(text)
  if (!match?.[1] || !match[2]) return null
  const word = match[1].trim().toLowerCase()
  const type = ITEM_TYPE_NAMES.find((name) => isCalled(name, word))
  return type ? { type, number: Number(match[2]) } : null
}

function isCalled(type: ItemType, word: string): boolean {
  const { letter, title, plural } = ITEM_TYPES[type]
  const names = [type, letter, title, plural].map((name) => name.toLowerCase())
  return names.includes(word) || names.includes(`${word}s`) || (word.endsWith('ie') && names.includes(`${word}s`))
}
