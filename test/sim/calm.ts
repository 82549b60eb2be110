import { eq, isNotNull, max } from 'drizzle-orm'
import { act, evidence, inbox, link, seat } from '../../db/schema.ts'
import type { LinkRow, SeatRow } from '../../db/links.ts'
import { SWEEP_MS } from '../../src/engine/engine.ts'
import type { Item } from './cast.ts'
import type { Stage } from './stage.ts'

export type LinkSeen = {
  readonly item: Item
  /** Why it is too early to judge the item; null when it is calm. */
  readonly busy: string | null
  /** The last turn went through to its end. */
  readonly finished: boolean
  readonly held: readonly string[]
  readonly seats: ReadonlyMap<string, { readonly listed: boolean; readonly inChat: boolean }>
}

/** Nothing follows for an item whose chat was deleted, until somebody presses Discuss. */
export const GONE = 'its chat was deleted'

/** How every linked item stands in the database. */
export async function readLinks(stage: Stage): Promise<readonly LinkSeen[]> {
  const { db } = stage.database
  const links = await db.select().from(link)
  if (links.length === 0) return []
  const seats = await db.select().from(seat)
  const told = await db.select({ link: evidence.linkId }).from(evidence)
  const waiting = await db.select({ id: inbox.deliveryId }).from(inbox).where(isNotNull(inbox.dueAt)).limit(1)
  const put = await db
    .select({ link: act.linkId, at: max(act.at) })
    .from(act)
    .where(eq(act.phase, 'later'))
    .groupBy(act.linkId)
  return links.map((row) => {
    const putOffAt = put.find((one) => one.link === row.id)?.at?.getTime()
    const own = seats.filter((one) => one.linkId === row.id)
    const busy =
      whyBusy(stage, row) ??
      (isPutOff(row, putOffAt) ? 'a move was put off' : null) ??
      whySeatsBusy(own, stage.now()) ??
      (told.some((one) => one.link === row.id) ? 'evidence waits' : null) ??
      (waiting.length > 0 ? 'a delivery waits' : null) ??
      (stage.late.chat.length + stage.late.crm.length > 0 ? 'a call is on its way' : null)
    return {
      item: row.itemId as Item,
      busy,
      finished: row.leaseUntil === null && row.why === null,
      held: row.heldRemovals ?? [],
      seats: new Map(own.map((one) => [one.personId, one])),
    }
  })
}

function whyBusy(stage: Stage, row: LinkRow): string | null {
  const chat = stage.chats.chats.get((row.chat ?? '') as never)
  if (row.state === 'gone') return GONE
  if (chat?.state !== 'open' || !chat.members.has(stage.chats.app)) return 'its chat cannot be reached'
  if (row.state !== 'open') return `its link is ${row.state}: ${row.why}`
  if (row.why !== null) return `its last turn stopped: ${row.why}`
  if (row.leaseUntil !== null) return 'its lane is held'
  if (row.dueAt === null || row.dueAt.getTime() <= stage.now()) return 'a turn is due'
  return null
}

/** The turn that put a move off comes back for it sooner than any sweep. */
function isPutOff(row: LinkRow, atMs: number | undefined): boolean {
  return atMs !== undefined && row.dueAt !== null && row.dueAt.getTime() < atMs + SWEEP_MS[0]
}

function whySeatsBusy(seats: readonly SeatRow[], nowMs: number): string | null {
  for (const one of seats) {
    if ([one.admitUntil, one.expelUntil, one.listUntil].some((until) => until !== null && until.getTime() > nowMs))
      return `an intention about ${one.personId} is open`
    if (one.refused) return `a move of ${one.personId} was refused: ${one.refused.code}`
    if (Object.keys(one.doubted).length > 0) return `${one.personId} is doubted`
  }
  return null
}

/** The next moment at which something is due, or null. */
export async function nextDue(stage: Stage): Promise<number | null> {
  const { db } = stage.database
  const links = await db.select({ dueAt: link.dueAt, leaseUntil: link.leaseUntil }).from(link)
  const arrivals = await db.select({ dueAt: inbox.dueAt, leaseUntil: inbox.leaseUntil }).from(inbox).where(isNotNull(inbox.dueAt))
  const times = [...links, ...arrivals].flatMap(({ dueAt, leaseUntil }) =>
    dueAt ? [Math.max(dueAt.getTime(), leaseUntil?.getTime() ?? 0)] : [],
  )
  times.push(...stage.late.chat, ...stage.late.crm)
  return times.length > 0 ? Math.min(...times) : null
}

/** A person has looked at the removals that were held, and lets them happen. */
export async function allowRemovals(stage: Stage): Promise<void> {
  const { db } = stage.database
  for (const row of await db.select().from(link)) {
    if (!row.heldRemovals) continue
    stage.state.released = true
    await db
      .update(link)
      .set({ allowedRemovals: row.heldRemovals, dueAt: new Date(stage.now()) })
      .where(eq(link.id, row.id))
  }
}
