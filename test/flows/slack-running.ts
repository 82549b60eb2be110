import { isNotNull, lte, or } from 'drizzle-orm'
import { afterAll, beforeAll, vi } from 'vitest'
import { inbox, link, organisation } from '../../db/schema.ts'
import type { ItemId } from '../../src/core/ids.ts'
import type { Policy } from '../../src/core/policy.ts'
import { SWEEP_MS } from '../../src/engine/engine.ts'
import { readEnv } from '../../src/env.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { start } from '../../src/wire.ts'
import { freshDatabase } from '../database.ts'
import type { Interaction } from '../fakes/slack/interact.ts'
import { listen } from '../fakes/slack/node.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts'
import type { FakeChannel } from '../fakes/slack/state.ts'

/** Names of the demo's people who have an account in the fake Slack. Finn and Gina have none. */
export const SLACK_PEOPLE = ['Ada Novak', 'Max Weber', 'Ann Reed', 'Bob Chen', 'Cid Baker', 'Dan Okafor', 'Eve Lindqvist'] as const

/** Waits until it no longer throws. */
export const eventually = <Value>(check: () => Value | Promise<Value>, timeout = 15_000): Promise<Value> =>
  vi.waitFor(check, { timeout, interval: 20 })

/**
 * The whole service as `npm start` starts it, on a fresh database and a free port, connected to a fake Slack that sends it signed
 * events and commands. One for all tests of a file; each test works at items of its own.
 */
export function runningSlack(
  prepare: (slack: FakeSlack) => void = () => {},
  environment: (slack: FakeSlack) => Readonly<Record<string, string>> = environmentOf,
  clock?: Clock,
) {
  let slack: FakeSlack
  let service: Awaited<ReturnType<typeof start>>
  let server: Awaited<ReturnType<typeof listen>>
  const accounts = new Map<string, string>()
  const people = new Map<string, string>()
  const cookies = new Map<string, string>()

  beforeAll(async () => {
    slack = await startFakeSlack()
    for (const name of SLACK_PEOPLE) accounts.set(name, await slack.world.signUp(name, emailOf(name)))
    prepare(slack)
    service = await start(readEnv(environment(slack)), await freshDatabase(), clock)
    server = await listen(service.app.fetch)
    slack.world.delivery.target = `${server.origin}/slack/events`
    const answer = await fetch(`${server.origin}/api/demo/people`)
    for (const { id, name } of ((await answer.json()) as { items: { id: string; name: string }[] }).items) people.set(name, id)
  })
  afterAll(async () => {
    slack.world.delivery.target = null
    await slack.close()
    await server.close()
    await service.stop()
  })

  async function cookieOf(name: string): Promise<string> {
    const known = cookies.get(name)
    if (known) return known
    const answer = await fetch(`${server.origin}/api/demo/sign-in`, { ...json({ personId: people.get(name) }), method: 'POST' })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    cookies.set(name, cookie)
    return cookie
  }

  /** One request of somebody in the web workspace. Anything but success throws. */
  async function asks<Body>(name: string, method: string, path: string, body?: object): Promise<Body> {
    return (await (await asked(name, method, path, body)).json()) as Body
  }

  async function asked(name: string, method: string, path: string, body?: object): Promise<Response> {
    const cookie = await cookieOf(name)
    const { headers, ...rest } = body ? json(body) : { headers: {} }
    const answer = await fetch(`${server.origin}/api/${path}`, { ...rest, method, headers: { ...headers, cookie } })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }

  /** Nothing is on its way from Slack, nothing waits in the inbox, and no item is due. */
  async function settled(): Promise<void> {
    await slack.world.quiet()
    await eventually(async () => {
      const { db } = service.engine
      // The inbox first: what is worked off there makes an item due.
      const arrivals = await db.select().from(inbox).where(lte(inbox.dueAt, new Date()))
      const turns = await db
        .select()
        .from(link)
        .where(or(isNotNull(link.leaseUntil), lte(link.dueAt, new Date())))
      if (arrivals.length + turns.length > 0) throw new Error('Something is still due.')
    })
  }

  const channelOf = async (item: Item): Promise<FakeChannel> => {
    const { chat } = await asks<Item>('Ada Novak', 'GET', `items/${item.id}`)
    const channel = slack.world.state.channels.get(chat?.id ?? '')
    if (!channel) throw new Error(`${item.key} has no channel yet.`)
    return channel
  }

  return {
    get slack() {
      return slack
    },
    get world() {
      return slack.world
    },
    get service() {
      return service
    },
    get origin() {
      return server.origin
    },
    account: (name: string): string => accounts.get(name) ?? '',
    person: (name: string): string => people.get(name) ?? '',
    asks,
    /** Asks for something that is answered without words. */
    silently: async (name: string, method: string, path: string): Promise<void> => void (await asked(name, method, path)),
    cookie: cookieOf,
    settled,
    channelOf,
    /** An item of its own for a test: Ann is responsible. */
    item: (title: string, observers: readonly string[] = [], type = 'deal', responsible = 'Ann Reed'): Promise<Item> =>
      asks<Item>('Ada Novak', 'POST', 'items', {
        type,
        title,
        responsible: people.get(responsible),
        observers: observers.map((name) => people.get(name)),
      }),
    read: (item: Item): Promise<Item> => asks<Item>('Ada Novak', 'GET', `items/${item.id}`),
    observers: async (item: Item): Promise<string[]> =>
      (await asks<Item>('Ada Novak', 'GET', `items/${item.id}`)).observers.map(({ name }) => name).toSorted(),
    change: (item: Item, change: { add?: string[]; remove?: string[] }, by = 'Ada Novak') =>
      asks<object>(by, 'POST', `items/${item.id}/observers`, {
        add: (change.add ?? []).map((name) => people.get(name)),
        remove: (change.remove ?? []).map((name) => people.get(name)),
      }),
    seats: async (item: Item, asker = 'Ann Reed'): Promise<Map<string, Seat>> =>
      new Map((await asks<{ items: Seat[] }>(asker, 'GET', `items/${item.id}/people`)).items.map((seat) => [seat.person.name, seat])),
    /** Who is in the item's channel, by name; the app is left out. */
    members: async (item: Item): Promise<string[]> => {
      const { state } = slack.world
      return [...(await channelOf(item)).members]
        .filter((id) => id !== state.bot)
        .map((id) => state.users.get(id)?.name ?? id)
        .toSorted()
    },
    /** Somebody types `/discuss …`; resolves with what the app told them, once it did. */
    discuss: async (name: string, words: string, channel?: string): Promise<Reply> => {
      const typed = await slack.world.slash(accounts.get(name) ?? '', '/discuss', words, channel)
      return replyTo(typed)
    },
    calls: (method: string, item?: FakeChannel) =>
      slack.calls.filter((call) => call.method === method && (!item || call.args['channel'] === item.id)),
    /** The organisation's own settings; nothing: the usual ones. */
    policy: (policy: Partial<Policy>) => service.engine.db.update(organisation).set({ policy }),
    /** What became of each delivery. */
    outcomes: async () => (await service.engine.db.select({ outcome: inbox.outcome }).from(inbox)).map(({ outcome }) => outcome),
    /** What the hourly sweep does, now: what is remembered of members is an hour old. */
    async sweep(): Promise<void> {
      await service.engine.db.update(link).set({ dueAt: new Date(), membersAt: new Date(Date.now() - SWEEP_MS[0]) })
      service.engine.wake()
      await settled()
    },
  }
}

export type Item = {
  readonly id: ItemId
  readonly key: string
  readonly title: string
  readonly revision: number
  readonly responsible: { readonly name: string } | null
  readonly observers: readonly { readonly name: string; readonly because: string }[]
  readonly chat: {
    readonly id: string
    readonly url: string
    readonly state: string
    readonly why: string | null
    readonly unshown: readonly string[]
    readonly past: readonly { readonly name: string; readonly url: string }[]
  } | null
}

export type Seat = {
  readonly person: { readonly name: string }
  readonly listed: boolean
  readonly inChat: boolean
  readonly refused: { readonly code: string; readonly why: string; readonly mender: string } | null
}

export type Reply = { readonly text: string; readonly all: string; readonly choices: readonly Choice[]; readonly typed: Interaction }
type Choice = { readonly title: string; readonly value: string; readonly actionId: string }

/** The last thing the app answered to a command or a press. */
export async function replyTo(typed: Interaction, number = 1): Promise<Reply> {
  if (typed.status !== 200 || typed.inline !== '') throw new Error(`The app answered ${typed.status} ${typed.inline}`)
  return eventually(() => {
    const body = typed.replies[number - 1]
    if (!body) throw new Error('There is no answer yet.')
    return { text: String(body['text']), all: JSON.stringify(body), choices: choicesIn(body['blocks']), typed }
  })
}

type Block = { type: string; elements?: { action_id: string; value: string; text: { text: string } }[] }

const choicesIn = (blocks: unknown): Choice[] =>
  ((blocks ?? []) as Block[]).flatMap((block) =>
    block.type === 'actions'
      ? (block.elements ?? []).map(({ action_id, value, text }) => ({ actionId: action_id, value, title: text.text }))
      : [],
  )

export const emailOf = (name: string): string => `${name.split(' ')[0]?.toLowerCase()}@example.com`

export const environmentOf = (slack: FakeSlack) => ({
  PORT: '0',
  RINGSIDE_DEMO: '1',
  LOG_LEVEL: 'silent',
  SLACK_BOT_TOKEN: slack.token,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.url,
  // The fake Slack has no limits of its own, and nobody wants to wait for Slack's minutes.
  SLACK_LIMIT_FACTOR: '1000',
})

const json = (body: object) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
