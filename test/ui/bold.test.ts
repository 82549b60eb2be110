import { expect, test } from 'vitest'
import { boldPieces } from '../../src/ui/notifications/bold.ts'

test('two stars on both sides are bold; a lonely pair stays as it was written', () => {
  const shown = (text: string) => boldPieces(text).map((piece) => (piece.bold ? `<${piece.text}>` : piece.text))
  expect(shown('Ann added you to **Acme renewal** (D-42).')).toEqual(['Ann added you to ', '<Acme renewal>', ' (D-42).'])
  expect(shown('**A** and **B**')).toEqual(['<A>', ' and ', '<B>'])
  expect(shown('5 ** 3')).toEqual(['5 ** 3'])
  expect(shown('<b>no</b>')).toEqual(['<b>no</b>'])
})
