import { factsOf, itemsById } from '../../db/items.ts'
import { insidersOf, linksOfItems } from '../../db/links.ts'
import type { NotificationRow } from '../../db/notifications.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { peopleById, personById, type PersonRow } from '../../db/people.ts'
import {
  type DueTelling,
  holdTellings,
  postponeTellings,
  settleTellings,
  TELLING,
  waitingRequests,
  waitingTellings,
} from '../../db/tellings.ts'
import { may } from '../core/access.ts'
import { directMessage, isOfMany, isToldDirectly, type Line, netOf, TELL_WITHIN_MS, whenToTell } from '../core/direct.ts'
import type { Failure } from '../core/failure.ts'
import { asPersonId } from '../core/ids.ts'
import { isListed } from '../core/item.ts'
import type { Message } from '../core/screen.ts'
import { addressOf } from './address.ts'
import { describeBug, type Engine, nowOf, RECONNECT_MS } from './engine.ts'
import { chatUrlOf, itemUrlOf } from './talk/discussing.ts'
import { viewerOf } from './viewer.ts'

/**
 * Tells one person in their chat system what others did to their places: everything that waits for them, in one message. It is marked
 * before the call. Whatever became of the call is written on each notification, and one whose fate nobody knows counts as told:
 * better once too rarely than twice.
 */

/** Longer than the calls of one telling together. */
const TELLING_MS = 60_000
const AFTER_BUG_MS = 10 * 60_000

/** The rim: one telling that goes wrong must not keep the others waiting, nor be tried at once for ever. */
export async function tellDirectly(engine: Engine, due: DueTelling): Promise<void> {
  try {
    await tellPerson(engine, due)
  } catch (error) {
    engine.log.error({ ...due, error: describeBug(error) }, 'Somebody could not be told what happened.')
    await inOrganisation(engine.db, due.organisation, (tx) => postponeTellings(tx, due.person, nowOf(engine), later(engine, AFTER_BUG_MS)))
  }
}

async function tellPerson(engine: Engine, { organisation, person }: DueTelling): Promise<void> {
  const within = <Value>(work: (tx: Tx) => Promise<Value>) => inOrganisation(engine.db, organisation, work)
  if (!(await within((tx) => isDue(engine, tx, person)))) return

  const address = await addressOf(engine, organisation, person)
  if ('again' in address) {
    const until = later(engine, address.afterMs)
    return within(async (tx) => settleTellings(tx, free(await waitingTellings(tx, person)), `later: ${address.again}`, until))
  }
  if ('never' in address) {
    return within(async (tx) => settleTellings(tx, free(await waitingTellings(tx, person)), address.never, null))
  }

  const telling = await within((tx) => begin(engine, tx, person))
  if (!telling) return
  const told = await address.platform.tell({ account: address.account, chat: null, reply: null }, telling.message)
  const fate = told.ok ? TOLD : fateOf(told.failure)
  await within((tx) => settleTellings(tx, telling.rows, fate.told, fate.afterMs === null ? null : later(engine, fate.afterMs)))
  if (!told.ok)
    engine.log.warn({ organisation, person, code: told.failure.code, kind: told.failure.kind }, 'A direct message was not sent.')
}

const later = (engine: Engine, afterMs: number) => new Date(engine.clock.now() + afterMs)
const free = (rows: readonly NotificationRow[]) => rows.filter((row) => row.told !== TELLING)

type Fate = { readonly told: string; readonly afterMs: number | null }
const TOLD: Fate = { told: 'told', afterMs: null }

function fateOf(failure: Failure): Fate {
  switch (failure.kind) {
    case 'later':
      return { told: `later: ${failure.why}`, afterMs: failure.afterMs }
    case 'reconnect':
      return { told: `later: ${failure.why}`, afterMs: RECONNECT_MS }
    case 'uncertain':
      return { told: `perhaps told: ${failure.why}`, afterMs: null }
    case 'refused':
    case 'gone':
    case 'unreachable':
      return { told: `refused: ${failure.why}`, afterMs: null }
  }
}

/** Settles what is out of time, and waits for the rest of an act. */
async function isDue(engine: Engine, tx: Tx, person: string): Promise<boolean> {
  const nowMs = engine.clock.now()
  const rows = await waitingTellings(tx, person)
  const isOver = (row: NotificationRow) => (row.tellAt?.getTime() ?? 0) <= nowMs
  await settleTellings(
    tx,
    rows.filter((row) => row.told === TELLING && isOver(row)),
    'perhaps told: Ringside stopped while it was telling.',
    null,
  )
  const isOld = (row: NotificationRow) => row.at.getTime() + TELL_WITHIN_MS <= nowMs
  const waiting = free(rows)
  await settleTellings(tx, waiting.filter(isOld), 'unreached: It could not be told for a day.', null)
  const young = waiting.filter((row) => !isOld(row))
  if (young.length === 0) return false
  const atMs = whenToTell(young.map((row) => ({ atMs: row.at.getTime(), dueMs: row.tellAt?.getTime() ?? 0 })))
  if (atMs <= nowMs) return true
  await postponeTellings(tx, person, new Date(nowMs), new Date(atMs))
  return false
}

type Telling = { readonly rows: readonly NotificationRow[]; readonly message: Message }

/** What is true of it now, in words, and marked as being told. Null: nothing is left to tell. */
async function begin(engine: Engine, tx: Tx, personId: string): Promise<Telling | null> {
  const rows = free(await waitingTellings(tx, personId))
  const read = rows.filter((row) => row.readAt)
  await settleTellings(tx, read, 'unneeded: It was read in the web workspace.', null)
  const unread = rows.filter((row) => !row.readAt)
  const person = await personById(tx, personId)
  const lines = person ? await linesFor(engine, tx, person, unread) : []
  const items = new Set(lines.map(({ item }) => item.id))
  const said = unread.filter((row) => isOfMany(row.kind) || items.has(row.itemId ?? ''))
  await settleTellings(
    tx,
    unread.filter((row) => !said.includes(row)),
    'unneeded: It no longer holds.',
    null,
  )
  if (said.length === 0) return null
  await holdTellings(tx, said, later(engine, TELLING_MS))
  const pages = { observing: `${engine.publicUrl}/?observing=true`, notifications: `${engine.publicUrl}/notifications` }
  return {
    rows: said,
    message: directMessage(
      lines,
      pages,
      said.filter((row) => isOfMany(row.kind)).map((row) => row.text),
    ),
  }
}

async function linesFor(engine: Engine, tx: Tx, person: PersonRow, rows: readonly NotificationRow[]): Promise<readonly Line[]> {
  const itemIds = [...new Set(rows.flatMap((row) => row.itemId ?? []))]
  const found = await itemsById(tx, itemIds)
  const items = new Map(found.map((one) => [one.row.id, { row: one.row, facts: factsOf(one) }]))
  const links = await linksOfItems(tx, itemIds)
  const inside = await insidersOf(
    tx,
    [...links.values()].map(({ id }) => id),
  )
  const authors = await peopleById(
    tx,
    rows.flatMap((row) => row.byId ?? []),
  )
  const asking = rows.some((row) => row.kind === 'access-requested') ? await waitingRequests(tx, itemIds) : []

  const happened = rows.flatMap((row) => {
    const { id, kind, itemId, byId: by } = row
    return isToldDirectly(kind) && itemId ? [{ id, kind, item: itemId, by, row }] : []
  })
  const net = netOf(happened, ({ kind, item, by }) => {
    const current = items.get(item)
    if (!current) return false
    if (kind === 'access-requested') return asking.some((one) => one.item === item && one.person === by)
    return isListed(current.facts, asPersonId(person.id)) === (kind !== 'observer-removed')
  })
  return net.flatMap(({ kind, item, row }): Line[] => {
    const current = items.get(item)
    if (!current) return []
    const { facts } = current
    const seen = may(viewerOf(person), 'see', facts).may
    const author = row.byId ? authors.get(row.byId) : undefined
    const link = links.get(item)
    const isIn = link?.state === 'open' && inside.get(link.id)?.has(person.id) === true
    // Whoever may not see the item any more is not told what became of its title since.
    const name = seen || current.row.updatedAt <= row.at ? `${facts.title} (${facts.key})` : facts.key
    return [
      {
        kind,
        text: row.text,
        by: author ? { id: author.id, name: author.name } : null,
        item: { id: item, type: facts.type, name, url: itemUrlOf(engine, item) },
        chatUrl: isIn && link.url ? chatUrlOf(engine, link) : null,
        seen,
      },
    ]
  })
}
