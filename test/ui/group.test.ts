import { expect, test } from 'vitest'
import { foldedLine, quietLine, rowsOf } from '../../src/ui/chat/group.ts'
import type { Message, Person } from '../../src/ui/data/types.ts'
import { PLAIN } from './plain-message.ts'

const person = (name: string): Person => ({ id: name, name, email: null, role: 'employee', title: null })
const [ann, bob, cid, dan, eve] = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve'].map(person) as [Person, Person, Person, Person, Person]

let seq = 0
const at = (time: string) => new Date(`2026-11-${time}:00`).toISOString()
const said = (author: Person, time: string): Message => ({
  ...PLAIN,
  id: `m${++seq}`,
  seq,
  kind: 'text',
  author,
  text: 'Hello',
  people: [],
  at: at(time),
})
const moved = (kind: 'joined' | 'left', by: Person | null, people: Person[], time = '03T10:00'): Message => ({
  ...PLAIN,
  id: `m${++seq}`,
  seq,
  kind,
  author: by,
  text: '',
  people,
  at: at(time),
})

test('one author within five minutes is one block; another author, or later, begins a new one', () => {
  const rows = rowsOf([said(ann, '03T10:00'), said(ann, '03T10:02'), said(bob, '03T10:03'), said(ann, '03T10:04'), said(ann, '03T10:20')])
  expect(rows.map((row) => (row.kind === 'block' ? `${row.author?.name} ${row.messages.length}` : row.kind))).toEqual([
    'day',
    'Ann 2',
    'Bob 1',
    'Ann 1',
    'Ann 1',
  ])
})

test('a new day begins with its own line, even for the same author', () => {
  const rows = rowsOf([said(ann, '03T23:59'), said(ann, '04T00:01')])
  expect(rows.map((row) => row.kind)).toEqual(['day', 'block', 'day', 'block'])
})

test('joins and leaves in a row fold into one quiet line', () => {
  const rows = rowsOf([
    moved('joined', cid, [ann]),
    moved('joined', cid, [bob, dan]),
    moved('joined', cid, [eve]),
    moved('left', bob, [bob]),
    said(ann, '03T10:01'),
  ])
  expect(rows.map((row) => row.kind)).toEqual(['day', 'quiet', 'block'])
  const quiet = rows[1]
  expect(quiet?.kind === 'quiet' && foldedLine(quiet.messages)).toBe('Ann, Bob and 2 others joined · Bob left')
})

test('somebody who came twice in a run is named once', () => {
  expect(foldedLine([moved('joined', cid, [ann]), moved('joined', cid, [ann, bob])])).toBe('Ann and Bob joined')
})

test('a single line says who did it, unless they did it themselves', () => {
  expect(quietLine(moved('joined', cid, [ann]))).toBe('Cid added Ann')
  expect(quietLine(moved('joined', ann, [ann]))).toBe('Ann joined')
  expect(quietLine(moved('joined', ann, [ann, bob]))).toBe('Ann added Bob')
  expect(quietLine(moved('joined', null, [ann, bob]))).toBe('Ann and Bob joined')
  expect(quietLine({ ...moved('joined', cid, []), kind: 'named', text: 'War room' })).toBe('Cid renamed the chat to “War room”')
  expect(quietLine(moved('left', cid, [ann]))).toBe('Cid took Ann out of the chat')
  expect(quietLine(moved('left', ann, [ann]))).toBe('Ann left the chat')
})

test('K4 what the chat hears of its item is a line of its own, also when it folds', () => {
  const heard = (text: string): Message => ({ ...moved('joined', null, []), kind: 'item', text })
  expect(quietLine(heard('Stage of D-42: New → Won'))).toBe('Stage of D-42: New → Won')
  expect(foldedLine([heard('Stage of D-42: New → Won'), heard('Responsible of D-42: Ann → Bob'), moved('joined', null, [bob])])).toBe(
    'Stage of D-42: New → Won · Responsible of D-42: Ann → Bob · Bob joined',
  )
})
