import { describe, expect, test } from 'vitest'
import { link, seat } from '../../db/schema.ts'
import type { FakeView } from '../fakes/slack/surfaces.ts'
import { tablesWith } from './everything-stored.ts'
import { eventually } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'

/** A private chat of people's own, which belongs to no item. */
describe('a private chat of people’s own', () => {
  const at = runningSlack()
  const ann = () => at.account('Ann Reed')
  const dialogOf = async (name: string): Promise<FakeView> => {
    await at.world.shortcut(at.account(name), 'new-chat')
    return eventually(() => at.world.dialog(at.account(name)))
  }
  const channels = () => [...at.world.state.channels.values()].filter(({ creator }) => creator === at.world.state.bot)
  const newest = () => channels().at(-1)!
  /** The person's own conversation with the app. */
  const told = (name: string) => at.world.told(at.account(name)).join('\n')
  const opened = (name = 'Ann Reed', times = 1) =>
    eventually(() => expect(told(name).split('Your private chat is open').length - 1).toBe(times))
  const insideOf = (id: string) =>
    [...(at.world.state.channels.get(id)?.members ?? [])].filter((one) => one !== at.world.state.bot).toSorted()
  const rows = async () => {
    const { db } = at.service.engine
    return [(await db.select().from(link)).length, (await db.select().from(seat)).length]
  }

  test('C4 C6 C7 the shortcut asks whom to invite and for a welcome, opens a private channel called after its people, and nobody else hears of it', async () => {
    const before = await rows()
    const dialog = await dialogOf('Ann Reed')
    expect(JSON.stringify(dialog.view)).toContain('Owners of a Slack workspace may be able to export private channels')
    const people = ['Bob Chen', 'Cid Baker'].map(at.account)
    await at.world.submit(ann(), dialog, { people, welcome: 'Lunch on *Friday*? <!here>', name: '' })
    await opened()
    const channel = newest()
    expect(channel).toMatchObject({ name: 'ann-bob-cid', is_private: true, topic: '', pins: [], bookmarks: [] })
    expect(channel.purpose).toContain('It belongs to no item.')
    expect(insideOf(channel.id)).toEqual([ann(), ...people].toSorted())
    expect(channel.messages.filter(({ for: reader }) => reader === null).map(({ text }) => text)).toEqual([
      'Ann Reed made this private chat and says: Lunch on *Friday*? &lt;!here&gt;',
    ])
    expect(told('Ann Reed')).toContain('with 2 people invited')
    for (const name of ['Ada Novak', 'Max Weber', 'Bob Chen', 'Dan Okafor']) expect(told(name)).toBe('')
    await at.world.join(channel.id, at.account('Dan Okafor'), ann())
    await at.settled()
    expect(await rows()).toEqual(before)
    expect(await tablesWith(at.service.engine.db, 'Lunch on')).toEqual([])
  })

  test('C4 /discuss new chat opens the same dialog, a name that was chosen is kept, and one that is taken gets a number', async () => {
    for (const times of [2, 3]) {
      await at.world.slash(ann(), '/discuss', 'new chat')
      const dialog = await eventually(() => at.world.dialog(ann()))
      await at.world.submit(ann(), dialog, { people: [at.account('Eve Lindqvist')], name: 'Müller & Söhne' })
      await opened('Ann Reed', times)
    }
    expect(
      channels()
        .slice(-2)
        .map(({ name }) => name),
    ).toEqual(['mueller-and-soehne', 'mueller-and-soehne-2'])
    expect(newest().messages.filter(({ for: reader }) => reader === null)).toEqual([])
  })

  test('C4 sent twice it is one chat, with one welcome; the answer to the opening may be lost as well', async () => {
    const dialog = await dialogOf('Ann Reed')
    at.world.breakNext('conversations.setPurpose', 'after', 'timeout')
    const filled = { people: [at.account('Dan Okafor')], welcome: 'Once only', name: 'once' }
    await Promise.all([at.world.submit(ann(), dialog, filled), at.world.submit(ann(), dialog, filled)])
    await opened('Ann Reed', 4)
    await at.settled()
    expect(channels().filter(({ name }) => name.startsWith('once'))).toHaveLength(1)
    expect(newest().messages.filter(({ text }) => text.includes('Once only'))).toHaveLength(1)
  })

  test('C4 C2 it is never taken for somebody else’s that is being made under the same name at this moment', async () => {
    const theirs = await dialogOf('Bob Chen')
    at.world.breakNext('conversations.setPurpose', 'before', 'internal_error')
    await at.world.submit(at.account('Bob Chen'), theirs, { people: [at.account('Cid Baker')], name: 'secret' })
    const ours = await dialogOf('Eve Lindqvist')
    await at.world.submit(at.account('Eve Lindqvist'), ours, { people: [at.account('Dan Okafor')], name: 'secret' })
    await opened('Bob Chen')
    await opened('Eve Lindqvist')
    const groups = channels()
      .filter(({ name }) => name.startsWith('secret'))
      .map(({ id }) => insideOf(id).join())
    expect(groups).toContain([at.account('Eve Lindqvist'), at.account('Dan Okafor')].toSorted().join())
    expect(groups).toContain([at.account('Bob Chen'), at.account('Cid Baker')].toSorted().join())
    for (const group of groups) expect(group.includes(at.account('Bob Chen')) && group.includes(at.account('Eve Lindqvist'))).toBe(false)
  })

  test('C4 U7 nobody chosen is said at the field; whom Slack does not let in is named, and a workspace that makes no channels says so', async () => {
    const dialog = await dialogOf('Ann Reed')
    const wrong = await at.world.submit(ann(), dialog, { people: [ann()], welcome: 'Hello' })
    expect(JSON.parse(wrong.inline)).toMatchObject({ errors: { people: expect.stringContaining('at least one other person') } })
    at.world.refuse(at.account('Cid Baker'), 'cant_invite')
    await at.world.submit(ann(), dialog, { people: ['Bob Chen', 'Cid Baker'].map(at.account), name: 'some come' })
    await eventually(() => expect(told('Ann Reed')).toMatch(/Cid Baker: .*workspace owner/))
    at.world.refuse(at.account('Cid Baker'), null)
    at.world.forbid('conversations.create', 'restricted_action')
    const again = await dialogOf('Ann Reed')
    await at.world.submit(ann(), again, { people: [at.account('Bob Chen')], name: 'none' })
    await eventually(() => expect(told('Ann Reed')).toContain('The private chat could not be opened.'))
    at.world.forbid('conversations.create', null)
  })
})
