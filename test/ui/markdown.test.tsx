import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Markdown } from '../../src/ui/chat/markdown.tsx'

/** What becomes of what people type. Attributes of our own are left out of what is compared. */

const ann = { id: 'ann', name: 'Ann Reed' }
const shown = (text: string) =>
  renderToStaticMarkup(createElement(Markdown, { text, mentions: [ann] }))
    .replace(/ (class|data-[\w-]+)="[^"]*"/g, '')
    .replace(/^<div>|<\/div>$/g, '')

test('bold, italic, code, lists and quotes', () => {
  expect(shown('**bold** *it* `x < y` ~~old~~ ~5')).toBe('<p><strong>bold</strong> <em>it</em> <code>x &lt; y</code> <del>old</del> ~5</p>')
  expect(shown('- one\n- two').replaceAll('\n', '')).toBe('<ul><li>one</li><li>two</li></ul>')
  expect(shown('> said').replaceAll('\n', '')).toBe('<blockquote><p>said</p></blockquote>')
})

test('a new line stays a new line', () => {
  expect(shown('one\ntwo')).toBe('<p>one\ntwo</p>')
})

test.each([
  ['<script>alert(1)</script>', 'script'],
  ['<img src=x onerror=alert(1)>', 'img'],
  ['![seen](https://tracker.example/pixel.png)', 'img'],
  ['[click](javascript:alert(1))', 'href'],
  ['[click](data:text/html,x)', 'href'],
  ['[click](http://example.com)', 'href'],
  ['[click](//example.com)', 'href'],
  ['<a href="https://example.com" onclick="x()">a</a>', 'href'],
  ['# <style>*{display:none}</style>', '<style'],
])('%s brings in no %s', (text, what) => {
  expect(shown(text).replaceAll('&lt;', '')).not.toMatch(new RegExp(`<${what.replace('<', '')}| ${what}=`))
})

test('only https becomes a link, which tells nobody where it stood', () => {
  expect(shown('See https://example.com/a?b=1.')).toContain('href="https://example.com/a?b=1"')
  expect(shown('[here](https://example.com)')).toMatch(/rel="noopener noreferrer nofollow ugc"/)
})

test('a named member stands out, but not in code', () => {
  expect(shown('Hi @Ann Reed, `@Ann Reed`')).toBe('<p>Hi <mark>@Ann Reed</mark>, <code>@Ann Reed</code></p>')
})
