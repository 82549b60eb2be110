import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { accessRequest, inbox, item as itemTable } from '../../db/schema.ts'
import { eventually, type Item } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'
import { type Block, buttonsIn, telling } from './slack-told.ts'

describe('a person’s own page in Slack', () => {
  const at = runningSlack()
  const { due } = telling(at)
  const published = () => at.calls('views.publish').length

  const blocksOf = (account: string) => (at.world.state.homes.get(account)?.['blocks'] ?? []) as readonly Block[]
  /** Opens the page, as Slack tells of it, and reads it. */
  async function open(account: string, tab = 'home'): Promise<{ text: string; blocks: readonly Block[] }> {
    await at.world.send({ type: 'app_home_opened', user: account, channel: 'D0HOME', tab, event_ts: '1700000000.000100' })
    await at.settled()
    return shown(account)
  }
  const shown = (account: string) => ({ text: JSON.stringify(blocksOf(account)), blocks: blocksOf(account) })
  const titles = (blocks: readonly Block[]) => blocks.flatMap(({ type, text }) => (type === 'header' ? [text?.text] : []))
  const rowOf = (blocks: readonly Block[], item: Item) =>
    blocks.find(({ text, accessory }) => accessory && text?.text.includes(`(${item.key})`))
  const pressOn = (account: string, button: { actionId: string; value: string }) => {
    const view = at.world.state.homes.get(account) ?? {}
    return at.world.press(account, button, { id: 'V0HOME', user: account, view, open: true })
  }

  test('U8 it shows what is mine and what I observe, each with the way to its chat, and no more than fits', async () => {
    const eve = at.account('Eve Lindqvist')
    const observed = await at.item('Observed by Eve', ['Eve Lindqvist'])
    const chatting = await at.item('Chatting with Eve', ['Eve Lindqvist'])
    const hidden = await at.item('Hidden from Eve')
    await at.discuss('Ann Reed', chatting.key)
    await at.settled()
    const before = published()
    const { text, blocks } = await open(eve)
    expect(published() - before).toBe(1)
    expect(blocks.length).toBeLessThanOrEqual(100)
    expect(buttonsIn(blocks).slice(0, 2)).toMatchObject([
      { label: 'Discuss a CRM item', actionId: 'choose-item#0' },
      { label: 'Open Ringside', url: `${at.service.engine.publicUrl}/` },
    ])
    const total = (await at.asks<{ total: number }>('Eve Lindqvist', 'GET', `items?observer=${at.person('Eve Lindqvist')}`)).total
    expect(titles(blocks)).toContain(`Observing (${total})`)
    expect(rowOf(blocks, observed)?.accessory).toMatchObject({ action_id: 'discuss#0', value: observed.id })
    expect(rowOf(blocks, chatting)?.accessory).toMatchObject({
      text: { text: 'Open chat' },
      url: expect.stringContaining((await at.channelOf(chatting)).id),
    })
    expect(text).toContain(`/?observing=true|and ${total - 8} more`)
    expect(text).not.toContain(hidden.key)
  })

  test('U8 nothing yet says what will be here', async () => {
    const { text, blocks } = await open(at.account('Ada Novak'))
    expect(text).toContain('Nothing here yet.')
    expect(titles(blocks)).toEqual([])
  })

  test('O28 whoever left a chat finds it here, and comes back by a press, after which the page shows it', async () => {
    const dan = at.account('Dan Okafor')
    const item = await at.item('Left by Dan', ['Dan Okafor'])
    await at.discuss('Ann Reed', item.key)
    const channel = await at.channelOf(item)
    await at.world.leave(channel.id, dan)
    await at.settled()
    const left = await open(dan)
    expect(titles(left.blocks)).toContain('Out of the chat (1)')
    const row = rowOf(left.blocks, item)
    expect(row?.accessory).toMatchObject({ action_id: 'discuss#0', value: item.id })

    await pressOn(dan, { actionId: 'discuss#0', value: item.id })
    await at.settled()
    expect(await at.members(item)).toContain('Dan Okafor')
    expect(at.world.told(dan).at(-1)).toContain('Opened the chat of Left by Dan')
    const back = shown(dan)
    expect(titles(back.blocks)).not.toContain('Out of the chat (1)')
    expect(rowOf(back.blocks, item)?.accessory?.text.text).toBe('Open chat')
  })

  test('K8 who waits for access to my items is at the top, to be granted or denied', async () => {
    const item = await at.item('Asked for by Cid', [], 'deal', 'Max Weber')
    const { db } = at.service.engine
    const [row] = await db.select().from(itemTable).where(eq(itemTable.id, item.id))
    const id = crypto.randomUUID()
    const asked = { itemId: item.id, personId: at.person('Cid Baker'), state: 'waiting', askedAt: new Date() } as const
    await db.insert(accessRequest).values({ organisationId: row!.organisationId, id, ...asked })
    const { text, blocks } = await open(at.account('Max Weber'))
    expect(titles(blocks)[0]).toBe('Waiting for you (1)')
    expect(text).toContain(`Cid Baker asks for access to Asked for by Cid (${item.key}).`)
    const about = `${item.id}:${at.person('Cid Baker')}`
    expect(buttonsIn(blocks).filter(({ value }) => value === about)).toMatchObject([
      { label: 'Grant', actionId: 'grant-access#0' },
      { label: 'Deny', actionId: 'deny-access#1' },
    ])
    expect((await open(at.account('Cid Baker'))).text).not.toContain('asks for access')
    await db.update(accessRequest).set({ state: 'denied' }).where(eq(accessRequest.id, id))
    expect((await open(at.account('Max Weber'))).text).not.toContain('asks for access')
  })

  test('U10 an account that matches nobody is told which address was looked for and who can mend it; mended, the page shows items', async () => {
    const zoe = await at.world.signUp('Zoe', 'zoe@elsewhere.example')
    const { text, blocks } = await open(zoe)
    expect(titles(blocks)).toEqual(['Connect your account'])
    expect(text).toContain('nobody in the CRM has the address zoe@elsewhere.example. An administrator can')
    await at.asks('Ada Novak', 'PATCH', `people/${at.person('Finn Morel')}`, { email: 'zoe@elsewhere.example' })
    expect(titles((await open(zoe)).blocks)).toContainEqual(expect.stringMatching(/^My items \(\d+\)$/))
  })

  test('K10 it is published when it is opened and at no other time: not for the messages tab, not for news of items, not for who is told', async () => {
    const before = published()
    const item = await at.item('No storm', ['Eve Lindqvist'])
    await open(at.account('Eve Lindqvist'), 'messages')
    await at.change(item, { remove: ['Eve Lindqvist'] })
    await due()
    await at.settled()
    expect(published() - before).toBe(0)
  })

  test('K10 delivered twice it is shown once; a Slack that is busy is obeyed; nobody is shown what they opened long ago', async () => {
    const eve = at.account('Eve Lindqvist')
    const opened = { type: 'app_home_opened', user: eve, channel: 'D0HOME', tab: 'home', event_ts: '1700000000.000200' }
    const before = published()
    at.world.limit('views.publish', 1, 1)
    await at.world.send(opened, { copies: 3 })
    await eventually(() => expect(published() - before).toBe(2))
    await at.settled()

    at.world.limit('views.publish', 1, 1)
    await at.world.send(opened)
    const { db } = at.service.engine
    await eventually(() => expect(published() - before).toBe(3))
    await db.update(inbox).set({ receivedAt: new Date(Date.now() - 61_000) })
    await eventually(async () => expect(await at.outcomes()).toContain('discarded: nobody_looks_any_more'))
    expect(published() - before).toBe(3)
  })
})
