import { desc, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { ItemType } from '../../src/core/item.ts'
import { inbox } from '../../db/schema.ts'
import { eventually, type Item } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'

/** What waits for an administrator, with the reason and who can mend it. */

type Page<One> = { items: One[]; next: string | null }
type Named = { name: string }
type Drift = {
  item: Item
  person: Named
  shouldBe: string
  is: string
  state: string
  why: string
  mender: string | null
  nextAt: string | null
}

describe('what needs an administrator', () => {
  const at = runningSlack()
  const ask = <One>(path: string) => at.asks<Page<One>>('Ada Novak', 'GET', `admin/${path}`)
  const refused = async (item: Item) => (await ask<Drift>('drift')).items.filter((one) => one.item.id === item.id)
  const discussed = async (title: string, observers: readonly string[], type: ItemType = 'deal') => {
    const item = await at.item(title, observers, type)
    await at.discuss('Ann Reed', item.key)
    await at.settled()
    return item
  }

  test('U3 U7 somebody who cannot be taken out appears with the reason and who can mend it, and is out once it is mended', async () => {
    const item = await discussed('Stays against our will', ['Bob Chen'])
    at.world.forbid('conversations.kick', 'restricted_action')
    await at.change(item, { remove: ['Bob Chen'] })
    await eventually(async () => expect(await refused(item)).toHaveLength(1))
    expect(await refused(item)).toMatchObject([
      {
        item: { key: item.key, title: 'Stays against our will' },
        person: { name: 'Bob Chen' },
        shouldBe: 'out of the chat',
        is: 'in the chat',
        state: 'refused',
        why: expect.stringContaining('Channel management'),
        mender: 'workspace-owner',
        nextAt: expect.any(String),
      },
    ])
    at.world.forbid('conversations.kick', null)
    await expect(at.asks('Ann Reed', 'POST', `admin/items/${item.id}/mend`)).rejects.toThrow('403')
    await at.silently('Ada Novak', 'POST', `admin/items/${item.id}/mend`)
    await eventually(async () => expect(await at.members(item)).toEqual(['Ann Reed']))
    expect(await refused(item)).toEqual([])
  })

  test('U10 whoever has no account there is one line, with the number of their items, and comes in once their address is right', async () => {
    const [one, other] = [await discussed('First of Finn', ['Finn Morel']), await discussed('Second of Finn', ['Finn Morel'])]
    const finn = async () =>
      (await ask<{ person: Named; items: number; why: string }>('unmatched')).items.filter(({ person }) => person.name === 'Finn Morel')
    expect(await finn()).toMatchObject([
      { items: 2, why: expect.stringContaining('has no account in Slack with the address finn@example.com') },
    ])
    expect((await refused(one)).length).toBe(0)
    await at.world.signUp('Finn Morel', 'finn.morel@example.com')
    await at.asks('Ada Novak', 'PATCH', `people/${at.person('Finn Morel')}`, { email: 'finn.morel@example.com' })
    await eventually(async () => expect(await at.members(other)).toContain('Finn Morel'))
    await eventually(async () => expect(await finn()).toEqual([]))
  })

  test('U5 removals that the safety stop holds back are named, and happen when somebody allows it', async () => {
    await at.policy({ removalsMax: { perItem: 1, perPass: 50 } })
    const item = await discussed('Many at once', ['Bob Chen', 'Cid Baker'])
    await at.change(item, { remove: ['Bob Chen', 'Cid Baker'] })
    const held = async () => (await ask<{ item: Item; people: Named[]; more: number }>('held')).items
    await eventually(async () => expect(await held()).toHaveLength(1))
    const [waits] = await held()
    expect([waits?.item.key, waits?.people.map(({ name }) => name).toSorted(), waits?.more]).toEqual([
      item.key,
      ['Bob Chen', 'Cid Baker'],
      0,
    ])
    const drift = (await ask<Drift>('drift?kind=waiting')).items.filter((one) => one.item.id === item.id)
    expect(drift).toMatchObject([{ state: 'held', shouldBe: 'out of the chat' }, { state: 'held' }])
    await at.asks('Ada Novak', 'POST', `items/${item.id}/removals`)
    await eventually(async () => expect(await at.members(item)).toEqual(['Ann Reed']))
    expect(await held()).toEqual([])
    await at.policy({})
  })

  test('C3 U7 that somebody inside cannot become an observer is said, and not who they are', async () => {
    const item = await discussed('An invoice', [], 'invoice')
    const gina = await at.world.signUp('Gina Rossi', 'gina@example.com')
    await at.world.join((await at.channelOf(item)).id, gina, at.account('Ann Reed'))
    const unlisted = async () => (await ask<{ item: Item }>('unlisted')).items
    await eventually(async () => expect(await unlisted()).toMatchObject([{ item: { key: item.key }, people: 1 }]))
    for (const list of ['unlisted', 'drift', 'drift?kind=waiting'])
      expect(JSON.stringify(await ask(list))).not.toContain(at.person('Gina Rossi'))
  })

  test('U7 a chat in which Ringside cannot work says why, until somebody brings it back', async () => {
    const item = await discussed('Put away', [])
    const channel = await at.channelOf(item)
    await at.world.archive(channel.id)
    const stuck = async () =>
      (await ask<{ item: Item; state: string; why: string }>('stuck')).items.filter((one) => one.item.id === item.id)
    await eventually(async () => expect(await stuck()).toMatchObject([{ state: 'closed', why: expect.stringContaining('archived') }]))
    await at.world.unarchive(channel.id)
    await at.world.invite(channel.id)
    await eventually(async () => expect(await stuck()).toEqual([]))
  })

  test('U7 a delivery that was given up says what it was and why, without its words, and is dealt with when somebody has it tried again', async () => {
    const { db } = at.service.engine
    const item = await discussed('Joined in vain', [])
    await at.world.join((await at.channelOf(item)).id, at.account('Bob Chen'), at.account('Ann Reed'))
    await eventually(async () => expect(await at.observers(item)).toEqual(['Bob Chen']))
    await at.settled()
    const rows = await db.select().from(inbox).orderBy(desc(inbox.receivedAt))
    const [joined, typed] = [rows.find(({ news }) => news.kind === 'joined'), rows.find(({ news }) => news.kind === 'command')]
    const failed = (row: typeof joined, outcome: string) =>
      db
        .update(inbox)
        .set({ outcome, dueAt: null })
        .where(eq(inbox.deliveryId, row?.deliveryId ?? ''))
    await failed(joined, 'failed: error')
    await failed(typed, 'failed: not_connected')

    type Letter = { id: string; what: string; why: string; connection: string }
    const letters = await ask<Letter>('dead-letters')
    expect(letters).toMatchObject({ count: 2, next: null })
    expect(letters.items).toMatchObject([
      { what: 'Somebody joined a chat.', why: expect.stringContaining('The log of the server says what'), connection: 'Slack (Example)' },
      { what: 'Somebody asked Ringside for something.', why: 'The chat system was not connected for a day.' },
    ])
    expect(JSON.stringify(letters)).not.toContain(item.key)
    const first = await ask<Letter>('dead-letters?limit=1')
    const second = await ask<Letter>(`dead-letters?limit=1&cursor=${first.next}`)
    expect([...first.items, ...second.items]).toEqual(letters.items)

    await expect(at.asks('Ann Reed', 'POST', `admin/dead-letters/${letters.items[0]?.id}/again`)).rejects.toThrow('403')
    await at.silently('Ada Novak', 'POST', `admin/dead-letters/${letters.items[0]?.id}/again`)
    await eventually(async () => expect((await ask<Letter>('dead-letters')).items).toHaveLength(1))
    await eventually(async () => expect(await outcomeOf(joined)).toBe('told'))
    await expect(at.silently('Ada Novak', 'POST', `admin/dead-letters/${letters.items[0]?.id}/again`)).rejects.toThrow('404')
    await failed(typed, 'answered')

    async function outcomeOf(row: typeof joined) {
      const [now] = await db
        .select()
        .from(inbox)
        .where(eq(inbox.deliveryId, row?.deliveryId ?? ''))
      return now?.outcome
    }
  })

  test('every list goes on where its page ended, and is for administrators alone', async () => {
    at.world.forbid('conversations.invite', 'restricted_action')
    const item = await discussed('Nobody gets in', ['Dan Okafor', 'Eve Lindqvist'])
    await eventually(async () => expect(await refused(item)).toHaveLength(3))
    at.world.forbid('conversations.invite', null)
    const all = (await ask<{ id: string }>('drift')).items.map(({ id }) => id)
    const found: string[] = []
    for (let cursor = ''; ;) {
      const page = await ask<{ id: string }>(`drift?limit=1${cursor}`)
      found.push(...page.items.map(({ id }) => id))
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(found).toEqual(all)
    for (const path of ['dead-letters', 'drift', 'held', 'stuck', 'unlisted', 'unmatched', 'untold'])
      for (const name of ['Ann Reed', 'Max Weber']) await expect(at.asks(name, 'GET', `admin/${path}`)).rejects.toThrow('403')
    await expect(ask('drift?cursor=nonsense')).rejects.toThrow('invalid_cursor')
  })
})
