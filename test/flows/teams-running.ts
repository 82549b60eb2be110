import { isNotNull, lte, or } from 'drizzle-orm'
import { afterAll, beforeAll } from 'vitest'
import { inbox, link } from '../../db/schema.ts'
import { readEnv } from '../../src/env.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { start } from '../../src/wire.ts'
import { freshDatabase } from '../database.ts'
import { listen } from '../fakes/slack/node.ts'
import { type FakeTeams, startFakeTeams, TENANT } from '../fakes/teams/server.ts'
import { APP, type FakeChat } from '../fakes/teams/state.ts'
import { emailOf, eventually, type Item, type Seat, SLACK_PEOPLE } from './slack-running.ts'

/** A machine that is busy with other things takes long to make a database. */
const STARTING_MS = 180_000

/**
 * The whole service as `npm start` starts it, on a fresh database and a free port, connected to a fake Microsoft 365 that sends it what
 * the bot service sends. Its clock can be put forward: what is seen once in a list is believed when it is seen again.
 */
export function runningTeams() {
  let teams: FakeTeams
  let service: Awaited<ReturnType<typeof start>>
  let server: Awaited<ReturnType<typeof listen>>
  let aheadMs = 0
  const clock: Clock = { now: () => Date.now() + aheadMs, wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }
  const accounts = new Map<string, string>()
  const people = new Map<string, string>()
  const cookies = new Map<string, string>()

  beforeAll(async () => {
    teams = await startFakeTeams()
    for (const name of SLACK_PEOPLE) accounts.set(name, teams.world.signUp(name, emailOf(name)).id)
    service = await start(readEnv(environmentOf(teams)), await freshDatabase(), clock)
    server = await listen(service.app.fetch)
    teams.world.delivery.target = `${server.origin}/teams/messages`
    const answer = await fetch(`${server.origin}/api/demo/people`)
    for (const { id, name } of ((await answer.json()) as { items: { id: string; name: string }[] }).items) people.set(name, id)
  }, STARTING_MS)
  afterAll(async () => {
    teams.world.delivery.target = null
    await teams.close()
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

  async function asks<Body>(name: string, method: string, path: string, body?: object): Promise<Body> {
    const { headers, ...rest } = body ? json(body) : { headers: {} }
    const answer = await fetch(`${server.origin}/api/${path}`, { ...rest, method, headers: { ...headers, cookie: await cookieOf(name) } })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }

  /** Nothing is on its way from Teams, nothing waits in the inbox, and no item is due. */
  async function settled(): Promise<void> {
    await teams.world.quiet()
    await eventually(async () => {
      const { db } = service.engine
      const now = new Date(clock.now())
      const arrivals = await db.select().from(inbox).where(lte(inbox.dueAt, now))
      const turns = await db
        .select()
        .from(link)
        .where(or(isNotNull(link.leaseUntil), lte(link.dueAt, now)))
      if (arrivals.length + turns.length > 0) throw new Error('Something is still due.')
    }, 30_000)
  }

  const chatOf = async (item: Item): Promise<FakeChat> => {
    const { chat } = await asks<Item>('Ada Novak', 'GET', `items/${item.id}`)
    const found = teams.state.chats.get(chat?.id ?? '')
    if (!found) throw new Error(`${item.key} has no chat yet.`)
    return found
  }
  const told = (name: string) => teams.world.told(accounts.get(name) ?? '')

  return {
    get teams() {
      return teams
    },
    get world() {
      return teams.world
    },
    get service() {
      return service
    },
    account: (name: string): string => accounts.get(name) ?? '',
    asks,
    settled,
    chatOf,
    told,
    /** Everything that is due within the time that passes is done. */
    async pass(ms: number): Promise<void> {
      await settled()
      aheadMs += ms
      service.engine.wake()
      await settled()
    },
    /** An item of its own for a test: Ann is responsible. */
    item: (title: string, observers: readonly string[] = [], responsible = 'Ann Reed'): Promise<Item> =>
      asks<Item>('Ada Novak', 'POST', 'items', {
        type: 'deal',
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
    seat: async (item: Item, name: string): Promise<Seat | undefined> =>
      (await asks<{ items: Seat[] }>('Ann Reed', 'GET', `items/${item.id}/people`)).items.find(({ person }) => person.name === name),
    /** Who is in the item's chat, by name. */
    members: async (item: Item): Promise<string[]> =>
      (await chatOf(item)).members.map(({ user }) => teams.state.users.get(user)?.name ?? user).toSorted(),
    /** Somebody writes to the app; resolves with what it told them alone, once it did. */
    async write(name: string, words: string, chat: FakeChat | null = null): Promise<string> {
      const before = told(name).length
      const reply = await teams.world.write(accounts.get(name) ?? '', words, chat)
      if (reply.status !== 200) throw new Error(`The app answered ${reply.status} ${JSON.stringify(reply.body)}`)
      return eventually(() => {
        const answer = told(name)[before]
        if (answer === undefined) throw new Error('There is no answer yet.')
        return answer
      }, 30_000)
    },
    outcomes: async () => (await service.engine.db.select({ outcome: inbox.outcome }).from(inbox)).map(({ outcome }) => outcome),
  }
}

const environmentOf = (teams: FakeTeams) => ({
  PORT: '0',
  RINGSIDE_DEMO: '1',
  LOG_LEVEL: 'silent',
  TEAMS_APP_ID: APP.id,
  TEAMS_APP_SECRET: APP.secret,
  TEAMS_TENANT_ID: TENANT,
  GRAPH_URL: teams.graphUrl,
  ENTRA_URL: teams.entraUrl,
  BOT_OPENID_URL: teams.openidUrl,
  BOT_CONNECTOR_URL: teams.connectorUrl,
  // Nobody wants to wait for Microsoft's minutes.
  TEAMS_LIMIT_FACTOR: '1000',
})

const json = (body: object) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
