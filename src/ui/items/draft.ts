import type { Item, ItemPatch, Person } from '../data/types.ts'
import { money } from '../parts/format.ts'
import { words } from '../words.ts'

/** What the form holds while it is being edited. Amount is text until it is saved: half-typed numbers are not numbers. */
export type Draft = {
  readonly title: string
  readonly stage: string
  readonly amount: string
  readonly responsible: Person | null
  readonly observers: readonly Person[]
}

export type DraftField = keyof Draft

export function draftOf(item: Item): Draft {
  return {
    title: item.title,
    stage: item.stage,
    amount: item.amount === null ? '' : String(item.amount),
    responsible: item.responsible,
    observers: item.observers,
  }
}

const FIELDS: readonly DraftField[] = ['title', 'stage', 'amount', 'responsible', 'observers']

function same(field: DraftField, a: Draft, b: Draft): boolean {
  return plain(field, a) === plain(field, b)
}

function plain(field: DraftField, draft: Draft): string {
  if (field === 'responsible') return draft.responsible?.id ?? ''
  if (field === 'observers')
    return draft.observers
      .map((person) => person.id)
      .sort()
      .join(' ')
  return draft[field].trim()
}

export function changedFields(base: Draft, draft: Draft): readonly DraftField[] {
  return FIELDS.filter((field) => !same(field, base, draft))
}

/** Only what was touched is sent, so that two people who change different fields do not undo each other. */
export function patchOf(base: Draft, draft: Draft): ItemPatch {
  const written: Record<DraftField, () => ItemPatch> = {
    title: () => ({ title: draft.title.trim() }),
    stage: () => ({ stage: draft.stage.trim() }),
    amount: () => ({ amount: amountOf(draft.amount) }),
    responsible: () => (draft.responsible ? { responsible: draft.responsible.id } : {}),
    observers: () => ({ observers: draft.observers.map((person) => person.id) }),
  }
  return Object.assign({}, ...changedFields(base, draft).map((field) => written[field]()))
}

/** Null for an empty field; NaN for what is no number. Thousands may be grouped by spaces, commas or apostrophes. */
export function amountOf(text: string): number | null {
  const bare = text
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/,(?=\d{3}(\D|$))/g, '')
    .replace(',', '.')
  if (bare === '') return null
  return /^\d+(\.\d+)?$/.test(bare) ? Number(bare) : Number.NaN
}

export type Faults = Partial<Record<DraftField, string>>

export function faultsOf(draft: Draft): Faults {
  const amount = amountOf(draft.amount)
  return {
    ...(draft.title.trim() ? {} : { title: 'Give it a title.' }),
    ...(draft.stage.trim() ? {} : { stage: 'Choose a stage.' }),
    ...(amount !== null && !Number.isInteger(amount) ? { amount: words.wholeAmount } : {}),
    ...(amount !== null && amount > 1e12 ? { amount: 'That is more than an amount can hold.' } : {}),
  }
}

/** Somebody else saved first: what I typed stays, everything I did not touch becomes what it is now. */
export function rebased(base: Draft, draft: Draft, current: Draft): Draft {
  const mine = changedFields(base, draft)
  const kept = Object.fromEntries(mine.filter((field) => field !== 'observers').map((field) => [field, draft[field]]))
  return { ...current, ...kept, ...(mine.includes('observers') ? { observers: rebasedPeople(base, draft, current) } : {}) }
}

function rebasedPeople(base: Draft, draft: Draft, current: Draft): readonly Person[] {
  const before = new Set(base.observers.map((person) => person.id))
  const wanted = new Set(draft.observers.map((person) => person.id))
  const added = draft.observers.filter((person) => !before.has(person.id))
  const kept = current.observers.filter((person) => wanted.has(person.id) || !before.has(person.id))
  return [...kept, ...added.filter((person) => !kept.some((other) => other.id === person.id))]
}

/** "Stage: Proposal → Won", one line per field that somebody else changed meanwhile. */
export function changesBetween(before: Item, now: Item): readonly string[] {
  const lines = [
    line('Title', before.title, now.title),
    line('Stage', before.stage, now.stage),
    line('Amount', money(before.amount, before.currency), money(now.amount, now.currency)),
    line('Responsible', before.responsible?.name ?? '', now.responsible?.name ?? ''),
    ...observerLines(before, now),
  ]
  return lines.filter((text) => text !== null)
}

function line(label: string, before: string, now: string): string | null {
  return before === now ? null : `${label}: ${before || 'nothing'} → ${now || 'nothing'}`
}

function observerLines(before: Item, now: Item): readonly (string | null)[] {
  const missing = (from: Item, to: Item) =>
    from.observers.filter((one) => !to.observers.some((other) => other.id === one.id)).map((one) => one.name)
  const added = missing(now, before)
  const removed = missing(before, now)
  return [added.length ? `Observers added: ${added.join(', ')}` : null, removed.length ? `Observers removed: ${removed.join(', ')}` : null]
}
