import { factsOf, itemById, type ItemWithObservers, listItems } from '../../../db/items.ts'
import { inOrganisation, type Tx } from '../../../db/open.ts'
import { pastChatsOf } from '../../../db/past-chats.ts'
import { personById } from '../../../db/people.ts'
import { may } from '../../core/access.ts'
import { ITEM_TYPE_NAMES } from '../../core/item.ts'
import { discuss } from '../../engine/discuss.ts'
import { changeObservers, createItem, deleteItem, HIDDEN, saveItem } from '../../engine/items.ts'
import { allowRemovals } from '../../engine/removals.ts'
import { placesAt, whyOf } from '../../engine/why.ts'
import type { SignedIn, Surroundings } from '../context.ts'
import { itemViews, linkView, outcomeViews, seatView } from '../present.ts'
import { Problem } from '../problem.ts'
import {
  Discussed,
  Item,
  ItemPage,
  ItemPatch,
  NewItem,
  ObserversChange,
  ObserversChanged,
  plain,
  SeatPage,
  TimelinePage,
  Why,
} from './contract.ts'
import {
  answers,
  api,
  createRoute,
  creates,
  doneSilently,
  Id,
  IdAndPerson,
  orProblem,
  Paging,
  readNumberCursor,
  readTimeCursor,
  takes,
  timeCursor,
  z,
} from './routes.ts'
import { timelineOf } from './timeline.ts'

/** Items of the built-in CRM, their observers and their discussions. */

const ItemFilter = Paging.extend({
  type: z.enum(ITEM_TYPE_NAMES).optional(),
  stage: plain().max(60).optional(),
  query: plain().trim().max(200).optional(),
  responsible: plain().max(100).optional(),
  observer: plain().max(100).optional(),
})

const IfMatch = z.object({
  'if-match': z
    .string()
    .regex(/^(W\/)?"?\d{1,15}"?$/, 'must be a revision')
    .optional(),
})

const list = createRoute({
  method: 'get',
  path: '/items',
  request: { query: ItemFilter },
  responses: answers(ItemPage, 'Items that the asker may see, latest change first.'),
})
const create = createRoute({ method: 'post', path: '/items', request: { body: takes(NewItem) }, responses: creates(Item, 'The new item.') })
const read = createRoute({ method: 'get', path: '/items/{id}', request: { params: Id }, responses: answers(Item, 'One item.') })
const save = createRoute({
  method: 'patch',
  path: '/items/{id}',
  request: { params: Id, headers: IfMatch, body: takes(ItemPatch) },
  responses: answers(Item, 'The item after the change. 412 with `current` when it changed since the revision in If-Match.'),
})
const remove = createRoute({ method: 'delete', path: '/items/{id}', request: { params: Id }, responses: doneSilently })
const appoint = createRoute({
  method: 'post',
  path: '/items/{id}/observers',
  request: { params: Id, body: takes(ObserversChange) },
  responses: answers(ObserversChanged, 'One outcome per person.'),
})
const talk = createRoute({
  method: 'post',
  path: '/items/{id}/discuss',
  request: { params: Id },
  responses: answers(Discussed, 'The one chat of the item; `created` is false when it was there.'),
})
const letGo = createRoute({
  method: 'post',
  path: '/items/{id}/removals',
  request: { params: Id },
  responses: answers(Item, 'The item, after the removals that the safety stop held back were let happen.'),
})
const people = createRoute({
  method: 'get',
  path: '/items/{id}/people',
  request: { params: Id },
  responses: answers(SeatPage, 'Everybody with a place at the item.'),
})
const why = createRoute({
  method: 'get',
  path: '/items/{id}/why/{personId}',
  request: { params: IdAndPerson },
  responses: answers(Why, 'Why this person is where they are.'),
})
const timeline = createRoute({
  method: 'get',
  path: '/items/{id}/timeline',
  request: { params: Id, query: Paging },
  responses: answers(TimelinePage, 'Latest first.'),
})

export function itemRoutes({ engine }: Surroundings) {
  const inTheirs = <Value>(who: SignedIn, work: (tx: Tx) => Promise<Value>) => inOrganisation(engine.db, who.organisation, work)

  const view = (who: SignedIn, item: ItemWithObservers) =>
    inTheirs(who, async (tx) => {
      const [shown] = await itemViews(tx, who.viewer, [item])
      if (!shown) throw new Error('One item came out as none.')
      return shown
    })

  return api()
    .openapi(list, async (c) => {
      const who = c.get('signedIn')
      const { cursor, limit, ...filter } = c.req.valid('query')
      const page = await inTheirs(who, async (tx) => {
        const found = await listItems(tx, who.viewer, filter, readTimeCursor(cursor), limit)
        return { ...found, items: [...(await itemViews(tx, who.viewer, found.items))] }
      })
      return c.json({ ...page, next: page.next ? timeCursor(page.next.at, page.next.id) : null }, 200)
    })
    .openapi(create, async (c) => {
      const who = c.get('signedIn')
      const { type, title, stage, amount, currency, responsible, observers } = c.req.valid('json')
      const wish = {
        type,
        title,
        stage: stage ?? 'New',
        amount: amount ?? null,
        currency: currency ?? (amount === undefined || amount === null ? null : 'EUR'),
        responsible: responsible ?? who.viewer.id,
        observers: observers ?? [],
      }
      const made = orProblem(await createItem(engine, who.organisation, who.viewer, wish))
      return c.json(await view(who, made), 201)
    })
    .openapi(read, async (c) => {
      const who = c.get('signedIn')
      return c.json(await view(who, await inTheirs(who, (tx) => visibleItem(tx, who, c.req.valid('param').id))), 200)
    })
    .openapi(save, async (c) => {
      const who = c.get('signedIn')
      const revision = c.req.valid('header')['if-match']
      const saved = await saveItem(
        engine,
        who.organisation,
        who.viewer,
        c.req.valid('param').id,
        c.req.valid('json'),
        revision ? Number(revision.replace(/\D/g, '')) : null,
      )
      const current = !saved.ok && saved.current ? await view(who, saved.current) : undefined
      return c.json(await view(who, orProblem(saved, current)), 200)
    })
    .openapi(remove, async (c) => {
      const who = c.get('signedIn')
      orProblem(await deleteItem(engine, who.organisation, who.viewer, c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(appoint, async (c) => {
      const who = c.get('signedIn')
      const changed = orProblem(await changeObservers(engine, who.organisation, who.viewer, c.req.valid('param').id, c.req.valid('json')))
      const outcomes = await inTheirs(who, (tx) => outcomeViews(tx, changed.outcomes))
      return c.json({ item: await view(who, changed.item), outcomes: [...outcomes] }, 200)
    })
    .openapi(talk, async (c) => {
      const who = c.get('signedIn')
      const result = await discuss(engine, who.organisation, who.viewer, c.req.valid('param').id)
      switch (result.kind) {
        case 'hidden':
          return orProblem(HIDDEN)
        case 'refused':
          throw new Problem({ status: result.code === 'not_allowed' ? 403 : 422, code: result.code, detail: result.why })
        case 'unread':
          throw new Problem({ status: 503, code: 'crm_unavailable', detail: `${result.why} Try again in a moment.` })
        case 'waiting':
          throw new Problem({ status: 503, code: 'opening', detail: `${result.why} The chat opens by itself as soon as that is over.` })
        case 'open': {
          const chat = linkView(result.link, await inTheirs(who, (tx) => pastChatsOf(tx, result.link.id)))
          if (!chat) throw new Error('A chat was opened and has no address.')
          const troubled = new Map([...result.outcomes].filter(([, outcome]) => outcome.kind !== 'done' && outcome.kind !== 'already'))
          const outcomes = await inTheirs(who, (tx) => outcomeViews(tx, troubled))
          return c.json({ chat, created: result.created, outcomes: [...outcomes] }, 200)
        }
      }
    })
    .openapi(letGo, async (c) => {
      const who = c.get('signedIn')
      return c.json(await view(who, orProblem(await allowRemovals(engine, who.organisation, who.viewer, c.req.valid('param').id))), 200)
    })
    .openapi(people, async (c) => {
      const who = c.get('signedIn')
      const places = await inTheirs(who, async (tx) => placesAt(tx, await visibleItem(tx, who, c.req.valid('param').id), who.viewer.id))
      return c.json({ items: places.map(seatView), next: null }, 200)
    })
    .openapi(why, async (c) => {
      const who = c.get('signedIn')
      const { id, personId } = c.req.valid('param')
      const { sentence, place } = await inTheirs(who, async (tx) => {
        const item = await visibleItem(tx, who, id)
        const person = await personById(tx, personId)
        if (!person) throw new Problem({ status: 404, code: 'person_not_found', detail: 'There is no such person.', field: 'personId' })
        return whyOf(tx, item, person, who.viewer.id)
      })
      const seat = seatView(place)
      return c.json({ person: seat.person, sentence, seat }, 200)
    })
    .openapi(timeline, async (c) => {
      const who = c.get('signedIn')
      const { cursor, limit } = c.req.valid('query')
      const page = await inTheirs(who, async (tx) =>
        timelineOf(tx, await visibleItem(tx, who, c.req.valid('param').id), readNumberCursor(cursor), limit),
      )
      return c.json(page, 200)
    })
}

async function visibleItem(tx: Tx, who: SignedIn, id: string): Promise<ItemWithObservers> {
  const item = await itemById(tx, id)
  if (!item || !may(who.viewer, 'see', factsOf(item)).may) return orProblem(HIDDEN)
  return item
}
