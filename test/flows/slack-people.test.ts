import { describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { person } from '../../db/schema.ts'
import type { FakeView } from '../fakes/slack/surfaces.ts'
import { eventually, type Item } from './demo-people.ts'
import { type Reply, replyTo, runningSlack } from './slack-running.ts'

/** Adding and removing people from Slack, with the dialogs as a phone shows them too: the same screens, one below the other. */
describe('the people of an item, in Slack', () => {
  const at = runningSlack()

  async function opened(title: string, observers: readonly string[] = []): Promise<{ item: Item; channel: string }> {
    const item = await at.item(title, observers)
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    return { item, channel: (await at.channelOf(item)).id }
  }
  const mention = (name: string) => `<@${at.account(name)}|${name}>`
  const says = (channel: string, words: string, name = 'Ann Reed') => at.discuss(name, words, channel)
  const pressed = async (name: string, actionId: string, value: string, where: string | FakeView): Promise<Reply> =>
    replyTo(await at.world.press(at.account(name), { actionId: `${actionId}#0`, value }, where))
  const openDialog = async (name: string, dialog: string, about: string, channel = 'C0ELSEWHERE'): Promise<FakeView> => {
    await at.world.press(at.account(name), { actionId: `${dialog}#0`, value: about }, channel)
    return eventually(() => at.world.dialog(at.account(name)))
  }
  const shownIn = ({ id }: FakeView) => JSON.stringify(at.world.state.views.get(id)?.view)
  /** What only this person sees in a channel. */
  const whispers = (channel: string, name: string) =>
    at.world.state.channels
      .get(channel)
      ?.messages.filter((one) => one.for === at.account(name))
      .map(({ text }) => text) ?? []
  const whispered = (channel: string, name: string, words: string) =>
    eventually(() => expect(whispers(channel, name).join('\n')).toContain(words))

  test('O8 O9 O24 several people are added at once in a dialog, join the chat, and the asker alone is told', async () => {
    const { item, channel } = await opened('Added in a dialog')
    const dialog = await openDialog('Ann Reed', 'add-people', item.id, channel)
    expect(shownIn(dialog)).toContain('no app can change that')
    const people = [at.account('Bob Chen'), at.account('Cid Baker')]
    await at.world.fill(at.account('Ann Reed'), dialog, { people })
    expect(shownIn(dialog)).toContain(`2 people become observers of ${item.key} and join its chat.`)
    await at.world.submit(at.account('Ann Reed'), dialog, { people, chat: 'into-chat' })
    await whispered(channel, 'Ann Reed', `Bob Chen and Cid Baker observe ${item.key} now and are in its chat.`)
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Cid Baker'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker'])
  })

  test('O28 somebody is added as an observer only, and stays out over saves, sweeps and another adding', async () => {
    const { item, channel } = await opened('Observers only')
    const dialog = await openDialog('Ann Reed', 'add-people', item.id, channel)
    const filled = { people: [at.account('Dan Okafor')], chat: 'observers-only' }
    await at.world.fill(at.account('Ann Reed'), dialog, filled)
    expect(shownIn(dialog)).toContain(`Dan Okafor becomes an observer of ${item.key} and stays out of its chat.`)
    await at.world.submit(at.account('Ann Reed'), dialog, filled)
    await whispered(channel, 'Ann Reed', `Dan Okafor observes ${item.key} now and stays out of its chat.`)
    await at.asks('Ada Novak', 'PATCH', `items/${item.id}`, { title: 'Observers only, saved' })
    await at.change(item, { add: ['Dan Okafor', 'Eve Lindqvist'] })
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Dan Okafor', 'Eve Lindqvist'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Eve Lindqvist'])
    expect(
      at.calls('conversations.invite', await at.channelOf(item)).some(({ args }) => args['users']?.includes(at.account('Dan Okafor'))),
    ).toBe(false)
    expect((await says(channel, 'who')).text).toContain('out of the chat by choice')

    await says(channel, `add ${mention('Dan Okafor')}`)
    expect(await at.members(item)).toContain('Dan Okafor')
  })

  test('O16 U7 whoever cannot observe is named at the field, and nobody is added', async () => {
    const { item, channel } = await opened('Refused at the field')
    await at.service.engine.db
      .update(person)
      .set({ unreadableTypes: ['deal'] })
      .where(eq(person.name, 'Eve Lindqvist'))
    const zoe = await at.world.signUp('Zoe', 'zoe@nowhere.example')
    const guest = await at.world.signUp('Guest', 'guest@example.com', 'guest')
    const dialog = await openDialog('Ann Reed', 'add-people', item.id, channel)
    const people = [at.account('Bob Chen'), at.account('Eve Lindqvist'), zoe, guest, at.world.state.bot]
    await at.world.fill(at.account('Ann Reed'), dialog, { people })
    expect(shownIn(dialog)).toContain('4 cannot:')
    const sent = await at.world.submit(at.account('Ann Reed'), dialog, { people, chat: 'into-chat' })
    const { errors } = JSON.parse(sent.inline) as { errors: Record<string, string> }
    expect(errors['people']).toContain(`Eve Lindqvist can't observe ${item.key}: their role has no read access to deals.`)
    expect(errors['people']).toContain('Zoe has no person in the CRM with the address zoe@nowhere.example.')
    expect(errors['people']).toContain('Guest is a guest in Slack.')
    expect(errors['people']).toContain('ringside is an app')
    await at.settled()
    expect(await at.observers(item)).toEqual([])
    await at.service.engine.db.update(person).set({ unreadableTypes: [] }).where(eq(person.name, 'Eve Lindqvist'))
  })

  test('U7 whom Slack does not let in is told afterwards, with the reason, and the others are in', async () => {
    const { item, channel } = await opened('Slack refuses one')
    at.world.refuse(at.account('Cid Baker'), 'cant_invite')
    const reply = await says(channel, `add ${mention('Bob Chen')} ${mention('Cid Baker')}`)
    at.world.refuse(at.account('Cid Baker'), null)
    expect(reply.text).toContain(`Bob Chen observes ${item.key} now and is in its chat.`)
    expect(reply.text).toMatch(/Cid Baker: .*workspace owner/)
    expect(await at.observers(item)).toEqual(['Bob Chen', 'Cid Baker'])
    expect((await says(channel, 'status')).text).toMatch(/Cid Baker: .*workspace owner/)
  })

  test('O29 O30 ✕ takes somebody off at once, in the dialog that is open, and Undo puts them back where they were', async () => {
    const { item, channel } = await opened('Removed in the dialog', ['Bob Chen', 'Cid Baker', 'Dan Okafor'])
    await says(channel, 'leave', 'Dan Okafor')
    const dialog = await openDialog('Ann Reed', 'observers', item.id, channel)
    expect(shownIn(dialog)).toContain('out of the chat by choice')
    for (const name of ['Bob Chen', 'Dan Okafor']) {
      await at.world.press(at.account('Ann Reed'), { actionId: 'remove-observer#0', value: `${item.id}:${at.person(name)}` }, dialog)
      await eventually(() => expect(shownIn(dialog)).toContain(`${name} observes ${item.key} no longer`))
    }
    expect(await at.observers(item)).toEqual(['Cid Baker'])
    await at.world.press(at.account('Ann Reed'), buttonIn(dialog, 'restore-observer'), dialog)
    await eventually(() => expect(shownIn(dialog)).toContain(`Dan Okafor observes ${item.key} again.`))
    await at.sweep()
    expect(await at.observers(item)).toEqual(['Cid Baker', 'Dan Okafor'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Cid Baker'])
  })

  function buttonIn({ id }: FakeView, name: string): { actionId: string; value: string } {
    const found = /"action_id":"(NAME#\d+)"[^}]*}[^}]*?"value":"([^"]*)"/.source.replace('NAME', name)
    const [, actionId = '', value = ''] = new RegExp(found).exec(JSON.stringify(at.world.state.views.get(id)?.view)) ?? []
    if (!value) throw new Error(`There is no button ${name}.`)
    return { actionId, value }
  }

  test('O29 O30 several are taken off in one go, and whoever somebody else took off meanwhile is named', async () => {
    const { item, channel } = await opened('Several removed', ['Bob Chen', 'Cid Baker', 'Dan Okafor'])
    const dialog = await openDialog('Ann Reed', 'observers', item.id, channel)
    await at.change(item, { remove: ['Cid Baker'] })
    await at.world.submit(at.account('Ann Reed'), dialog, { people: [at.person('Bob Chen'), at.person('Cid Baker')] })
    await whispered(
      channel,
      'Ann Reed',
      `Bob Chen observes ${item.key} no longer, and is out of its chat.\nCid Baker does not observe ${item.key}.`,
    )
    expect(await at.observers(item)).toEqual(['Dan Okafor'])
    expect(await at.members(item)).toEqual(['Ann Reed', 'Dan Okafor'])
  })

  test('O3 whoever lost the right between opening the dialog and sending it changes nothing', async () => {
    const { item, channel } = await opened('Right lost', ['Bob Chen'])
    const dialog = await openDialog('Bob Chen', 'add-people', item.id, channel)
    await at.change(item, { remove: ['Bob Chen'] })
    const sent = await at.world.submit(at.account('Bob Chen'), dialog, { people: [at.account('Dan Okafor')], chat: 'into-chat' })
    expect(sent.inline).toContain('There is no item')
    const direct = await pressed('Bob Chen', 'remove-observer', `${item.id}:${at.person('Ann Reed')}`, channel)
    const invented = await pressed('Bob Chen', 'remove-observer', `${crypto.randomUUID()}:${at.person('Ann Reed')}`, channel)
    expect(direct.all).toBe(invented.all)
    expect(await at.observers(item)).toEqual([])
  })

  test('O29 the responsible person, somebody not on it, and somebody twice are each answered in a sentence', async () => {
    const { item, channel } = await opened('Not to be removed', ['Bob Chen'])
    expect((await says(channel, `remove ${mention('Ann Reed')}`, 'Bob Chen')).text).toContain(`Ann Reed is responsible for ${item.key}`)
    expect((await says(channel, `remove ${mention('Cid Baker')}`)).text).toBe(`Cid Baker does not observe ${item.key}.`)
    expect((await says(channel, 'remove Bob')).text).toContain(`Bob Chen observes ${item.key} no longer`)
    expect((await says(channel, 'remove bob chen')).text).toBe(`Bob Chen does not observe ${item.key}.`)
  })

  test('O26 removing oneself says what it means, and offers no way back that one does not have', async () => {
    const { item, channel } = await opened('Off by oneself', ['Bob Chen'])
    const reply = await pressed('Bob Chen', 'stop-observing', item.id, channel)
    expect(reply.text).toContain(`You no longer observe ${item.key}`)
    expect(reply.all).not.toContain('Undo')
    expect(await at.members(item)).toEqual(['Ann Reed'])
  })

  test('O22 O24 a group is added with everybody in it, and it is said that it is not followed', async () => {
    const { item, channel } = await opened('A group')
    at.world.state.groups.set('S0SALES', new Set(['Bob Chen', 'Dan Okafor'].map(at.account)))
    const reply = await says(channel, 'add <!subteam^S0SALES|@sales>')
    expect(reply.text).toContain('Bob Chen and Dan Okafor observe')
    expect(reply.text).toContain('whoever joins it later is not')
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Dan Okafor'])
  })

  test('O23 O28 leave is out of the chat and not off the item, and stays so', async () => {
    const { item, channel } = await opened('Leaving', ['Bob Chen'])
    const reply = await says(channel, 'leave', 'Bob Chen')
    expect(reply.text).toContain(`You left the chat. You still observe ${item.key}, and you can come back any time.`)
    await at.sweep()
    expect(await at.members(item)).toEqual(['Ann Reed'])
    expect(await at.observers(item)).toEqual(['Bob Chen'])
    await pressed('Bob Chen', 'discuss', item.id, 'C0ELSEWHERE')
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('C8 a chat that people renamed is not renamed back, and another name than Slack takes says so', async () => {
    const { item, channel } = await opened('Renamed')
    expect((await says(channel, 'rename The Big One')).text).toContain('is called the-big-one now')
    expect(at.world.state.channels.get(channel)?.name).toBe('the-big-one')
    const dialog = await openDialog('Ann Reed', 'rename-chat', item.id, channel)
    at.world.forbid('conversations.rename', 'restricted_action')
    await at.world.submit(at.account('Ann Reed'), dialog, { name: 'another' })
    await whispered(channel, 'Ann Reed', 'A workspace owner can allow it')
    at.world.forbid('conversations.rename', null)
  })

  test('O27 earlier messages: what Slack cannot do is said before, with a fresh chat and the workspace instead', async () => {
    const { item, channel } = await opened('History', ['Bob Chen'])
    const dialog = await openDialog('Ann Reed', 'show-history', item.id, channel)
    expect(shownIn(dialog)).toContain('no app can change that')
    expect(shownIn(dialog)).toContain('In the fresh chat: Ann Reed and Bob Chen.')
    expect(shownIn(dialog)).toContain(`/items/${item.id}`)
    const zoe = await at.world.signUp('Zoe Two', 'zoe2@nowhere.example')
    const wrong = await at.world.submit(at.account('Ann Reed'), dialog, { added: [zoe] })
    expect(wrong.inline).toContain('Zoe Two has no person in the CRM')
    await at.world.submit(at.account('Ann Reed'), dialog, { added: [at.account('Cid Baker')] })
    await eventually(async () => expect((await at.channelOf(item)).id).not.toBe(channel))
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen', 'Cid Baker'])
    expect(at.world.state.channels.get(channel)?.members.has(at.account('Cid Baker'))).toBe(false)
  })

  test('C5 nobody from outside is invited where the organisation does not allow it, and who may is told why Slack refuses', async () => {
    const { item, channel } = await opened('Outside')
    const refused = await pressed('Ann Reed', 'invite-outsider', item.id, channel)
    expect(refused.text).toContain('invites nobody from outside')
    await at.policy({ outsiders: 'allowed' })
    const dialog = await openDialog('Ann Reed', 'invite-outsider', item.id, channel)
    const wrong = await at.world.submit(at.account('Ann Reed'), dialog, { email: 'bob@example.com' })
    expect(wrong.inline).toContain('Bob Chen is a colleague')
    await at.world.submit(at.account('Ann Reed'), dialog, { email: 'client@acme.example' })
    await whispered(channel, 'Ann Reed', 'client@acme.example is invited to the chat')
    expect(at.world.state.channels.get(channel)?.sharedInvites).toEqual(['client@acme.example'])
    expect(await at.observers(item)).toEqual([])
    at.world.forbid('conversations.inviteShared', 'not_paid')
    const again = await openDialog('Ann Reed', 'invite-outsider', item.id, channel)
    await at.world.submit(at.account('Ann Reed'), again, { email: 'other@acme.example' })
    await whispered(channel, 'Ann Reed', 'plan')
    at.world.forbid('conversations.inviteShared', null)
    // Where the answer has to wait, nobody is invited a second time for it.
    const third = await openDialog('Ann Reed', 'invite-outsider', item.id, channel)
    at.world.breakNext('chat.postEphemeral', 'before', 'error:ratelimited', 'third@acme')
    await at.world.submit(at.account('Ann Reed'), third, { email: 'third@acme.example' })
    type Bell = { items: { text: string }[] }
    await eventually(async () =>
      expect((await at.asks<Bell>('Ann Reed', 'GET', 'notifications')).items[0]?.text).toContain('third@acme.example is invited'),
    )
    expect(at.world.state.channels.get(channel)?.sharedInvites).toEqual(['client@acme.example', 'third@acme.example'])
    await at.policy({})
  })

  test('U5 held removals are shown by status, and whoever manages the item lets them happen', async () => {
    const { item, channel } = await opened('Held', ['Bob Chen', 'Cid Baker'])
    await at.policy({ removalsMax: { perItem: 1, perPass: 50 } })
    await at.change(item, { remove: ['Bob Chen', 'Cid Baker'] })
    await at.settled()
    const status = await says(channel, 'status')
    expect(status.text).toContain('Bob Chen and Cid Baker wait to be taken out of the chat')
    const [allow] = status.choices
    const done = await replyTo(await at.world.press(at.account('Ann Reed'), allow!, channel))
    expect(done.text).toContain('are taken out of the chat')
    expect(await at.members(item)).toEqual(['Ann Reed'])
    await at.policy({})
    expect((await says(channel, 'status')).text).toContain('Everything is agreed')
  })

  test('O1 the responsible person who left is brought back by being added, and is not made an observer beside that', async () => {
    const { item, channel } = await opened('Responsible, and out', ['Bob Chen'])
    expect((await says(channel, 'leave')).text).toContain(`You are still responsible for ${item.key}`)
    expect(await at.members(item)).toEqual(['Bob Chen'])
    await says(channel, `add ${mention('Ann Reed')}`, 'Bob Chen')
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    expect(await at.observers(item)).toEqual(['Bob Chen'])
  })

  test('U2 every verb is a button as well: in the dialog of the observers', async () => {
    const { item, channel } = await opened('Buttons', ['Bob Chen'])
    const shown = shownIn(await openDialog('Bob Chen', 'observers', item.id, channel))
    for (const press of ['add-people', 'rename-chat', 'invite-outsider', 'stop-observing', 'open-page'])
      expect(shown).toContain(`"${press}#`)
    expect(shown).toContain('Everything is agreed')
  })

  test('U2 outside of an item its verbs say where to ask, and words that mention nobody look for an item', async () => {
    for (const words of ['who', 'status', 'leave', `add ${mention('Bob Chen')}`]) {
      expect((await at.discuss('Ann Reed', words)).text).toBe('Ask this in the chat of an item, in Slack.')
    }
    expect((await at.discuss('Ann Reed', 'add quokka')).text).toContain('There is no item add quokka')
    expect((await at.discuss('Ann Reed', 'help')).text.split('\n').length).toBeLessThanOrEqual(12)
  })
})
