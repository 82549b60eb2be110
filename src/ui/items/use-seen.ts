import { useState } from 'react'

/** Whose result one has seen is not news any more, in this browser. */
export type Seen = { readonly ids: readonly string[]; readonly add: (id: string) => void }

export function useSeen(): Seen {
  const [ids, setIds] = useState(readSeen)
  return { ids, add: (id) => setIds(keepSeen(id)) }
}

const SEEN = 'ringside.group-actions-seen'
const SEEN_MAX = 20

/** A browser that keeps nothing shows the news again. */
function readSeen(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(SEEN) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

function keepSeen(id: string): readonly string[] {
  const seen = [id, ...readSeen()].slice(0, SEEN_MAX)
  try {
    localStorage.setItem(SEEN, JSON.stringify(seen))
  } catch {
    // Nothing is kept, and that is all.
  }
  return seen
}
