export type BoldPiece = { readonly text: string; readonly bold: boolean; readonly at: number }

/** "Ann added you to **Acme renewal**": the server's two stars become bold text, and nothing else becomes anything. */
export function boldPieces(text: string): readonly BoldPiece[] {
  return text
    .split(/\*\*(.+?)\*\*/)
    .map((piece, at) => ({ text: piece, bold: at % 2 === 1, at }))
    .filter((piece) => piece.text !== '')
}
