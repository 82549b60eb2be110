/** `at` is where in the text the piece begins. */
export type Piece = { readonly text: string; readonly link: string | null; readonly at: number }

const LINK = /https:\/\/[^\s<>"']+/g

/** Text cut at its https links. Anything else that looks like an address (javascript:, http:) stays text. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(LINK)) {
    const address = trimmed(match[0])
    if (!isAddress(address)) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), link: null, at: end })
    pieces.push({ text: address, link: address, at: match.index })
    end = match.index + address.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), link: null, at: end })
  return pieces
}

/** The full stop that ends a sentence, or the bracket around a link, is not part of it. */
function trimmed(address: string): string {
  return address.replace(/[.,;:!?)\]}]+$/, '')
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).hostname !== ''
}
