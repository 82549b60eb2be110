import { describe, expect, test } from 'vitest'
import type { ItemType } from '../../src/core/item.ts'
import type { Item } from './demo-people.ts'
import { replyTo, runningSlack } from './slack-running.ts'

/** Who takes part in an item's discussion in Slack, and who does not. */
describe('taking part', () => {
  const at = runningSlack()

  async function opened(
    title: string,
    observers: readonly string[] = [],
    type: ItemType = 'deal',
  ): Promise<{ item: Item; channel: string }> {
    const item = await at.item(title, observers, type)
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    return { item, channel: (await at.channelOf(item)).id }
  }

  test.each(['lead', 'deal', 'contact', 'company', 'invoice', 'custom'] as const)(
    'O6 a %s has a chat with its observers in it',
    async (type) => {
      const { item } = await opened(`Of the type ${type}`, ['Bob Chen'], type)
      expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    },
  )

  test('O2 the responsible person manages the item: an observer sees the removals that wait, and cannot let them happen', async () => {
    const { item, channel } = await opened('Managed', ['Bob Chen', 'Cid Baker', 'Dan Okafor'])
    await at.policy({ removalsMax: { perItem: 1, perPass: 50 } })
    await at.change(item, { remove: ['Cid Baker', 'Dan Okafor'] })
    await at.settled()
    const [bob, ann] = [await at.discuss('Bob Chen', 'status', channel), await at.discuss('Ann Reed', 'status', channel)]
    const allow = ann.choices.find(({ actionId }) => actionId.startsWith('allow-removals'))
    expect(bob.text).toContain('Cid Baker and Dan Okafor wait to be taken out of the chat')
    expect(bob.choices).toEqual([])
    const tried = await replyTo(await at.world.press(at.account('Bob Chen'), allow!, channel))
    expect(tried.text).toContain(`Only the responsible person or a manager can change ${item.key}.`)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker', 'Dan Okafor'])
    await replyTo(await at.world.press(at.account('Ann Reed'), allow!, channel))
    await at.policy({})
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O4 an observer who is out of the chat joins it by Discuss, and takes part', async () => {
    const { item, channel } = await opened('Taking part', ['Bob Chen'])
    await at.world.leave(channel, at.account('Bob Chen'))
    await at.settled()
    expect((await at.discuss('Bob Chen', item.key)).all).toContain('app_redirect')
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O25 whoever is added as an observer is in the one channel where everything was said', async () => {
    const { item, channel } = await opened('Earlier messages')
    at.world.say(channel, at.account('Ann Reed'), 'The price is settled.')
    await at.change(item, { add: ['Bob Chen'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    const { id, messages } = await at.channelOf(item)
    expect(id).toBe(channel)
    expect(messages.map(({ text }) => text)).toContain('The price is settled.')
  })

  test('C1 C3 an administrator is not let into a private chat by being one, and does not learn who else is in it', async () => {
    const { item, channel } = await opened('Private')
    const guest = await at.world.signUp('Gina Rossi', 'gina@example.com', 'guest')
    await at.world.join(channel, guest, at.account('Ann Reed'))
    await at.sweep()
    const found = await at.channelOf(item)
    expect(found.is_private).toBe(true)
    expect(found.members.has(at.account('Ada Novak'))).toBe(false)
    expect([...(await at.seats(item, 'Ada Novak')).keys()]).toEqual(['Ann Reed'])
    const asked = [await at.discuss('Ada Novak', 'who', channel), await at.discuss('Ada Novak', `why <@${guest}>`, channel)]
    expect(asked.map(({ text }) => text).join()).not.toMatch(/Gina Rossi.*(is in this chat|in the chat)|In the chat without observing/)
    expect((await at.discuss('Ann Reed', 'who', channel)).text).toContain('In the chat without observing')
  })

  test('C7 a chat is called after its item, or after its key alone where names are not to tell more', async () => {
    const { item } = await opened('Müller & Söhne')
    expect((await at.channelOf(item)).name).toBe(`${item.key.toLowerCase()}-mueller-and-soehne`)
    await at.policy({ chatNames: 'key' })
    const { item: other } = await opened('Not to be told')
    await at.policy({})
    expect((await at.channelOf(other)).name).not.toContain('told')
  })
})
