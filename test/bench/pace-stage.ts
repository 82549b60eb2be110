import { sql } from 'drizzle-orm'
import { inOrganisation } from '../../db/open.ts'
import { createOrganisation } from '../../db/organisations.ts'
import { personById } from '../../db/people.ts'
import { organisation, person } from '../../db/schema.ts'
import { assemble } from '../../src/assemble.ts'
import { nothingOfTeams } from '../../src/teams-side.ts'
import type { Viewer } from '../../src/core/access.ts'
import { DEFAULT_POLICY } from '../../src/core/policy.ts'
import { wishToDiscuss } from '../../src/engine/discuss.ts'
import { openIntake } from '../../src/engine/intake.ts'
import { changeObservers, createItem } from '../../src/engine/items.ts'
import { openReceive } from '../../src/engine/receive.ts'
import { viewerOf } from '../../src/engine/viewer.ts'
import { workOff } from '../../src/engine/worker.ts'
import { readEnv } from '../../src/env.ts'
import { freshDatabase } from '../database.ts'
import { listen } from '../fakes/slack/node.ts'
import { FAKE_SIGNING_SECRET, startFakeSlack } from '../fakes/slack/server.ts'
import { MINUTE_MS, slackTiers } from '../fakes/slack/tiers.ts'
import type { Change, Plan } from './pace-plan.ts'

/**
 * The engine, the Slack adapter and Slack's own client as they are, on a database of their own, with a Slack that enforces its documented
 * limits and sends word of everything back. Only time is made: a call takes a while, and when nothing is due it is later.
 */

const START_MS = Date.UTC(2026, 0, 5, 9)
/** Looks at what is due before the day counts as stuck, for each of its deals. */
const ROUNDS_PER_DEAL = 100
const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

export type PaceStage = Awaited<ReturnType<typeof openPaceStage>>

export async function openPaceStage({ scale, deals }: Plan) {
  let now = START_MS
  let tooFast = 0
  const clock = { now: () => now, wait: async (ms: number) => void (now += ms) }
  const tiers = slackTiers(clock.now)
  const slack = await startFakeSlack({
    nowMs: clock.now,
    gate(method, args) {
      now += scale.callMs
      const waitSeconds = tiers.take(method, args)
      if (waitSeconds !== null) tooFast++
      return waitSeconds
    },
  })
  const database = await freshDatabase()
  const env = readEnv({ SLACK_BOT_TOKEN: slack.token, SLACK_SIGNING_SECRET: FAKE_SIGNING_SECRET, SLACK_API_URL: slack.url })
  const known = { workspaces: new Map(), teamsKnown: nothingOfTeams() }
  const parts = { env, database, clock, log: SILENT, secrets: null, ...known, wake: () => {} }
  const { engine, slack: side } = assemble(parts)

  const company = await createOrganisation(database.db, 'A company')
  // Whoever plans such a day lets it pass the safety stop; what the stop does is tested elsewhere.
  const removalsMax = { perItem: scale.people, perPass: scale.changes }
  await database.db.update(organisation).set({ policy: { ...DEFAULT_POLICY, removalsMax } })
  const people = await hire(scale.people)
  const accountOf = new Map<number, string>()
  for (let number = 0; number < scale.accounts; number++)
    accountOf.set(number, await slack.world.signUp(`Person ${number}`, emailOf(number)))
  const connected = await side.connect(company)
  if (!connected.ok) throw new Error(connected.failure.why)
  const receive = openReceive(engine, openIntake(engine))
  const door = await listen(hear)
  slack.world.delivery.target = door.origin
  const administrator = await viewer(ADMINISTRATOR)
  const items: string[] = []
  const listed: Set<number>[] = []

  async function hire(count: number): Promise<readonly string[]> {
    const employees = Array.from({ length: count }, (_, number) => ({
      organisationId: company,
      id: `person-${number}`,
      name: `Person ${number}`,
      email: emailOf(number),
      role: 'employee' as const,
    }))
    const chief = { organisationId: company, id: ADMINISTRATOR, name: 'Ada', email: 'ada@example.com', role: 'administrator' as const }
    await inOrganisation(database.db, company, (tx) => tx.insert(person).values([chief, ...employees]))
    return employees.map(({ id }) => id)
  }

  async function viewer(id: string): Promise<Viewer> {
    const found = await inOrganisation(database.db, company, (tx) => personById(tx, id))
    if (!found) throw new Error(`There is no ${id}.`)
    return viewerOf(found)
  }

  /** Signatures are held against the day's time. */
  async function hear(request: Request): Promise<Response> {
    if (!side.inbound) throw new Error('Slack is not set up.')
    const received = await side.inbound.receive({ headers: request.headers, body: await request.text(), nowMs: now })
    const reply = await receive('slack', received)
    return new Response(null, { status: reply.kind === 'answer' ? reply.answer.status : reply.status })
  }

  /** Every deal is written down, and its chat is wished for by whoever is responsible. */
  async function openChats(): Promise<void> {
    for (const [number, { responsible, observers }] of deals.entries()) {
      const wish = { type: 'deal', title: `Renewal ${number}`, stage: 'New', amount: null, currency: null } as const
      const made = await createItem(engine, company, administrator, {
        ...wish,
        responsible: people[responsible]!,
        observers: observers.map((one) => people[one]!),
      })
      if (!made.ok) throw new Error(made.why)
      items.push(made.value.row.id)
      listed.push(new Set([responsible, ...observers]))
      const wished = await wishToDiscuss(engine, company, await viewer(people[responsible]!), made.value.row.id)
      if (wished.kind !== 'wished') throw new Error(`Deal ${number} cannot be discussed: ${'why' in wished ? wished.why : wished.kind}`)
    }
  }

  async function change({ deal, add, remove }: Change): Promise<void> {
    const named = (numbers: readonly number[]) => numbers.map((one) => people[one]!)
    const changed = await changeObservers(engine, company, administrator, items[deal]!, { add: named(add), remove: named(remove) })
    if (!changed.ok) throw new Error(changed.why)
    for (const one of add) listed[deal]!.add(one)
    for (const one of remove) listed[deal]!.delete(one)
  }

  /** Lets the time pass until both sides of every deal agree, its chat shows it, and everybody has been told; returns how long that was. */
  async function settle(): Promise<number> {
    const begun = now
    for (let rounds = 0; rounds < ROUNDS_PER_DEAL * deals.length; rounds++) {
      await workOff(engine, 0)
      await slack.world.quiet()
      const next = await nextDueMs()
      if (next <= now) continue
      if (await isSettled()) return now - begun
      now = next
    }
    throw new Error('The day did not come to an end.')
  }

  async function nextDueMs(): Promise<number> {
    const [row] = await rows<{ at: string | null }>(sql`
      select extract(epoch from least(
        (select min(greatest(due_at, lease_until)) from link),
        (select min(due_at) from inbox),
        (select min(tell_at) from notification)
      )) * 1000 as at`)
    if (!row?.at) throw new Error('Nothing is due any more.')
    return Math.ceil(Number(row.at))
  }

  async function isSettled(): Promise<boolean> {
    const [open] = await rows<{ n: number }>(sql`
      select (select count(*)::int from notification where tell_at is not null) + (
        select count(*)::int from link join item on item.id = link.item_id
        where link.chat is null or link.showing or link.shown_hash is null or link.lease_until is not null
          or link.crm_revision <> item.revision) as n`)
    return open?.n === 0 && (await differing()).length === 0
  }

  /** Deals whose chat holds others than the people on it, and the app. */
  async function differing(): Promise<readonly number[]> {
    const links = await rows<{ item_id: string; chat: string }>(sql`select item_id, chat from link where chat is not null`)
    const chatOf = new Map(links.map((link) => [link.item_id, link.chat]))
    return items.flatMap((item, deal) => {
      const inside = slack.world.state.channels.get(chatOf.get(item) ?? '')?.members ?? new Set()
      const wanted = [...listed[deal]!].map((number) => accountOf.get(number))
      return inside.size === wanted.length + 1 && wanted.every((account) => inside.has(account ?? '')) ? [] : [deal]
    })
  }

  async function rows<Row>(query: ReturnType<typeof sql>): Promise<readonly Row[]> {
    const answer = await database.db.execute(query)
    return (Array.isArray(answer) ? answer : (answer as { rows: Row[] }).rows) as Row[]
  }

  /** So much time passes, and what becomes due in it is done. */
  async function pass(ms: number): Promise<void> {
    for (const until = now + ms; now < until;) {
      await workOff(engine, 0)
      await slack.world.quiet()
      now = Math.min(until, Math.max(now, await nextDueMs()))
    }
    await workOff(engine, 0)
  }

  /** The calm before an act: the minute before counts no more. */
  function rest(): void {
    now += MINUTE_MS
  }

  /** Somebody on the deal types this in its chat. */
  async function types(deal: number, by: number, words: string): Promise<void> {
    const [link] = await rows<{ chat: string }>(sql`select chat from link where item_id = ${items[deal]}`)
    await slack.world.slash(accountOf.get(by) ?? '', '/discuss', words, link?.chat ?? '')
  }

  slack.calls.length = 0

  return {
    engine,
    company,
    openChats,
    change,
    pass,
    rest,
    settle,
    types,
    listed,
    accountOf,
    calls: slack.calls,
    tooFast: () => tooFast,
    async close(): Promise<void> {
      slack.world.delivery.target = null
      await slack.close()
      await door.close()
      await database.close()
    },
  }
}

const ADMINISTRATOR = 'administrator'
const emailOf = (number: number): string => `person${number}@example.com`
