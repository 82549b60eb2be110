import { and, asc, count, eq, inArray, min, ne, sql } from 'drizzle-orm'
import type { LinkRow, SeatRow } from './links.ts'
import type { Tx } from './open.ts'
import { HELD, link, REFUSED, seat, STUCK, WAITING } from './schema.ts'

/** Where the two sides do not agree, for whoever can mend it. Each question is answered from an index of its own. */

export type Adrift = { readonly seat: SeatRow; readonly link: LinkRow }
export type SeatKey = { readonly person: string; readonly link: string }

const KINDS = { refused: REFUSED, waiting: WAITING } as const
export type DriftKind = keyof typeof KINDS

const NOBODY_FOUND = 'no_account'

/** Without those who have lists of their own: whoever has no account, and whoever is only in the chat and cannot be listed. */
const SHOWN = sql`${seat.refused} ->> 'code' <> ${NOBODY_FOUND} and ${seat.refused} ->> 'move' <> 'list'`

/** Nothing is left to mend at an item that was deleted. */
const LIVES = sql`exists (select 1 from ${link} where ${link.organisationId} = ${seat.organisationId} and ${link.id} = ${seat.linkId} and ${link.state} <> 'gone')`

/** By person, because what stands in the way at one item stands in the way at the next. */
export async function seatsAdrift(tx: Tx, kind: DriftKind, after: SeatKey | null, limit: number): Promise<readonly Adrift[]> {
  const seats = await tx
    .select()
    .from(seat)
    .where(
      and(
        KINDS[kind],
        LIVES,
        kind === 'refused' ? SHOWN : undefined,
        after ? sql`(${seat.personId}, ${seat.linkId}) > (${after.person}, ${after.link})` : undefined,
      ),
    )
    .orderBy(asc(seat.personId), asc(seat.linkId))
    .limit(limit)
  const links = await linksById(
    tx,
    seats.map((row) => row.linkId),
  )
  return seats.flatMap((row) => {
    const at = links.get(row.linkId)
    return at ? [{ seat: row, link: at }] : []
  })
}

async function linksById(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, LinkRow>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(link)
    .where(inArray(link.id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row]))
}

export async function countAdrift(tx: Tx): Promise<Readonly<Record<DriftKind, number>>> {
  const counted = async (kind: DriftKind) => {
    const [row] = await tx
      .select({ n: count() })
      .from(seat)
      .where(and(KINDS[kind], LIVES, kind === 'refused' ? SHOWN : undefined))
    return row?.n ?? 0
  }
  return { refused: await counted('refused'), waiting: await counted('waiting') }
}

export type UnmatchedRow = { readonly person: string; readonly items: number; readonly why: string }

/** Everybody on items whose account in the chat system nobody can find (U10), each once. */
export async function unmatched(tx: Tx, after: string | null, limit: number): Promise<readonly UnmatchedRow[]> {
  const why = sql<string>`${seat.refused} ->> 'why'`
  const rows = await tx
    .select({ person: seat.personId, items: count(), why: min(why) })
    .from(seat)
    .where(
      and(REFUSED, LIVES, sql`${seat.refused} ->> 'code' = ${NOBODY_FOUND}`, after === null ? undefined : sql`${seat.personId} > ${after}`),
    )
    .groupBy(seat.personId)
    .orderBy(asc(seat.personId))
    .limit(limit)
  return rows.map((row) => ({ ...row, why: row.why ?? '' }))
}

export type UnlistedRow = { readonly link: string; readonly item: string; readonly people: number }

/** Chats with people in them who cannot become observers, as an administrator can mend; never who, which is its members' to know (C3). */
export async function unlisted(tx: Tx, after: string | null, limit: number): Promise<readonly UnlistedRow[]> {
  return tx
    .select({ link: link.id, item: link.itemId, people: count() })
    .from(seat)
    .innerJoin(link, and(eq(link.organisationId, seat.organisationId), eq(link.id, seat.linkId)))
    .where(
      and(
        REFUSED,
        ne(link.state, 'gone'),
        sql`${seat.refused} ->> 'move' = 'list' and ${seat.refused} ->> 'mender' = 'administrator'`,
        after === null ? undefined : sql`${link.id} > ${after}`,
      ),
    )
    .groupBy(link.id, link.itemId)
    .orderBy(asc(link.id))
    .limit(limit)
}

export function linksHeld(tx: Tx, after: string | null, limit: number): Promise<readonly LinkRow[]> {
  return linksWhere(tx, HELD, after, limit)
}

export function linksStuck(tx: Tx, after: string | null, limit: number): Promise<readonly LinkRow[]> {
  return linksWhere(tx, STUCK, after, limit)
}

async function linksWhere(tx: Tx, condition: typeof HELD, after: string | null, limit: number): Promise<readonly LinkRow[]> {
  return tx
    .select()
    .from(link)
    .where(and(condition, after === null ? undefined : sql`${link.id} > ${after}`))
    .orderBy(asc(link.id))
    .limit(limit)
}

/** What was refused at one item is to be tried again now, but for what needs somebody's word. */
export async function forgetRefusals(tx: Tx, linkId: string, but: string): Promise<void> {
  await tx
    .update(seat)
    .set({ refused: null })
    .where(and(eq(seat.linkId, linkId), REFUSED, ne(sql`${seat.refused} ->> 'code'`, but)))
}
