import { describe, expect, test } from 'vitest'
import { accessRequest } from '../../db/schema.ts'
import type { Item } from './demo-people.ts'
import { replyTo, runningSlack } from './slack-running.ts'
import { buttonsIn, telling } from './slack-told.ts'

const at = runningSlack()
const { direct, due } = telling(at)

type Card = { readonly blocks: readonly object[] }

const linkTo = (id: string) => `${at.service.engine.publicUrl}/items/${id}`

/** The cards that were put under what somebody posted, as text; none: ''. */
async function cardsUnder(channel: string, name: string, ...ids: string[]): Promise<string> {
  const before = at.world.state.unfurls.length
  await at.world.share(channel, at.account(name), ids.map(linkTo))
  await at.settled()
  const cards = at.world.state.unfurls.slice(before).flatMap((one) => Object.values(one.cards) as Card[])
  return JSON.stringify(cards.length === 0 ? '' : cards)
}

const requestsFor = async (item: Item) => (await at.service.engine.db.select().from(accessRequest)).filter((row) => row.itemId === item.id)

/** A button press, and the words that came back. */
const press = async (name: string, actionId: string, value: string) =>
  (await replyTo(await at.world.press(at.account(name), { actionId, value }))).text

describe('K5 the card under a link', () => {
  test('K5 in the item’s own chat it shows the item, because everybody there may see it', async () => {
    const item = await at.item('Obsidian rollout', ['Bob Chen'])
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    const card = await cardsUnder((await at.channelOf(item)).id, 'Ann Reed', item.id)
    expect(card).toContain('Obsidian rollout')
    expect(card).toContain('Ann Reed')
    expect(card).toContain('Open chat')
    expect(card).not.toContain('request-access')
  })

  test('K5 one reader without the right to see it is enough: only its key and type', async () => {
    const item = await at.item('Basalt takeover', ['Bob Chen'])
    const other = await at.item('Another deal', ['Dan Okafor'])
    await at.discuss('Ann Reed', other.key)
    await at.settled()
    const card = await cardsUnder((await at.channelOf(other)).id, 'Ann Reed', item.id)
    expect(card).toContain(item.key)
    expect(card).not.toContain('Basalt')
    expect(card).toContain('request-access')
  })

  test.each(['C0ELSEWHERE', 'composer'])('K5 where the readers are not known (%s), only its key and type', async (place) => {
    const item = await at.item('Quartz pilot', ['Bob Chen'])
    const card = await cardsUnder(place, 'Ann Reed', item.id)
    expect(card).toContain(item.key)
    expect(card).not.toContain('Quartz')
  })

  test('K5 in the conversation with the app, what that person may see', async () => {
    const item = await at.item('Marble licences')
    expect(await cardsUnder('direct', 'Ann Reed', item.id)).toContain('Marble licences')
  })

  test('K5 O3 nothing appears under a link to what the sharer may not see, as under one to nothing', async () => {
    const hidden = await at.item('A secret of Max', [], 'deal', 'Max Weber')
    expect(await cardsUnder('direct', 'Bob Chen', hidden.id)).toBe('""')
    expect(await cardsUnder('direct', 'Bob Chen', crypto.randomUUID())).toBe('""')
  })

  test('K5 other addresses are none of ours', async () => {
    const before = at.world.state.unfurls.length
    await at.world.share('direct', at.account('Ann Reed'), ['https://elsewhere.example/items/1', `${at.service.engine.publicUrl}/chats/1`])
    await at.settled()
    expect(at.world.state.unfurls).toHaveLength(before)
  })

  test('K8 O22 Discuss on the card lets somebody in who may see the item and is not in its chat', async () => {
    const item = await at.item('Granite support')
    await at.discuss('Ann Reed', item.key)
    expect(await press('Max Weber', 'discuss#0', item.id)).toContain(item.key)
    await at.settled()
    expect(await at.members(item)).toEqual(['Ann Reed', 'Max Weber'])
  })
})

describe('K8 asking for access', () => {
  const SAME = 'If there is such an item, whoever is responsible for it was asked.'

  test('K8 is answered in the same words whether there is such an item, whether it was asked before, and whether it was denied', async () => {
    const item = await at.item('Topaz merger', [], 'deal', 'Max Weber')
    const answers = [
      await press('Bob Chen', 'request-access#0', item.id),
      await press('Bob Chen', 'request-access#0', item.id),
      await press('Bob Chen', 'request-access#0', crypto.randomUUID()),
    ]
    expect(answers).toEqual([SAME, SAME, SAME])
    expect(await requestsFor(item)).toHaveLength(1)

    const told = at.world.told(at.account('Bob Chen')).length
    expect(await press('Max Weber', 'deny-access#0', `${item.id}:${at.person('Bob Chen')}`)).toContain('Nobody tells them that.')
    await at.settled()
    expect(await press('Bob Chen', 'request-access#0', item.id)).toBe(SAME)
    expect((await requestsFor(item)).map(({ state }) => state)).toEqual(['denied'])
    expect(at.world.told(at.account('Bob Chen'))).toHaveLength(told)
    expect(await at.observers(item)).toEqual([])
  })

  test('K8 O12 O13 whoever is granted access observes the item, is in its chat, and is told', async () => {
    const item = await at.item('Jade expansion', [], 'deal', 'Max Weber')
    await at.discuss('Max Weber', item.key)
    await press('Dan Okafor', 'request-access#0', item.id)
    expect(await press('Max Weber', 'grant-access#0', `${item.id}:${at.person('Dan Okafor')}`)).toContain('Dan Okafor observes')
    await at.settled()
    expect(await at.observers(item)).toEqual(['Dan Okafor'])
    expect(await at.members(item)).toEqual(['Dan Okafor', 'Max Weber'])
  })

  test('K8 the responsible person is asked in private, once, with buttons that let in or do not; nobody else hears of it', async () => {
    const item = await at.item('Amber licence', ['Eve Lindqvist'], 'deal', 'Max Weber')
    await due()
    await press('Dan Okafor', 'request-access#0', item.id)
    await press('Dan Okafor', 'request-access#0', item.id)
    await due()
    const asked = direct('Max Weber', 'Dan Okafor asks for access to Amber licence')
    expect(asked).toHaveLength(1)
    expect(direct('Eve Lindqvist', 'asks for access')).toEqual([])
    const grant = buttonsIn(asked[0]!.blocks).find(({ label }) => label === 'Grant')!
    await press('Max Weber', grant.actionId, grant.value)
    await due()
    expect(direct('Dan Okafor', item.key).map(({ text }) => text)).toEqual([
      `Max Weber gave you access to Amber licence (${item.key}), as you asked. You can open it and take part in its chat.`,
    ])
    type Bell = { items: { kind: string; text: string; item: { id: string } | null }[] }
    const bellOf = async (name: string) =>
      (await at.asks<Bell>(name, 'GET', 'notifications')).items.filter((one) => one.item?.id === item.id).map(({ kind }) => kind)
    expect(await bellOf('Max Weber')).toEqual(['access-requested'])
    expect(await bellOf('Dan Okafor')).toEqual(['access-granted'])
  })

  test('K8 whoever is put on the item by hand is answered by that, and waits no more', async () => {
    const item = await at.item('Beryl supply', [], 'deal', 'Max Weber')
    await press('Dan Okafor', 'request-access#0', item.id)
    await at.change(item, { add: ['Dan Okafor'] }, 'Max Weber')
    expect((await requestsFor(item)).map(({ state, decidedBy }) => [state, decidedBy])).toEqual([['granted', at.person('Max Weber')]])
    expect(await press('Dan Okafor', 'request-access#0', item.id)).toContain('You can see Beryl supply')
  })

  test('K8 O16 whom the rights of the type keep out is not let in by a grant, which says why', async () => {
    const gina = await at.world.signUp('Gina Rossi', 'gina@example.com')
    const invoice = await at.item('Onyx bill', [], 'invoice', 'Max Weber')
    await at.world.press(gina, { actionId: 'request-access#0', value: invoice.id })
    await at.settled()
    const value = `${invoice.id}:${at.person('Gina Rossi')}`
    expect(await press('Max Weber', 'grant-access#0', value)).toContain('no read access to invoices')
    expect(await at.observers(invoice)).toEqual([])
    expect((await requestsFor(invoice)).map(({ state }) => state)).toEqual(['waiting'])
  })

  test('K8 only whoever may change the observers decides, and nobody decides what nobody asked for', async () => {
    const item = await at.item('Onyx audit', [], 'deal', 'Max Weber')
    await press('Dan Okafor', 'request-access#0', item.id)
    await press('Bob Chen', 'grant-access#0', `${item.id}:${at.person('Dan Okafor')}`)
    expect(await press('Max Weber', 'grant-access#0', `${item.id}:${at.person('Cid Baker')}`)).toContain('Nobody waits for this')
    expect(await at.observers(item)).toEqual([])
  })

  test('K8 more than ten requests a day are not passed on, and the words are the same', async () => {
    const items = []
    for (let n = 0; n < 12; n++) items.push(await at.item(`Pebble ${n}`, [], 'deal', 'Max Weber'))
    for (const item of items) expect(await press('Cid Baker', 'request-access#0', item.id)).toBe(SAME)
    const asked = await Promise.all(items.map(requestsFor))
    expect(asked.flat()).toHaveLength(10)
  })

  test('K8 the responsible person sees who waits on the item’s page and decides there', async () => {
    const item = await at.item('Coral transfer', [], 'deal', 'Max Weber')
    await press('Eve Lindqvist', 'request-access#0', item.id)
    type Waiting = { items: { id: string; person: { name: string } }[] }
    const { items } = await at.asks<Waiting>('Max Weber', 'GET', `items/${item.id}/requests`)
    expect(items.map(({ person }) => person.name)).toEqual(['Eve Lindqvist'])
    await at.asks('Max Weber', 'POST', `items/${item.id}/requests/${items[0]?.id}`, { grant: true })
    expect(await at.observers(item)).toEqual(['Eve Lindqvist'])
    await expect(at.asks('Bob Chen', 'GET', `items/${item.id}/requests`)).rejects.toThrow('404')
  })
})
