import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { OpenDatabase } from '../../db/open.ts'
import { createDemo } from '../../src/demo.ts'
import { freshDatabase } from '../database.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts'
import { visit, type Visitor } from '../flows/process.ts'
import { ROOT, startWorkerd, type Workerd, WRANGLER } from './workerd.ts'

/** The main job as it runs on Cloudflare: workerd, PostgreSQL, and a Slack that sends signed requests to it. */

const NAMES = ['Ada Novak', 'Ann Reed', 'Bob Chen', 'Dan Okafor'] as const
type Name = (typeof NAMES)[number]

let slack: FakeSlack
let database: OpenDatabase
let worker: Workerd
let ada: Visitor
const accounts = new Map<string, string>()
const accountOf = (name: Name) => accounts.get(name) ?? ''

beforeAll(async () => {
  slack = await startFakeSlack()
  database = await freshDatabase()
  await createDemo(database.db, Date.now())
  for (const name of NAMES) accounts.set(name, await slack.world.signUp(name, `${name.split(' ')[0]?.toLowerCase()}@example.com`))
  worker = await startWorkerd(database.url ?? '', (url) => ({
    PUBLIC_URL: url,
    RINGSIDE_DEMO: '1',
    SLACK_BOT_TOKEN: slack.token,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.url,
  }))
  await worker.minute()
  slack.world.delivery.target = `${worker.url}/slack/events`
  ada = await visit(worker.url, 'Ada')
}, 180_000)

afterAll(async () => {
  slack.world.delivery.target = null
  await worker?.stop()
  await slack.close()
  await database.close()
})

const eventually = <Value>(check: () => Value | Promise<Value>) => vi.waitFor(check, { timeout: 20_000, interval: 100 })

type Item = {
  readonly id: string
  readonly key: string
  readonly observers: readonly { name: string }[]
  readonly chat: { id: string } | null
}

async function newDeal(title: string, ...observers: Name[]): Promise<Item> {
  const { items } = await ada.call<{ items: { id: string; name: string }[] }>('GET', '/people?limit=200')
  const idOf = (name: Name) => items.find((one) => one.name === name)?.id ?? ''
  return ada.call<Item>('POST', '/items', { type: 'deal', title, responsible: idOf('Ann Reed'), observers: observers.map(idOf) })
}

const membersOf = async (item: Item): Promise<string[]> => {
  const { chat } = await ada.call<Item>('GET', `/items/${item.id}`)
  const { channels, users, bot } = slack.world.state
  const members = [...(channels.get(chat?.id ?? '')?.members ?? [])].filter((id) => id !== bot)
  return members.map((id) => users.get(id)?.name ?? id).toSorted()
}

describe('U8 the main job in workerd', () => {
  test('O18 O20 /discuss opens the one private channel with everybody in it, and tells the asker alone', async () => {
    const deal = await newDeal('Edge licences', 'Bob Chen')
    const typed = await slack.world.slash(accountOf('Ann Reed'), '/discuss', deal.key)
    expect(typed.status).toBe(200)
    await eventually(() => expect(JSON.stringify(typed.replies)).toContain('is open.'))
    expect(await membersOf(deal)).toEqual(['Ann Reed', 'Bob Chen'])
  })

  test('O21 twenty presses at once, by requests that share nothing, open one chat', async () => {
    const deal = await newDeal('Edge rush')
    const typed = await Promise.all(Array.from({ length: 20 }, () => slack.world.slash(accountOf('Ann Reed'), '/discuss', deal.key)))
    expect(new Set(typed.map(({ status }) => status))).toEqual(new Set([200]))
    await worker.minute()
    await eventually(() => expect(typed.filter(({ replies }) => JSON.stringify(replies).includes(deal.key)).length).toBe(20))
    const channels = [...slack.world.state.channels.values()].filter(({ name }) => name.startsWith(`${deal.key.toLowerCase()}-`))
    expect(channels).toHaveLength(1)
  })

  test('O22 O24 O26 both lists follow each other', async () => {
    const deal = await newDeal('Edge renewal', 'Bob Chen')
    const typed = await slack.world.slash(accountOf('Ann Reed'), '/discuss', deal.key)
    await eventually(() => expect(JSON.stringify(typed.replies)).toContain('is open.'))
    const { chat } = await ada.call<Item>('GET', `/items/${deal.id}`)
    await slack.world.join(chat?.id ?? '', accountOf('Dan Okafor'), accountOf('Bob Chen'))
    const observers = async () => (await ada.call<Item>('GET', `/items/${deal.id}`)).observers.map(({ name }) => name)
    await eventually(async () => expect(await observers()).toContain('Dan Okafor'))
    const { items } = await ada.call<{ items: { id: string; name: string }[] }>('GET', '/people?limit=200')
    const remove = items.filter(({ name }) => name === 'Bob Chen').map(({ id }) => id)
    await ada.call('POST', `/items/${deal.id}/observers`, { add: [], remove })
    await eventually(async () => expect(await membersOf(deal)).toEqual(['Ann Reed', 'Dan Okafor']))
  })

  test('a request that waits for its 429 does not hold up another, and the next minute carries it on', async () => {
    const [slow, quick] = [await newDeal('Edge queue'), await newDeal('Edge lane')]
    slack.world.limit('conversations.create', 1, 1)
    const first = await slack.world.slash(accountOf('Ann Reed'), '/discuss', slow.key)
    await eventually(() => expect(JSON.stringify(first.replies)).toMatch(/is busy|is open/))
    const second = await slack.world.slash(accountOf('Ann Reed'), '/discuss', quick.key)
    await eventually(async () => {
      await worker.minute()
      for (const { replies } of [first, second]) expect(JSON.stringify(replies)).toMatch(/Opened the chat|is open\./)
    })
  })

  test('O18 O19 the dialog is shown while its press is good, and finds items as one types', async () => {
    const deal = await newDeal('Edge dialogue', 'Bob Chen')
    const bob = accountOf('Bob Chen')
    await slack.world.shortcut(bob, 'choose-item')
    const found = await slack.world.suggest(bob, slack.world.dialog(bob), 'item', 'edge dialogue')
    expect(found.map(({ value }) => value)).toEqual([deal.id])
  })

  test('a server of Bolt’s own and Socket Mode stay out of the bundle', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringside-bundle-'))
    try {
      const built = spawnSync(process.execPath, [WRANGLER, 'deploy', '--dry-run', '--outdir', folder, '--metafile'], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', HOME: folder, CI: 'true', WRANGLER_SEND_METRICS: 'false' },
      })
      expect({ status: built.status, said: built.stderr }).toMatchObject({ status: 0 })
      const bundled = Object.keys((JSON.parse(readFileSync(join(folder, 'bundle-meta.json'), 'utf8')) as { inputs: object }).inputs)
      expect(bundled.filter((file) => /node_modules\/(express|@slack\/socket-mode|pg-boss|@electric-sql)\//.test(file))).toEqual([])
      expect(bundled.some((file) => file.includes('@slack/bolt/'))).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('what is not signed by Slack is refused', async () => {
    const answer = await fetch(`${worker.url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(answer.status).toBe(401)
  })
})
