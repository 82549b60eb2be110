import type { Arrows } from './seat.ts'

/** How the two sides follow each other in one organisation. Data: see docs/decisions/0003. */
export type Policy = {
  readonly arrows: Arrows
  /** What becomes of a person who was responsible and is no longer named on the item. */
  readonly formerResponsible: 'observer' | 'removed'
  /** May guests sit in an item's chat? They are never written to the item either way. */
  readonly guests: 'allowed' | 'refused'
  /** May people from outside be invited to an item's chat, by whoever is in it (C5)? */
  readonly outsiders: 'allowed' | 'refused'
  /** What a chat's name tells to whoever sees only the name: `key` keeps customers' names out of it. */
  readonly chatNames: 'key-and-title' | 'key'
  /** What an item's chat hears of the item (K4). */
  readonly feed: 'quiet' | 'off' | 'everything'
  /** The safety stop (U5): more removals than this wait for a person. */
  readonly removalsMax: { readonly perItem: number; readonly perPass: number }
}

export const DEFAULT_POLICY: Policy = {
  arrows: { admit: true, list: true, expel: true },
  formerResponsible: 'observer',
  guests: 'allowed',
  outsiders: 'refused',
  chatNames: 'key-and-title',
  feed: 'quiet',
  removalsMax: { perItem: 10, perPass: 50 },
}
