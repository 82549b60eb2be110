import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { link, notification } from '../../db/schema.ts'
import { drain } from '../../src/engine/worker.ts'
import { eventually, type Item } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'
import { buttonsIn, telling } from './slack-told.ts'

describe('who is made an observer, or is one no longer, is told directly', () => {
  const at = runningSlack()
  const { direct, due, fates } = telling(at)
  const labels = (name: string, words: string) => direct(name, words).map(({ blocks }) => buttonsIn(blocks).map(({ label }) => label))

  test('O13 who is added is told once: by whom, what it means, and where it goes from there', async () => {
    const item = await at.item('Kestrel rollout')
    await at.change(item, { add: ['Bob Chen'] }, 'Ann Reed')
    // In its own time, without anybody's help.
    await eventually(() => expect(direct('Bob Chen', item.key)).toHaveLength(1), 15_000)
    const [told] = direct('Bob Chen', item.key)
    expect(told?.text).toBe(
      `Ann Reed added you as an observer of Kestrel rollout (${item.key}). You can open it and take part in its chat.`,
    )
    expect(buttonsIn(told!.blocks)).toMatchObject([
      { label: 'Discuss', actionId: 'discuss#0', value: item.id },
      { label: 'Open item', actionId: 'open-page#1', url: expect.stringMatching(new RegExp(`/items/${item.id}$`)) },
      { label: 'Stop observing', actionId: 'stop-observing#2', value: item.id },
    ])
    await due()
    expect(await fates('Bob Chen', item)).toEqual(['told'])
    expect(direct('Bob Chen', item.key)).toHaveLength(1)
    expect(direct('Ann Reed', item.key)).toEqual([])
  })

  test('O10 O13 who is put on many items at once is told in one sentence, and once', async () => {
    const items = [await at.item('Many one'), await at.item('Many two'), await at.item('Many three')]
    await due()
    const begun = await at.asks<{ id: string }>('Ann Reed', 'POST', 'group-actions', {
      action: 'add-observers',
      people: [at.person('Bob Chen')],
      selection: { ids: items.map(({ id }) => id) },
    })
    await eventually(async () => {
      expect(await at.asks('Ann Reed', 'GET', `group-actions/${begun.id}`)).toMatchObject({ state: 'done' })
    }, 20_000)
    await due()
    await due()
    expect(direct('Bob Chen', 'of 3 deals').map(({ text }) => text?.split('\n')[0])).toEqual([
      'Ann Reed added you as an observer of 3 deals. You can open them and take part in their chats.',
    ])
  })

  test('O13 O24 who is in the chat by then gets its link', async () => {
    const item = await at.item('Lumen pilot')
    await at.discuss('Ann Reed', item.key)
    await at.change(item, { add: ['Bob Chen'] }, 'Ann Reed')
    await at.settled()
    await due()
    const [told] = direct('Bob Chen', item.key)
    const channel = await at.channelOf(item)
    expect(buttonsIn(told!.blocks)[0]).toMatchObject({ label: 'Open chat', url: expect.stringContaining(`channel=${channel.id}`) })
  })

  test('O14 who is removed is told by whom and what it means, and can ask to be let in again', async () => {
    const item = await at.item('Fjord training', ['Dan Okafor'])
    await due()
    await at.change(item, { remove: ['Dan Okafor'] }, 'Ann Reed')
    await due()
    expect(direct('Dan Okafor', item.key).map(({ text }) => text)).toEqual([
      `Ada Novak added you as an observer of Fjord training (${item.key}). You can open it and take part in its chat.`,
      `Ann Reed removed you as an observer of Fjord training (${item.key}). You no longer have access to it or its chat.`,
    ])
    expect(labels('Dan Okafor', item.key).at(-1)).toEqual(['Request access'])
  })

  test('O14 a manager sees every item, and is not told otherwise', async () => {
    const item = await at.item('Granite migration', ['Max Weber'])
    await due()
    await at.change(item, { remove: ['Max Weber'] }, 'Ann Reed')
    await due()
    expect(direct('Max Weber', item.key).at(-1)?.text).toMatch(/You can still open it, and are taken out of its chat\.$/)
    expect(labels('Max Weber', item.key).at(-1)).toEqual(['Open item'])
  })

  test('O13 O14 added and removed within the quiet time comes to nothing, whichever was first; the last word is told where it differs', async () => {
    const [came, left, stayed] = [
      await at.item('Came and went'),
      await at.item('Went and came', ['Eve Lindqvist']),
      await at.item('Came in the end'),
    ]
    await due()
    const before = direct('Eve Lindqvist', '').length
    await at.change(came, { add: ['Eve Lindqvist'] })
    await at.change(came, { remove: ['Eve Lindqvist'] })
    await at.change(left, { remove: ['Eve Lindqvist'] })
    await at.change(left, { add: ['Eve Lindqvist'] })
    for (const change of [{ add: ['Eve Lindqvist'] }, { remove: ['Eve Lindqvist'] }, { add: ['Eve Lindqvist'] }]) {
      await at.change(stayed, change)
    }
    await due()
    expect(direct('Eve Lindqvist', '').slice(before)).toMatchObject([
      { text: expect.stringContaining(`of Came in the end (${stayed.key})`) },
    ])
    expect(await fates('Eve Lindqvist', came)).toEqual(['unneeded: It no longer holds.', 'unneeded: It no longer holds.'])
    expect(await fates('Eve Lindqvist', stayed)).toEqual(['told', 'told', 'told'])
  })

  test('O13 added to forty deals at once is one message: by whom, how many, the first of them, and where the others are', async () => {
    const items: Item[] = []
    for (let number = 1; number <= 40; number++) items.push(await at.item(`Bulk ${number}`))
    const before = direct('Cid Baker', '').length
    for (const item of items) await at.change(item, { add: ['Cid Baker'] }, 'Ann Reed')
    await due()
    const told = direct('Cid Baker', '').slice(before)
    expect(told).toHaveLength(1)
    expect(told[0]?.text).toMatch(
      /^Ann Reed added you as an observer of 40 deals\. You can open them and take part in their chats\.\n<[^|]+\/\?observing=true\|All that you observe>$/,
    )
    const shown = JSON.stringify(told[0]?.blocks)
    for (const item of items.slice(0, 5)) expect(shown).toContain(`${item.title} (${item.key})`)
    expect(shown).not.toContain(`${items[5]?.title} (`)
    expect(shown).toContain('and 35 more')
    for (const item of items) expect(await fates('Cid Baker', item)).toEqual(['told'])

    for (const item of items.slice(0, 2)) await at.change(item, { remove: ['Cid Baker'] }, 'Max Weber')
    await at.change(items[2]!, { remove: ['Cid Baker'] }, 'Ann Reed')
    await due()
    const [after, ...more] = direct('Cid Baker', '').slice(before + 1)
    expect(more).toEqual([])
    expect(after?.text).toMatch(/^Max Weber removed you as an observer of 2 deals\..*\nAnn Reed removed you as an observer of Bulk 3 \(/)
  })

  test('O13 nobody is told of what they did themselves, or have seen by then: in the answer to their press, or in the web workspace', async () => {
    const [joined, pressed, read] = [await at.item('By themselves'), await at.item('Pressed meanwhile'), await at.item('Read meanwhile')]
    const before = direct('Max Weber', '').length
    await at.discuss('Max Weber', joined.key)
    await at.change(pressed, { add: ['Max Weber'] })
    await at.discuss('Max Weber', pressed.key)
    await at.change(read, { add: ['Max Weber'] })
    await at.asks('Max Weber', 'GET', 'notifications')
    await fetch(`${at.origin}/api/notifications/read`, { method: 'POST', headers: { cookie: await at.cookie('Max Weber') } })
    await due()
    expect(direct('Max Weber', '').slice(before)).toEqual([])
    expect(await fates('Max Weber', joined)).toEqual([])
    expect(await fates('Max Weber', pressed)).toEqual(['unneeded: They opened the chat by themselves.'])
    expect(await fates('Max Weber', read)).toEqual(['unneeded: It was read in the web workspace.'])
  })

  test('O13 U7 a Slack that is busy is obeyed, and then told once', async () => {
    const item = await at.item('Patience')
    at.world.limit('chat.postMessage', 1, 2)
    await at.change(item, { add: ['Bob Chen'] })
    await due()
    expect(await fates('Bob Chen', item)).toEqual(['later: Slack asks Ringside to slow down.'])
    expect(direct('Bob Chen', item.key)).toEqual([])
    await eventually(() => expect(direct('Bob Chen', item.key)).toHaveLength(1))
    await eventually(async () => expect(await fates('Bob Chen', item)).toEqual(['told']))
  })

  test.each([
    ['after', 'timeout', 1],
    ['before', 'http_500', 0],
    ['after', 'internal_error', 1],
  ] as const)(
    'U7 an answer that never came counts as told: %s, %s',
    async (when, trouble, arrived) => {
      const item = await at.item(`Unknown fate ${when} ${trouble}`)
      at.world.breakNext('chat.postMessage', when, trouble)
      await at.change(item, { add: ['Bob Chen'] })
      await due()
      await eventually(async () => expect(await fates('Bob Chen', item)).toEqual([expect.stringMatching(/^perhaps told: /)]), 15_000)
      await due()
      expect(direct('Bob Chen', item.key)).toHaveLength(arrived)
    },
    30_000,
  )

  test('U7 a conversation that has to be opened says nothing yet: where that got no answer it is tried again', async () => {
    const item = await at.item('Unopened')
    at.world.state.opensDirect = false
    at.world.breakNext('conversations.open', 'after', 'http_500')
    await at.change(item, { add: ['Bob Chen'] })
    await due()
    expect(await fates('Bob Chen', item)).toEqual([expect.stringMatching(/^later: .*500/)])
    await due()
    await eventually(() => expect(direct('Bob Chen', item.key)).toHaveLength(1))
    at.world.state.opensDirect = true
  })

  test.each(['messages_tab_disabled', 'channel_not_found', 'user_disabled'])(
    'U7 refused with %s is kept with its reason, and not tried again',
    async (word) => {
      const item = await at.item(`Refused ${word}`)
      at.world.forbid('chat.postMessage', word)
      await at.change(item, { add: ['Bob Chen'] })
      await due()
      expect(await fates('Bob Chen', item)).toEqual([expect.stringMatching(/^refused: [A-Z].*\.$/)])
      const tried = at.calls('chat.postMessage').length
      at.world.forbid('chat.postMessage', null)
      await due()
      expect(at.calls('chat.postMessage')).toHaveLength(tried)
    },
  )

  test('U7 an administrator sees whom it did not reach and why, and nobody else does', async () => {
    const [refused, reached] = [await at.item('Seen by the administrator'), await at.item('No trouble at all')]
    at.world.forbid('chat.postMessage', 'messages_tab_disabled')
    await at.change(refused, { add: ['Bob Chen'] })
    await due()
    at.world.forbid('chat.postMessage', null)
    await at.change(reached, { add: ['Bob Chen'] })
    await due()
    const page = await at.asks<{ items: { item: { key: string } | null }[] }>('Ada Novak', 'GET', 'admin/untold')
    expect(page.items[0]).toMatchObject({
      person: { name: 'Bob Chen' },
      item: { key: refused.key },
      fate: 'refused',
      why: 'Direct messages from Ringside are switched off in the settings of its Slack app.',
    })
    expect(page.items.map(({ item }) => item?.key)).not.toContain(reached.key)
    const second = await at.asks<{ items: object[]; next: string }>('Ada Novak', 'GET', 'admin/untold?limit=1')
    const after = await at.asks<{ items: object[] }>('Ada Novak', 'GET', `admin/untold?limit=1&cursor=${second.next}`)
    expect([...second.items, ...after.items]).toEqual(page.items.slice(0, 2))
    await expect(at.asks('Max Weber', 'GET', 'admin/untold')).rejects.toThrow('403')
  })

  test('U10 somebody without an account there is told in the web workspace alone, and it is written down why', async () => {
    const item = await at.item('Nobody there', ['Finn Morel'])
    await due()
    expect(await fates('Finn Morel', item)).toEqual(['unreached: Nobody has the address finn@example.com in Slack (Example).'])
    const page = await at.asks<{ items: { text: string }[] }>('Finn Morel', 'GET', 'notifications')
    expect(page.items[0]?.text).toContain('added you as an observer of Nobody there')
  })

  test('O13 killed after it was marked and before it was sent: it counts as told, and nothing is sent twice or for ever', async () => {
    const item = await at.item('Killed while telling')
    await at.change(item, { add: ['Bob Chen'] })
    const { db } = at.service.engine
    const mine = eq(notification.itemId, item.id)
    await db
      .update(notification)
      .set({ told: 'telling', tellAt: new Date(Date.now() - 1) })
      .where(mine)
    at.service.engine.wake()
    await eventually(async () => expect(await fates('Bob Chen', item)).toEqual(['perhaps told: Ringside stopped while it was telling.']))
    expect(direct('Bob Chen', item.key)).toEqual([])
  })

  test('O13 many workers at once tell it once', async () => {
    const item = await at.item('Many hands')
    await at.change(item, { add: ['Bob Chen'] })
    const { engine } = at.service
    await engine.db
      .update(notification)
      .set({ tellAt: new Date(0) })
      .where(eq(notification.itemId, item.id))
    await Promise.all(Array.from({ length: 6 }, () => drain(engine)))
    expect(direct('Bob Chen', item.key)).toHaveLength(1)
  })

  test('O13 O22 killed between listing somebody and remembering it: they are told by the turn after, once', async () => {
    const item = await at.item('Killed while listing')
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    const { engine } = at.service
    const { sourceOf } = engine
    const channel = await at.channelOf(item)
    const killed = eventually(async () => {
      const [row] = await engine.db.select().from(link).where(eq(link.itemId, item.id))
      expect(row?.leaseUntil).not.toBeNull()
      expect(await at.observers(item)).toEqual(['Eve Lindqvist'])
    })
    Object.assign(engine, {
      sourceOf: (organisation: never) => {
        const source = sourceOf(organisation)
        const changeObservers: typeof source.changeObservers = async (change) => {
          await source.changeObservers(change)
          throw new Error('Killed here.')
        }
        return { ...source, changeObservers }
      },
    })
    try {
      await at.world.join(channel.id, at.account('Eve Lindqvist'), at.account('Ann Reed'))
      await killed
    } finally {
      Object.assign(engine, { sourceOf })
    }
    await due()
    expect(direct('Eve Lindqvist', item.key)).toEqual([])
    await engine.db.update(link).set({ leaseUntil: null, dueAt: new Date() }).where(eq(link.itemId, item.id))
    for (let look = 0; look < 2; look++) {
      await at.sweep()
      await due()
    }
    expect(direct('Eve Lindqvist', item.key).map(({ text }) => text)).toEqual([
      expect.stringContaining(`Ann Reed added you as an observer of Killed while listing (${item.key}).`),
    ])
  })

  test('C6 opening a chat is told to nobody but those whom it is for', async () => {
    const before = at.calls('chat.postMessage').length
    const item = await at.item('For few', ['Bob Chen'])
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    await due()
    const channel = await at.channelOf(item)
    const invited = at.account('Bob Chen')
    const posts = at.calls('chat.postMessage').slice(before)
    expect(posts.map(({ args }) => args['channel']).filter((id) => id !== channel.id && id !== invited)).toEqual([])
    expect(at.calls('chat.postEphemeral').filter(({ args }) => args['channel'] !== channel.id)).toEqual([])
    expect(channel.is_private).toBe(true)
    for (const name of ['Ada Novak', 'Max Weber', 'Cid Baker', 'Dan Okafor', 'Eve Lindqvist'])
      expect(at.world.told(at.account(name)).join('\n')).not.toContain(item.key)
  })
})
