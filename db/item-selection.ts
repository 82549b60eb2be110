import { and, eq, exists, ilike, inArray, isNull, not, or, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { RIGHTS, type Viewer } from '../src/core/access.ts'
import { type ItemType, parseKey } from '../src/core/item.ts'
import type { Tx } from './open.ts'
import { escapeLike } from './people.ts'
import { item, observer } from './schema.ts'

/** Which items are meant, as conditions on the item table: what a viewer may do with them, and what they look for. */

export type ItemFilter = {
  readonly type?: ItemType | undefined
  readonly stage?: string | undefined
  readonly query?: string | undefined
  readonly responsible?: string | undefined
  readonly observer?: string | undefined
  /** Only these, and not those. */
  readonly among?: readonly string[] | undefined
  readonly except?: readonly string[] | undefined
}

/** The items that match and that this viewer may see. What one may not see does not match (O3). */
export function matching(tx: Tx, viewer: Viewer, filter: ItemFilter): SQL | undefined {
  return and(isNull(item.deletedAt), visibleTo(tx, viewer), ...conditions(tx, filter))
}

/** The SQL twin of `access.may(viewer, 'see', …)`; a test holds the two together. */
function visibleTo(tx: Tx, viewer: Viewer): SQL | undefined {
  if (!viewer.active) return sql`false`
  const readable = viewer.unreadableTypes.length > 0 ? not(inArray(item.type, [...viewer.unreadableTypes])) : undefined
  switch (RIGHTS[viewer.role].see) {
    case 'all':
      return readable
    case 'named':
      return and(readable, inArray(item.id, namesOn(tx, viewer.id)))
    case 'none':
      return sql`false`
  }
}

/** Starts from the person and not from the items, so that a list costs as much as the person has, whatever the organisation has. */
function namesOn(tx: Tx, person: string) {
  const managed = tx.select({ id: item.id }).from(item).where(eq(item.responsibleId, person))
  const observed = tx.select({ id: observer.itemId }).from(observer).where(eq(observer.personId, person))
  return unionAll(managed, observed)
}

export function observedBy(tx: Tx, person: string): SQL {
  return exists(
    tx
      .select({ one: sql`1` })
      .from(observer)
      .where(and(eq(observer.organisationId, item.organisationId), eq(observer.itemId, item.id), eq(observer.personId, person))),
  )
}

function conditions(tx: Tx, filter: ItemFilter): (SQL | undefined)[] {
  return [
    filter.type ? eq(item.type, filter.type) : undefined,
    filter.stage ? eq(item.stage, filter.stage) : undefined,
    filter.responsible ? eq(item.responsibleId, filter.responsible) : undefined,
    filter.observer ? observedBy(tx, filter.observer) : undefined,
    filter.query ? matches(filter.query) : undefined,
    filter.among ? inArray(item.id, [...filter.among]) : undefined,
    filter.except && filter.except.length > 0 ? not(inArray(item.id, [...filter.except])) : undefined,
  ]
}

function matches(query: string): SQL | undefined {
  const key = parseKey(query)
  const words = query.trim().split(/\s+/).slice(0, 8)
  const everyWord = and(...words.map((word) => ilike(item.title, `%${escapeLike(word)}%`)))
  return key ? or(and(eq(item.type, key.type), eq(item.number, key.number)), everyWord) : everyWord
}
