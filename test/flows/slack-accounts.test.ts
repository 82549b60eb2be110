import { afterEach, describe, expect, test } from 'vitest'
import type { ItemType } from '../../src/core/item.ts'
import { organisation, person } from '../../db/schema.ts'
import { user } from '../fakes/slack/state.ts'
import { eventually, type Item } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'

/** The people behind the accounts: away and back, guests, strangers, apps, and whoever nobody knows yet. */
describe('accounts that come, go and are somebody else', () => {
  const at = runningSlack()
  afterEach(() => at.policy({}))

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
  /** What Ann was told alone, in this channel. */
  const toldAnn = (channel: string): string[] =>
    at.world.state.channels
      .get(channel)!
      .messages.filter((message) => message.for === at.account('Ann Reed'))
      .map(({ text }) => text)
  /** It is told when the turn is over. */
  const isTold = (channel: string, words: string) => eventually(() => expect(toldAnn(channel).join()).toContain(words))
  const sitsIn = (channel: string, id: string) => at.world.state.channels.get(channel)!.members.has(id)

  test('O23 whoever is switched off has not left: they stay an observer, and are back in the chat when they are', async () => {
    const { item, channel } = await opened('Switched off', ['Bob Chen', 'Dan Okafor'])
    const [bob, dan] = [at.account('Bob Chen'), at.account('Dan Okafor')]
    await at.world.leave(channel, dan)
    // Left by choice is what a turn has seen; whoever is switched off before that has not left.
    await at.settled()
    for (const id of [bob, dan]) await at.world.deactivate(id)
    await at.world.leave(channel, bob)
    await at.settled()
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor'])
    for (const id of [bob, dan]) await at.world.reactivate(id)
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O16 C5 guests take part and never observe, and whoever added one is told so, alone and once', async () => {
    const { item, channel } = await opened('Guests')
    const guest = await at.world.signUp('Gast', 'gast@partner.example', 'guest')
    await at.world.join(channel, guest, at.account('Ann Reed'))
    await isTold(channel, 'does not become an observer')
    await at.sweep()
    expect(await at.observers(item)).toEqual([])
    expect(sitsIn(channel, guest)).toBe(true)
    expect(toldAnn(channel)).toHaveLength(1)
  })

  test('O16 C5 where guests are refused, a guest is taken out again, and whoever added them is told', async () => {
    await at.policy({ guests: 'refused' })
    const { channel } = await opened('No guests')
    const { db } = at.service.engine
    const [ours] = await db.select().from(organisation)
    await db
      .insert(person)
      .values({ organisationId: ours!.organisationId, id: 'hal', name: 'Hal Guest', email: 'hal@example.com', role: 'employee' })
    const guest = await at.world.signUp('Hal Guest', 'hal@example.com', 'guest')
    await at.world.join(channel, guest, at.account('Ann Reed'))
    await at.settled()
    expect(sitsIn(channel, guest)).toBe(false)
    await isTold(channel, 'Hal Guest is a guest')
  })

  test('O20 U7 an observer with the account of a guest is named with who can let them in, and keeps nobody else out', async () => {
    const single = await at.world.signUp('Gina Rossi', 'gina@example.com', 'single')
    const { item, channel } = await opened('Single', ['Gina Rossi', 'Bob Chen'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    const words = 'Gina Rossi has the account of a guest in the chat system.'
    expect((await at.seats(item)).get('Gina Rossi')?.refused).toMatchObject({ why: expect.stringContaining(words), mender: 'member' })
    for (const verb of ['status', `why <@${single}>`]) expect((await at.discuss('Ann Reed', verb, channel)).text).toContain(words)
    await at.world.join(channel, single, at.account('Ann Reed'))
    await at.settled()
    expect((await at.seats(item)).get('Gina Rossi')).toMatchObject({ listed: true, inChat: true, refused: null })
    await at.world.leave(channel, single)
    await at.world.changeEmail(single, 'former@example.com')
    await at.settled()
  })

  test('O16 strangers and people whom nobody in the CRM is take part alone, and it is told once, with the reason', async () => {
    const { item, channel } = await opened('Strangers told')
    const stranger = await at.world.signUp('Stranger', null, 'stranger')
    const unknown = await at.world.signUp('Una Known', 'una@example.com')
    for (const id of [stranger, unknown]) await at.world.join(channel, id, at.account('Ann Reed'))
    await eventually(() => expect(toldAnn(channel).join('\n').split('\n')).toHaveLength(2))
    await at.sweep()
    const told = toldAnn(channel).join('\n').split('\n')
    expect(told).toHaveLength(2)
    expect(told.join()).toContain('Stranger belongs to another organisation')
    expect(told.join()).toContain('nobody in the CRM has the address una@example.com')
    expect(await at.observers(item)).toEqual([])
    expect([sitsIn(channel, stranger), sitsIn(channel, unknown)]).toEqual([true, true])
  })

  test('O16 without read access nobody becomes an observer: they stay in the chat, and the adder hears why', async () => {
    const gina = await at.world.signUp('Gina Rossi', 'gina@example.com')
    const { item, channel } = await opened('No read access', [], 'invoice')
    await at.world.join(channel, gina, at.account('Ann Reed'))
    await isTold(channel, 'Gina Rossi')
    await at.sweep()
    expect(await at.observers(item)).toEqual([])
    expect(sitsIn(channel, gina)).toBe(true)
    expect(toldAnn(channel)).toHaveLength(1)
    expect(toldAnn(channel)[0]).toContain('Gina Rossi')
    expect((await at.seats(item)).get('Gina Rossi')?.refused?.mender).toBe('administrator')
    at.world.state.users.delete(gina)
  })

  test('O16 apps, and Slackbot, are nobody, and nobody is told of them', async () => {
    const { item, channel } = await opened('Apps')
    at.world.state.users.set('USLACKBOT', user('USLACKBOT', 'Slackbot', 'bob@example.com'))
    at.world.state.users.set('UAPP', { ...user('UAPP', 'Polls', null), is_bot: true })
    for (const id of ['USLACKBOT', 'UAPP']) await at.world.join(channel, id, at.account('Ann Reed'))
    await at.settled()
    expect(await at.observers(item)).toEqual([])
    expect(toldAnn(channel)).toEqual([])
  })

  test('U10 whoever joins the workspace later, or gets the right address later, comes in by themselves', async () => {
    const { item } = await opened('Later', ['Finn Morel'])
    expect((await at.seats(item)).get('Finn Morel')?.refused?.code).toBe('no_account')
    const finn = await at.world.signUp('Finn M.', 'finn.m@example.com')
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed'])
    await at.world.changeEmail(finn, 'FINN@example.com')
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Finn M.'])
    const { item: other } = await opened('Later, too', ['Gina Rossi'])
    await at.world.signUp('Gina Rossi', 'gina@example.com')
    await at.settled()
    expect(await at.members(other)).toEqual(['Ann Reed', 'Gina Rossi'])
  })

  test('U10 word of somebody who is as they were costs no call and no look; word of another address does', async () => {
    await opened('As they were', ['Bob Chen'])
    const before = at.calls('users.info').length
    const bob = at.account('Bob Chen')
    await at.world.changeEmail(bob, 'bob@example.com')
    await at.settled()
    expect(at.calls('users.info')).toHaveLength(before)
    expect(await at.outcomes()).toContain('discarded: nothing_new')
    await at.world.changeEmail(bob, 'robert@example.com')
    await at.settled()
    expect(at.calls('users.info').slice(before)).toMatchObject([{ args: { user: bob } }])
    await at.world.changeEmail(bob, 'bob@example.com')
    await at.settled()
  })

  test('O22 O26 an account of a larger organisation, whose id begins with W, is an account', async () => {
    const { item, channel } = await opened('W')
    at.world.state.users.set('W0EVE', user('W0EVE', 'Eve L.', 'eve@example.com'))
    at.world.state.users.get(at.account('Eve Lindqvist'))!.email = 'former@example.com'
    await at.world.changeEmail(at.account('Eve Lindqvist'), 'former@example.com')
    await at.world.join(channel, 'W0EVE', at.account('Ann Reed'))
    await at.settled()
    expect(await at.observers(item)).toEqual(['Eve Lindqvist'])
    await at.change(item, { remove: ['Eve Lindqvist'] })
    await at.settled()
    expect(sitsIn(channel, 'W0EVE')).toBe(false)
  })

  test('O26 somebody with two accounts in the chat is out of it only when both are', async () => {
    const { item, channel } = await opened('Two accounts', ['Cid Baker'])
    const second = await at.world.signUp('Cid on the road', 'cid@example.com')
    await at.world.join(channel, second, at.account('Ann Reed'))
    await at.settled()
    expect(await at.observers(item)).toEqual(['Cid Baker'])
    await at.change(item, { remove: ['Cid Baker'] })
    await at.settled()
    expect([sitsIn(channel, second), sitsIn(channel, at.account('Cid Baker'))]).toEqual([false, false])
  })
})
