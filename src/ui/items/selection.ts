import type { ItemFilter } from '../data/items.ts'
import type { GroupSelection } from '../data/types.ts'

/** Which items of the list are selected: some, one by one, or all that match on every page but some (O10, O11). */
export type Selection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> }

export const NOTHING: Selection = { kind: 'some', ids: new Set() }
export const EVERYTHING: Selection = { kind: 'all', except: new Set() }

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id)
}

export function countOf(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size)
}

/** Selects these, or takes them out. */
export function marked(selection: Selection, ids: readonly string[], on: boolean): Selection {
  if (selection.kind === 'some') return { kind: 'some', ids: changed(selection.ids, ids, on) }
  return { kind: 'all', except: changed(selection.except, ids, !on) }
}

function changed(set: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(set)
  for (const id of ids) {
    if (on) next.add(id)
    else next.delete(id)
  }
  return next
}

/** Everything between two of the list, in its order; only the second where the first is not in it. */
export function between(ids: readonly string[], from: string | null, to: string): readonly string[] {
  const [one, other] = [from === null ? -1 : ids.indexOf(from), ids.indexOf(to)]
  if (one < 0 || other < 0) return [to]
  return ids.slice(Math.min(one, other), Math.max(one, other) + 1)
}

/** As the API takes it. */
export function asked(selection: Selection, filter: ItemFilter): GroupSelection {
  if (selection.kind === 'some') return { ids: [...selection.ids] }
  return { filter: filter as Extract<GroupSelection, { filter: object }>['filter'], except: [...selection.except] }
}
