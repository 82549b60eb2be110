import { describe, expect, test } from 'vitest'
import { writeArrivals } from '../../db/inbox.ts'
import { asAccountId } from '../../src/core/ids.ts'
import { aboutSaid } from '../../src/core/said.ts'
import { dealWithPassing } from '../../src/engine/inbox.ts'
import type { News } from '../../src/ports/inbound.ts'
import { tablesWith } from './everything-stored.ts'
import { eventually, type Item } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'

type Entry = { readonly kind: string; readonly text: string; readonly url: string | null; readonly by: { readonly name: string } | null }

describe('what is done about a message in Slack', () => {
  const at = runningSlack()
  const saidAt = (channel: string) => `https://example.slack.com/archives/${channel}/p1700000000000100`
  const shortcut = (name: string, callback: string, text: string, channel = 'C0ELSEWHERE', by = 'Cid Baker') =>
    at.world.messageShortcut(at.account(name), callback, { channel, text, by: at.account(by) })
  const dialogOf = (name: string) => at.world.dialog(at.account(name))
  const timeline = async (item: Item, as = 'Ada Novak') => (await at.asks<{ items: Entry[] }>(as, 'GET', `items/${item.id}/timeline`)).items
  const posted = async (item: Item) => (await at.channelOf(item)).messages.filter((message) => message.for === null)
  const refused = (inline: string) => (JSON.parse(inline) as { errors?: Record<string, string> }).errors ?? {}

  test('K6 U11 a message is brought to the chat of an item, which opens for it: who said it, its words and its place; none of its words is stored', async () => {
    const item = await at.item('Brought along', ['Bob Chen'])
    await shortcut('Bob Chen', 'choose-item-for-message', 'zebra stripes &amp; <@U0SOMEONE> said <https://example.com|the plan>')
    const dialog = dialogOf('Bob Chen')
    expect(JSON.stringify(dialog.view)).toContain('zebra stripes & @somebody said the plan (https://example.com)')
    const sent = await at.world.submit(at.account('Bob Chen'), dialog, {
      item: item.id,
      words: 'A zebra, really?',
      quote: 'zebra stripes',
    })
    expect(sent.inline).toContain('clear')
    const card = await eventually(async () => {
      const one = (await posted(item)).find(({ text }) => text.includes('wants to discuss'))
      if (!one) throw new Error('Nothing was posted yet.')
      return JSON.stringify(one)
    })
    expect(card).toContain('Bob Chen wants to discuss a message of Cid Baker.')
    expect(card).toContain('A zebra, really?')
    expect(card).toContain('zebra stripes')
    expect(card).toContain(saidAt('C0ELSEWHERE'))
    await eventually(() =>
      expect(at.world.told(at.account('Bob Chen')).join()).toContain(`is in the chat of ${item.title} (${item.key}) now`),
    )
    expect(await at.members(item)).toEqual(['Ann Reed', 'Bob Chen'])
    await at.settled()
    expect(await tablesWith(at.service.engine.db, 'zebra')).toEqual([])
    expect(await tablesWith(at.service.engine.db, item.title)).not.toEqual([])
  })

  test('U11 where Slack asks to wait, the words are kept at hand, and nowhere else', async () => {
    const item = await at.item('Patience')
    await at.discuss('Ann Reed', item.key)
    await shortcut('Ann Reed', 'choose-item-for-message', 'a walrus')
    at.world.limit('chat.postMessage', 1, 1)
    await at.world.submit(at.account('Ann Reed'), dialogOf('Ann Reed'), { item: item.id, quote: 'a walrus' })
    await eventually(async () => expect(JSON.stringify(await posted(item))).toContain('a walrus'))
    expect(await tablesWith(at.service.engine.db, 'walrus')).toEqual([])
  })

  test('U11 after the process that had the words at hand, another one posts where it was said, without them', async () => {
    const item = await at.item('The rest of it')
    const news: News = {
      kind: 'command',
      verb: {
        name: 'press',
        press: { name: 'choose-item-for-message', about: aboutSaid({ url: saidAt('C0ELSEWHERE'), by: at.account('Cid Baker') }) },
        values: { item: [item.id] },
      },
      from: { account: asAccountId(at.account('Ann Reed')), chat: null, reply: null },
    }
    const delivery = { id: 'held by nobody', workspace: at.world.state.team.id, news, heldMs: 300 }
    const { engine } = at.service
    await writeArrivals(engine.db, [{ platform: 'slack', delivery }], new Date())
    await eventually(async () => expect(JSON.stringify(await posted(item))).toContain('Ann Reed wants to discuss a message of Cid Baker.'))
    expect(JSON.stringify(await posted(item))).toContain(saidAt('C0ELSEWHERE'))
    // Whoever comes back to it finds that it was dealt with.
    await at.settled()
    await dealWithPassing(engine, { platform: 'slack', ...delivery }, { quote: ['a gnu'] })
    expect(JSON.stringify(await posted(item))).not.toContain('a gnu')
  })

  test('K6 in the chat of an item it is chosen already, and only for whoever may see it', async () => {
    const item = await at.item('Chosen already', ['Bob Chen'])
    await at.discuss('Ann Reed', item.key)
    const channel = await at.channelOf(item)
    await at.settled()
    await shortcut('Bob Chen', 'save-note', 'hello', channel.id)
    expect(JSON.stringify(dialogOf('Bob Chen').view)).toContain(`${item.key} Chosen already`)
    await at.world.slash(at.account('Bob Chen'), '/discuss', '', channel.id)
    expect(JSON.stringify(dialogOf('Bob Chen').view)).toContain(`${item.key} Chosen already`)
    await shortcut('Dan Okafor', 'save-note', 'hello', channel.id)
    expect(JSON.stringify(dialogOf('Dan Okafor').view)).not.toContain('Chosen already')
  })

  test('K6 a message is saved to the timeline of an item: prefilled with who said it, as it was edited, with its place, by whoever saved it', async () => {
    const item = await at.item('Written down', ['Bob Chen'])
    await shortcut('Bob Chen', 'save-note', 'They sign in May.')
    expect(JSON.stringify(dialogOf('Bob Chen').view)).toContain('Cid Baker: They sign in May.')
    await at.world.submit(at.account('Bob Chen'), dialogOf('Bob Chen'), { item: item.id, note: 'Cid: they sign in May, or June.' })
    await at.settled()
    const [note] = await timeline(item)
    expect(note).toMatchObject({
      kind: 'note',
      text: 'Cid: they sign in May, or June.',
      url: saidAt('C0ELSEWHERE'),
      by: { name: 'Bob Chen' },
    })
    expect(at.world.told(at.account('Bob Chen')).join()).toContain(`Saved to the timeline of Written down (${item.key}).`)
    expect(await timeline(item, 'Ann Reed')).toHaveLength((await timeline(item)).length)
  })

  test('K6 a reply in a thread is found again by its thread', async () => {
    const item = await at.item('In a thread')
    const ann = at.account('Ann Reed')
    const reply = { channel: 'C0ELSEWHERE', text: 'yes', by: ann, ts: '1700000001.000200', thread: '1700000000.000100' }
    await at.world.messageShortcut(ann, 'save-note', reply)
    await at.world.submit(ann, dialogOf('Ann Reed'), { item: item.id, note: 'yes' })
    await at.settled()
    expect((await timeline(item))[0]?.url).toBe(
      'https://example.slack.com/archives/C0ELSEWHERE/p1700000001000200?thread_ts=1700000000.000100&cid=C0ELSEWHERE',
    )
  })

  test('K6 O3 whoever may not see an item saves nothing to it, in the words for an item that does not exist, at the field', async () => {
    const item = await at.item('None of Bob’s')
    await shortcut('Bob Chen', 'save-note', 'sneaky')
    const dialog = dialogOf('Bob Chen')
    const hidden = await at.world.submit(at.account('Bob Chen'), dialog, { item: item.id, note: 'sneaky' })
    const unknown = await at.world.submit(at.account('Bob Chen'), dialog, { item: crypto.randomUUID(), note: 'sneaky' })
    expect(hidden.inline).toBe(unknown.inline)
    expect(refused(hidden.inline)['item']).toBe('There is no such item that you can see. Choose another one.')
    const empty = await at.world.submit(at.account('Bob Chen'), dialog, { item: item.id, note: '  ' })
    expect(Object.keys(refused(empty.inline))).toEqual(['item', 'note'])
    await at.settled()
    expect((await timeline(item)).filter(({ kind }) => kind === 'note')).toEqual([])
  })

  test('O7 an estimate takes notes and no discussion, and the dialog says so at the field', async () => {
    const estimate = await at.item('A first offer', [], 'estimate')
    await shortcut('Ann Reed', 'choose-item-for-message', 'too dear')
    const sent = await at.world.submit(at.account('Ann Reed'), dialogOf('Ann Reed'), { item: estimate.id, quote: 'too dear' })
    expect(refused(sent.inline)['item']).toMatch(/estimate/i)
    await shortcut('Ann Reed', 'save-note', 'too dear')
    await at.world.submit(at.account('Ann Reed'), dialogOf('Ann Reed'), { item: estimate.id, note: 'too dear' })
    await at.settled()
    expect((await timeline(estimate))[0]).toMatchObject({ kind: 'note', text: 'too dear' })
  })

  test('K6 O18 a dialog that could not open in time is not silent: the button opens it, with the message', async () => {
    const item = await at.item('Slow day')
    const ann = at.account('Ann Reed')
    at.world.forbid('views.open', 'expired_trigger_id')
    const late = await shortcut('Ann Reed', 'save-note', 'Worth keeping.')
    at.world.forbid('views.open', null)
    const answer = await eventually(() => {
      const body = late.replies[0]
      if (!body) throw new Error('Nothing was said yet.')
      return body as { text: string; blocks: { elements?: { action_id: string; value: string }[] }[] }
    })
    expect(answer.text).toContain('did not open in time')
    const button = answer.blocks.flatMap(({ elements }) => elements ?? [])[0]!
    await at.world.press(ann, { actionId: button.action_id, value: button.value })
    expect(JSON.stringify(dialogOf('Ann Reed').view)).toContain('Cid Baker: Worth keeping.')
    await at.world.submit(ann, dialogOf('Ann Reed'), { item: item.id, note: 'Worth keeping.' })
    await at.settled()
    expect((await timeline(item))[0]).toMatchObject({ text: 'Worth keeping.', url: saidAt('C0ELSEWHERE') })
  })
})
