import { expect, test } from 'vitest'
import { marksOf, removalText } from '../../src/ui/chat/membership.ts'
import type { Chat, Member } from '../../src/ui/data/types.ts'

const now = Date.parse('2026-11-20T12:00:00Z')
const deal: Pick<Chat, 'item'> = { item: { id: 'i', key: 'D-42', type: 'deal', title: 'Acme', stage: 'New', amount: null, currency: null } }
const privateChat: Pick<Chat, 'item'> = { item: null }
const bob: Member = {
  id: 'bob',
  name: 'Bob Chen',
  email: null,
  role: 'employee',
  title: null,
  since: '2026-11-03T12:00:00Z',
  seesAll: true,
  responsible: false,
  observes: true,
}

test('O23 taking somebody out of the chat says that they stay on the item', () => {
  expect(removalText(deal, bob)).toBe('Bob leaves the chat and stays an observer of D-42.')
  expect(removalText(deal, { ...bob, responsible: true })).toBe('Bob leaves the chat and stays responsible for D-42.')
  expect(removalText(privateChat, bob)).toContain("can't read it any more")
})

test('O27 a member who does not see everything is marked with the day it begins', () => {
  expect(marksOf(deal, { ...bob, seesAll: false }, now)).toEqual({ role: 'Observer', sees: 'sees messages from 3 Nov' })
  expect(marksOf(deal, bob, now).sees).toBeNull()
})

test('guests are marked as guests, also where they are listed; a private chat has no other marks', () => {
  expect(marksOf(deal, { ...bob, role: 'guest' }, now).role).toBe('Guest')
  expect(marksOf(privateChat, { ...bob, responsible: true }, now).role).toBeNull()
})
