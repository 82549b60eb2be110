import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { link, organisation } from '../../db/schema.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { FakeChannel } from '../fakes/slack/state.ts'
import type { Item } from './demo-people.ts'
import { replyTo, runningSlack } from './slack-running.ts'

type Block = { type: string; text?: { text: string }; elements?: { action_id?: string; url?: string }[]; fields?: { text: string }[] }

describe('what the chat shows of its item', () => {
  const at = runningSlack()

  const opened = async (item: Item): Promise<FakeChannel> => {
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    return at.channelOf(item)
  }
  const edit = async (item: Item, change: object, by = 'Ann Reed') => {
    await at.asks(by, 'PATCH', `items/${item.id}`, change)
    await at.settled()
  }
  const cardOf = (channel: FakeChannel) => {
    const card = channel.messages.find(({ ts }) => ts === channel.pins[0])
    if (!card) throw new Error('There is no pinned card.')
    return { ...card, blocks: card.blocks as Block[] }
  }
  const wordsOf = (channel: FakeChannel) => JSON.stringify(cardOf(channel).blocks)
  /** What was said to everybody beside the card. */
  const saidIn = (channel: FakeChannel) =>
    channel.messages.filter(({ ts, for: only }) => only === null && !channel.pins.includes(ts)).map(({ text }) => text)
  const rowOf = async (item: Item) => {
    const [row] = await at.service.engine.db.select().from(link).where(eq(link.itemId, item.id))
    if (!row) throw new Error('There is no link.')
    return row
  }
  const policy = (values: Partial<Policy>) => at.service.engine.db.update(organisation).set({ policy: values })
  /** How the card begins; a direct message about the item names its title first. */
  const cardOfItem = ({ key, title }: Item) => `${key} ${title}`
  const cardsIn = (channel: FakeChannel, item: Item) =>
    channel.messages.filter(({ text, for: only }) => only === null && text.startsWith(cardOfItem(item)))
  const shows = (channel: FakeChannel) =>
    at.slack.calls
      .filter(({ args }) => (args['channel'] ?? args['channel_id']) === channel.id)
      .map(({ method }) => method)
      .filter((method) => /^(chat\.(post|upd)|pins|bookmarks|conversations\.(setTopic|rename|info))/.test(method))

  test('K3 one pinned card with the facts, the people, the rule and the buttons; a bookmark and a topic', async () => {
    const six = ['Bob Chen', 'Cid Baker', 'Dan Okafor', 'Eve Lindqvist', 'Max Weber', 'Ada Novak']
    const item = await at.item('Fresh & <new>', six)
    await edit(item, { amount: 12_000, currency: 'EUR' }, 'Ada Novak')
    const channel = await opened(item)
    const words = wordsOf(channel)
    expect(channel.messages.filter(({ for: only }) => only === null)).toHaveLength(1)
    // They were added at one moment, so which of them is the sixth is not said.
    expect(six.filter((name) => words.includes(name))).toHaveLength(5)
    for (const word of ['Deal · New · €12,000', 'Ann Reed', ', +1', `Who is added here becomes an observer of ${item.key}`])
      expect(words).toContain(word)
    expect(words).toContain(`<${at.service.engine.publicUrl}/items/${item.id}|${item.key} Fresh &amp; &lt;new&gt;>`)
    const buttons = cardOf(channel).blocks.flatMap(({ type, elements }) => (type === 'actions' ? (elements ?? []) : []))
    expect(buttons.map(({ action_id }) => action_id?.split('#')[0])).toEqual(['add-people', 'observers', 'open-page', 'leave'])
    expect(channel.bookmarks).toMatchObject([{ title: `${item.key} Fresh & <new>` }])
    expect(channel.topic).toContain(`Deal ${item.key}`)
    expect(shows(channel).toSorted()).toEqual(['bookmarks.add', 'chat.postMessage', 'conversations.setTopic', 'pins.add'])
  })

  test('K3 the card is edited in place as the item changes, and nothing is called when nothing changed', async () => {
    const item = await at.item('Edited in place', ['Bob Chen'])
    const channel = await opened(item)
    const before = cardOf(channel).ts
    await edit(item, { stage: 'Negotiation' })
    await at.change(item, { add: ['Cid Baker'] })
    await at.settled()
    expect(cardOf(channel).ts).toBe(before)
    expect(wordsOf(channel)).toContain('Negotiation')
    expect(wordsOf(channel)).toContain('Cid Baker')
    const calls = shows(channel).length
    await at.sweep()
    expect(shows(channel)).toHaveLength(calls)
  })

  test('K3 a guest in the chat reads no amount, on the card or in what is said', async () => {
    const item = await at.item('Read by a guest')
    await edit(item, { amount: 500, currency: 'EUR' })
    const channel = await opened(item)
    expect(wordsOf(channel)).toContain('€500')
    const guest = await at.world.signUp('Gast', 'gast@partner.example', 'guest')
    await at.world.join(channel.id, guest, at.account('Ann Reed'))
    await at.settled()
    expect(wordsOf(channel)).not.toContain('500')
    await edit(item, { amount: 90_000 })
    expect(JSON.stringify(channel.messages)).not.toContain('90,000')
    await at.world.leave(channel.id, guest)
    await at.settled()
    expect(wordsOf(channel)).toContain('€90,000')
  })

  test('K3 the answer to the card was lost: people are moved all the same, and there is never a second card', async () => {
    const item = await at.item('Lost card', ['Bob Chen'])
    at.world.breakNext('chat.postMessage', 'after', 'internal_error', cardOfItem(item))
    const channel = await opened(item)
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    await at.sweep()
    await edit(item, { stage: 'Proposal' })
    expect(cardsIn(channel, item)).toHaveLength(1)
    expect((await at.read(item)).chat).toMatchObject({ state: 'open', unshown: [expect.stringContaining('did not say') as string] })
  })

  test('K3 U7 a card that never arrived is posted when a member says that it is not there, and once', async () => {
    const item = await at.item('Card never posted', ['Bob Chen'])
    at.world.breakNext('chat.postMessage', 'before', 'internal_error', cardOfItem(item))
    const channel = await opened(item)
    await at.sweep()
    const status = await at.discuss('Bob Chen', 'status', channel.id)
    expect(status.text).toContain('did not say whether the card')
    const button = status.choices.find(({ title }) => title.includes('post it'))!
    const replies = await Promise.all([1, 2].map(async () => replyTo(await at.world.press(at.account('Bob Chen'), button, channel.id))))
    for (const reply of replies) expect(reply.text).toContain('is in its chat')
    await replyTo(await at.world.press(at.account('Bob Chen'), button, channel.id))
    await at.settled()
    expect(cardsIn(channel, item)).toHaveLength(1)
    expect(wordsOf(channel)).toContain(item.key)
    expect((await at.read(item)).chat?.unshown).toEqual([])
  })

  test('K3 a crash while the card was being posted leaves a doubt and not a second card', async () => {
    const item = await at.item('Crashed', ['Bob Chen'])
    const channel = await opened(item)
    // What a process leaves that died between Slack's answer and its own note of it.
    await at.service.engine.db.update(link).set({ shown: null, shownHash: null, showing: true }).where(eq(link.itemId, item.id))
    await at.sweep()
    expect(channel.messages.filter(({ for: only }) => only === null)).toHaveLength(1)
    expect(channel.bookmarks).toHaveLength(1)
    expect((await rowOf(item)).showing).toBe(false)
  })

  test('U7 an ornament that is refused is told on the item, asked for once, and again when its time has come', async () => {
    const item = await at.item('No pins here')
    at.world.forbid('pins.add', 'too_many_pins')
    const channel = await opened(item)
    const pins = () => at.calls('pins.add', channel).length
    await at.sweep()
    expect(pins()).toBe(1)
    expect((await at.read(item)).chat?.unshown).toEqual([expect.stringContaining('pinned')])
    at.world.forbid('pins.add', null)
    const { unshown } = await rowOf(item)
    await at.service.engine.db
      .update(link)
      .set({ unshown: { ...unshown!, retryAtMs: 0 } })
      .where(eq(link.itemId, item.id))
    await at.sweep()
    expect(pins()).toBe(2)
    expect((await at.read(item)).chat?.unshown).toEqual([])
  })

  test('K3 a card that somebody deleted is posted anew at the next change, and pinned', async () => {
    const item = await at.item('Card deleted')
    const channel = await opened(item)
    channel.messages.splice(0)
    channel.pins.splice(0)
    await edit(item, { stage: 'Proposal' })
    expect(wordsOf(channel)).toContain('Proposal')
  })

  test('K3 an item that was deleted: its card says so, and offers nothing', async () => {
    const item = await at.item('To be deleted')
    const channel = await opened(item)
    await fetchDelete(item)
    await at.settled()
    expect(wordsOf(channel)).toContain('was deleted from the CRM')
    expect(wordsOf(channel)).not.toContain('leave#')
  })
  const fetchDelete = (item: Item) =>
    at.asks('Ada Novak', 'DELETE', `items/${item.id}`).catch((error: unknown) => expect(String(error)).toContain('JSON'))

  test('K2 the channel is renamed with the item, and keeps the name that people gave it', async () => {
    const item = await at.item('Old title')
    const channel = await opened(item)
    await edit(item, { title: 'Größer & neuer' })
    expect(channel.name).toBe(`${item.key.toLowerCase()}-groesser-and-neuer`)
    expect((await rowOf(item)).name).toBe(channel.name)
    await at.world.rename(channel.id, 'our-own-name')
    await at.settled()
    expect((await rowOf(item)).name).toBe('our-own-name')
    await edit(item, { title: 'Third title' })
    await at.sweep()
    expect(channel.name).toBe('our-own-name')
    expect(at.calls('conversations.rename', channel)).toHaveLength(1)
  })

  test('K2 a name that Slack refuses is told on the item and not tried in a loop', async () => {
    const item = await at.item('Not to be renamed')
    const channel = await opened(item)
    at.world.forbid('conversations.rename', 'not_authorized')
    await edit(item, { title: 'Cannot be' })
    await at.sweep()
    expect(at.calls('conversations.rename', channel)).toHaveLength(1)
    at.world.forbid('conversations.rename', null)
    await edit(item, { title: 'Can be' })
    expect(channel.name).toBe(`${item.key.toLowerCase()}-can-be`)
  })

  test('K2 where titles are kept out of names, the name is the key alone, and the topic says no title either', async () => {
    await policy({ chatNames: 'key' })
    const item = await at.item('Secret merger')
    const channel = await opened(item)
    await edit(item, { title: 'Secret merger, second part' })
    expect(channel.name).toBe(item.key.toLowerCase())
    expect(channel.topic).not.toMatch(/secret|merger/i)
    expect(channel.purpose).not.toMatch(/secret|merger/i)
    await policy({})
  })

  test('K4 the chat hears of stage and responsible, who did it, in one message a turn, and of nothing that was before it', async () => {
    const item = await at.item('Heard of', ['Bob Chen'])
    await edit(item, { stage: 'Qualified' })
    const channel = await opened(item)
    expect(saidIn(channel)).toEqual([])
    await edit(item, { stage: 'Won', responsible: at.person('Bob Chen'), title: 'Not worth a line' }, 'Max Weber')
    expect(saidIn(channel)).toEqual([
      `Stage of ${item.key}: Qualified → Won (Max Weber)\nResponsible of ${item.key}: Ann Reed → Bob Chen (Max Weber)`,
    ])
  })

  test('K4 a small change of the amount is no news, a large one is', async () => {
    const item = await at.item('Amounts')
    await edit(item, { amount: 1_000, currency: 'EUR' })
    const channel = await opened(item)
    await edit(item, { amount: 1_100 })
    expect(saidIn(channel)).toEqual([])
    await edit(item, { amount: 2_000 })
    expect(saidIn(channel)).toEqual([`Amount of ${item.key}: €1,100 → €2,000 (Ann Reed)`])
  })

  test('K4 who became an observer and through whom is one quiet line for all of them', async () => {
    const item = await at.item('Many observers')
    const channel = await opened(item)
    await at.change(item, { add: ['Bob Chen', 'Cid Baker'] }, 'Ann Reed')
    await at.settled()
    await at.world.join(channel.id, at.account('Dan Okafor'), at.account('Bob Chen'))
    await at.settled()
    expect(saidIn(channel)).toEqual([
      `Bob Chen and Cid Baker observe ${item.key} now, through Ann Reed.`,
      `Dan Okafor observes ${item.key} now, through Bob Chen.`,
    ])
    expect(JSON.stringify(channel.messages)).not.toContain('<@')
  })

  test('K4 switched off nothing is said, with everything also the title; what was lost is not said twice', async () => {
    const item = await at.item('Feeds')
    const channel = await opened(item)
    await policy({ feed: 'off' })
    await edit(item, { stage: 'Proposal' })
    expect(saidIn(channel)).toEqual([])
    await policy({ feed: 'everything' })
    await edit(item, { title: 'Feeds on' })
    expect(saidIn(channel)).toEqual([`Title of ${item.key}: Feeds → Feeds on (Ann Reed)`])
    at.world.breakNext('chat.postMessage', 'after', 'internal_error', `of ${item.key}`)
    await edit(item, { stage: 'Won' })
    await at.sweep()
    expect(saidIn(channel)).toHaveLength(2)
    // Nothing was said for certain: it is said later.
    at.world.breakNext('chat.postMessage', 'before', 'error:external_channel_migrating', `of ${item.key}`)
    await edit(item, { stage: 'New' })
    expect(saidIn(channel)).toHaveLength(2)
    await at.sweep()
    expect(saidIn(channel)).toHaveLength(3)
    await policy({})
  })
})
