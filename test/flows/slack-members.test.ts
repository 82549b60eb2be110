import { afterEach, describe, expect, test } from 'vitest'
import type { Item } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'

describe('the members of a channel and the observers of its item', () => {
  const at = runningSlack()
  afterEach(() => Object.assign(at.world.delivery, { hold: false, copies: 1, order: 'after', drop: () => false }))

  async function opened(title: string, observers: readonly string[] = []): Promise<{ item: Item; channel: string }> {
    const item = await at.item(title, observers)
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    return { item, channel: (await at.channelOf(item)).id }
  }
  const join = (channel: string, name: string, by = 'Ann Reed') => at.world.join(channel, at.account(name), at.account(by))
  const leave = (channel: string, name: string) => at.world.leave(channel, at.account(name))

  test('O22 whoever a colleague invites becomes an observer, and it says through whom', async () => {
    const { item, channel } = await opened('Invited by a colleague')
    await join(channel, 'Cid Baker')
    await at.settled()
    const [cid] = (await at.read(item)).observers
    expect(cid?.name).toBe('Cid Baker')
    expect(cid?.because).toContain('Ann Reed added them to the chat')
  })

  test('O22 O23 whoever joined and left before anybody looked observes the item and stays out', async () => {
    const { item, channel } = await opened('Joined and gone')
    at.world.delivery.hold = true
    await join(channel, 'Cid Baker')
    await leave(channel, 'Cid Baker')
    await at.world.release('forward')
    await at.settled()
    expect(await at.observers(item)).toEqual(['Cid Baker'])
    await at.sweep()
    expect(await at.members(item)).toEqual(['Ann Reed'])
  })

  test('O22 O23 the same, told in the wrong order', async () => {
    const { item, channel } = await opened('Joined and gone, backwards')
    at.world.delivery.hold = true
    await join(channel, 'Cid Baker')
    await leave(channel, 'Cid Baker')
    await at.world.release('backward')
    await at.settled()
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Cid Baker'])
    expect(await at.members(item)).toEqual(['Ann Reed'])
  })

  test('O23 O28 whoever leaves stays an observer and stays out, over saves and sweeps', async () => {
    const { item, channel } = await opened('Left', ['Bob Chen', 'Dan Okafor'])
    await leave(channel, 'Bob Chen')
    await at.settled()
    await at.asks('Ada Novak', 'PATCH', `items/${item.id}`, { title: 'Left, and saved' })
    await at.change(item, { add: ['Eve Lindqvist'] })
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor', 'Eve Lindqvist'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Dan Okafor', 'Eve Lindqvist'])
  })

  test('O24 an observer who is added on the web is invited', async () => {
    const { item } = await opened('Added on the web')
    await at.change(item, { add: ['Cid Baker', 'Dan Okafor'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker', 'Dan Okafor'])
  })

  test('O26 an observer who is removed on the web is taken out of the channel', async () => {
    const { item } = await opened('Removed on the web', ['Bob Chen', 'Dan Okafor'])
    await at.change(item, { remove: ['Bob Chen'] })
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Dan Okafor'])
    expect(await at.observers(item)).toEqual(['Dan Okafor'])
  })

  test('O26 whoever was taken out already is out: not_in_channel is no trouble', async () => {
    const { item, channel } = await opened('Out already', ['Bob Chen'])
    at.world.breakNext('conversations.kick', 'after', 'error:not_in_channel')
    await at.change(item, { remove: ['Bob Chen'] })
    await at.settled()
    await at.sweep()
    expect(await at.members(item)).toEqual(['Ann Reed'])
    expect(await at.observers(item)).toEqual([])
    const kicks = at.slack.calls.filter((call) => call.method === 'conversations.kick' && call.args['channel'] === channel)
    expect(kicks).toHaveLength(1)
  })

  test('O1 the next responsible person comes in, and the former one goes on as an observer', async () => {
    const { item } = await opened('Handed over', ['Bob Chen'])
    await at.asks('Ada Novak', 'PATCH', `items/${item.id}`, { responsible: at.person('Cid Baker') })
    await at.settled()
    const after = await at.read(item)
    expect(after.responsible?.name).toBe('Cid Baker')
    expect(await at.observers(item)).toEqual(['Ann Reed', 'Bob Chen'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker'])
  })

  test('O16 guests, apps and strangers who join are never written to the CRM', async () => {
    const { item, channel } = await opened('Strangers')
    const { world } = at
    const guest = await world.signUp('Guest', 'finn@example.com', 'guest')
    const robot = await world.signUp('Robot', 'gina@example.com')
    world.state.users.set(robot, { ...world.state.users.get(robot)!, is_bot: true })
    const stranger = await world.signUp('Stranger', null)
    for (const id of [guest, robot, stranger, 'UNOBODY']) await world.join(channel, id, at.account('Ann Reed'))
    await at.settled()
    await at.sweep()
    expect(await at.observers(item)).toEqual([])
  })

  test('U7 whoever has no account is shown with the reason and who can mend it, in the answer and on the item', async () => {
    const item = await at.item('No account', ['Bob Chen', 'Gina Rossi'])
    const reply = await at.discuss('Ann Reed', item.key)
    const sentence = 'Gina Rossi has no account in Slack with the address gina@example.com.'
    expect(reply.text).toContain(sentence)
    expect((await at.seats(item)).get('Gina Rossi')?.refused).toEqual({ code: 'no_account', why: sentence, mender: 'administrator' })
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('U7 one person Slack refuses does not keep the others out, whichever way it says so', async () => {
    const { world } = at
    world.state.users.get(at.account('Eve Lindqvist'))!.deleted = false
    for (const partial of [true, false]) {
      world.state.partialInvites = partial
      const item = await at.item(`Refused ${partial}`, ['Bob Chen', 'Dan Okafor'])
      world.foreign('elsewhere')
      const refusing = partial ? 'cant_invite' : 'ura_max_channels'
      world.refuse(at.account('Dan Okafor'), refusing)
      const reply = await at.discuss('Ann Reed', item.key)
      world.refuse(at.account('Dan Okafor'), null)
      expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
      expect((await at.seats(item)).get('Dan Okafor')?.refused).toMatchObject({ code: refusing, mender: 'workspace-owner' })
      expect(reply.text).toMatch(/\nDan Okafor: .+\.\n/)
    }
    world.state.partialInvites = true
  })

  test('U7 a word that Slack documents nowhere is shown as it is, and keeps nobody else out', async () => {
    const item = await at.item('An unknown word', ['Bob Chen', 'Dan Okafor'])
    at.world.state.partialInvites = false
    at.world.refuse(at.account('Dan Okafor'), 'moon_in_wrong_phase')
    await at.discuss('Ann Reed', item.key)
    at.world.refuse(at.account('Dan Okafor'), null)
    at.world.state.partialInvites = true
    expect((await at.seats(item)).get('Dan Okafor')?.refused?.why).toContain('moon_in_wrong_phase')
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O22 O26 events that come twice, early, late or never change nothing about where people end', async () => {
    const { item, channel } = await opened('Bad weather', ['Bob Chen'])
    Object.assign(at.world.delivery, { copies: 3, order: 'before' })
    await at.change(item, { add: ['Cid Baker'] })
    await join(channel, 'Dan Okafor')
    await at.settled()
    at.world.delivery.hold = true
    await at.change(item, { remove: ['Cid Baker'] })
    await leave(channel, 'Bob Chen')
    await at.settled()
    await at.world.release('backward')
    at.world.delivery.hold = false
    await at.settled()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Dan Okafor'])
    at.world.delivery.drop = () => true
    await join(channel, 'Eve Lindqvist')
    await at.settled()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor'])
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Dan Okafor', 'Eve Lindqvist'])
  })

  test('O26 word of our own invitation that comes after the removal lists nobody again', async () => {
    const { item } = await opened('A late echo')
    at.world.delivery.hold = true
    await at.change(item, { add: ['Bob Chen'] })
    await at.settled()
    await at.change(item, { remove: ['Bob Chen'] })
    await at.settled()
    await at.world.release('backward')
    await at.settled()
    expect(await at.observers(item)).toEqual([])
    expect(await at.members(item)).toEqual(['Ann Reed'])
  })

  test('K10 events of channels we do not know are set aside under their name', async () => {
    const foreign = at.world.foreign('lunch')
    await at.world.join(foreign.id, at.account('Bob Chen'))
    expect(at.world.sent.at(-1)).toMatchObject({ status: 200 })
    await at.settled()
    expect(await at.outcomes()).toContain('discarded: not_our_chat')
  })
})
