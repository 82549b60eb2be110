import { expect, test } from 'vitest'
import { queryText } from '../../src/ui/data/fetch.ts'
import { conflictOf, problemFrom, sentenceOf } from '../../src/ui/data/problem.ts'

test('a problem keeps its sentence, its code and its field', () => {
  const problem = problemFrom(422, {
    type: 'about:blank',
    title: 'Invalid',
    status: 422,
    detail: 'Give it a title.',
    code: 'invalid',
    field: 'title',
  })
  expect(problem).toMatchObject({ message: 'Give it a title.', code: 'invalid', field: 'title', status: 422 })
})

test("what is not ours becomes a sentence, never a proxy's page", () => {
  expect(problemFrom(429, undefined).message).toBe('Too many requests just now. Wait a moment and try again.')
  expect(problemFrom(502, undefined)).toMatchObject({
    code: 'http_502',
    message: 'Something went wrong on our side. Try again in a moment.',
  })
  expect(problemFrom(500, { detail: '   ', title: 7 }).message).toBe('Something went wrong on our side. Try again in a moment.')
  expect(sentenceOf(new TypeError('x is undefined'))).toBe('Something went wrong on our side. Try again in a moment.')
})

test('only a revision conflict carries the item as it is now', () => {
  expect(conflictOf(problemFrom(412, { code: 'revision', detail: 'Changed.', current: { id: 'i', revision: 4 } }))).toMatchObject({
    revision: 4,
  })
  expect(conflictOf(problemFrom(412, { code: 'revision', detail: 'Changed.' }))).toBeNull()
  expect(conflictOf(problemFrom(409, { current: { revision: 4 } }))).toBeNull()
})

test('empty filters are not sent', () => {
  expect(queryText({ query: '', type: undefined, cursor: null, limit: 0 })).toBe('?limit=0')
  expect(queryText(undefined)).toBe('')
  expect(queryText({ query: 'a & b' })).toBe('?query=a+%26+b')
})
