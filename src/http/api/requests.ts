import { factsOf, itemById } from '../../../db/items.ts'
import { inOrganisation } from '../../../db/open.ts'
import { may } from '../../core/access.ts'
import { HIDDEN } from '../../engine/items.ts'
import { decideRequest, waitingRequests } from '../../engine/requests.ts'
import type { Surroundings } from '../context.ts'
import { itemViews, personView } from '../present.ts'
import { AccessDecision, AccessRequestPage, Item } from './contract.ts'
import { answers, api, createRoute, Id, IdAndRequest, orProblem, takes } from './routes.ts'

/** Who asked for access to an item, for whoever may give it (K8). */

const list = createRoute({
  method: 'get',
  path: '/items/{id}/requests',
  request: { params: Id },
  responses: answers(AccessRequestPage, 'Who waits to be let in, oldest first; for whoever may change the observers.'),
})
const decide = createRoute({
  method: 'post',
  path: '/items/{id}/requests/{requestId}',
  request: { params: IdAndRequest, body: takes(AccessDecision) },
  responses: answers(Item, 'The item afterwards. Who is granted access observes it and is told so; who is denied is told nothing.'),
})

export function requestRoutes({ engine }: Surroundings) {
  return api()
    .openapi(list, async (c) => {
      const who = c.get('signedIn')
      const waiting = orProblem(await waitingRequests(engine, who.organisation, who.viewer, c.req.valid('param').id))
      const items = waiting.map(({ row, person }) => ({ id: row.id, person: personView(person), askedAt: row.askedAt.toISOString() }))
      return c.json({ items, next: null }, 200)
    })
    .openapi(decide, async (c) => {
      const who = c.get('signedIn')
      const { id, requestId } = c.req.valid('param')
      orProblem(await decideRequest(engine, who.organisation, who.viewer, { item: id, request: requestId, ...c.req.valid('json') }))
      const shown = await inOrganisation(engine.db, who.organisation, async (tx) => {
        const item = await itemById(tx, id)
        return item && may(who.viewer, 'see', factsOf(item)).may ? (await itemViews(tx, who.viewer, [item]))[0] : undefined
      })
      return c.json(shown ?? orProblem<never>(HIDDEN), 200)
    })
}
