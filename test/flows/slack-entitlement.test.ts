import { afterEach, describe, expect, test } from 'vitest'
import type { ItemType } from '../../src/core/item.ts'
import { organisation } from '../../db/schema.ts'
import { EVERYTHING, type Entitlement } from '../../src/core/entitlement.ts'
import { eventually, type Item } from './demo-people.ts'
import { replyTo, runningSlack } from './slack-running.ts'

/** Observers and discussions, switched off and on again (O5), for all of an organisation or for a type of its own (O6). */
describe('what an organisation has', () => {
  const at = runningSlack()
  const OFF = 'Observers and discussions are switched off in your organisation.'

  const switched = (observers: string, typesOff: readonly string[] = [], by = 'Ada Novak') =>
    at.asks<{ entitlement: Entitlement; whyOff: string | null }>(by, 'PUT', 'admin/settings', { observers, typesOff })
  const giveAll = () => at.service.engine.db.update(organisation).set({ entitlement: EVERYTHING })
  afterEach(giveAll)

  type Shown = Item & { readonly may: { readonly appoint: boolean; readonly discuss: boolean; readonly whyNot: string | null } }
  const shownTo = (name: string, item: Item) => at.asks<Shown>(name, 'GET', `items/${item.id}`)

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
  const changes = async (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => String(error),
    )

  test('O5 switched off, every door says so and what to do, and no chat opens', async () => {
    const item = await at.item('Not discussed')
    expect(await switched('off')).toMatchObject({ whyOff: expect.stringContaining(OFF) })
    const created = at.calls('conversations.create').length
    for (const words of [item.key, 'Not discussed']) {
      const reply = await at.discuss('Ann Reed', words)
      expect(reply.text).toContain(OFF)
      expect(reply.text).toContain('An administrator can switch them on in the settings.')
    }
    await at.world.shortcut(at.account('Ann Reed'), 'choose-item')
    await eventually(() => expect(at.world.told(at.account('Ann Reed')).join()).toContain(OFF))
    const pressed = await replyTo(await at.world.press(at.account('Ann Reed'), { actionId: 'discuss#0', value: item.id }))
    expect(pressed.text).toContain(OFF)
    expect(await changes(at.asks('Ann Reed', 'POST', `items/${item.id}/discuss`))).toContain('observers_off')
    expect(await changes(at.change(item, { add: ['Bob Chen'] }))).toContain('observers_off')
    expect(await changes(at.item('With observers', ['Bob Chen']))).toContain('observers_off')
    expect((await shownTo('Ann Reed', item)).may).toMatchObject({ appoint: false, discuss: false, whyNot: expect.stringContaining(OFF) })
    expect(at.calls('conversations.create')).toHaveLength(created)
    expect(await at.observers(item)).toEqual([])
  })

  test('O5 the item’s form is saved as before, without its people', async () => {
    const item = await at.item('Saved while off', ['Bob Chen'])
    await switched('off')
    const [bob, cid] = ['Bob Chen', 'Cid Baker'].map(at.person)
    await at.asks('Ann Reed', 'PATCH', `items/${item.id}`, { title: 'Saved', observers: [bob] })
    expect(await changes(at.asks('Ann Reed', 'PATCH', `items/${item.id}`, { title: 'Again', observers: [bob, cid] }))).toContain(
      'observers_off',
    )
    expect(await shownTo('Bob Chen', item)).toMatchObject({ title: 'Saved', observers: [{ name: 'Bob Chen' }] })
  })

  test('O5 a chat that is there is left as it is and nobody is moved; switched on again, what was missed is made good', async () => {
    const { item, channel } = await opened('Left as it is', ['Bob Chen'])
    await switched('off')
    await at.settled()
    const moves = () => ['conversations.invite', 'conversations.kick'].flatMap((method) => at.calls(method)).length
    const before = moves()
    await at.world.join(channel, at.account('Cid Baker'), at.account('Ann Reed'))
    await at.world.leave(channel, at.account('Bob Chen'))
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Bob Chen'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker'])
    expect(moves()).toBe(before)
    for (const words of [`add <@${at.account('Dan Okafor')}|dan>`, `remove <@${at.account('Bob Chen')}|bob>`, 'status'])
      expect((await at.discuss('Ann Reed', words, channel)).text).toContain(OFF)
    expect(await at.observers(item)).toEqual(['Bob Chen'])

    await switched('on')
    await at.settled()
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Cid Baker'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker'])
    expect((await at.discuss('Ann Reed', 'status', channel)).text).toContain('Everything is agreed')
  })

  test('O5 removals that wait go on waiting while it is off', async () => {
    const { item, channel } = await opened('Held while off', ['Bob Chen', 'Cid Baker'])
    await at.policy({ removalsMax: { perItem: 1, perPass: 50 } })
    await at.change(item, { remove: ['Bob Chen', 'Cid Baker'] })
    await at.settled()
    const [allow] = (await at.discuss('Ann Reed', 'status', channel)).choices
    await switched('off')
    const status = await at.discuss('Ann Reed', 'status', channel)
    expect(status.choices).toEqual([])
    expect((await replyTo(await at.world.press(at.account('Ann Reed'), allow!, channel))).text).toContain(OFF)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker'])
    await at.policy({})
  })

  test('O5 one’s own page and the card under a link offer no discussion while there is none', async () => {
    const { item, channel } = await opened('Nothing offered', ['Bob Chen'])
    const bare = await at.item('Without a chat', ['Eve Lindqvist'])
    await switched('off')
    const eve = at.account('Eve Lindqvist')
    await at.world.send({ type: 'app_home_opened', user: eve, channel: 'D0HOME', tab: 'home', event_ts: '1700000000.000100' })
    await at.settled()
    const page = JSON.stringify(at.world.state.homes.get(eve))
    expect(page).toContain(OFF)
    expect(page).toContain(bare.key)
    expect(page).not.toMatch(/choose-item#|discuss#/)
    await at.world.share(channel, at.account('Ann Reed'), [`${at.service.engine.publicUrl}/items/${item.id}`])
    await at.settled()
    const card = JSON.stringify(at.world.state.unfurls.at(-1))
    expect(card).toContain(item.key)
    expect(card).not.toMatch(/discuss#|request-access#/)
  })

  test('O5 only an administrator switches it, and what the plan leaves out no administrator switches on', async () => {
    expect(await changes(switched('off', [], 'Ann Reed'))).toContain('not_allowed')
    expect(await changes(at.asks('Max Weber', 'GET', 'admin/settings'))).toContain('not_allowed')
    await at.service.engine.db.update(organisation).set({ entitlement: { ...EVERYTHING, observers: 'not-in-plan' } })
    expect(await changes(switched('on'))).toContain('not_in_plan')
    const item = await at.item('Not in the plan')
    expect((await at.discuss('Ann Reed', item.key)).text).toContain("not part of your organisation's plan")
  })

  test('O6 a custom type may take no observers: its items say so, others do as before, and it can be taken back', async () => {
    const { item, channel } = await opened('Custom with a chat', [], 'custom')
    await switched('on', ['custom'])
    await at.settled()
    await at.world.join(channel, at.account('Bob Chen'), at.account('Ann Reed'))
    await at.settled()
    const other = await at.item('Another custom item', [], 'custom')
    expect((await at.discuss('Ann Reed', other.key)).text).toContain('switched off for custom items')
    expect(await changes(at.change(other, { add: ['Bob Chen'] }))).toContain('type_off')
    expect((await shownTo('Ann Reed', other)).may.whyNot).toContain('switched off for custom items')
    expect(await at.observers(item)).toEqual([])
    const deal = await opened('A deal as before', ['Bob Chen'])
    expect(await at.members(deal.item)).toEqual(['Ann Reed', 'Bob Chen'])

    await switched('on')
    await at.settled()
    expect(await at.observers(item)).toEqual(['Bob Chen'])
    expect((await at.discuss('Ann Reed', other.key)).all).toContain('app_redirect')
  })
})
