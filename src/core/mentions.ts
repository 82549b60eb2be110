import { literally } from './literally.ts'

/** "@Ann Reed" in a message names Ann. Names come from the chat's members, so nobody else can be named, or found out, this way. */

export type Nameable = { readonly id: string; readonly name: string }

/** A stretch of the text, and whom it names. `at` is where it begins. */
export type MentionPiece = { readonly text: string; readonly at: number; readonly people: readonly string[] }

/** Whom a text names: by the whole name, or by the first name where one person alone has it. */
export function mentionedIn(text: string, people: readonly Nameable[]): readonly string[] {
  return [...new Set(mentionPieces(text, people).flatMap((piece) => piece.people))]
}

export function mentionPieces(text: string, people: readonly Nameable[]): readonly MentionPiece[] {
  const names = namesOf(people)
  if (names.size === 0 || !text.includes('@')) return text === '' ? [] : [{ text, at: 0, people: [] }]
  const longestFirst = [...names.keys()].toSorted((one, other) => other.length - one.length).map(literally)
  // What goes on after the name belongs to another word: "@Annabel" is not Ann, and "me@ann.example" is nobody.
  const mention = new RegExp(`(?<![\\p{L}\\p{N}_])@(${longestFirst.join('|')})(?![\\p{L}\\p{N}_])`, 'giu')
  const pieces: MentionPiece[] = []
  let end = 0
  for (const match of text.matchAll(mention)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), at: end, people: [] })
    pieces.push({ text: match[0], at: match.index, people: names.get((match[1] ?? '').toLowerCase()) ?? [] })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), at: end, people: [] })
  return pieces
}

function namesOf(people: readonly Nameable[]): ReadonlyMap<string, readonly string[]> {
  const whole = Map.groupBy(people, ({ name }) => name.toLowerCase())
  const first = Map.groupBy(people, ({ name }) => (name.split(/\s+/)[0] ?? name).toLowerCase())
  const alone = [...first].filter(([name, those]) => those.length === 1 && !whole.has(name))
  return new Map([...whole, ...alone].filter(([name]) => name !== '').map(([name, those]) => [name, those.map(({ id }) => id)]))
}
