import { expect, test } from 'vitest'
import { hintFrom, waitMs } from '../../src/ui/data/live.ts'
import {
  mergeMessages,
  stillOutgoing,
  THREAD_MAX,
  threadOf,
  withChanged,
  withNewer,
  withOlder,
  type Outgoing,
} from '../../src/ui/data/thread.ts'
import type { Message, MessagePage } from '../../src/ui/data/types.ts'
import { staleBy } from '../../src/ui/data/use-live.ts'
import { PLAIN } from './plain-message.ts'

const ann = { id: 'ann', name: 'Ann', email: null, role: 'employee' as const, title: null }
const message = (seq: number, text = `text ${seq}`): Message => ({
  ...PLAIN,
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
  replyTo: null,
  files: [],
  afterSeq,
  state,
  at: '',
  why: null,
})

test('two runs of messages become one, in order, each message once', () => {
  expect(mergeMessages([message(3), message(4)], [message(4), message(2), message(5)]).map((one) => one.seq)).toEqual([2, 3, 4, 5])
})

test('a hundred thousand messages are walked in both directions with no more than a few hundred held, and no gap', () => {
  const chat = 100_000
  const page = (from: number, limit: number): MessagePage => {
    const items = Array.from({ length: limit }, (_, n) => message(from + n)).filter((one) => one.seq >= 1 && one.seq <= chat)
    const [first, last] = [items[0]?.seq ?? 1, items.at(-1)?.seq ?? chat]
    return { items, next: first > 1 ? String(first) : null, newer: last < chat, hiddenBefore: null }
  }
  const unbroken = (seqs: readonly number[]) => seqs.every((seq, place) => place === 0 || seq === (seqs[place - 1] ?? 0) + 1)
  let thread = threadOf(page(50_000, 50))
  for (const walk of [
    (): void => void (thread = withNewer(thread, page((thread.messages.at(-1)?.seq ?? 0) + 1, 200))),
    (): void => void (thread = withOlder(thread, page((thread.messages[0]?.seq ?? 0) - 200, 200))),
  ]) {
    for (let n = 0; n < 300; n++) walk()
    const seqs = thread.messages.map((one) => one.seq)
    expect([seqs.length <= THREAD_MAX, unbroken(seqs)]).toEqual([true, true])
    expect([thread.older, thread.newer]).toEqual([seqs[0] !== 1, seqs.at(-1) !== chat])
  }
})

test('a message that changed is changed where it is held, and not brought in where it is not', () => {
  const thread = threadOf({ items: [message(3), message(4)], next: '3', newer: true, hiddenBefore: null })
  expect(withChanged(thread, [message(4, 'other'), message(9)]).messages.map((one) => one.text)).toEqual(['text 3', 'other'])
})

test('my own message that came over the socket hides the one on its way; an older one of the same text does not', () => {
  const known = [message(1, 'ok')]
  expect(stillOutgoing([outgoing('ok', 1)], known, 'ann')).toHaveLength(1)
  expect(stillOutgoing([outgoing('ok', 1)], [...known, message(2, 'ok')], 'ann')).toHaveLength(0)
  expect(stillOutgoing([outgoing('ok', 1)], [...known, message(2, 'ok')], 'bob')).toHaveLength(1)
  expect(stillOutgoing([outgoing('ok', 1, 'failed')], [...known, message(2, 'ok')], 'ann')).toHaveLength(1)
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
