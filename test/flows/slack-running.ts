import { afterAll, beforeAll } from 'vitest'
import { inbox, link, organisation } from '../../db/schema.ts'
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
import { demoPeople, eventually, type Item, nothingDue, type Seat } from './demo-people.ts'

/** Names of the demo's people who have an account in the fake Slack. Finn and Gina have none. */
export const SLACK_PEOPLE = ['Ada Novak', 'Max Weber', 'Ann Reed', 'Bob Chen', 'Cid Baker', 'Dan Okafor', 'Eve Lindqvist'] as const

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
  const people = demoPeople(() => server.origin)
  const { asks } = people

  beforeAll(async () => {
    slack = await startFakeSlack()
    for (const name of SLACK_PEOPLE) accounts.set(name, await slack.world.signUp(name, emailOf(name)))
    prepare(slack)
    service = await start(readEnv(environment(slack)), await freshDatabase(), clock)
    server = await listen(service.app.fetch)
    slack.world.delivery.target = `${server.origin}/slack/events`
    await people.meet()
  })
  afterAll(async () => {
    slack.world.delivery.target = null
    await slack.close()
    await server.close()
    await service.stop()
  })

  /** Nothing is on its way from Slack, nothing waits in the inbox, and no item is due. */
  async function settled(): Promise<void> {
    await slack.world.quiet()
    await nothingDue(service.engine.db, () => new Date())
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
    person: (name: string): string => people.idOf(name),
    asks,
    /** Asks for something that is answered without words. */
    silently: async (name: string, method: string, path: string): Promise<void> => void (await people.asked(name, method, path)),
    cookie: people.cookieOf,
    settled,
    channelOf,
    item: people.item,
    read: people.read,
    observers: people.observers,
    change: people.change,
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
