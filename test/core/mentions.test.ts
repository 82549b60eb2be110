import { expect, test } from 'vitest'
import { mentionedIn } from '../../src/core/mentions.ts'

const people = [
  { id: 'ann', name: 'Ann Reed' },
  { id: 'bob', name: 'Bob Chen' },
  { id: 'other-bob', name: 'Bob Miller' },
  { id: 'li', name: '李 小龙' },
]

test.each([
  ['@Ann Reed, can you look?', ['ann']],
  ['@ann reed and @Ann and @ANN', ['ann']],
  ['(@Ann)', ['ann']],
  ['@Bob Chen', ['bob']],
  ['@Bob is two people, so nobody', []],
  ['@Annabel is somebody else', []],
  ['mail me@ann.example', []],
  ['Ann without the sign', []],
  ['@李 小龙 好', ['li']],
  ['@Nobody here', []],
])('%s', (text, ids) => {
  expect(mentionedIn(text, people)).toEqual(ids)
})
