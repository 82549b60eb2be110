import { and, asc, eq, gt, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { Viewer } from '../src/core/access.ts'
import { type GroupAction, NEEDS, type Selection, STEP_ITEMS, type Wish } from '../src/core/group-action.ts'
import { type ItemType, keyOf } from '../src/core/item.ts'
import { matching, observedBy } from './item-selection.ts'
import type { Tx } from './open.ts'
import { reachedBy } from './rights.ts'
import { item, link, observer } from './schema.ts'

/** The items that a group action is about, and what would become of them. Nothing here writes. */

export type Asked = {
  readonly action: GroupAction
  readonly viewer: Viewer
  readonly selection: Selection
  readonly people: readonly string[]
  /** Whose places are handed over, where it is all of one person's. */
  readonly from: string | null
  readonly wishes: readonly Wish[]
}

/** What is selected and may be seen. */
export function selected(tx: Tx, { viewer, selection, from }: Pick<Asked, 'viewer' | 'selection' | 'from'>): SQL {
  const filter = 'ids' in selection ? { among: selection.ids } : { ...selection.filter, except: selection.except }
  const theirs = from === null ? undefined : or(eq(item.responsibleId, from), observedBy(tx, from))
  return and(matching(tx, viewer, filter), theirs) ?? sql`true`
}

/** May the one who asks do this at the item of the row? An observer's place is handed over by whoever may appoint observers. */
export function allowedTo(tx: Tx, { action, viewer, from }: Pick<Asked, 'action' | 'viewer' | 'from'>): SQL {
  const needed = reachedBy(tx, viewer, NEEDS[action])
  if (from === null) return needed
  return sql`case when ${item.responsibleId} is not distinct from ${from} then ${needed} else ${reachedBy(tx, viewer, 'appoint')} end`
}

/** The next items after `cursor`, by their ids. */
export async function pageAfter(tx: Tx, asked: Asked, cursor: string | null): Promise<readonly string[]> {
  if ('ids' in asked.selection) {
    const left = [...new Set(asked.selection.ids)].toSorted().filter((id) => cursor === null || id > cursor)
    return left.slice(0, STEP_ITEMS)
  }
  const rows = await tx
    .select({ id: item.id })
    .from(item)
    .where(and(selected(tx, asked), cursor === null ? undefined : gt(item.id, cursor)))
    .orderBy(asc(item.id))
    .limit(STEP_ITEMS)
  return rows.map(({ id }) => id)
}

export async function countSelected(tx: Tx, asked: Asked): Promise<number> {
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(item)
    .where(selected(tx, asked))
  return row?.n ?? 0
}

/** Items of one type where the one who asks may, or may not: how many, how many would change, and how many of these have a chat. */
export type Kind = {
  readonly type: ItemType
  readonly allowed: boolean
  readonly items: number
  readonly changing: number
  readonly chats: number
}

export async function kindsOf(tx: Tx, asked: Asked): Promise<readonly Kind[]> {
  const observing = tx
    .select({ itemId: observer.itemId, people: sql<string[]>`array_agg(${observer.personId})`.as('people') })
    .from(observer)
    .where(inArray(observer.personId, asked.people.length > 0 ? [...asked.people] : ['']))
    .groupBy(observer.itemId)
    .as('observing')
  const judged = tx
    .select({
      type: item.type,
      allowed: sql<boolean>`${allowedTo(tx, asked)}`.as('allowed'),
      changes: sql<boolean>`${changes(asked, sql`${observing.people}`)}`.as('changes'),
      linkId: link.id,
    })
    .from(item)
    .leftJoin(observing, eq(observing.itemId, item.id))
    .leftJoin(link, and(eq(link.organisationId, item.organisationId), eq(link.itemId, item.id)))
    .where(selected(tx, asked))
    .as('judged')
  return tx
    .select({
      type: judged.type,
      allowed: judged.allowed,
      items: sql<number>`count(*)::int`,
      changing: sql<number>`(count(*) filter (where ${judged.changes}))::int`,
      chats: sql<number>`(count(*) filter (where ${judged.changes} and ${judged.linkId} is not null))::int`,
    })
    .from(judged)
    .groupBy(judged.type, judged.allowed)
}

/** Would the item of this row change, if the one who asks may? `there`: who of the people observes it, or null. */
function changes({ action, from, wishes, people }: Asked, there: SQL): SQL {
  switch (action) {
    case 'add-observers':
      return sql`exists (select 1 from ${wishTable(wishes)} where w.type = ${item.type} and w.code is null and w.person <> ''
        and w.person is distinct from ${item.responsibleId} and not (w.person = any(coalesce(${there}, '{}'))))`
    case 'remove-observers':
      return sql`${there} is not null`
    case 'discuss':
      return sql`(${link.id} is null or ${link.state} = 'gone')`
    case 'hand-over': {
      const welcome = sql`exists (select 1 from ${wishTable(wishes)} where w.type = ${item.type} and w.code is null)`
      return from === null ? sql`(${welcome} and ${item.responsibleId} is distinct from ${people[0] ?? ''})` : welcome
    }
  }
}

/** As a table `w` of type, person and code. */
export const wishTable = (wishes: readonly Wish[]): SQL =>
  sql`jsonb_to_recordset(${JSON.stringify(wishes)}::jsonb) as w(type text, person text, code text)`

/** Some of the items of a kind, to be looked at. */
export async function examplesOf(tx: Tx, asked: Asked, kind: Pick<Kind, 'type' | 'allowed'>, limit: number) {
  const rows = await tx
    .select({ id: item.id, type: item.type, number: item.number, title: item.title })
    .from(item)
    .where(and(selected(tx, asked), eq(item.type, kind.type), sql`${allowedTo(tx, asked)} = ${kind.allowed}`))
    .orderBy(asc(item.id))
    .limit(limit)
  return rows.map(({ id, type, number, title }) => ({ id, key: keyOf(type, number), title }))
}
