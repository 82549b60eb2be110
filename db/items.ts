import { and, asc, count, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Viewer } from '../src/core/access.ts'
import { asItemId, asPersonId, type OrganisationId } from '../src/core/ids.ts'
import { type ItemFacts, type ItemType, keyOf, listedPeople } from '../src/core/item.ts'
import { type ItemFilter, matching } from './item-selection.ts'
import type { Tx } from './open.ts'
import { item, itemChange, link, observer, seat } from './schema.ts'

/** The built-in CRM: items, their observers, and every change of either. */

export type ItemRow = typeof item.$inferSelect
export type ObserverRow = typeof observer.$inferSelect
export type ChangeRow = typeof itemChange.$inferSelect
export type ItemWithObservers = { readonly row: ItemRow; readonly observers: readonly ObserverRow[] }

export type Cursor = { readonly at: Date; readonly id: string }

export function factsOf({ row, observers }: ItemWithObservers): ItemFacts {
  return {
    id: asItemId(row.id),
    type: row.type,
    key: keyOf(row.type, row.number),
    title: row.title,
    responsible: row.responsibleId ? asPersonId(row.responsibleId) : null,
    observers: observers.map((entry) => asPersonId(entry.personId)),
    revision: row.revision,
  }
}

/** Also one that was deleted: for telling those who may have it on the screen, never for showing it. */
export async function itemThatWas(tx: Tx, id: string): Promise<ItemWithObservers | null> {
  const [row] = await tx.select().from(item).where(eq(item.id, id))
  return row ? { row, observers: (await observersOf(tx, [id])).get(id) ?? [] } : null
}

export async function itemById(tx: Tx, id: string): Promise<ItemWithObservers | null> {
  const [found] = await itemsById(tx, [id])
  return found ?? null
}

/** In the order asked, without the deleted and the unknown. */
export async function itemsById(tx: Tx, ids: readonly string[]): Promise<readonly ItemWithObservers[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .select()
    .from(item)
    .where(and(inArray(item.id, [...ids]), isNull(item.deletedAt)))
  const observers = await observersOf(tx, ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [{ row, observers: observers.get(id) ?? [] }] : []
  })
}

/** The items in whose chats this person is, the latest change first. */
export async function itemsOfInsider(tx: Tx, personId: string, limit: number): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: item.id })
    .from(seat)
    .innerJoin(link, and(eq(link.organisationId, seat.organisationId), eq(link.id, seat.linkId)))
    .innerJoin(item, and(eq(item.organisationId, link.organisationId), eq(item.id, link.itemId), isNull(item.deletedAt)))
    .where(and(eq(seat.personId, personId), eq(seat.inChat, true)))
    .orderBy(desc(item.updatedAt), desc(item.id))
    .limit(limit)
  return rows.map((row) => row.id)
}

/** Holds the item until the transaction ends, so that its list changes one writer at a time. */
export async function lockItem(tx: Tx, id: string): Promise<ItemWithObservers | null> {
  const [row] = await tx
    .select()
    .from(item)
    .where(and(eq(item.id, id), isNull(item.deletedAt)))
    .for('update')
  if (!row) return null
  return { row, observers: (await observersOf(tx, [id])).get(id) ?? [] }
}

/**
 * The page of items that this viewer may see, newest change first; with the number that match in all, and per type
 * when the filter's own type is left aside. What one may not see is not counted either (O3).
 */
export async function listItems(tx: Tx, viewer: Viewer, filter: ItemFilter, cursor: Cursor | null, limit: number) {
  const anyType = matching(tx, viewer, { ...filter, type: undefined })
  const found = filter.type ? and(anyType, eq(item.type, filter.type)) : anyType
  const after = cursor ? or(lt(item.updatedAt, cursor.at), and(eq(item.updatedAt, cursor.at), lt(item.id, cursor.id))) : undefined
  const rows = await tx
    .select()
    .from(item)
    .where(and(found, after))
    .orderBy(desc(item.updatedAt), desc(item.id))
    .limit(limit + 1)
  const perType = await tx.select({ type: item.type, n: count() }).from(item).where(anyType).groupBy(item.type)
  const page = rows.slice(0, limit)
  const observers = await observersOf(
    tx,
    page.map((row) => row.id),
  )
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => ({ row, observers: observers.get(row.id) ?? [] })),
    next: last ? { at: last.updatedAt, id: last.id } : null,
    counts: Object.fromEntries(perType.map((row) => [row.type, row.n])) as Record<string, number>,
    total: perType.filter((row) => !filter.type || row.type === filter.type).reduce((sum, row) => sum + row.n, 0),
  }
}

export async function itemByNumber(tx: Tx, type: ItemType, number: number): Promise<ItemWithObservers | null> {
  const [row] = await tx
    .select()
    .from(item)
    .where(and(eq(item.type, type), eq(item.number, number), isNull(item.deletedAt)))
    .limit(1)
  return row ? { row, observers: (await observersOf(tx, [row.id])).get(row.id) ?? [] } : null
}

export async function nextNumber(tx: Tx, type: ItemType): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(current_setting('app.organisation') || ${type}))`)
  const [row] = await tx
    .select({ max: sql<number | null>`max(${item.number})` })
    .from(item)
    .where(eq(item.type, type))
  return (row?.max ?? 0) + 1
}

async function observersOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ObserverRow[]>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(observer)
    .where(inArray(observer.itemId, [...ids]))
    .orderBy(asc(observer.addedAt), asc(observer.personId))
  return Map.groupBy(rows, (row) => row.itemId)
}

/** Everybody who was taken off the item at some moment after `since`, by whether they are on it again. */
export async function takenOffSince(tx: Tx, current: ItemWithObservers, since: number) {
  const rows = await tx
    .selectDistinct({ personId: itemChange.personId })
    .from(itemChange)
    .where(and(eq(itemChange.itemId, current.row.id), eq(itemChange.what, 'unlisted'), gt(itemChange.revision, since)))
  const listed = listedPeople(factsOf(current))
  const people = rows.flatMap((row) => (row.personId ? [asPersonId(row.personId)] : []))
  return { relisted: people.filter((id) => listed.has(id)), removed: people.filter((id) => !listed.has(id)) }
}

export type Change = Omit<typeof itemChange.$inferInsert, 'organisationId' | 'itemId' | 'revision' | 'at'>

/** Writes one new revision of an item with everything that it changes. */
export async function writeRevision(
  tx: Tx,
  current: ItemWithObservers,
  values: Partial<Pick<ItemRow, 'title' | 'stage' | 'amount' | 'currency' | 'responsibleId' | 'deletedAt'>>,
  changes: readonly Change[],
  at: Date,
): Promise<number> {
  const { organisationId, id } = current.row
  const revision = current.row.revision + 1
  await tx
    .update(item)
    .set({ ...values, revision, updatedAt: at })
    .where(eq(item.id, id))
  if (changes.length > 0) {
    await tx.insert(itemChange).values(changes.map((change) => ({ ...change, organisationId, itemId: id, revision, at })))
  }
  return revision
}

export async function putObservers(
  tx: Tx,
  current: ItemRow,
  people: readonly string[],
  by: { person: string | null; how: string },
  at: Date,
) {
  if (people.length === 0) return
  await tx
    .insert(observer)
    .values(
      people.map((personId) => ({
        organisationId: current.organisationId,
        itemId: current.id,
        personId,
        addedBy: by.person,
        how: by.how,
        addedAt: at,
      })),
    )
    .onConflictDoNothing()
}

export async function dropObservers(tx: Tx, itemId: string, people: readonly string[]) {
  if (people.length === 0) return
  await tx.delete(observer).where(and(eq(observer.itemId, itemId), inArray(observer.personId, [...people])))
}

export async function insertItem(
  tx: Tx,
  values: Omit<ItemRow, 'revision' | 'deletedAt' | 'organisationId'> & { organisationId: OrganisationId },
  by: { person: string | null; how: string },
): Promise<void> {
  await tx.insert(item).values({ ...values, revision: 1 })
  await tx.insert(itemChange).values({
    organisationId: values.organisationId,
    itemId: values.id,
    revision: 1,
    what: 'created',
    byId: by.person,
    how: by.how,
    at: values.updatedAt,
  })
}

/** Newest first. */
export async function changesOf(tx: Tx, itemId: string, before: number | null, limit: number): Promise<readonly ChangeRow[]> {
  return tx
    .select()
    .from(itemChange)
    .where(and(eq(itemChange.itemId, itemId), before === null ? undefined : lt(itemChange.id, before)))
    .orderBy(desc(itemChange.id))
    .limit(limit)
}
