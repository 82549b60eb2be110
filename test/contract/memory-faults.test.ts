import { expect, test } from 'vitest'
import { memoryCrm } from '../../adapters/memory/crm.ts'
import type { Fault } from '../../adapters/memory/fault.ts'
import { memoryPlatform } from '../../adapters/memory/platform.ts'
import type { Failure } from '../../src/core/failure.ts'
import { asItemId, asPersonId } from '../../src/core/ids.ts'

const LOST: Failure = { kind: 'uncertain', code: 'lost', why: 'The answer was lost.' }
const WISH = { operation: 'op-1', name: 'D-1', topic: '', first: [], tried: 'no' as const }

test('a call can fail before it, after it, and while its effect is still on its way', async () => {
  let fault: Fault = null
  const { platform, world } = memoryPlatform({ nowMs: () => 0, fault: (method) => (method === 'add' ? fault : null) })
  const ann = world.signUp({ name: 'Ann', email: 'ann@example.com' })
  const opened = await platform.open(WISH)
  if (!opened.ok) throw new Error('not opened')
  const chat = opened.value.id
  const isIn = () => world.chats.get(chat)?.members.has(ann)

  fault = LOST
  expect(await platform.add(chat, [ann], 'all')).toEqual([LOST])
  expect(isIn()).toBe(false)

  fault = { deferred: LOST }
  expect(await platform.add(chat, [ann], 'all')).toEqual([LOST])
  expect(isIn()).toBe(false)
  world.land()
  expect(isIn()).toBe(true)

  world.leave(chat, ann)
  fault = { afterEffect: LOST }
  expect(await platform.add(chat, [ann], 'all')).toEqual([LOST])
  expect(isIn()).toBe(true)
})

test('O21 a chat whose opening lost its answer is found again', async () => {
  let lost = true
  const { platform, world } = memoryPlatform({ nowMs: () => 0, fault: () => (lost ? { afterEffect: LOST } : null) })
  expect(await platform.open(WISH)).toEqual({ ok: false, failure: LOST })
  lost = false
  expect(await platform.open(WISH)).toMatchObject({ ok: true, value: { id: [...world.chats.keys()][0] } })
  expect(world.chats.size).toBe(1)
})

test('our own acts are delivered like those of people, each delivery with an id of its own', async () => {
  const ids: string[] = []
  const news: unknown[] = []
  const deliver = (delivery: { id: string; news: unknown }) => void (ids.push(delivery.id), news.push(delivery.news))
  const { platform, world } = memoryPlatform({ nowMs: () => 7, deliver })
  const ann = world.signUp({ name: 'Ann', email: null })
  const opened = await platform.open(WISH)
  if (!opened.ok) throw new Error('not opened')
  await platform.add(opened.value.id, [ann], 'all')
  await platform.remove(opened.value.id, [ann])
  expect(news).toContainEqual({ kind: 'joined', chat: opened.value.id, account: ann, by: world.app, atMs: 7 })
  expect(news).toContainEqual({ kind: 'left', chat: opened.value.id, account: ann, atMs: 7 })
  expect(new Set(ids).size).toBe(ids.length)
})

test('a change of observers whose answer was lost is found in the next reading', async () => {
  const { source, world } = memoryCrm({ fault: (method) => (method === 'changeObservers' ? { afterEffect: LOST } : null) })
  const id = asItemId('item-1')
  world.put({ id })
  const wish = { id, add: [asPersonId('ann')], remove: [], revision: null, by: { person: null, how: 'chat' } } as const
  expect(await source.changeObservers(wish)).toEqual({ ok: false, failure: LOST })
  expect(await source.read([{ id, since: 1 }])).toMatchObject({ value: [{ item: { observers: ['ann'] }, relisted: ['ann'] }] })
})
