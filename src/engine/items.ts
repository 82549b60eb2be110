import { decideRequests } from '../../db/access-requests.ts'
import { giveHint } from '../../db/hints.ts'
import { type Edit, type Edited, editItem } from '../../db/item-changes.ts'
import { factsOf, insertItem, itemById, type ItemWithObservers, lockItem, nextNumber, putObservers, writeRevision } from '../../db/items.ts'
import { addEvidence, dropStayingOut, linkOfItem, markDue, putSeats, seatsOf } from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { organisationOf, policyOf } from '../../db/organisations.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { may, type Act, type Viewer, whyNotObserver, whyNotResponsible } from '../core/access.ts'
import { type Entitlement, whyNoObservers } from '../core/entitlement.ts'
import type { Outcome } from '../core/failure.ts'
import { asPersonId, type OrganisationId } from '../core/ids.ts'
import type { ItemType } from '../core/item.ts'
import { type Engine, nowOf } from './engine.ts'
import { tellObservers } from './notify.ts'

/** What people do with items of the built-in CRM: the write, who is told of it, and the turn it makes due. */

/** Why a request comes to nothing, in words for the one who asked. `hidden` is answered as if there were no such item. */
export type Refused = {
  readonly ok: false
  readonly reason: 'hidden' | 'forbidden' | 'type' | 'conflict' | 'invalid'
  readonly code: string
  readonly why: string
  readonly current?: ItemWithObservers
  readonly field?: string
}
export type Asked<Value> = { readonly ok: true; readonly value: Value } | Refused

export const HIDDEN: Refused = { ok: false, reason: 'hidden', code: 'not_found', why: 'There is no such item that you can see.' }

/** Nothing that concerns an item is done before this was asked. */
export function refusalFor(viewer: Viewer, act: Act, current: ItemWithObservers | null): Refused | null {
  if (!current) return HIDDEN
  const facts = factsOf(current)
  const answer = may(viewer, act, facts)
  if (answer.may) return null
  if (answer.hidden) return HIDDEN
  const none = whyNoObservers(facts.type, viewer.entitlement)
  return { ok: false, reason: answer.code === none?.code ? 'type' : 'forbidden', code: answer.code, why: answer.why }
}

export type NewItem = {
  readonly type: ItemType
  readonly title: string
  readonly stage: string
  readonly amount: number | null
  readonly currency: string | null
  readonly responsible: string
  readonly observers: readonly string[]
}

export async function createItem(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  wish: NewItem,
): Promise<Asked<ItemWithObservers>> {
  if (viewer.role === 'guest') return { ok: false, reason: 'forbidden', code: 'not_allowed', why: 'Guests cannot create items.' }
  if (viewer.unreadableTypes.includes(wish.type)) {
    return { ok: false, reason: 'forbidden', code: 'no_read_access', why: 'You cannot create items of a type that you may not read.' }
  }
  return inOrganisation(engine.db, organisation, async (tx) => {
    const people = await peopleById(tx, [wish.responsible, ...wish.observers])
    const wrong = wrongPeople(people, wish.responsible, wish.observers, wish.type, viewer.entitlement)
    if (wrong) return wrong
    const at = nowOf(engine)
    const id = crypto.randomUUID()
    const { observers: wanted, responsible, ...fields } = wish
    const observers = [...new Set(wanted)].filter((one) => one !== responsible)
    const number = await nextNumber(tx, wish.type)
    await insertItem(
      tx,
      { ...fields, organisationId: organisation, id, number, responsibleId: responsible, updatedAt: at },
      { person: viewer.id, how: 'form' },
    )
    const made = await itemById(tx, id)
    if (!made) throw new Error('An item that was just written could not be read.')
    await putObservers(tx, made.row, observers, { person: viewer.id, how: 'form' }, at)
    await tellObservers(tx, named(made), { added: observers, removed: [], by: viewer.id }, at)
    await giveHint(tx, { organisation, kind: 'item', id })
    return { ok: true, value: (await itemById(tx, id)) ?? made }
  })
}

/** Saves the form: refused as a whole when the item changed since `revision`, or names somebody it may not. */
export async function saveItem(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  id: string,
  edit: Omit<Edit, 'add' | 'remove'> & { readonly observers?: readonly string[] | undefined },
  revision: number | null,
): Promise<Asked<ItemWithObservers>> {
  const saved = await inOrganisation(engine.db, organisation, async (tx): Promise<Asked<ItemWithObservers>> => {
    const current = await lockItem(tx, id)
    const observersOnly =
      edit.observers !== undefined && Object.entries(edit).every(([name, value]) => name === 'observers' || value === undefined)
    const refusal = refusalFor(viewer, observersOnly ? 'appoint' : 'edit', current)
    if (refusal) return refusal
    if (!current) return HIDDEN
    if (revision !== null && revision !== current.row.revision) {
      return {
        ok: false,
        reason: 'conflict',
        code: 'revision_conflict',
        why: 'Somebody changed this item meanwhile. Look at the changes, then save again.',
        current,
      }
    }
    const { observers, ...fields } = edit
    const now = current.observers.map((entry) => entry.personId)
    const add = [...new Set(observers)].filter((person) => !now.includes(person))
    const remove = observers ? now.filter((person) => !observers.includes(person)) : []
    const appointing = add.length + remove.length > 0 ? refusalFor(viewer, 'appoint', current) : null
    if (appointing) return appointing
    const people = await peopleById(tx, [...add, ...(fields.responsible ? [fields.responsible] : [])])
    const wrong = wrongPeople(people, fields.responsible, add, current.row.type, viewer.entitlement)
    if (wrong) return wrong
    await applyEdit(engine, tx, current, { ...fields, add, remove }, viewer)
    return { ok: true, value: (await itemById(tx, id)) ?? current }
  })
  engine.wake()
  return saved
}

/**
 * What becomes of those who are added, in the chat. `follows`: as the rule has it, so whoever left goes on staying out. `joins`: they are
 * asked in, by name. `stays-out`: they observe without the chat (O28); whoever is in it already is left there.
 */
export type InChat = 'follows' | 'joins' | 'stays-out'

/** Adds and removes observers, with one outcome per person; one refusal does not hold up the others. */
export async function changeObservers(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  id: string,
  wish: { readonly add: readonly string[]; readonly remove: readonly string[]; readonly chat?: InChat },
): Promise<Asked<{ item: ItemWithObservers; outcomes: ReadonlyMap<string, Outcome> }>> {
  const changed = await inOrganisation(
    engine.db,
    organisation,
    async (tx): Promise<Asked<{ item: ItemWithObservers; outcomes: ReadonlyMap<string, Outcome> }>> => {
      const current = await lockItem(tx, id)
      const refusal = refusalFor(viewer, 'appoint', current)
      if (refusal) return refusal
      if (!current) return HIDDEN
      const both = wish.add.find((person) => wish.remove.includes(person))
      if (both) return contradiction(both)
      const people = await peopleById(tx, [...wish.add, ...wish.remove])
      const unknown = [...wish.add, ...wish.remove].find((person) => !people.has(person))
      if (unknown)
        return {
          ok: false,
          reason: 'invalid',
          code: 'person_not_found',
          why: `There is no person ${unknown}.`,
          field: wish.add.includes(unknown) ? 'add' : 'remove',
        }
      const observers = new Set(current.observers.map((entry) => entry.personId))
      const outcomes = new Map<string, Outcome>()
      for (const person of wish.remove) outcomes.set(person, { kind: observers.has(person) ? 'done' : 'already' })
      // Whoever is responsible is on the item already (O1).
      const onItem = new Set([...observers, ...(current.row.responsibleId ? [current.row.responsibleId] : [])])
      for (const person of wish.add) outcomes.set(person, outcomeOfAdding(people.get(person), current, onItem))
      const add = wish.add.filter((person) => outcomes.get(person)?.kind === 'done')
      await applyEdit(engine, tx, current, { add, remove: wish.remove }, viewer)
      await askAgain(tx, id, wish.add)
      const welcome = wish.add.filter((person) => outcomes.get(person)?.kind !== 'refused')
      await tellChat(tx, id, welcome, wish.chat ?? 'follows', nowOf(engine))
      return { ok: true, value: { item: (await itemById(tx, id)) ?? current, outcomes } }
    },
  )
  engine.wake()
  return changed
}

export async function deleteItem(engine: Engine, organisation: OrganisationId, viewer: Viewer, id: string): Promise<Asked<null>> {
  return inOrganisation(engine.db, organisation, async (tx) => {
    const current = await lockItem(tx, id)
    const refusal = refusalFor(viewer, 'delete', current)
    if (refusal) return refusal
    if (!current) return HIDDEN
    const at = nowOf(engine)
    await writeRevision(tx, current, { deletedAt: at }, [{ what: 'deleted', byId: viewer.id, how: 'form' }], at)
    await giveHint(tx, { organisation, kind: 'item', id })
    const link = await linkOfItem(tx, id)
    if (link) await markDue(tx, link.id, at)
    return { ok: true, value: null }
  })
}

async function applyEdit(engine: Engine, tx: Tx, current: ItemWithObservers, edit: Edit, viewer: Viewer): Promise<Edited> {
  const at = nowOf(engine)
  const { row } = current
  const edited = await editItem(tx, current, edit, { person: viewer.id, how: 'form' }, await formerStays(tx, current), at)
  if (edited.revision === row.revision) return edited
  const now = (await itemById(tx, row.id)) ?? current
  const observed = now.observers.map((entry) => entry.personId).filter((id) => id !== now.row.responsibleId)
  const added = edited.listed.filter((id) => observed.includes(id))
  // Whoever adds somebody has decided what that person asked for.
  const asked = await decideRequests(tx, row.id, added, { state: 'granted', by: viewer.id }, at)
  await tellObservers(tx, named(current), { added, asked, removed: edited.unlisted, by: viewer.id }, at)
  await giveHint(tx, { organisation: row.organisationId, kind: 'item', id: row.id, lost: edited.unlisted })
  const link = await linkOfItem(tx, row.id)
  if (link) await dropStayingOut(tx, link.id, edited.listed)
  if (link) await markDue(tx, link.id, at)
  return edited
}

/** Does whoever was responsible until now go on as an observer? Not where they could not be made one (O7, O16). */
async function formerStays(tx: Tx, { row }: ItemWithObservers): Promise<boolean> {
  const policy = policyOf(await organisationOf(tx, row.organisationId as OrganisationId))
  const former = row.responsibleId ? (await peopleById(tx, [row.responsibleId])).get(row.responsibleId) : undefined
  if (policy.formerResponsible !== 'observer' || !former) return false
  return whyNotObserver({ ...former, id: asPersonId(former.id) }, row.type, '') === null
}

/** Adding somebody again is also how one asks to try a refused move once more. */
async function askAgain(tx: Tx, itemId: string, people: readonly string[]): Promise<void> {
  const link = await linkOfItem(tx, itemId)
  if (!link) return
  const refused = (await seatsOf(tx, link.id)).filter((seat) => seat.refused && people.includes(seat.personId))
  await putSeats(
    tx,
    refused.map((seat) => ({ ...seat, refused: null })),
  )
  if (refused.length > 0) await markDue(tx, link.id, new Date(0))
}

/** Says to the next turn what is meant for these people, in the transaction that puts them on the item. */
async function tellChat(tx: Tx, itemId: string, people: readonly string[], chat: InChat, at: Date): Promise<void> {
  const link = chat === 'follows' ? null : await linkOfItem(tx, itemId)
  if (!link || people.length === 0) return
  const kind = chat === 'joins' ? 'invited' : 'stays-out'
  for (const personId of people) {
    await addEvidence(tx, { organisationId: link.organisationId, linkId: link.id, kind, personId, at })
  }
  await markDue(tx, link.id, at)
}

function outcomeOfAdding(person: PersonRow | undefined, current: ItemWithObservers, onItem: ReadonlySet<string>): Outcome {
  if (!person) throw new Error('Adding was asked for a person who was not read.')
  const { key } = factsOf(current)
  const why = whyNotObserver({ ...person, id: asPersonId(person.id) }, current.row.type, key)
  if (why) return { kind: 'refused', ...why, mender: 'administrator' }
  return { kind: onItem.has(person.id) ? 'already' : 'done' }
}

function wrongPeople(
  people: ReadonlyMap<string, PersonRow>,
  responsible: string | undefined,
  observers: readonly string[],
  type: ItemType,
  entitlement: Entitlement,
): Refused | null {
  const invalid = (field: string, code: string, why: string): Refused => ({ ok: false, reason: 'invalid', code, why, field })
  if (responsible !== undefined) {
    const person = people.get(responsible)
    if (!person) return invalid('responsible', 'person_not_found', `There is no person ${responsible}.`)
    const why = whyNotResponsible({ ...person, id: asPersonId(person.id) }, type)
    if (why) return invalid('responsible', why.code, why.why)
  }
  const none = observers.length > 0 ? whyNoObservers(type, entitlement) : null
  if (none) return { ok: false, reason: 'type', ...none }
  for (const id of observers) {
    const person = people.get(id)
    if (!person) return invalid('observers', 'person_not_found', `There is no person ${id}.`)
    const why = whyNotObserver({ ...person, id: asPersonId(id) }, type, 'this item')
    if (why) return { ok: false, reason: 'invalid', field: 'observers', ...why }
  }
  return null
}

function contradiction(person: string): Refused {
  const why = `The person ${person} is asked to be added and to be removed at once.`
  return { ok: false, reason: 'invalid', code: 'contradiction', why, field: 'remove' }
}

function named(current: ItemWithObservers) {
  return { ...factsOf(current), organisationId: current.row.organisationId }
}
