import { and, sql } from 'drizzle-orm'
import { assert, asyncProperty, constantFrom, option, record, subarray } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { matching } from '../../db/item-selection.ts'
import { factsOf, itemById, type ItemWithObservers } from '../../db/items.ts'
import { mayObserve, reachedBy } from '../../db/rights.ts'
import { item as itemTable, person } from '../../db/schema.ts'
import { type Act, may, type Role, whyNotObserver } from '../../src/core/access.ts'
import { EVERYTHING, whyNoObservers } from '../../src/core/entitlement.ts'
import { asPersonId } from '../../src/core/ids.ts'
import { ITEM_TYPE_NAMES } from '../../src/core/item.ts'
import { viewerOf } from '../../src/engine/viewer.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** What SQL decides for many items at once is what the rule decides for each. */

let at: Workspace
beforeAll(async () => {
  at = await openWorkspace()
})
afterAll(() => at.close())

const ROLES = ['administrator', 'manager', 'employee', 'guest'] as const satisfies readonly Role[]
const ACTS = ['see', 'edit', 'appoint', 'discuss', 'comment', 'delete'] as const satisfies readonly Act[]

test('O2 O3 O10 whom SQL lets act on an item, the rule lets, for every person, act and item', async () => {
  await at.inside(async (tx) => {
    const people = await tx.select().from(person)
    const items: ItemWithObservers[] = []
    for (const { id } of await tx.select({ id: itemTable.id }).from(itemTable)) {
      const found = await itemById(tx, id)
      if (found) items.push(found)
    }
    const anybody = record({
      row: constantFrom(...people),
      unreadable: option(subarray([...ITEM_TYPE_NAMES])),
      role: option(constantFrom(...ROLES)),
      active: constantFrom(true, true, true, false),
      act: constantFrom(...ACTS),
    })
    await assert(
      asyncProperty(anybody, async ({ row, unreadable, role, active, act }) => {
        const viewer = {
          ...viewerOf({ ...row, entitlement: EVERYTHING }),
          active,
          ...(unreadable && { unreadableTypes: unreadable }),
          ...(role && { role }),
        }
        const rows = await tx
          .select({ id: itemTable.id, type: itemTable.type })
          .from(itemTable)
          .where(and(matching(tx, viewer, {}), reachedBy(tx, viewer, act)))
        // Types without observers are decided before, once for all of a type.
        const found = rows.filter(({ type }) => !((act === 'appoint' || act === 'discuss') && whyNoObservers(type, viewer.entitlement)))
        const allowed = items.filter((one) => may(viewer, act, factsOf(one)).may)
        expect(new Set(found.map(({ id }) => id))).toEqual(new Set(allowed.map((one) => one.row.id)))
      }),
      { numRuns: 80 },
    )
  })
})

test('O7 O16 whom SQL lets observe items of a type, the rule lets', async () => {
  await at.inside(async (tx) => {
    const strange = ROLES.flatMap((role) =>
      [true, false].map((active) => ({
        organisationId: at.organisation,
        id: `${role}-${active}`,
        name: role,
        role,
        active,
        unreadableTypes: ['deal' as const, 'estimate' as const],
      })),
    )
    await tx.insert(person).values(strange)
    const entitlements = [EVERYTHING, { ...EVERYTHING, typesOff: ['custom' as const] }, { ...EVERYTHING, observers: 'off' as const }]
    for (const row of await tx.select().from(person)) {
      for (const [type, entitlement] of ITEM_TYPE_NAMES.flatMap((name) => entitlements.map((one) => [name, one] as const))) {
        const asked = mayObserve(sql`${row.id}`, sql`${type}`, entitlement)
        const [answer] = await tx.select({ may: sql<boolean>`${asked}` }).from(sql`(select 1) one`)
        const rule = whyNotObserver({ ...row, id: asPersonId(row.id), entitlement }, type, '') === null
        expect([row.name, type, entitlement, answer?.may]).toEqual([row.name, type, entitlement, rule])
      }
    }
  })
})
