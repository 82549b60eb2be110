import { and, asc, desc, eq, gt } from 'drizzle-orm'
import { listedPeople } from '../src/core/item.ts'
import { asPersonId } from '../src/core/ids.ts'
import { type Change, type ChangeRow, dropObservers, factsOf, type ItemWithObservers, putObservers, writeRevision } from './items.ts'
import type { Tx } from './open.ts'
import { itemChange } from './schema.ts'

export type Edit = {
  readonly title?: string | undefined
  readonly stage?: string | undefined
  readonly amount?: number | null | undefined
  readonly currency?: string | undefined
  readonly responsible?: string | undefined
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
}

export type EditAuthor = { readonly person: string | null; readonly how: string }

export type Edited = {
  readonly revision: number
  /** People who are named on the item since this edit, and people who no longer are. */
  readonly listed: readonly string[]
  readonly unlisted: readonly string[]
}

/**
 * Changes an item in one revision, and writes who came and went. The caller holds the item (`lockItem`).
 * Nothing to change writes nothing. A former responsible person goes on as an observer unless `keepFormer` is false.
 */
export async function editItem(
  tx: Tx,
  current: ItemWithObservers,
  edit: Edit,
  author: EditAuthor,
  keepFormer: boolean,
  at: Date,
): Promise<Edited> {
  const { row } = current
  const observers = new Set(current.observers.map((entry) => entry.personId))
  const responsible = edit.responsible ?? row.responsibleId
  const handedOver = row.responsibleId !== null && responsible !== row.responsibleId
  const former = handedOver && keepFormer && row.responsibleId && !edit.remove?.includes(row.responsibleId) ? [row.responsibleId] : []

  const added = [...new Set([...(edit.add ?? []), ...former])].filter((id) => !observers.has(id))
  const removed = (edit.remove ?? []).filter((id) => observers.has(id))
  const before = listedPeople(factsOf(current))
  const after = listedPeople({
    responsible: responsible ? asPersonId(responsible) : null,
    observers: [...observers]
      .filter((id) => !removed.includes(id))
      .concat(added)
      .map(asPersonId),
  })
  const listed = [...after].filter((id) => !before.has(id))
  const unlisted = [...before].filter((id) => !after.has(id))

  const fields = fieldChanges(current, edit, author)
  const people: Change[] = [
    ...listed.map((personId): Change => ({ what: 'listed', personId, byId: author.person, how: author.how })),
    ...unlisted.map((personId): Change => ({ what: 'unlisted', personId, byId: author.person, how: author.how })),
  ]
  if (fields.length + people.length + added.length + removed.length === 0) return { revision: row.revision, listed, unlisted }

  await putObservers(tx, row, former, { person: author.person, how: 'handover' }, at)
  await putObservers(tx, row, added, author, at) // Whoever is there by now stays as they came.
  await dropObservers(tx, row.id, removed)
  const revision = await writeRevision(tx, current, valuesOf(edit), [...fields, ...people], at)
  return { revision, listed, unlisted }
}

function valuesOf({ title, stage, amount, currency, responsible }: Edit) {
  return {
    ...(title !== undefined && { title }),
    ...(stage !== undefined && { stage }),
    ...(amount !== undefined && { amount }),
    ...(currency !== undefined && { currency }),
    ...(responsible !== undefined && { responsibleId: responsible }),
  }
}

function fieldChanges({ row }: ItemWithObservers, edit: Edit, author: EditAuthor): Change[] {
  const pairs = [
    ['title', row.title, edit.title],
    ['stage', row.stage, edit.stage],
    ['amount', row.amount, edit.amount],
    ['responsible', row.responsibleId, edit.responsible],
  ] as const
  return pairs.flatMap(([what, before, after]): Change[] =>
    after === undefined || after === before
      ? []
      : [{ what, before: textOf(before), after: textOf(after), byId: author.person, how: author.how }],
  )
}

const textOf = (value: string | number | null) => (value === null ? null : String(value))

/** Oldest first. */
export function changesAfter(tx: Tx, itemId: string, after: number, limit: number): Promise<ChangeRow[]> {
  return tx
    .select()
    .from(itemChange)
    .where(and(eq(itemChange.itemId, itemId), gt(itemChange.id, after)))
    .orderBy(asc(itemChange.id))
    .limit(limit)
}

/** 0 where none is known. */
export async function lastChangeOf(tx: Tx, itemId: string): Promise<number> {
  const [row] = await tx
    .select({ id: itemChange.id })
    .from(itemChange)
    .where(eq(itemChange.itemId, itemId))
    .orderBy(desc(itemChange.id))
    .limit(1)
  return row?.id ?? 0
}
