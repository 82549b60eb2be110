import { editItem } from '../../db/item-changes.ts'
import { factsOf, itemsById, type ItemWithObservers, lockItem, takenOffSince } from '../../db/items.ts'
import { type Database, inOrganisation, type Tx } from '../../db/open.ts'
import { giveHint } from '../../db/hints.ts'
import { writeNote } from '../../db/notes.ts'
import { EVERYTHING, whyNoObservers } from '../../src/core/entitlement.ts'
import { failed, ok, type Outcome } from '../../src/core/failure.ts'
import { asPersonId, type OrganisationId, type PersonId } from '../../src/core/ids.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { CrmSource, ItemQuery, ItemReading } from '../../src/ports/crm-source.ts'

/** The built-in CRM as a source like any other. It is a database of ours, so a list changes by difference and exactly. */
export function webCrm(db: Database, organisation: OrganisationId, clock: Clock): CrmSource {
  return {
    capabilities: { source: 'web', title: 'Ringside CRM', revisions: true, writes: 'delta' },

    async read(queries) {
      return ok(await inOrganisation(db, organisation, (tx) => readItems(tx, queries)))
    },

    async comment({ id, text, url, by }) {
      return inOrganisation(db, organisation, async (tx) => {
        const current = await lockItem(tx, id)
        if (!current) return failed({ kind: 'gone', code: 'item_gone', why: 'The item was deleted.' })
        await writeNote(tx, current.row, { text, url, by }, new Date(clock.now()))
        await giveHint(tx, { organisation, kind: 'item', id })
        return ok(undefined)
      })
    },

    async changeObservers(change) {
      return inOrganisation(db, organisation, async (tx) => {
        const current = await lockItem(tx, change.id)
        if (!current) return failed({ kind: 'gone', code: 'item_gone', why: 'The item was deleted.' })
        if (change.revision !== null && change.revision !== current.row.revision) return failed(CONFLICT)
        // What the organisation has is the engine's to ask.
        const none = change.add.length > 0 ? whyNoObservers(current.row.type, EVERYTHING) : null
        if (none) return failed({ kind: 'refused', ...none, mender: 'nobody' })
        const observers = new Set(current.observers.map((entry) => entry.personId))
        const author = { person: change.by.person, how: change.by.how }
        const edited = await editItem(tx, current, { add: change.add, remove: change.remove }, author, true, new Date(clock.now()))
        await giveHint(tx, { organisation, kind: 'item', id: change.id, lost: edited.unlisted })
        return ok({
          revision: edited.revision,
          outcomes: new Map([
            ...change.add.map((id) => [id, outcome(!observers.has(id))] as const),
            ...change.remove.map((id) => [id, outcome(observers.has(id))] as const),
          ]),
        })
      })
    },
  }
}

const CONFLICT = { kind: 'refused', code: 'conflict', why: 'The item was changed meanwhile.', mender: 'nobody' } as const

const outcome = (changed: boolean): Outcome => ({ kind: changed ? 'done' : 'already' })

async function readItems(tx: Tx, queries: readonly ItemQuery[]): Promise<readonly ItemReading[]> {
  const found = new Map(
    (
      await itemsById(
        tx,
        queries.map((query) => query.id),
      )
    ).map((item) => [item.row.id, item]),
  )
  const readings: ItemReading[] = []
  for (const { id, since } of queries) {
    const current = found.get(id)
    if (!current) {
      readings.push({ kind: 'gone', id })
      continue
    }
    readings.push({
      kind: 'item',
      item: factsOf(current),
      details: { stage: current.row.stage, amount: current.row.amount, currency: current.row.currency },
      selfListed: selfListed(current),
      ...(await takenOffSince(tx, current, since ?? current.row.revision)),
    })
  }
  return readings
}

const selfListed = (current: ItemWithObservers): readonly PersonId[] =>
  current.observers.filter((row) => row.addedBy === row.personId).map((row) => asPersonId(row.personId))
