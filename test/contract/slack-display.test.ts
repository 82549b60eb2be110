import { describe, expect, test } from 'vitest'
import type { ChatId } from '../../src/core/ids.ts'
import type { Display, Shown } from '../../src/ports/chat-platform.ts'
import type { FakeChannel } from '../fakes/slack/state.ts'
import { given } from './expecting.ts'
import { connectedSlack, WISH } from './slack-connected.ts'

const at = connectedSlack()

const showing = (card: string, title = 'D-42 Order', topic = WISH.topic): Display => ({
  topic,
  link: { title, url: 'https://ringside.example/items/42' },
  card: { text: card },
})

const channel = (): FakeChannel => {
  const [one] = at.channels()
  if (!one) throw new Error('There is no channel.')
  return one
}
const SHOWS = ['chat.postMessage', 'chat.update', 'pins.add', 'bookmarks.add', 'bookmarks.edit', 'bookmarks.list', 'conversations.setTopic']
/** The methods that showed something since the last look. */
const looker = () => {
  let seen = at.slack.calls.length
  return () => {
    const methods = at.slack.calls.slice(seen).map(({ method }) => method)
    seen = at.slack.calls.length
    return methods.filter((method) => SHOWS.includes(method))
  }
}

async function shownFirst(): Promise<{ chat: ChatId; shown: Shown; calls: () => string[] }> {
  const opened = given(await at.platform.open(WISH))
  const calls = looker()
  const displayed = await at.platform.display(opened.id, showing('one'), opened.shown ?? null, 'none')
  expect(displayed.left).toEqual([])
  return { chat: opened.id, shown: displayed.shown, calls }
}

describe('what a channel shows of its item', () => {
  test('K3 a card is posted and pinned, the item is bookmarked, and the topic that opening set is not set again', async () => {
    const { calls } = await shownFirst()
    expect(calls()).toEqual(['chat.postMessage', 'pins.add', 'bookmarks.add'])
    expect(channel().messages.map(({ text }) => text)).toEqual(['one'])
    expect(channel().pins).toEqual([channel().messages[0]?.ts])
    expect(channel().bookmarks).toMatchObject([{ title: 'D-42 Order', link: 'https://ringside.example/items/42' }])
  })

  test('K3 nothing is called for what did not change, and one call for each thing that did', async () => {
    const { chat, shown, calls } = await shownFirst()
    calls()
    const same = await at.platform.display(chat, showing('one'), shown, 'none')
    expect(calls()).toEqual([])
    const card = await at.platform.display(chat, showing('two'), same.shown, 'none')
    expect(calls()).toEqual(['chat.update'])
    const title = await at.platform.display(chat, showing('two', 'D-42 Orders'), card.shown, 'none')
    expect(calls()).toEqual(['bookmarks.edit'])
    await at.platform.display(chat, showing('two', 'D-42 Orders', 'Deals'), title.shown, 'none')
    expect(calls()).toEqual(['conversations.setTopic'])
    expect(channel()).toMatchObject({ topic: 'Deals', messages: [{ text: 'two' }], bookmarks: [{ title: 'D-42 Orders' }] })
  })

  test('K3 a card that people deleted is posted anew and pinned, once', async () => {
    const { chat, shown, calls } = await shownFirst()
    channel().messages.length = 0
    calls()
    const again = await at.platform.display(chat, showing('two'), shown, 'none')
    expect(calls()).toEqual(['chat.update', 'chat.postMessage', 'pins.add'])
    await at.platform.display(chat, showing('three'), again.shown, 'none')
    expect(channel().messages.map(({ text }) => text)).toEqual(['three'])
  })

  test.each(['internal_error', 'dropped', 'http_503'] as const)(
    'K3 the answer to the posting was lost (%s): there is never a second card, and everything else is shown',
    async (trouble) => {
      const opened = given(await at.platform.open(WISH))
      at.world.breakNext('chat.postMessage', 'after', trouble)
      const lost = await at.platform.display(opened.id, showing('one'), opened.shown ?? null, 'none')
      expect(lost.left).toMatchObject([{ kind: 'uncertain' }])
      const next = await at.platform.display(opened.id, showing('two'), lost.shown, 'none')
      expect(next.left).toMatchObject([{ kind: 'refused', code: 'card_unknown' }])
      expect(channel().messages).toHaveLength(1)
      expect(channel().bookmarks).toHaveLength(1)
    },
  )

  test('K3 a lost card that a person did not find is posted, once', async () => {
    const opened = given(await at.platform.open(WISH))
    at.world.breakNext('chat.postMessage', 'before', 'internal_error')
    const lost = await at.platform.display(opened.id, showing('one'), opened.shown ?? null, 'none')
    const found = await at.platform.display(opened.id, showing('one'), lost.shown, 'missing')
    expect(found.left).toEqual([])
    await at.platform.display(opened.id, showing('two'), found.shown, 'missing')
    expect(channel().messages.map(({ text }) => text)).toEqual(['two'])
    expect(channel().bookmarks).toHaveLength(1)
  })

  test('K3 after a crash in the middle nothing is added that may be there: no second card, no second bookmark', async () => {
    const { chat } = await shownFirst()
    const again = await at.platform.display(chat, showing('one'), null, 'unanswered')
    expect(again.left.map(({ code }) => code)).toEqual(['card_unknown'])
    expect(channel().messages).toHaveLength(1)
    expect(channel().bookmarks).toHaveLength(1)
    expect(again.shown['link']).toBe(channel().bookmarks[0]?.id)
  })

  test('K3 a bookmark whose adding got no answer is looked for before it is added again', async () => {
    const opened = given(await at.platform.open(WISH))
    at.world.breakNext('bookmarks.add', 'after', 'internal_error')
    const lost = await at.platform.display(opened.id, showing('one'), opened.shown ?? null, 'none')
    at.world.breakNext('bookmarks.add', 'before', 'internal_error')
    await at.platform.display(opened.id, showing('one'), lost.shown, 'none')
    expect(channel().bookmarks).toHaveLength(1)
  })

  test('U7 each ornament that the workspace refuses is left out with its reason, and the others are shown', async () => {
    at.world.forbid('pins.add', 'too_many_pins')
    at.world.forbid('bookmarks.add', 'permission_denied')
    const opened = given(await at.platform.open(WISH))
    const displayed = await at.platform.display(opened.id, showing('one', 'D-42 Order', 'Deals'), opened.shown ?? null, 'none')
    expect(displayed.left).toMatchObject([
      { kind: 'refused', code: 'too_many_pins', mender: 'member' },
      { kind: 'refused', code: 'permission_denied' },
    ])
    expect(channel()).toMatchObject({ topic: 'Deals', messages: [{ text: 'one' }], bookmarks: [] })
  })

  test('a card that may no longer be edited stays, and is not posted at every change', async () => {
    const { chat, shown } = await shownFirst()
    at.world.forbid('chat.update', 'edit_window_closed')
    const displayed = await at.platform.display(chat, showing('two'), shown, 'none')
    expect(displayed.left).toMatchObject([{ code: 'edit_window_closed' }])
    expect(channel().messages).toHaveLength(1)
  })

  test('K2 a new name whose answer was lost is found to be its own already', async () => {
    const opened = given(await at.platform.open(WISH))
    channel().name = 'd-42-orders'
    at.world.forbid('conversations.rename', 'name_taken')
    expect(given(await at.platform.rename(opened.id, 'D-42 Orders', {} as never)).name).toBe('d-42-orders')
  })
})
