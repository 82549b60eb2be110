import { itemsOutOf, requestsFor } from '../../../db/home.ts'
import type { InboxRow } from '../../../db/inbox.ts'
import type { ItemFilter } from '../../../db/item-selection.ts'
import { factsOf, itemsById, type ItemWithObservers, listItems } from '../../../db/items.ts'
import { insidersOf, linksOfItems } from '../../../db/links.ts'
import { inOrganisation, type Tx } from '../../../db/open.ts'
import type { PersonRow } from '../../../db/people.ts'
import { whyNoObservers, whyOff } from '../../core/entitlement.ts'
import type { Result } from '../../core/failure.ts'
import { HOME_ROWS_MAX, type Home, type HomeItem, homePage, unmatchedHome } from '../../core/home.ts'
import { notAMember } from '../../core/words.ts'
import type { News } from '../../ports/inbound.ts'
import type { Engine } from '../engine.ts'
import type { Dealt } from '../inbox.ts'
import { viewerOf } from '../viewer.ts'
import { whoSent } from './asker.ts'
import { chatUrlOf, itemUrlOf } from './discussing.ts'
import type { Talk } from './talk.ts'

/** A person's own page in their chat system: shown when they open it, and again when a press on it changed something. */

/** Whoever opened it this long ago looks at it no more. */
const LOOKING_MS = 60_000
/** Further chats that somebody is out of are listed as observed. */
const OUT_MAX = 200

export async function homeOpened(engine: Engine, row: InboxRow, news: Extract<News, { kind: 'home-opened' }>): Promise<Dealt> {
  if (engine.clock.now() - row.receivedAt.getTime() > LOOKING_MS) return { outcome: 'discarded: nobody_looks_any_more' }
  const sent = await whoSent(engine, row, news.account)
  if ('again' in sent) return sent
  const { at, asker } = sent
  const shown = asker.person
    ? await showHome({ ...at, asker: asker.person, from: { account: news.account, chat: null, reply: null } })
    : await at.platform.home(news.account, unmatchedHome(notAMember(asker.name, asker.email), engine.publicUrl))
  if (shown.ok) return { outcome: 'shown' }
  const { failure } = shown
  return failure.kind === 'later' ? { again: failure.code, afterMs: failure.afterMs } : { outcome: `unshown: ${failure.code}` }
}

export async function showHome(at: Talk): Promise<Result<void>> {
  const { engine, organisation, asker, from, platform } = at
  const home = await inOrganisation(engine.db, organisation, (tx) => homeOf(engine, tx, asker))
  return platform.home(from.account, homePage(home, engine.publicUrl))
}

async function homeOf(engine: Engine, tx: Tx, asker: PersonRow): Promise<Home> {
  const list = (filter: ItemFilter) => listItems(tx, viewerOf(asker), filter, null, HOME_ROWS_MAX)
  const outside = await itemsOutOf(tx, asker.id, OUT_MAX)
  const out = outside.length > 0 ? await list({ among: outside }) : { items: [], total: 0 }
  const mine = await list({ responsible: asker.id, except: outside })
  const observing = await list({ observer: asker.id, except: outside })
  const requests = await requestsFor(tx, asker.id, HOME_ROWS_MAX)

  const shown = [...mine.items, ...observing.items]
  const links = await linksOfItems(
    tx,
    shown.map(({ row }) => row.id),
  )
  const inside = await insidersOf(
    tx,
    [...links.values()].map(({ id }) => id),
  )
  const asHomeItem = (found: ItemWithObservers): HomeItem => {
    const { id, key, title, type } = factsOf(found)
    const { stage, amount, currency } = found.row
    const link = links.get(id)
    const isIn = link?.state === 'open' && inside.get(link.id)?.has(asker.id) === true
    const chatUrl = isIn && link.url ? chatUrlOf(engine, link) : null
    return {
      id,
      key,
      title,
      type,
      url: itemUrlOf(engine, id),
      stage,
      amount,
      currency,
      chatUrl,
      discussable: !whyNoObservers(type, asker.entitlement),
    }
  }
  const section = ({ items, total }: Pick<Awaited<ReturnType<typeof list>>, 'items' | 'total'>) => ({ rows: items.map(asHomeItem), total })
  return {
    mine: section(mine),
    observing: section(observing),
    out: section(out),
    requests: await withItems(tx, requests),
    whyOff: whyOff(asker.entitlement)?.why ?? null,
  }
}

async function withItems(tx: Tx, { rows, total }: Awaited<ReturnType<typeof requestsFor>>): Promise<Home['requests']> {
  const found = await itemsById(tx, [...new Set(rows.map(({ item }) => item))])
  const items = new Map(found.map((one) => [one.row.id, factsOf(one)]))
  return {
    rows: rows.flatMap(({ item, person }) => {
      const facts = items.get(item)
      return facts ? [{ item: { id: facts.id, key: facts.key, title: facts.title }, person }] : []
    }),
    total,
  }
}
