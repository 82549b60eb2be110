import { afterAll, beforeAll } from 'vitest'
import { inbox } from '../../db/schema.ts'
import { readEnv } from '../../src/env.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { start } from '../../src/wire.ts'
import { freshDatabase } from '../database.ts'
import { listen } from '../fakes/slack/node.ts'
import { type FakeTeams, startFakeTeams, TENANT } from '../fakes/teams/server.ts'
import { APP, type FakeChat } from '../fakes/teams/state.ts'
import { demoPeople, eventually, type Item, nothingDue, type Seat } from './demo-people.ts'
import { emailOf, SLACK_PEOPLE } from './slack-running.ts'

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
  const people = demoPeople(() => server.origin)
  const { asks } = people

  beforeAll(async () => {
    teams = await startFakeTeams()
    for (const name of SLACK_PEOPLE) accounts.set(name, teams.world.signUp(name, emailOf(name)).id)
    service = await start(readEnv(environmentOf(teams)), await freshDatabase(), clock)
    server = await listen(service.app.fetch)
    teams.world.delivery.target = `${server.origin}/teams/messages`
    await people.meet()
  }, STARTING_MS)
  afterAll(async () => {
    teams.world.delivery.target = null
    await teams.close()
    await server.close()
    await service.stop()
  })

  /** Nothing is on its way from Teams, nothing waits in the inbox, and no item is due. */
  async function settled(): Promise<void> {
    await teams.world.quiet()
    await nothingDue(service.engine.db, () => new Date(clock.now()), 30_000)
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
    item: people.item,
    read: people.read,
    observers: people.observers,
    change: people.change,
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
