import { expect, test } from 'vitest'
import { snippetOf, wordsOf } from '../../src/core/snippet.ts'

/** What a search shows of what it found (C14). Found words stand in brackets here. */

const shown = (text: string, query: string) =>
  snippetOf(text, wordsOf(query))
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('')

test('C14 every found word is marked, as it is written in the text', () => {
  expect(shown('They want a Discount, and a second discount.', 'discount WANT')).toBe('They [want] a [Discount], and a second [discount].')
})

test('C14 of a long text the line around the first word is shown, and begins with a whole word', () => {
  const text = `${'before '.repeat(40)}needle${' after'.repeat(60)}`
  const line = shown(text, 'needle')
  expect(line).toMatch(/^…before .*\[needle\] after.*…$/)
  expect(line.length).toBeLessThan(180)
})

test('C14 a script without spaces between words is found and cut where it must be', () => {
  expect(shown('明日の会議で契約を更新します', '契約')).toBe('明日の会議で[契約]を更新します')
  expect(shown(`${'会'.repeat(300)}契約${'議'.repeat(300)}`, '契約')).toMatch(/^…会+\[契約\]議+…$/)
  expect(shown(`${'😀'.repeat(100)}x${'😀'.repeat(100)}`, 'x')).not.toMatch(/\uFFFD|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/)
})

test('signs that mean something in a pattern are only signs', () => {
  expect(shown('100 % (net) [a+b]', '(net) [a+b]')).toBe('100 % [(net)] [[a+b]]')
})

test('a word counts once, and no more than eight are looked for', () => {
  expect(wordsOf(' a  b a\tc ')).toEqual(['a', 'b', 'c'])
  expect(wordsOf('1 2 3 4 5 6 7 8 9 10')).toHaveLength(8)
})
