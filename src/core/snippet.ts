import { literally } from './literally.ts'

/** What a search shows of a text: a line around the first word that was found, with every found word marked. */

export type SnippetPiece = { readonly text: string; readonly marked: boolean }

export const WORDS_MAX = 8
const BEFORE_MAX = 40
const LENGTH_MAX = 160

/** The words of a query. Scripts without spaces between words come as one, which is found wherever it stands. */
export function wordsOf(query: string): readonly string[] {
  const words = query.normalize('NFC').split(/\s+/u)
  return [...new Set(words.filter((word) => word !== ''))].slice(0, WORDS_MAX)
}

export function snippetOf(text: string, words: readonly string[]): readonly SnippetPiece[] {
  const line = text.replace(/\s+/gu, ' ')
  const found = words.length > 0 ? new RegExp(`(${words.map(literally).join('|')})`, 'iu') : null
  const first = found ? line.search(found) : -1
  const from = first > BEFORE_MAX ? startNear(line, first - BEFORE_MAX) : 0
  const to = wholeAt(line, Math.min(line.length, from + LENGTH_MAX))
  const shown = `${from > 0 ? '…' : ''}${line.slice(from, to)}${to < line.length ? '…' : ''}`
  if (!found) return shown === '' ? [] : [{ text: shown, marked: false }]
  return shown
    .split(found)
    .map((piece, place) => ({ text: piece, marked: place % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}

/** The beginning of a word, where one is near: text without spaces is cut where it must be. */
function startNear(line: string, at: number): number {
  const space = line.indexOf(' ', at)
  return space !== -1 && space < at + BEFORE_MAX / 2 ? space + 1 : wholeAt(line, at)
}

/** Never between the halves of one character. */
function wholeAt(line: string, at: number): number {
  const code = line.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
