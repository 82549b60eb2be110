import type { InboxRow } from '../../../db/inbox.ts'
import { factsOf, itemsById, type ItemWithObservers } from '../../../db/items.ts'
import { type LinkRow, linksOfItems } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { peopleById, type PersonRow } from '../../../db/people.ts'
import { whyNoObservers } from '../../core/entitlement.ts'
import { asOrganisationId } from '../../core/ids.ts'
import type { Message } from '../../core/screen.ts'
import { itemInLink, linkCard, type Reader, type Readers, shownTo } from '../../core/shared-link.ts'
import type { News } from '../../ports/inbound.ts'
import type { Engine } from '../engine.ts'
import type { Dealt } from '../inbox.ts'
import { viewerOf } from '../viewer.ts'
import { whoSent } from './asker.ts'
import { chatUrlOf, itemUrlOf } from './discussing.ts'
import { readersOf } from './readers.ts'

/** Links to items of ours that somebody posted (K5). */
export async function showLinks(engine: Engine, row: InboxRow, news: Extract<News, { kind: 'links-shared' }>): Promise<Dealt> {
  const items = new Map(news.links.flatMap((link) => pairWith(link, itemInLink(engine.publicUrl, link))))
  if (items.size === 0) return { outcome: 'discarded: no_item_link' }
  const sent = await whoSent(engine, row, news.from.account)
  if ('again' in sent) return sent
  const { at, asker: sharer } = sent
  const known = sharer.person && viewerOf(sharer.person)
  const found = await itemsIn(engine, at.organisation, [...items.values()])
  const seen = found.filter((one) => shownTo(known, null, factsOf(one.item)) !== 'nothing')
  // Whether there is no such item, or it is none of theirs: nothing happens.
  if (seen.length === 0) return { outcome: 'discarded: nothing_to_show' }

  const readers = await readersOf(at, news, known)
  const cards = new Map(seen.flatMap((one) => pairWith(one.item.row.id, cardFor(engine, one, known, readers))))
  const shown = new Map([...items].flatMap(([link, id]) => pairWith(link, cards.get(id) ?? null)))
  const unfurled = await at.platform.unfurl(news.place, shown)
  if (unfurled.ok) return { outcome: 'told' }
  const { failure } = unfurled
  return failure.kind === 'later' ? { again: failure.code, afterMs: failure.afterMs } : { outcome: `unanswered: ${failure.code}` }
}

const pairWith = <Value>(key: string, value: Value | null): [string, Value][] => (value === null ? [] : [[key, value]])

type Found = { readonly item: ItemWithObservers; readonly link: LinkRow | null; readonly people: ReadonlyMap<string, PersonRow> }

function itemsIn(engine: Engine, organisation: ReturnType<typeof asOrganisationId>, ids: readonly string[]): Promise<readonly Found[]> {
  return inOrganisation(engine.db, organisation, async (tx) => {
    const items = await itemsById(tx, [...new Set(ids)])
    const links = await linksOfItems(
      tx,
      items.map(({ row }) => row.id),
    )
    const people = await peopleById(
      tx,
      items.flatMap(({ row, observers }) => [...(row.responsibleId ? [row.responsibleId] : []), ...observers.map((one) => one.personId)]),
    )
    return items.map((item) => ({ item, link: links.get(item.row.id) ?? null, people }))
  })
}

function cardFor(engine: Engine, { item, link, people }: Found, sharer: Reader, readers: Readers): Message | null {
  const facts = factsOf(item)
  const shown = shownTo(sharer, readers, facts)
  if (shown === 'nothing') return null
  const { row } = item
  return linkCard(shown, {
    item: facts,
    details: { stage: row.stage, amount: row.amount, currency: row.currency },
    responsible: (row.responsibleId && people.get(row.responsibleId)?.name) || null,
    observers: item.observers.flatMap(({ personId }) => people.get(personId)?.name ?? []),
    url: itemUrlOf(engine, row.id),
    chat: link?.chat && link.state === 'open' ? { url: chatUrlOf(engine, link) } : null,
    discussable: sharer !== null && !whyNoObservers(facts.type, sharer.entitlement),
  })
}
