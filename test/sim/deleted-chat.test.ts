import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenDatabase } from '../../db/open.ts'
import { EVERYTHING } from '../../src/core/entitlement.ts'
import { asPersonId } from '../../src/core/ids.ts'
import { discuss } from '../../src/engine/discuss.ts'
import { freshDatabase } from '../database.ts'
import { openOracle } from './oracle.ts'
import { openStage, ORGANISATION, USUAL } from './stage.ts'

let database: OpenDatabase
beforeAll(async () => void (database = await freshDatabase()))
afterAll(() => database.close())

const ANN = { id: asPersonId('ann'), role: 'employee', active: true, unreadableTypes: [], entitlement: EVERYTHING } as const

test('O21 one press opens a new chat where the old one was deleted and nobody had looked at it since', async () => {
  const oracle = openOracle()
  const stage = await openStage(database, USUAL, oracle.witness)
  oracle.attach(stage)
  const engine = stage.incarnate()
  stage.crm.reassign('D-1' as never, ANN.id)
  const first = await discuss(engine, ORGANISATION, ANN, 'D-1')
  const [chat] = stage.chatsOf('D-1')
  if (first.kind !== 'open' || !chat) throw new Error('The first chat was not opened.')
  stage.chats.destroy(chat.id)
  oracle.destroyed('D-1')

  const second = await discuss(engine, ORGANISATION, ANN, 'D-1')
  expect(second).toMatchObject({ kind: 'open', created: true })
  expect(stage.chatsOf('D-1').map(({ state }) => state)).toEqual(['gone', 'open'])
  expect(stage.chatsOf('D-1')[1]?.members.has(stage.idOf('ann'))).toBe(true)
  expect(oracle.complaints).toEqual([])
})
