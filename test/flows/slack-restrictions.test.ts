import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { link, seat } from '../../db/schema.ts'
import type { Item } from './demo-people.ts'
import { type Reply, replyTo, runningSlack } from './slack-running.ts'

/** What the settings of a workspace forbid: who can mend it is told once, and what is to be done is kept in mind. */
describe('a Slack that forbids', () => {
  const at = runningSlack()
  afterEach(() => {
    for (const method of ['create', 'kick', 'invite']) at.world.forbid(`conversations.${method}`, null)
  })

  const told = async (name: string, words: string) => {
    const { items } = await at.asks<{ items: { text: string }[] }>(name, 'GET', 'notifications')
    return items.filter(({ text }) => text.includes(words)).length
  }
  const tryAgain = async (name: string, reply: Reply): Promise<Reply> => {
    const choice = reply.choices.find((one) => one.title === 'Try again')
    if (!choice) throw new Error(`There is nothing to try again in: ${reply.text}`)
    return replyTo(await at.world.press(at.account(name), choice))
  }
  const linkOf = async (item: Item) => (await at.service.engine.db.select().from(link).where(eq(link.itemId, item.id)))[0]!
  const aboutADay = (ms: number) => ms > 23 * 3_600_000 && ms <= 24 * 3_600_000

  test.each([
    ['restricted_action', 'People who can create private channels'],
    ['cannot_create_channel', 'may not create channels in this workspace'],
  ])(
    'O18 U7 %s: the setting is named, administrators hear of it once, and a press opens the chat when it is allowed',
    async (word, setting) => {
      at.world.forbid('conversations.create', word)
      const item = await at.item(`Not to be created: ${word}`, ['Bob Chen'])
      const other = await at.item(`Nor is this: ${word}`)
      const reply = await at.discuss('Ann Reed', item.key)
      expect(reply.text).toContain(setting)
      expect((await at.discuss('Ann Reed', other.key)).text).toContain(setting)
      await at.settled()
      expect([await told('Ada Novak', setting), await told('Ann Reed', setting)]).toEqual([1, 0])
      const before = at.calls('conversations.create').length
      expect(aboutADay((await linkOf(item)).dueAt!.getTime() - Date.now())).toBe(true)
      expect((await tryAgain('Ann Reed', reply)).text).toContain(setting)
      expect(at.calls('conversations.create')).toHaveLength(before + 1)
      at.world.forbid('conversations.create', null)
      expect((await tryAgain('Ann Reed', reply)).all).toContain('app_redirect')
      expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
      expect(await told('Ada Novak', setting)).toBe(1)
    },
  )

  test('O26 U7 nobody may be taken out: it is kept in mind, tried no more than daily by itself, and at once when somebody asks', async () => {
    const items = [await at.item('Not to be taken out', ['Bob Chen']), await at.item('Nor here', ['Bob Chen'])] as const
    for (const item of items) await at.discuss('Ann Reed', item.key)
    await at.settled()
    at.world.forbid('conversations.kick', 'restricted_action')
    for (const item of items) await at.change(item, { remove: ['Bob Chen'] })
    await at.settled()
    const [item] = items
    const channel = await at.channelOf(item)
    for (let n = 0; n < 2; n++) await at.sweep()
    expect(at.calls('conversations.kick', channel)).toHaveLength(1)
    const { refused } = (await at.service.engine.db.select().from(seat)).find(
      (row) => row.personId === at.person('Bob Chen') && row.refused !== null,
    )!
    expect(refused).toMatchObject({ code: 'restricted_action', mender: 'workspace-owner' })
    expect(aboutADay(refused!.retryAtMs - Date.now())).toBe(true)
    expect(await told('Ada Novak', 'People who can remove members from private channels')).toBe(1)

    const reply = await at.discuss('Ann Reed', item.key)
    expect((await tryAgain('Ann Reed', reply)).text).toContain('Slack does not let Ringside remove people.')
    at.world.forbid('conversations.kick', null)
    expect((await tryAgain('Ann Reed', reply)).text).toContain('is where they should be')
    expect(await at.members(item)).toEqual(['Ann Reed'])
    expect(await at.members(items[1])).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O24 U7 nobody may be invited: everybody concerned is named, and nobody who may not see the item can try again', async () => {
    const item = await at.item('Not to be invited')
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    at.world.forbid('conversations.invite', 'restricted_action')
    await at.change(item, { add: ['Bob Chen', 'Cid Baker'] })
    await at.settled()
    const reply = await at.discuss('Ann Reed', item.key)
    for (const name of ['Bob Chen', 'Cid Baker']) expect(reply.text).toContain(`${name}: Slack does not let Ringside add people.`)
    const before = at.calls('conversations.invite').length
    expect((await tryAgain('Dan Okafor', reply)).text).toBe('There is no item with that key that you can see.')
    expect(at.calls('conversations.invite')).toHaveLength(before)
    at.world.forbid('conversations.invite', null)
    await tryAgain('Ann Reed', reply)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker'])
  })
})
