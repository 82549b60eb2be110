import type { Arrows } from './seat.ts'

/** How the two sides follow each other in one organisation. Data: see docs/decisions/0003. */
export type Policy = {
  readonly arrows: Arrows
  /** What becomes of a person who was responsible and is no longer named on the item. */
  readonly formerResponsible: 'observer' | 'removed'
  /** May guests sit in an item's chat? They are never written to the item either way. */
  readonly guests: 'allowed' | 'refused'
  /** The safety stop (U5): more removals than this wait for a person. */
  readonly removalsMax: { readonly perItem: number; readonly perPass: number }
}

export const DEFAULT_POLICY: Policy = {
  arrows: { admit: true, list: true, expel: true },
  formerResponsible: 'observer',
  guests: 'allowed',
  removalsMax: { perItem: 10, perPass: 50 },
}
