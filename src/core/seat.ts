/**
 * The rule. A *seat* is one person's place at one item: named on the item or not, in its chat or not.
 * The two places are kept in an uneven agreement, and one remembered fact makes the unevenness right:
 * *settled* — we have already brought this person's two places together once.
 *
 * `MOVES` is the product. Everything else in the repository finds out which cell a person stands in
 * (`facts.ts`), or carries out the move that the cell names (the engine).
 */

/** Where a reading of both sides finds a person. */
export type Place = 'outside' | 'listed' | 'chatting' | 'both'

export type Acquaintance = 'fresh' | 'settled'

/** What the engine does about a seat. Every move may be repeated: adding twice is adding once. */
export type Move = 'rest' | 'admit' | 'list' | 'expel'

export const MOVES: Record<Acquaintance, Record<Place, Move>> = {
  //        nowhere          on the item only                in the chat only                on both
  fresh: { outside: 'rest', listed: 'admit' /* O20 O24 */, chatting: 'list' /* O22 */, both: 'rest' },
  settled: { outside: 'rest', listed: 'rest' /* O23 O28 */, chatting: 'expel' /* O26 */, both: 'rest' },
}

/** What is remembered once a person has been found in a place: agreement settles, absence forgets. */
export const REMEMBERED: Record<Place, Acquaintance | 'unchanged'> = {
  outside: 'fresh',
  listed: 'unchanged',
  chatting: 'unchanged',
  both: 'settled',
}

/** Which moves an organisation lets happen by themselves (U1). */
export type Arrows = Readonly<Record<Exclude<Move, 'rest'>, boolean>>

/** A policy can only switch a cell to `rest`; it never adds a way of its own. */
export function decide(acquaintance: Acquaintance, place: Place, arrows: Arrows): Move {
  const move = MOVES[acquaintance][place]
  return move === 'rest' || arrows[move] ? move : 'rest'
}

export function placeOf(listed: boolean, inChat: boolean): Place {
  if (listed) return inChat ? 'both' : 'listed'
  return inChat ? 'chatting' : 'outside'
}
