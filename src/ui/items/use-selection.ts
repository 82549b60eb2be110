import { useRef, useState } from 'react'
import type { Item } from '../data/types.ts'
import { between, countOf, EVERYTHING, isSelected, marked, NOTHING, type Selection } from './selection.ts'

export type Selecting = ReturnType<typeof useSelection>

/** The selection of one list. Another filter is another list, and begins with nothing selected. */
export function useSelection(items: readonly Item[], total: number, list: string) {
  const [selection, select] = useState<Selection>(NOTHING)
  const [of, setOf] = useState(list)
  const last = useRef<string | null>(null)
  if (of !== list) {
    setOf(list)
    select(NOTHING)
  }
  const ids = items.map((item) => item.id)
  return {
    selection,
    count: countOf(selection, total),
    has: (id: string) => isSelected(selection, id),
    /** With `range`, everything from the one before becomes like this one. */
    toggle(id: string, range: boolean) {
      select(marked(selection, range ? between(ids, last.current, id) : [id], !isSelected(selection, id)))
      last.current = id
    },
    /** What is on the page so far: all, none, or some of it. */
    page: ids.every((id) => isSelected(selection, id)) ? true : ids.some((id) => isSelected(selection, id)) ? ('mixed' as const) : false,
    togglePage: (on: boolean) => select(marked(selection, ids, on)),
    everything: (on: boolean) => select(on ? EVERYTHING : { kind: 'some', ids: new Set(ids.filter((id) => isSelected(selection, id))) }),
    clear: () => select(NOTHING),
  }
}
