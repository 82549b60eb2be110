import { type Entitlement, whyNoObservers } from './entitlement.ts'
import { isListed, ITEM_TYPES, type ItemFacts, type ItemType } from './item.ts'
import type { PersonId } from './ids.ts'

/**
 * Who may do what with an item. The one function that the API, search and `/discuss` all ask.
 * What one may not see does not exist for one.
 */

export type Role = 'administrator' | 'manager' | 'employee' | 'guest'

export type Act =
  | 'see'
  | 'edit'
  /** Add or remove observers. */
  | 'appoint'
  | 'discuss'
  /** Write a line to its timeline. */
  | 'comment'
  | 'delete'

export type Level = 'none' | 'named' | 'all'

/** `named`: the items on which the person is responsible or an observer. */
export const RIGHTS: Record<Role, Record<Act, Level>> = {
  administrator: { see: 'all', edit: 'all', appoint: 'all', discuss: 'all', comment: 'all', delete: 'all' },
  manager: { see: 'all', edit: 'all', appoint: 'all', discuss: 'all', comment: 'all', delete: 'all' },
  employee: { see: 'named', edit: 'named', appoint: 'named', discuss: 'named', comment: 'named', delete: 'none' },
  guest: { see: 'none', edit: 'none', appoint: 'none', discuss: 'none', comment: 'none', delete: 'none' },
}

/** Acts that an observer's place gives; the rest of `named` belongs to the responsible person (O2, O3). */
export const OBSERVER_ACTS: ReadonlySet<Act> = new Set(['see', 'discuss', 'appoint', 'comment'])

export type Viewer = {
  readonly id: PersonId
  readonly role: Role
  readonly active: boolean
  /** Types this person may not read at all; an observer needs at least read access to the type (O16). */
  readonly unreadableTypes: readonly ItemType[]
  /** What their organisation has. */
  readonly entitlement: Entitlement
}

export type Answer =
  | { readonly may: true }
  /** `hidden`: answer exactly as for an item that does not exist. */
  | { readonly may: false; readonly hidden: true }
  | { readonly may: false; readonly hidden: false; readonly code: string; readonly why: string }

export function may(viewer: Viewer, act: Act, item: Pick<ItemFacts, 'type' | 'responsible' | 'observers' | 'key'>): Answer {
  if (!reaches(viewer, 'see', item)) return { may: false, hidden: true }
  const none = act === 'discuss' || act === 'appoint' ? whyNoObservers(item.type, viewer.entitlement) : null
  if (none) return { may: false, hidden: false, ...none }
  if (!reaches(viewer, act, item)) {
    return {
      may: false,
      hidden: false,
      code: 'not_allowed',
      why: `Only the responsible person or a manager can ${ACT_WORDS[act]} ${item.key}.`,
    }
  }
  return { may: true }
}

/** May this person be made an observer of items of this type? Null: yes. */
export function whyNotObserver(
  person: Viewer & { readonly name: string },
  type: ItemType,
  key: string,
): { code: string; why: string } | null {
  const none = whyNoObservers(type, person.entitlement)
  if (none) return none
  if (!person.active) return { code: 'person_inactive', why: `${person.name} can't observe ${key}: the account is switched off.` }
  if (person.role === 'guest')
    return { code: 'guest_cannot_observe', why: `${person.name} can't observe ${key}: guests have no access to items.` }
  if (person.unreadableTypes.includes(type)) {
    return {
      code: 'no_read_access',
      why: `${person.name} can't observe ${key}: their role has no read access to ${plural(type)}. An administrator can change that under Access permissions.`,
    }
  }
  return null
}

/** May this person be made responsible for items of this type? Null: yes. Who manages an item has to be able to open it. */
export function whyNotResponsible(person: Viewer & { readonly name: string }, type: ItemType): { code: string; why: string } | null {
  if (!person.active || person.role === 'guest')
    return { code: 'cannot_be_responsible', why: `${person.name} can't be responsible for an item.` }
  if (person.unreadableTypes.includes(type)) {
    return {
      code: 'no_read_access',
      why: `${person.name} can't be responsible for it: their role has no read access to ${plural(type)}. An administrator can change that under Access permissions.`,
    }
  }
  return null
}

function reaches(viewer: Viewer, act: Act, item: Pick<ItemFacts, 'type' | 'responsible' | 'observers'>): boolean {
  if (!viewer.active || viewer.unreadableTypes.includes(item.type)) return false
  switch (RIGHTS[viewer.role][act]) {
    case 'all':
      return true
    case 'named':
      return item.responsible === viewer.id || (OBSERVER_ACTS.has(act) && isListed(item, viewer.id))
    case 'none':
      return false
  }
}

const ACT_WORDS: Record<Act, string> = {
  see: 'open',
  edit: 'change',
  appoint: 'change the observers of',
  discuss: 'discuss',
  comment: 'write to the timeline of',
  delete: 'delete',
}

const plural = (type: ItemType): string => ITEM_TYPES[type].plural.toLowerCase()
