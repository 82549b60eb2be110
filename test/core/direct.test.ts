import { describe, expect, test } from 'vitest'
import { directMessage, type Happened, type Line, netOf, QUIET_MAX_MS, QUIET_MS, whenToTell } from '../../src/core/direct.ts'

describe('when people are told', () => {
  const waiting = (...at: number[]) => at.map((atMs) => ({ atMs, dueMs: atMs + QUIET_MS }))

  test('O13 once nothing more has happened for the quiet time', () => {
    expect(whenToTell(waiting(0))).toBe(QUIET_MS)
    expect(whenToTell(waiting(0, 3_000, 6_000))).toBe(6_000 + QUIET_MS)
  })

  test('O13 and after two minutes even if it goes on', () => {
    const ongoing = Array.from({ length: 200 }, (_, second) => second * 1_000)
    expect(whenToTell(waiting(...ongoing))).toBe(QUIET_MAX_MS)
  })

  test('U7 what is to be tried again later is not tried before, however long ago it happened', () => {
    expect(whenToTell([{ atMs: 0, dueMs: 900_000 }])).toBe(900_000)
  })
})

describe('what is worth telling', () => {
  const story = (...kinds: Happened['kind'][]) => kinds.map((kind, id): Happened => ({ id, kind, item: 'D-1', by: 'ann' }))
  const net = (...kinds: Happened['kind'][]) => netOf(story(...kinds), () => true).map(({ kind }) => kind)

  test('O13 O14 what came to nothing is nothing', () => {
    expect(net('observer-added', 'observer-removed')).toEqual([])
    expect(net('observer-removed', 'observer-added')).toEqual([])
    expect(net('observer-added', 'observer-removed', 'observer-added')).toEqual(['observer-added'])
    expect(net('observer-removed', 'access-granted', 'observer-removed')).toEqual(['observer-removed'])
  })

  test('K8 being let in is told once, by the word that says more', () => {
    expect(net('access-granted', 'observer-added')).toEqual(['access-granted'])
  })

  test('K8 everybody who asks is told of, and somebody who asks twice once', () => {
    const asking = ['bob', 'cid', 'bob'].map((by, id): Happened => ({ id, kind: 'access-requested', item: 'D-1', by }))
    expect(netOf(asking, () => true).map(({ by }) => by)).toEqual(['cid', 'bob'])
  })

  test('O13 what does not hold any more is not told', () => {
    expect(netOf(story('observer-added'), () => false)).toEqual([])
  })
})

describe('how it is told', () => {
  const ann = { id: 'ann', name: 'Ann' }
  const line = (place: number, more: Partial<Line> = {}): Line => ({
    kind: 'observer-added',
    text: `Line ${place}.`,
    by: ann,
    item: { id: `i${place}`, type: 'deal', name: `Deal ${place} (D-${place})`, url: `https://x.example/items/i${place}` },
    chatUrl: null,
    seen: true,
    ...more,
  })
  const pages = { observing: 'https://x.example/?observing=true', notifications: 'https://x.example/notifications' }

  test('O13 items of several types are items', () => {
    const lead = line(2, { item: { id: 'i2', type: 'lead', name: 'Lead 2 (L-2)', url: 'https://x.example/items/i2' } })
    expect(directMessage([line(1), lead], pages).text).toContain('an observer of 2 items.')
  })

  test('O13 a message has an end, whatever a day brought', () => {
    const many = Array.from({ length: 400 }, (_, place) => line(place, { by: { id: `p${place % 20}`, name: `Person ${place % 20}` } }))
    const { text, parts } = directMessage(many, pages)
    expect(text.split('\n')).toHaveLength(6)
    expect(text).toContain('And 300 more.')
    expect(parts?.length).toBeLessThanOrEqual(50)
    expect(parts?.at(-1)).toEqual({ part: 'link', title: 'And 300 more in Ringside', url: pages.notifications })
  })
})
