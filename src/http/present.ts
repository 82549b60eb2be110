import type { z } from '@hono/zod-openapi'
import { factsOf, type ItemWithObservers } from '../../db/items.ts'
import { insidersOf, type LinkRow, linksOfItems } from '../../db/links.ts'
import { type PastChatRow, pastChatsOfLinks } from '../../db/past-chats.ts'
import type { NotificationRow } from '../../db/notifications.ts'
import type { Tx } from '../../db/open.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { may, type Viewer } from '../core/access.ts'
import type { Entitlement } from '../core/entitlement.ts'
import type { Outcome } from '../core/failure.ts'
import { notShown } from '../engine/display.ts'
import { listedHow, type Place } from '../engine/why.ts'
import type * as contract from './api/contract.ts'

/** Rows as the contract shows them. Whoever calls has asked `may` or has a door. */

type Person = z.infer<typeof contract.Person>
type Item = z.infer<typeof contract.Item>

export function personView(row: PersonRow): Person {
  return { id: row.id, name: row.name, email: row.email, role: row.role, title: row.title }
}

export const entitlementView = ({ observers, typesOff }: Entitlement) => ({ observers, typesOff: [...typesOff] })

/** Somebody who was deleted still stands where they stood. */
const unknownPerson = (id: string): Person => ({ id, name: 'Somebody', email: null, role: 'employee', title: null })

export const personIn = (people: ReadonlyMap<string, PersonRow>, id: string): Person => {
  const row = people.get(id)
  return row ? personView(row) : unknownPerson(id)
}

export async function itemViews(tx: Tx, viewer: Viewer, items: readonly ItemWithObservers[]): Promise<readonly Item[]> {
  const links = await linksOfItems(
    tx,
    items.map((item) => item.row.id),
  )
  const inside = await insidersOf(
    tx,
    [...links.values()].map((link) => link.id),
  )
  const past = await pastChatsOfLinks(
    tx,
    [...links.values()].map((link) => link.id),
  )
  const named = items.flatMap(({ row, observers }) => [row.responsibleId, ...observers.flatMap((entry) => [entry.personId, entry.addedBy])])
  const people = await peopleById(
    tx,
    named.flatMap((id) => id ?? []),
  )
  return items.map((item) => itemView(viewer, item, chatOf(links.get(item.row.id), past), inside, people))
}

function itemView(
  viewer: Viewer,
  item: ItemWithObservers,
  { link, past }: LinkedChat,
  inside: ReadonlyMap<string, ReadonlySet<string>>,
  people: ReadonlyMap<string, PersonRow>,
): Item {
  const facts = factsOf(item)
  const { row } = item
  const discussing = may(viewer, 'discuss', facts)
  return {
    id: row.id,
    type: row.type,
    key: facts.key,
    title: row.title,
    stage: row.stage,
    amount: row.amount,
    currency: row.currency,
    responsible: row.responsibleId ? personIn(people, row.responsibleId) : null,
    observers: item.observers.map((entry) => ({
      ...personIn(people, entry.personId),
      inChat: link ? (inside.get(link.id)?.has(entry.personId) ?? false) : null,
      because: listedHow(item, people.get(entry.personId) ?? ({ id: entry.personId } as PersonRow), people) ?? '',
    })),
    chat: linkView(link, past),
    revision: row.revision,
    updatedAt: row.updatedAt.toISOString(),
    may: {
      edit: may(viewer, 'edit', facts).may,
      appoint: may(viewer, 'appoint', facts).may,
      discuss: discussing.may,
      whyNot: discussing.may || discussing.hidden ? null : discussing.why,
    },
  }
}

type LinkedChat = { readonly link: LinkRow | null; readonly past: readonly PastChatRow[] }

const chatOf = (link: LinkRow | undefined, past: ReadonlyMap<string, readonly PastChatRow[]>): LinkedChat => ({
  link: link ?? null,
  past: past.get(link?.id ?? '') ?? [],
})

export function linkView(link: LinkRow | null, past: readonly PastChatRow[]) {
  if (!link?.chat || !link.url || link.state === 'gone') return null
  return {
    id: link.chat,
    url: link.url,
    platform: link.platform,
    state: link.state,
    why: link.state === 'open' ? null : link.why,
    unshown: notShown(link),
    past: past.map(({ name, url, until }) => ({ name, url, until: until.toISOString() })),
    waiting: link.heldRemovals?.length ?? 0,
  }
}

export async function outcomeViews(tx: Tx, outcomes: ReadonlyMap<string, Outcome>): Promise<readonly z.infer<typeof contract.Outcome>[]> {
  const people = await peopleById(tx, outcomes.keys())
  return [...outcomes].map(([id, outcome]) => ({
    person: personIn(people, id),
    outcome: outcome.kind,
    code: 'code' in outcome ? outcome.code : null,
    why: 'why' in outcome ? outcome.why : null,
  }))
}

export function seatView(place: Place): z.infer<typeof contract.SeatView> {
  const { person, reasons, ...seat } = place
  return { ...seat, person: personView(person), reasons: [...reasons] }
}

export async function notificationViews(
  tx: Tx,
  viewer: Viewer,
  rows: readonly NotificationRow[],
  items: ReadonlyMap<string, ItemWithObservers>,
): Promise<readonly z.infer<typeof contract.Notification>[]> {
  const people = await peopleById(
    tx,
    rows.flatMap((row) => row.byId ?? []),
  )
  return rows.map((row) => {
    const found = row.itemId ? items.get(row.itemId) : undefined
    // Whoever was taken off an item reads that they were, and nothing that the item has become since.
    const item = found && may(viewer, 'see', factsOf(found)).may ? found : undefined
    return {
      id: String(row.id),
      kind: row.kind,
      text: row.text,
      by: row.byId ? personIn(people, row.byId) : null,
      item: item ? { id: item.row.id, key: factsOf(item).key, title: item.row.title } : null,
      chat: row.chatId,
      seq: row.seq,
      at: row.at.toISOString(),
      read: row.readAt !== null,
    }
  })
}
