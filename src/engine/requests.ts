import {
  type AccessRequestRow,
  decideRequests,
  putRequest,
  requestById,
  requestOf,
  requestsSince,
  requestsWaiting,
} from '../../db/access-requests.ts'
import { giveHint } from '../../db/hints.ts'
import { factsOf, itemById, type ItemWithObservers } from '../../db/items.ts'
import { notify } from '../../db/notifications.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { may, type Viewer } from '../core/access.ts'
import { whyNoObservers } from '../core/entitlement.ts'
import type { OrganisationId } from '../core/ids.ts'
import type { ItemFacts } from '../core/item.ts'
import { asksForAccess, NO_SUCH_REQUEST } from '../core/words/entering.ts'
import { type Engine, nowOf } from './engine.ts'
import { type Asked, changeObservers, refusalFor } from './items.ts'
import { viewerOf } from './viewer.ts'

/**
 * Somebody who may not see an item asks for access to it (K8). Whoever asks never learns what came of it, not even whether there is such an
 * item, until they are let in: so nothing here answers them, and a denial is kept and not told.
 */

const REQUESTS_MAX = 10
const REQUESTS_MAX_PER_MS = 24 * 3_600_000
const LISTED_MAX = 50

/** The item, where the asker may see it already: that is theirs to know. */
export async function requestAccess(
  engine: Engine,
  organisation: OrganisationId,
  asker: PersonRow,
  itemId: string,
): Promise<ItemFacts | null> {
  const viewer = viewerOf(asker)
  return inOrganisation(engine.db, organisation, async (tx) => {
    const item = await itemById(tx, itemId)
    if (!item) return null
    const facts = factsOf(item)
    if (may(viewer, 'see', facts).may) return facts
    if (canBeLetIn(viewer, facts)) await write(engine, tx, item, asker)
    return null
  })
}

/** Nobody is asked for what nobody could grant. Read access to a type is an administrator's to give, and worth asking for. */
const canBeLetIn = ({ active, role, entitlement }: Viewer, { type }: ItemFacts): boolean =>
  active && role !== 'guest' && !whyNoObservers(type, entitlement)

async function write(engine: Engine, tx: Tx, item: ItemWithObservers, asker: PersonRow): Promise<void> {
  const at = nowOf(engine)
  const { organisationId, id, responsibleId } = item.row
  if ((await requestsSince(tx, asker.id, new Date(at.getTime() - REQUESTS_MAX_PER_MS))) >= REQUESTS_MAX) return
  if (!(await putRequest(tx, { organisationId, itemId: id, personId: asker.id }, at))) return
  await giveHint(tx, { organisation: organisationId, kind: 'item', id })
  if (!responsibleId) return
  const text = asksForAccess(asker.name, factsOf(item))
  await notify(tx, [{ organisationId, personId: responsibleId, kind: 'access-requested', itemId: id, byId: asker.id, text, at }])
}

export type WaitingRequest = { readonly row: AccessRequestRow; readonly person: PersonRow }

/** Who waits to be let in, for whoever may let them; without those who came in by another way meanwhile. */
export async function waitingRequests(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  itemId: string,
): Promise<Asked<readonly WaitingRequest[]>> {
  return inOrganisation(engine.db, organisation, async (tx): Promise<Asked<readonly WaitingRequest[]>> => {
    const item = await itemById(tx, itemId)
    const refusal = refusalFor(viewer, 'appoint', item)
    if (refusal || !item) return refusal ?? NOT_THERE
    const rows = await requestsWaiting(tx, itemId, LISTED_MAX)
    const people = await peopleById(
      tx,
      rows.map((row) => row.personId),
    )
    const waiting = rows.flatMap((row) => {
      const person = people.get(row.personId)
      return person && !may(viewerOf(person), 'see', factsOf(item)).may ? [{ row, person }] : []
    })
    return { ok: true, value: waiting }
  })
}

const NOT_THERE = { ok: false, reason: 'hidden', code: 'request_not_found', why: NO_SUCH_REQUEST } as const

type Wish = { readonly item: string; readonly grant: boolean } & ({ readonly person: string } | { readonly request: string })
export type Decided = { readonly item: ItemFacts; readonly person: PersonRow }

/** Grants or denies. Granting is adding an observer like any other: with the same check, and the same message to whoever is let in. */
export async function decideRequest(engine: Engine, organisation: OrganisationId, viewer: Viewer, wish: Wish): Promise<Asked<Decided>> {
  const found = await inOrganisation(engine.db, organisation, (tx) => find(engine, tx, viewer, wish))
  if (!found.ok || !wish.grant) return found
  const { item, person } = found.value
  const changed = await changeObservers(engine, organisation, viewer, item.id, { add: [person.id], remove: [] })
  if (!changed.ok) return changed
  const outcome = changed.value.outcomes.get(person.id)
  if (outcome?.kind === 'refused') return { ok: false, reason: 'invalid', code: outcome.code, why: outcome.why }
  // Whoever observes by now was let in by another way.
  await inOrganisation(engine.db, organisation, (tx) => decideRequests(tx, item.id, [person.id], granted(viewer), nowOf(engine)))
  return found
}

const granted = ({ id }: Viewer) => ({ state: 'granted', by: id }) as const

/** A denial is written at once. */
async function find(engine: Engine, tx: Tx, viewer: Viewer, wish: Wish): Promise<Asked<Decided>> {
  const item = await itemById(tx, wish.item)
  const refusal = refusalFor(viewer, 'appoint', item)
  if (refusal || !item) return refusal ?? NOT_THERE
  const request = 'request' in wish ? await requestById(tx, wish.item, wish.request) : await requestOf(tx, wish.item, wish.person)
  const person = request?.state === 'waiting' ? (await peopleById(tx, [request.personId])).get(request.personId) : undefined
  if (!person) return NOT_THERE
  if (!wish.grant) {
    await decideRequests(tx, wish.item, [person.id], { state: 'denied', by: viewer.id }, nowOf(engine))
    await giveHint(tx, { organisation: item.row.organisationId, kind: 'item', id: wish.item })
  }
  return { ok: true, value: { item: factsOf(item), person } }
}
