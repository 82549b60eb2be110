import type { z } from '@hono/zod-openapi'
import { type Adrift, countAdrift, linksHeld, linksStuck, seatsAdrift, unlisted, unmatched } from '../../../../db/drift.ts'
import type { LinkRow } from '../../../../db/links.ts'
import { inOrganisation, type Tx } from '../../../../db/open.ts'
import { peopleById } from '../../../../db/people.ts'
import { mendItem } from '../../../engine/mend.ts'
import type { SignedIn, Surroundings } from '../../context.ts'
import { personView } from '../../present.ts'
import {
  answers,
  api,
  createRoute,
  doneSilently,
  Id,
  nextAfter,
  orProblem,
  Paging,
  readIdCursor,
  readSeatCursor,
  seatCursor,
  z as shape,
} from '../routes.ts'
import { type Drift, DriftPage, HeldPage, StuckPage, UnlistedPage, UnmatchedPage } from './contract.ts'
import { administrator, namesOfItems } from './only.ts'

/** Who is not where they should be, why not, and what mends it (U3, U7): for administrators, and page by page. */

const drift = createRoute({
  method: 'get',
  path: '/admin/drift',
  request: { query: Paging.extend({ kind: shape.enum(['refused', 'waiting']).default('refused') }) },
  responses: answers(DriftPage, '"refused": what was refused, but for people without an account. "waiting": what Ringside has yet to do.'),
})
const mend = createRoute({
  method: 'post',
  path: '/admin/items/{id}/mend',
  request: { params: Id },
  responses: doneSilently,
  description: 'Everything that was refused at this item is tried again, now.',
})
const held = createRoute({
  method: 'get',
  path: '/admin/held',
  request: { query: Paging },
  responses: answers(HeldPage, 'Removals that the safety stop holds back; POST /items/{id}/removals lets those of one item happen.'),
})
const stuck = createRoute({
  method: 'get',
  path: '/admin/stuck',
  request: { query: Paging },
  responses: answers(StuckPage, 'Chats in which Ringside cannot work until a person mends something.'),
})
const unseen = createRoute({
  method: 'get',
  path: '/admin/unlisted',
  request: { query: Paging },
  responses: answers(UnlistedPage, 'Chats with people in them who may not observe the item, as an administrator can change.'),
})
const nobody = createRoute({
  method: 'get',
  path: '/admin/unmatched',
  request: { query: Paging },
  responses: answers(
    UnmatchedPage,
    'People on items whose account in the chat system cannot be found; PATCH /people/{id} gives another address.',
  ),
})

export function driftRoutes({ engine }: Surroundings) {
  const within = <Value>({ organisation }: SignedIn, work: (tx: Tx) => Promise<Value>) => inOrganisation(engine.db, organisation, work)
  return api()
    .openapi(drift, async (c) => {
      const who = administrator(c)
      const { cursor, limit, kind } = c.req.valid('query')
      return c.json(await within(who, (tx) => driftPage(tx, who, kind, cursor, limit)), 200)
    })
    .openapi(mend, async (c) => {
      const who = c.get('signedIn')
      orProblem(await mendItem(engine, who.organisation, who.viewer, c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(held, async (c) => {
      const who = administrator(c)
      const { cursor, limit } = c.req.valid('query')
      const page = await within(who, async (tx) => {
        const rows = await linksHeld(tx, readIdCursor(cursor), limit + 1)
        const people = await peopleById(
          tx,
          rows.flatMap((row) => namedIn(row)),
        )
        return linkPage(tx, who, rows, limit, (row) => {
          const named = namedIn(row).flatMap((id) => people.get(id) ?? [])
          return { people: named.map(personView), more: (row.heldRemovals?.length ?? 0) - named.length }
        })
      })
      return c.json(page, 200)
    })
    .openapi(stuck, async (c) => {
      const who = administrator(c)
      const { cursor, limit } = c.req.valid('query')
      const page = await within(who, async (tx) =>
        linkPage(tx, who, await linksStuck(tx, readIdCursor(cursor), limit + 1), limit, ({ state, why }) => ({ state, why })),
      )
      return c.json(page, 200)
    })
    .openapi(unseen, async (c) => {
      const who = administrator(c)
      const { cursor, limit } = c.req.valid('query')
      return c.json(await within(who, (tx) => unlistedPage(tx, who, readIdCursor(cursor), limit)), 200)
    })
    .openapi(nobody, async (c) => {
      const who = administrator(c)
      const { cursor, limit } = c.req.valid('query')
      return c.json(await within(who, (tx) => unmatchedPage(tx, readIdCursor(cursor), limit)), 200)
    })
}

/** So many of those who wait are named; the rest is a number. */
const NAMED_MAX = 20

const namedIn = ({ heldRemovals }: LinkRow): readonly string[] => heldRemovals?.slice(0, NAMED_MAX) ?? []

async function linkPage<More>(tx: Tx, { viewer }: SignedIn, rows: readonly LinkRow[], limit: number, more: (row: LinkRow) => More) {
  const shown = rows.slice(0, limit)
  const names = await namesOfItems(
    tx,
    viewer,
    shown.map((row) => row.itemId),
  )
  const items = shown.flatMap((row) => {
    const item = names.get(row.itemId)
    return item ? [{ id: row.id, item, ...more(row) }] : []
  })
  return { items, next: rows.length > limit ? nextAfter(shown.at(-1)?.id) : null }
}

async function unlistedPage(tx: Tx, { viewer }: SignedIn, after: string | null, limit: number) {
  const rows = await unlisted(tx, after, limit + 1)
  const shown = rows.slice(0, limit)
  const names = await namesOfItems(
    tx,
    viewer,
    shown.map((row) => row.item),
  )
  const items = shown.flatMap((row) => {
    const item = names.get(row.item)
    return item ? [{ id: row.link, item, people: row.people }] : []
  })
  return { items, next: rows.length > limit ? nextAfter(shown.at(-1)?.link) : null }
}

async function unmatchedPage(tx: Tx, after: string | null, limit: number) {
  const rows = await unmatched(tx, after, limit + 1)
  const shown = rows.slice(0, limit)
  const people = await peopleById(
    tx,
    shown.map((row) => row.person),
  )
  const items = shown.flatMap(({ person, why, items: many }) => {
    const row = people.get(person)
    return row ? [{ id: person, person: personView(row), why, items: many }] : []
  })
  return { items, next: rows.length > limit ? nextAfter(shown.at(-1)?.person) : null }
}

async function driftPage(tx: Tx, { viewer }: SignedIn, kind: 'refused' | 'waiting', cursor: string | undefined, limit: number) {
  const rows = await seatsAdrift(tx, kind, readSeatCursor(cursor), limit + 1)
  const shown = rows.slice(0, limit)
  const names = await namesOfItems(
    tx,
    viewer,
    shown.map(({ link }) => link.itemId),
  )
  const people = await peopleById(
    tx,
    shown.map(({ seat }) => seat.personId),
  )
  const items = shown.flatMap((row) => {
    const item = names.get(row.link.itemId)
    const person = people.get(row.seat.personId)
    return item && person ? [{ item, person: personView(person), ...driftView(row) }] : []
  })
  return { items, next: rows.length > limit ? seatCursor(shown.at(-1)?.seat) : null, counts: await countAdrift(tx) }
}

function driftView({ seat, link }: Adrift) {
  const move = seat.refused?.move ?? (seat.listed ? 'admit' : 'expel')
  return {
    id: `${seat.personId}_${seat.linkId}`,
    shouldBe: move === 'expel' ? ('out of the chat' as const) : ('in the chat' as const),
    is: seat.inChat ? ('in the chat' as const) : ('not in the chat' as const),
    ...hindrance({ seat, link }),
  }
}

function hindrance({ seat, link }: Adrift): Pick<z.infer<typeof Drift>, 'state' | 'why' | 'mender' | 'nextAt'> {
  const { refused } = seat
  const looks = link.dueAt?.toISOString() ?? null
  if (refused) return { state: 'refused', why: refused.why, mender: refused.mender, nextAt: new Date(refused.retryAtMs).toISOString() }
  if (link.heldRemovals?.includes(seat.personId)) return { state: 'held', why: HELD_BACK, mender: 'administrator', nextAt: null }
  if (link.state !== 'open') return { state: 'stuck', why: link.why ?? NOT_OPEN, mender: null, nextAt: looks }
  return { state: 'waiting', why: NEXT, mender: null, nextAt: looks }
}

const HELD_BACK = 'Many people would be taken out at once, so a person has to allow it.'
const NOT_OPEN = 'The chat is not open yet.'
const NEXT = 'Ringside does this next.'
