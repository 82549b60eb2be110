export type BoldPiece = { readonly text: string; readonly bold: boolean }

/** "Ann added you to **Acme renewal**": the server's two stars become bold text, and nothing else becomes anything. */
export function boldPieces(text: string): readonly BoldPiece[] {
  return text
    .split(/\*\*(.+?)\*\*/)
    .map((piece, index) => ({ text: piece, bold: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}
