import { expect, test } from 'vitest'
import { piecesOf } from '../../src/ui/chat/linkify.ts'
import { hintFrom, waitMs } from '../../src/ui/data/live.ts'
import { mergeMessages, stillOutgoing, type Outgoing } from '../../src/ui/data/thread.ts'
import type { Message } from '../../src/ui/data/types.ts'
import { staleBy } from '../../src/ui/data/use-live.ts'

const ann = { id: 'ann', name: 'Ann', email: null, role: 'employee' as const, title: null }
const message = (seq: number, text = `text ${seq}`): Message => ({
  id: `m${seq}`,
  seq,
  kind: 'text',
  author: ann,
  text,
  people: [],
  at: '2026-11-03T10:00:00Z',
})
const outgoing = (text: string, afterSeq: number, state: Outgoing['state'] = 'sending'): Outgoing => ({
  key: text,
  text,
  afterSeq,
  state,
  at: '',
  why: null,
})

test('two runs of messages become one, in order, each message once', () => {
  expect(mergeMessages([message(3), message(4)], [message(4), message(2), message(5)]).map((one) => one.seq)).toEqual([2, 3, 4, 5])
})

test('my own message that came over the socket hides the one on its way; an older one of the same text does not', () => {
  const known = [message(1, 'ok')]
  expect(stillOutgoing([outgoing('ok', 1)], known, 'ann')).toHaveLength(1)
  expect(stillOutgoing([outgoing('ok', 1)], [...known, message(2, 'ok')], 'ann')).toHaveLength(0)
  expect(stillOutgoing([outgoing('ok', 1)], [...known, message(2, 'ok')], 'bob')).toHaveLength(1)
  expect(stillOutgoing([outgoing('ok', 1, 'failed')], [...known, message(2, 'ok')], 'ann')).toHaveLength(1)
})

test('only https becomes a link, without the full stop behind it', () => {
  expect(piecesOf('See https://example.com/a?b=1. Then (https://example.org).').map(({ text, link }) => ({ text, link }))).toEqual([
    { text: 'See ', link: null },
    { text: 'https://example.com/a?b=1', link: 'https://example.com/a?b=1' },
    { text: '. Then (', link: null },
    { text: 'https://example.org', link: 'https://example.org' },
    { text: ').', link: null },
  ])
  expect(piecesOf('javascript:alert(1) http://example.com https://')).toEqual([
    { text: 'javascript:alert(1) http://example.com https://', link: null, at: 0 },
  ])
  expect(piecesOf('')).toEqual([])
})

test('a hint that is not ours is nothing', () => {
  expect(hintFrom('{"kind":"chat","id":"c","seq":4}')).toEqual({ kind: 'chat', id: 'c', seq: 4 })
  expect(hintFrom('{"kind":"other"}')).toBeNull()
  expect(hintFrom('null')).toBeNull()
  expect(hintFrom('half a mess')).toBeNull()
})

test('a hint of a chat looks again at its messages, its head and its place in the list', () => {
  expect(staleBy({ kind: 'chat', id: 'c', seq: 4 })).toEqual([['messages', 'c'], ['chat', 'c'], ['chats'], ['item']])
})

test('the wait to reconnect grows, has a ceiling, and is never nothing', () => {
  expect(waitMs(0, 1)).toBe(500)
  expect(waitMs(3, 1)).toBe(4000)
  expect(waitMs(50, 1)).toBe(15_000)
  expect(waitMs(50, 0)).toBe(7_500)
})
