import { eq, or, sql, type SQL } from 'drizzle-orm'
import { type Act, OBSERVER_ACTS, RIGHTS, type Viewer } from '../src/core/access.ts'
import { type Entitlement, whyNoObservers } from '../src/core/entitlement.ts'
import { ITEM_TYPE_NAMES } from '../src/core/item.ts'
import { observedBy } from './item-selection.ts'
import type { Tx } from './open.ts'
import { item, person } from './schema.ts'

/**
 * The SQL twins of the rules in src/core/access.ts, for acts on so many items that they are not read one by one. A property test holds
 * each to its rule.
 */

/** `access.may(viewer, act, …)`, for an item that the viewer may see and whose type takes the act. */
export function reachedBy(tx: Tx, viewer: Viewer, act: Act): SQL {
  switch (RIGHTS[viewer.role][act]) {
    case 'all':
      return sql`true`
    case 'named': {
      const manages = sql`${item.responsibleId} is not distinct from ${viewer.id}`
      return OBSERVER_ACTS.has(act) ? sql`(${or(manages, observedBy(tx, viewer.id))})` : sql`(${manages})`
    }
    case 'none':
      return sql`false`
  }
}

/** `access.whyNotObserver(person, type)` is null, for whoever the column names. */
export function mayObserve(personId: SQL, type: SQL, entitlement: Entitlement): SQL {
  const observed = ITEM_TYPE_NAMES.filter((name) => !whyNoObservers(name, entitlement))
  if (observed.length === 0) return sql`false`
  const types = sql.join(
    observed.map((name) => sql`${name}`),
    sql`, `,
  )
  return sql`exists (select 1 from ${person} where ${eq(person.id, personId)} and ${person.active} and ${person.role} <> 'guest'
    and ${type} in (${types}) and not (${type} = any(${person.unreadableTypes})))`
}
