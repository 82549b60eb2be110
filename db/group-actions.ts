import { and, asc, count, desc, eq, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { asOrganisationId, type OrganisationId } from '../src/core/ids.ts'
import type { Database, Tx } from './open.ts'
import { groupAction, groupRefusal, link } from './schema.ts'

/** Group actions as they were asked for, who works on them, and what they were refused. */

export type GroupActionRow = typeof groupAction.$inferSelect
export type RefusalRow = typeof groupRefusal.$inferSelect

export async function insertGroupAction(tx: Tx, values: typeof groupAction.$inferInsert): Promise<GroupActionRow> {
  const [row] = await tx.insert(groupAction).values(values).returning()
  if (!row) throw new Error('A group action that was just written could not be read.')
  return row
}

export async function groupActionById(tx: Tx, id: string): Promise<GroupActionRow | null> {
  const [row] = await tx.select().from(groupAction).where(eq(groupAction.id, id)).limit(1)
  return row ?? null
}

/** The newest first. */
export async function groupActionsOf(
  tx: Tx,
  byId: string,
  before: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<readonly GroupActionRow[]> {
  const after = before
    ? or(lt(groupAction.createdAt, before.at), and(eq(groupAction.createdAt, before.at), lt(groupAction.id, before.id)))
    : undefined
  return tx
    .select()
    .from(groupAction)
    .where(and(eq(groupAction.byId, byId), after))
    .orderBy(desc(groupAction.createdAt), desc(groupAction.id))
    .limit(limit)
}

export async function unfinishedOf(tx: Tx, byId: string): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(groupAction)
    .where(and(eq(groupAction.byId, byId), eq(groupAction.state, 'working')))
  return row?.n ?? 0
}

/** What ended before then is forgotten, with its refusals. */
export async function forgetGroupActions(tx: Tx, byId: string, before: Date): Promise<void> {
  await tx.delete(groupAction).where(and(eq(groupAction.byId, byId), lt(groupAction.endedAt, before)))
}

export async function updateGroupAction(tx: Tx, id: string, values: Partial<typeof groupAction.$inferInsert>): Promise<void> {
  await tx.update(groupAction).set(values).where(eq(groupAction.id, id))
}

export type DueGroup = { readonly organisation: OrganisationId; readonly action: string }

/** Whoever waited longest first. Reads across organisations, as the owner of the tables. */
export async function dueGroups(db: Database, now: Date, limit: number): Promise<readonly DueGroup[]> {
  const rows = await db
    .select({ organisation: groupAction.organisationId, action: groupAction.id })
    .from(groupAction)
    .where(and(isNotNull(groupAction.dueAt), lte(groupAction.dueAt, now), isFree(now)))
    .orderBy(asc(groupAction.dueAt))
    .limit(limit)
  return rows.map((row) => ({ organisation: asOrganisationId(row.organisation), action: row.action }))
}

const isFree = (now: Date) => or(isNull(groupAction.leaseUntil), lte(groupAction.leaseUntil, now))

/** Takes the action on for a while: null when somebody else works on it, or it is at its end. The fence ends whoever was slower than their lease. */
export async function takeGroupAction(tx: Tx, id: string, now: Date, leaseMs: number): Promise<GroupActionRow | null> {
  const [row] = await tx
    .update(groupAction)
    .set({ fence: sql`${groupAction.fence} + 1`, leaseUntil: new Date(now.getTime() + leaseMs) })
    .where(and(eq(groupAction.id, id), eq(groupAction.state, 'working'), isFree(now)))
    .returning()
  return row ?? null
}

/** Holds the action until the transaction ends; null when it is somebody else's by now. */
export async function holdGroupAction(tx: Tx, id: string, fence: number): Promise<GroupActionRow | null> {
  const [row] = await tx.select().from(groupAction).where(eq(groupAction.id, id)).for('update')
  return row?.fence === fence && row.state === 'working' ? row : null
}

/** In the order of the items. */
export async function refusalsOf(
  tx: Tx,
  actionId: string,
  after: { readonly item: string; readonly person: string } | null,
  limit: number,
): Promise<readonly RefusalRow[]> {
  return tx
    .select()
    .from(groupRefusal)
    .where(
      and(
        eq(groupRefusal.actionId, actionId),
        after ? sql`(${groupRefusal.itemId}, ${groupRefusal.personId}) > (${after.item}, ${after.person})` : undefined,
      ),
    )
    .orderBy(asc(groupRefusal.itemId), asc(groupRefusal.personId))
    .limit(limit)
}

/** How often something was refused, by what and to whom. */
export async function reasonsOf(tx: Tx, actionId: string, limit: number) {
  return tx
    .select({ code: groupRefusal.code, personId: groupRefusal.personId, type: groupRefusal.type, items: sql<number>`count(*)::int` })
    .from(groupRefusal)
    .where(eq(groupRefusal.actionId, actionId))
    .groupBy(groupRefusal.code, groupRefusal.personId, groupRefusal.type)
    .orderBy(desc(sql`count(*)`), asc(groupRefusal.code), asc(groupRefusal.personId))
    .limit(limit)
}

/** Of the chats that an action changed last: how many have a turn ahead of them, and how many removals the safety stop holds back. */
export async function chatsOfGroup(tx: Tx, actionId: string, now: Date): Promise<{ readonly pending: number; readonly waiting: number }> {
  const [row] = await tx
    .select({
      pending: sql<number>`(count(*) filter (where ${link.dueAt} <= ${now.toISOString()}))::int`,
      waiting: sql<number>`coalesce(sum(jsonb_array_length(${link.heldRemovals})), 0)::int`,
    })
    .from(link)
    .where(eq(link.groupActionId, actionId))
  return row ?? { pending: 0, waiting: 0 }
}

/** Lets the removals happen that wait in the chats of an action, this once; returns how many chats look again. */
export async function allowRemovalsOfGroup(tx: Tx, actionId: string, at: Date): Promise<number> {
  const rows = await tx
    .update(link)
    .set({
      allowedRemovals: sql`${link.heldRemovals}`,
      news: sql`${link.news} + 1`,
      dueAt: sql`least(${link.dueAt}, ${at.toISOString()}::timestamptz)`,
    })
    .where(and(eq(link.groupActionId, actionId), isNotNull(link.heldRemovals)))
    .returning({ id: link.id })
  return rows.length
}
