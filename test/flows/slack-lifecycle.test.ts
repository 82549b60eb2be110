import { afterEach, describe, expect, test } from 'vitest'
import type { Item } from './demo-people.ts'
import { type Reply, replyTo, runningSlack } from './slack-running.ts'

/** What people and workspaces do to the channel of an item, and what everybody sees of it. */
describe('the life of a channel', () => {
  const at = runningSlack()
  afterEach(() => Object.assign(at.world.delivery, { hold: false, drop: () => false }))

  async function opened(title: string, observers: readonly string[] = []): Promise<{ item: Item; channel: string }> {
    const item = await at.item(title, observers)
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    return { item, channel: (await at.channelOf(item)).id }
  }
  const press = async (name: string, reply: Reply, title: string): Promise<Reply> => {
    const choice = reply.choices.find((one) => one.title === title)
    if (!choice) throw new Error(`There is no button ${title}.`)
    return replyTo(await at.world.press(at.account(name), choice))
  }
  const told = async (name: string) => {
    const { items } = await at.asks<{ items: { text: string }[] }>(name, 'GET', 'notifications')
    return items.map(({ text }) => text)
  }

  test.each([true, false])('K7 archived (the app is put out: %s): nobody is moved, and it says how to bring it back', async (ejects) => {
    const { item, channel } = await opened(`Archived and back ${ejects}`, ['Bob Chen'])
    at.world.state.archiveEjects = ejects
    await at.world.archive(channel)
    await at.settled()
    await at.sweep()
    expect((await at.read(item)).chat).toMatchObject({ state: 'closed', why: expect.stringContaining('/invite @Ringside') as string })
    const reply = await at.discuss('Ann Reed', item.key)
    expect(reply.text).toContain('archived')
    expect(reply.text).toContain('/invite @Ringside')
    await at.change(item, { add: ['Cid Baker'], remove: ['Bob Chen'] })
    await at.settled()
    await at.world.unarchive(channel)
    if (ejects) await at.world.invite(channel, at.account('Ann Reed'))
    await at.settled()
    expect((await at.read(item)).chat).toMatchObject({ state: 'open', why: null })
    expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker'])
    expect(await at.observers(item)).toEqual(['Cid Baker'])
    expect(at.calls('conversations.archive')).toEqual([])
  })

  test('K7 unarchived, and the app hears of it though it is out: the item asks for the invitation, and nobody is moved', async () => {
    const { item, channel } = await opened('Unarchived', ['Bob Chen'])
    at.world.state.archiveEjects = true
    await at.world.archive(channel)
    await at.settled()
    await at.world.unarchive(channel, true)
    await at.settled()
    expect((await at.read(item)).chat).toMatchObject({ state: 'unreachable', why: expect.stringContaining('/invite @Ringside') as string })
    expect(await at.observers(item)).toEqual(['Bob Chen'])
  })

  test('O21 deleted: the item has no chat any more, Discuss opens a new one, and who had left stays out', async () => {
    const { item, channel } = await opened('Deleted', ['Bob Chen', 'Dan Okafor'])
    await at.world.leave(channel, at.account('Dan Okafor'))
    await at.settled()
    await at.world.destroy(channel)
    await at.settled()
    await at.sweep()
    expect((await at.read(item)).chat).toBeNull()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor'])
    const reply = await at.discuss('Ann Reed', item.key)
    expect(reply.text).toContain('is open.')
    await at.settled()
    expect((await at.channelOf(item)).id).not.toBe(channel)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O21 deleted, and nobody told us: nothing is dropped until somebody who may says so, and that opens one chat', async () => {
    const { item, channel } = await opened('Deleted in silence', ['Bob Chen'])
    at.world.delivery.drop = () => true
    await at.world.destroy(channel)
    at.world.delivery.drop = () => false
    await at.sweep()
    expect((await at.read(item)).chat?.state).toBe('unreachable')
    const reply = await at.discuss('Ann Reed', item.key)
    expect(reply.choices.map(({ title }) => title)).toEqual(['Try again', 'Start a new chat'])
    const stranger = await press('Dan Okafor', reply, 'Start a new chat')
    expect(stranger.text).toContain('There is no item with that key that you can see.')
    expect((await at.read(item)).chat?.state).toBe('unreachable')
    const anew = await press('Ann Reed', reply, 'Start a new chat')
    expect(anew.all).toContain('app_redirect')
    await press('Ann Reed', reply, 'Start a new chat')
    await at.settled()
    expect([...at.world.state.channels.values()].filter(({ name }) => name.startsWith(item.key.toLowerCase()))).toHaveLength(2)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O22 O23 O26 put out and let in again: what happened meanwhile is made good by the rule', async () => {
    const { item, channel } = await opened('Put out and in', ['Bob Chen', 'Dan Okafor'])
    await at.world.lockOut(channel)
    await at.settled()
    expect((await at.discuss('Ann Reed', item.key)).text).toContain('/invite @Ringside')
    at.world.delivery.drop = () => true
    await at.world.join(channel, at.account('Cid Baker'))
    await at.world.leave(channel, at.account('Dan Okafor'))
    at.world.delivery.drop = () => false
    await at.change(item, { remove: ['Bob Chen'], add: ['Eve Lindqvist'] })
    await at.settled()
    expect(await at.observers(item)).toEqual(['Dan Okafor', 'Eve Lindqvist'])
    await at.world.invite(channel, at.account('Ann Reed'))
    await at.settled()
    expect(await at.observers(item)).toEqual(['Cid Baker', 'Dan Okafor', 'Eve Lindqvist'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker', 'Eve Lindqvist'])
  })

  test('O21 O22 another id: the same chat, also for what came under the new id before we knew it', async () => {
    const { item, channel } = await opened('Moved', ['Bob Chen'])
    const to = await at.world.moveId(channel, async (id) => {
      await at.world.join(id, at.account('Cid Baker'), at.account('Ann Reed'))
      await at.world.leave(id, at.account('Cid Baker'))
      await at.settled()
    })
    await at.settled()
    expect((await at.read(item)).chat).toMatchObject({ id: to, state: 'open', url: expect.stringContaining(to) as string })
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Cid Baker'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    await at.change(item, { add: ['Dan Okafor'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Dan Okafor'])
  })

  test.each([true, false])(
    'C1 C2 made public by people (hidden from the app by that: %s): it is said, and nothing goes on',
    async (hides) => {
      at.world.state.publicHides = hides
      const { item, channel } = await opened(`Made public ${hides}`, ['Bob Chen'])
      await at.sweep()
      at.world.publish(channel)
      at.world.stepIn(channel, at.account('Dan Okafor'))
      await at.sweep()
      expect((await at.read(item)).chat).toMatchObject({
        state: 'public',
        why: expect.stringContaining('makes it private again') as string,
      })
      await at.change(item, { add: ['Cid Baker'] })
      await at.settled()
      await at.sweep()
      expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Dan Okafor'])
      expect(await at.observers(item)).toEqual(['Bob Chen', 'Cid Baker'])
      expect((await told('Ann Reed')).filter((text) => text.includes(item.key) && text.includes('no longer private'))).toHaveLength(1)
      expect((await at.discuss('Ann Reed', item.key)).text).toContain('private again')

      await at.world.makePrivate(channel)
      await at.settled()
      expect((await at.read(item)).chat).toMatchObject({ state: 'open', why: null })
      expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker', 'Dan Okafor'])
      // Whoever merely was there observes nothing, over sweeps and news of their account, until somebody says so.
      await at.world.changeEmail(at.account('Dan Okafor'), 'dan@example.com')
      await at.sweep()
      expect(await at.observers(item)).toEqual(['Bob Chen', 'Cid Baker'])
      expect((await at.seats(item)).get('Dan Okafor')?.refused).toMatchObject({ code: 'was_there' })
      await at.change(item, { add: ['Dan Okafor'] })
      await at.settled()
      expect((await at.seats(item)).get('Dan Okafor')).toMatchObject({ listed: true, inChat: true, refused: null })
    },
  )

  test('O22 public for a while that nobody saw: the storm of joins afterwards makes nobody an observer', async () => {
    const { item, channel } = await opened('Public unseen', ['Bob Chen'])
    at.world.publish(channel)
    at.world.stepIn(channel, at.account('Dan Okafor'))
    await at.world.makePrivate(channel)
    await at.settled()
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Bob Chen'])
    await at.world.leave(channel, at.account('Dan Okafor'))
    await at.settled()
    await at.world.join(channel, at.account('Dan Okafor'), at.account('Bob Chen'))
    await at.settled()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor'])
  })

  test('C5 shared with another organisation: the responsible person hears of it, and its people never observe', async () => {
    const { item, channel } = await opened('Shared')
    await at.world.shareOutside(channel)
    const partner = await at.world.signUp('Partner', 'finn@example.com', 'stranger')
    await at.world.join(channel, partner, at.account('Ann Reed'))
    await at.settled()
    expect(await at.observers(item)).toEqual([])
    expect((await at.channelOf(item)).members.has(partner)).toBe(true)
    await at.world.unshareOutside(channel)
    await at.settled()
    const about = (await told('Ann Reed')).filter((text) => text.includes(item.key) && text.includes('shared with another organisation'))
    expect(about).toHaveLength(2)
  })
})
