import { expect, test } from 'vitest'
import type { Item } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'

/** What a list of members that is remembered saves, and what it must not do. Decision 41. */

const at = runningSlack()

async function opened(title: string, observers: readonly string[] = []): Promise<Item> {
  const item = await at.item(title, observers)
  await at.discuss('Ann Reed', item.key)
  await at.settled()
  return item
}

const readings = async (item: Item) => at.calls('conversations.members', await at.channelOf(item)).length

/** The word of the next act of this kind is lost. */
async function unheard(type: string, act: () => Promise<unknown>): Promise<void> {
  at.world.delivery.drop = (event) => event.type === type
  await act()
  at.world.delivery.drop = () => false
  await at.settled()
}

test('O20 a new chat is opened and filled without reading who is in it', async () => {
  const item = await opened('New', ['Bob Chen'])
  expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  expect(await readings(item)).toBe(0)
})

test('O24 whoever is added as an observer is let in without a reading, and the echo of it is nothing to look at', async () => {
  const item = await opened('Adding')
  await at.change(item, { add: ['Bob Chen', 'Cid Baker'] })
  await at.settled()
  expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker'])
  expect(await readings(item)).toBe(0)
  expect(at.calls('conversations.invite', await at.channelOf(item))).toHaveLength(2)
  expect(await at.outcomes()).toContain('discarded: own_echo')
})

test('O26 nobody is removed without a reading, and by one', async () => {
  const item = await opened('Removing', ['Bob Chen', 'Cid Baker'])
  await at.change(item, { remove: ['Bob Chen', 'Cid Baker'] })
  await at.settled()
  expect(await at.members(item)).toEqual(['Ann Reed'])
  expect(await readings(item)).toBe(1)
})

test('O22 whoever joins is seen by a reading, and becomes an observer', async () => {
  const item = await opened('Joining')
  await at.world.join((await at.channelOf(item)).id, at.account('Dan Okafor'), at.account('Ann Reed'))
  await at.settled()
  expect(await at.observers(item)).toEqual(['Dan Okafor'])
})

test('O18 /discuss by somebody who is not on the item reads once at most', async () => {
  const item = await opened('Coming in')
  await at.discuss('Max Weber', item.key)
  await at.settled()
  expect(await at.members(item)).toEqual(['Ann Reed', 'Max Weber'])
  expect(await readings(item)).toBe(1)
})

test('O28 somebody whose leaving nobody heard of is not brought back by others who come, nor by the sweep that finds it', async () => {
  const item = await opened('Unheard leaving', ['Bob Chen'])
  const channel = await at.channelOf(item)
  await unheard('member_left_channel', () => at.world.leave(channel.id, at.account('Bob Chen')))
  await at.change(item, { add: ['Cid Baker'] })
  await at.settled()
  expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker'])
  await at.sweep()
  expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker'])
  expect((await at.seats(item)).get('Bob Chen')).toMatchObject({ listed: true, inChat: false })
})

test('O24 put on the item anew, somebody whose leaving nobody heard of comes back', async () => {
  const item = await opened('Anew', ['Bob Chen'])
  const channel = await at.channelOf(item)
  await unheard('member_left_channel', () => at.world.leave(channel.id, at.account('Bob Chen')))
  await at.change(item, { remove: ['Bob Chen'] })
  await at.change(item, { add: ['Bob Chen'] })
  await at.settled()
  expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
})

test('O22 somebody whose joining nobody heard of is found by the sweep', async () => {
  const item = await opened('Unheard joining')
  const channel = await at.channelOf(item)
  await unheard('member_joined_channel', () => at.world.join(channel.id, at.account('Eve Lindqvist'), at.account('Ann Reed')))
  expect(await at.observers(item)).toEqual([])
  await at.sweep()
  expect(await at.observers(item)).toEqual(['Eve Lindqvist'])
})

test('U7 a chat that was archived without a word is looked at before anybody is told that they could not come in', async () => {
  const item = await opened('Archived')
  const channel = await at.channelOf(item)
  await unheard('group_archive', () => at.world.archive(channel.id))
  await at.change(item, { add: ['Bob Chen'] })
  await at.settled()
  expect((await at.read(item)).chat?.state).not.toBe('open')
  expect((await at.seats(item)).get('Bob Chen')?.refused ?? null).toBeNull()
})
