import { describe, expect, test } from 'vitest'
import type { FakeChannel } from '../fakes/slack/state.ts'
import type { Item } from './demo-people.ts'
import { replyTo, runningSlack } from './slack-running.ts'

describe('a fresh chat from here', () => {
  const at = runningSlack()

  const opened = async (title: string, observers: string[]): Promise<{ item: Item; old: FakeChannel }> => {
    const item = await at.item(title, observers)
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    return { item, old: await at.channelOf(item) }
  }
  const press = (name: string, item: Item, chat: FakeChannel) =>
    at.world.press(at.account(name), { actionId: 'fresh-chat#0', value: `${item.id}:${chat.id}` }, chat.id)
  const channelsOf = (item: Item) =>
    [...at.world.state.channels.values()].filter(({ name }) => name.startsWith(`${item.key.toLowerCase()}-`))
  const lastIn = (channel: FakeChannel) => channel.messages.findLast(({ for: only }) => only === null)

  test('O27 members move, who stays out stays out, and the old chat says where it goes on', async () => {
    const { item, old } = await opened('From here on', ['Bob Chen', 'Cid Baker'])
    await at.world.leave(old.id, at.account('Cid Baker'))
    await at.settled()
    const reply = await replyTo(await press('Ann Reed', item, old))
    await at.settled()
    const fresh = await at.channelOf(item)
    expect(fresh.id).not.toBe(old.id)
    expect(reply.all).toContain(`channel=${fresh.id}`)
    expect(fresh.name).toBe(`${old.name}-2`)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Cid Baker'])
    expect(lastIn(old)?.text).toContain('goes on in a fresh chat')
    expect(lastIn(old)?.text).toContain(`channel=${fresh.id}`)
    expect(JSON.stringify(fresh.messages[0]?.blocks)).toContain(`channel=${old.id}`)
    expect(JSON.stringify(old.messages[0]?.blocks)).not.toContain('add-people')
    expect(old.topic).toContain('goes on in another chat')
    expect((await at.read(item)).chat?.past).toMatchObject([{ name: old.name, url: expect.stringContaining(old.id) as string }])
  })

  test('O27 whoever is added from now on is in the new chat alone, and adding somebody to the old one does nothing', async () => {
    const { item, old } = await opened('From now on', ['Bob Chen'])
    await press('Ann Reed', item, old)
    await at.settled()
    await at.change(item, { add: ['Dan Okafor'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Dan Okafor'])
    expect(old.members.has(at.account('Dan Okafor'))).toBe(false)
    await at.world.join(old.id, at.account('Eve Lindqvist'), at.account('Bob Chen'))
    await at.world.leave(old.id, at.account('Bob Chen'))
    await at.settled()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Dan Okafor'])
  })

  test('O27 pressed twice, by two people, and once more later: one fresh chat, one last post', async () => {
    const { item, old } = await opened('Pressed twice', ['Bob Chen'])
    const replies = await Promise.all([press('Ann Reed', item, old), press('Bob Chen', item, old)])
    for (const reply of replies) expect((await replyTo(reply)).all).toContain('goes on in a fresh chat')
    await press('Ann Reed', item, old)
    await at.settled()
    await at.sweep()
    expect(channelsOf(item)).toHaveLength(2)
    expect(old.messages.filter(({ text }) => text.startsWith('The discussion of'))).toHaveLength(2) // the last post, and the card that says the same
  })

  test('O27 O21 the answer to the opening was lost: there is one fresh chat all the same', async () => {
    const { item, old } = await opened('Lost on the way', ['Bob Chen'])
    at.world.breakNext('conversations.create', 'after', 'internal_error')
    await press('Ann Reed', item, old)
    await at.settled()
    await at.sweep()
    await at.sweep()
    expect(channelsOf(item)).toHaveLength(2)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O3 O27 somebody who may not change the people of the item is refused, in the words for what does not exist', async () => {
    const { item, old } = await opened('Not for Dan', ['Bob Chen'])
    const reply = await replyTo(await press('Dan Okafor', item, old))
    expect(reply.text).toContain('There is no item')
    expect(channelsOf(item)).toHaveLength(1)
  })
})
