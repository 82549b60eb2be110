import { sql } from 'drizzle-orm'
import { memoryCrm } from '../../adapters/memory/crm.ts'
import type { Deferred, Fault } from '../../adapters/memory/fault.ts'
import { memoryPlatform } from '../../adapters/memory/platform.ts'
import type { MemoryChat } from '../../adapters/memory/world.ts'
import type { Database, OpenDatabase } from '../../db/open.ts'
import { connection, organisation, person } from '../../db/schema.ts'
import type { Failure } from '../../src/core/failure.ts'
import { type AccountId, asItemId, asOrganisationId, asPersonId, type ChatId } from '../../src/core/ids.ts'
import { type ItemFacts, listedPeople } from '../../src/core/item.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/core/policy.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import type { CrmSource, ItemReading } from '../../src/ports/crm-source.ts'
import type { Delivery } from '../../src/ports/inbound.ts'
import { type Account, ACCOUNT_NAMES, ACCOUNTS, emailOf, type Item, ITEMS, PEOPLE, PERSONS } from './cast.ts'
import type { CallName, Failing } from './step.ts'

/**
 * Everything around the engine: a database, a chat system and a CRM in memory, time, and a process that can die between any
 * two awaits. What reaches the doors of the two systems is told to a witness, with the truth before and after.
 */

export const ORGANISATION = asOrganisationId('organisation')
const CONNECTION = 'memory-connection'
const START_MS = Date.UTC(2026, 0, 5, 9)
/** The longest a request may be on its way; the engine's own assumption is two minutes. */
export const LATE_MAX_MS = 110_000

/** The process has died: nothing of this incarnation does anything any more. */
export class Crash extends Error {}

export type Effect = { readonly move: 'admit' | 'expel' | 'list' | 'unlist'; readonly item: Item; readonly who: string }

/** What a witness is told at the doors. */
export type Witness = {
  itemRead(item: Item, facts: ItemFacts): void
  membersRead(item: Item): void
  took(effect: Effect): void
  opened(item: Item): void
  /** The CRM did not list these people, or did not say that it did. */
  notListed(item: Item, people: readonly string[]): void
  /** A call that changes something, whether or not it took effect. */
  wrote(call: CallName, people: readonly string[], item: Item | null): void
}

/** Word of something, on its way to the engine. */
export type Word = { readonly item: Item | null; readonly delivery: Delivery } | { readonly item: Item; readonly delivery: null }

/** `opensWithMax`: the chat system lets so many people in together with the opening; left out: nobody. */
export type Settings = { readonly policy: Policy; readonly revisions: boolean; readonly opensWithMax?: number }
export const USUAL: Settings = { policy: DEFAULT_POLICY, revisions: true }

export type Stage = Awaited<ReturnType<typeof openStage>>

export async function openStage(database: OpenDatabase, settings: Settings, witness: Witness) {
  let now = START_MS
  const words: Word[] = []
  const faults = new Map<CallName, { how: Failing; ms: number }[]>()
  const interleaved: { after: number; happen: () => Promise<void> }[] = []
  const late: { chat: number[]; crm: number[] } = { chat: [], crm: [] }
  const state = {
    outage: false,
    staleBack: 0,
    crashIn: null as number | null,
    points: 0,
    crashes: 0,
    interleaving: false,
    pressed: false,
    released: false,
  }

  const hook =
    (landings: number[], failures: Failures, isOut: () => boolean) =>
    (method: string): Fault => {
      if (isOut()) return failures.wait(30_000)
      const armed = faults.get(method as CallName)?.shift()
      if (!armed) return null
      switch (armed.how) {
        case 'before':
          return failures.lost
        case 'after':
          return { afterEffect: failures.lost }
        case 'late':
          landings.push(now + armed.ms)
          return { deferred: failures.lost }
        case 'wait':
          return failures.wait(armed.ms)
        case 'refused':
          return failures.refused
      }
    }

  const chats = memoryPlatform({
    nowMs: () => now,
    deliver: (delivery) =>
      words.push({ item: 'chat' in delivery.news && delivery.news.chat ? itemOfChat(delivery.news.chat) : null, delivery }),
    fault: hook(late.chat, FAILURES, () => state.outage),
    capabilities: { opensWithMax: settings.opensWithMax ?? 0 },
  })
  const crm = memoryCrm({ revisions: settings.revisions, fault: hook(late.crm, FAILURES, () => false) })
  const accountIds = new Map<Account, AccountId>()
  const past = new Map<Item, Map<number, ItemFacts>>()

  for (const name of ACCOUNT_NAMES) accountIds.set(name, chats.world.signUp({ name, email: emailOf(name), kind: ACCOUNTS[name] }))
  words.length = 0
  for (const id of ITEMS) crm.world.put({ id: asItemId(id), key: id, title: 'A deal' })
  await prepare(database, settings)
  recordItems()

  function itemOfChat(id: ChatId): Item | null {
    return ITEMS.find((item) => chats.world.chats.get(id)?.name.startsWith(`${item} `)) ?? null
  }
  function chatsOf(item: Item): MemoryChat[] {
    return [...chats.world.chats.values()].filter((chat) => itemOfChat(chat.id) === item)
  }
  const idOf = (account: Account): AccountId => accountIds.get(account) ?? ('nobody' as AccountId)
  const nameOf = (id: string): Account => ACCOUNT_NAMES.find((name) => accountIds.get(name) === id) ?? ('nobody' as Account)

  /** Keeps every state an item was in, for readings that come late. */
  function recordItems(): void {
    for (const id of ITEMS) {
      const facts = crm.world.items.get(asItemId(id))?.facts
      if (!facts) continue
      if (!past.has(id)) past.set(id, new Map())
      past.get(id)?.set(facts.revision, facts)
    }
  }

  type Truth = { members: Map<string, Set<string>>; listed: Map<Item, ReadonlySet<string>>; chats: number }
  function truth(): Truth {
    const members = new Map(
      [...chats.world.chats.values()].map((chat) => [chat.id as string, new Set([...chat.members.keys()].map(nameOf))]),
    )
    const listed = new Map(ITEMS.map((item) => [item, listedPeople(factsOf(item))]))
    return { members, listed, chats: chats.world.chats.size }
  }
  const factsOf = (item: Item): ItemFacts => {
    const found = crm.world.items.get(asItemId(item))
    if (!found) throw new Error(`There is no ${item}`)
    return found.facts
  }

  /** Runs something of ours, and tells the witness what it changed in the world. */
  function observed<Value>(effect: () => Value): Value {
    const before = truth()
    const value = effect()
    const after = truth()
    recordItems()
    for (const [id, members] of after.members) {
      const item = itemOfChat(id as ChatId)
      if (!item) continue
      if (!before.members.has(id)) witness.opened(item)
      const were = before.members.get(id) ?? new Set(['nobody'])
      for (const who of members) if (!were.has(who)) witness.took({ move: 'admit', item, who })
      for (const who of were) if (!members.has(who) && before.members.has(id)) witness.took({ move: 'expel', item, who })
    }
    for (const item of ITEMS) {
      const was = before.listed.get(item) ?? new Set()
      const is = after.listed.get(item) ?? new Set()
      for (const who of is) if (!was.has(who)) witness.took({ move: 'list', item, who })
      for (const who of was) if (!is.has(who)) witness.took({ move: 'unlist', item, who })
    }
    return value
  }

  /** Between any two awaits of the engine: others act, and the process may die. */
  async function point(life: { dead: boolean }): Promise<void> {
    if (life.dead) throw new Crash()
    if (state.interleaving) return
    state.points++
    state.interleaving = true
    try {
      for (const one of interleaved) one.after--
      for (const one of interleaved.filter(({ after }) => after < 0)) {
        interleaved.splice(interleaved.indexOf(one), 1)
        await one.happen()
      }
    } finally {
      state.interleaving = false
    }
    if (state.crashIn === null || state.crashIn-- > 0) return
    state.crashIn = null
    state.crashes++
    life.dead = true
    throw new Crash()
  }

  function mortalDatabase(life: { dead: boolean }): Database {
    return new Proxy(database.db, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key)
        if (typeof value !== 'function') return value
        if (key === 'transaction') {
          return async (...args: unknown[]) => {
            await point(life)
            return Reflect.apply(value, target, args) as unknown
          }
        }
        return (...args: unknown[]) => {
          if (life.dead) throw new Crash()
          return Reflect.apply(value, target, args) as unknown
        }
      },
    })
  }

  function mortalPlatform(life: { dead: boolean }): ChatPlatform {
    const { platform } = chats
    const call = async <Value>(effect: () => Promise<Value>): Promise<Value> => {
      await point(life)
      return observed(effect)
    }
    return {
      ...platform,
      open: (wish) => call(() => platform.open(wish)),
      describe: (chat) => call(() => platform.describe(chat)),
      resolve: (emails) => call(() => platform.resolve(emails)),
      profile: (account) => call(() => platform.profile(account)),
      tell: (to, message) => call(() => platform.tell(to, message)),
      members: (chat) =>
        call(async () => {
          const members = await platform.members(chat)
          const item = itemOfChat(chat)
          if (members.ok && item) witness.membersRead(item)
          return members
        }),
      add: (chat, accounts, history) =>
        call(() => {
          witness.wrote('add', accounts.map(nameOf), itemOfChat(chat))
          if (typeof history === 'object') throw new Error('I3: a part of the history was hidden without being asked to')
          return platform.add(chat, accounts, history)
        }),
      remove: (chat, accounts) =>
        call(() => {
          witness.wrote('remove', accounts.map(nameOf), itemOfChat(chat))
          return platform.remove(chat, accounts)
        }),
    }
  }

  function mortalSource(life: { dead: boolean }): CrmSource {
    const { source } = crm
    return {
      ...source,
      async read(queries) {
        await point(life)
        const read = await source.read(queries)
        return read.ok ? { ok: true, value: queries.map(({ since }, place) => told(since, read.value[place])) } : read
      },
      async changeObservers(change) {
        await point(life)
        const item = change.id as string as Item
        witness.wrote('changeObservers', [...change.add, ...change.remove], item)
        const changed = await observed(() => source.changeObservers(change))
        if (!changed.ok) witness.notListed(item, change.add)
        return changed
      },
    }
  }

  /** A reading as it was some revisions ago, where a stale one is wanted. */
  function told(since: number | null, reading: ItemReading | undefined): ItemReading {
    if (reading?.kind !== 'item') throw new Error('Every item of this story is there.')
    const item = reading.item.id as string as Item
    const back = state.staleBack
    state.staleBack = 0
    const revision = Math.max(1, (reading.item.revision ?? 1) - back)
    const facts = back > 0 ? past.get(item)?.get(revision) : undefined
    // A press reads the item once to see who may; the turn that follows reads it for itself.
    if (state.pressed) state.pressed = false
    else witness.itemRead(item, facts ?? reading.item)
    if (!facts) return reading
    const log = (crm.world.items.get(asItemId(item))?.log ?? []).filter(
      (entry) => entry.revision <= revision && since !== null && entry.revision > since,
    )
    const listed = listedPeople(facts)
    return {
      kind: 'item',
      item: facts,
      details: reading.details,
      selfListed: [],
      relisted: [...listed].filter((one) => log.some((entry) => entry.person === one && entry.listed)),
      removed:
        since === null
          ? null
          : [...new Set(log.filter((entry) => !entry.listed && !listed.has(entry.person)).map((entry) => entry.person))],
    }
  }

  function incarnate(): Engine {
    const life = { dead: false }
    const clock = { now: () => now, wait: async (ms: number) => advance(ms) }
    const platform = mortalPlatform(life)
    const source = mortalSource(life)
    return {
      db: mortalDatabase(life),
      clock,
      log: SILENT,
      platformOf: (row) => (row.platform === 'memory' ? platform : null),
      sourceOf: () => source,
      wake: () => {},
      publicUrl: 'https://ringside.example',
    }
  }

  /** Time passes; requests that were on their way arrive in their turn. */
  function advance(ms: number): void {
    const until = now + ms
    for (;;) {
      const next = nextLanding()
      if (!next || next.atMs > until) break
      now = Math.max(now, next.atMs)
      next.land()
    }
    now = Math.max(now, until)
  }

  function nextLanding() {
    const soonest = (times: number[], deferred: Deferred, land: (index: number) => void) => {
      if (times.length === 0) return null
      if (times.length !== deferred.length) throw new Error('A late call was lost.')
      const index = times.indexOf(Math.min(...times))
      return { atMs: times[index] ?? 0, land: () => (times.splice(index, 1), observed(() => land(index))) }
    }
    const both = [soonest(late.chat, chats.world.deferred, chats.world.land), soonest(late.crm, crm.world.deferred, crm.world.land)]
    return both.filter((one) => one !== null).sort((a, b) => a.atMs - b.atMs)[0] ?? null
  }

  return {
    database,
    settings,
    chats: chats.world,
    crm: crm.world,
    words,
    late,
    state,
    now: () => now,
    advance,
    incarnate,
    recordItems,
    factsOf,
    chatsOf,
    idOf,
    nameOf,
    arm: (call: CallName, how: Failing, ms: number) => void faults.set(call, [...(faults.get(call) ?? []), { how, ms }]),
    interleave: (after: number, happen: () => Promise<void>) => void interleaved.push({ after, happen }),
    /** From here on nothing goes wrong. */
    calmDown(): void {
      faults.clear()
      interleaved.length = 0
      Object.assign(state, { outage: false, staleBack: 0, crashIn: null })
    },
  }
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

type Failures = typeof FAILURES
const FAILURES = {
  lost: { kind: 'uncertain', code: 'lost', why: 'The answer was lost.' } satisfies Failure,
  refused: { kind: 'refused', code: 'not_today', why: 'Not today.', mender: 'administrator' } satisfies Failure,
  wait: (afterMs: number): Failure => ({ kind: 'later', code: 'rate_limited', why: 'Too many calls.', afterMs }),
}

async function prepare(database: OpenDatabase, { policy }: Settings): Promise<void> {
  const { db } = database
  await db.execute(
    sql`truncate organisation, person, account, connection, link, seat, evidence, act, inbox, item_change, notification restart identity cascade`,
  )
  await db.insert(organisation).values({ organisationId: ORGANISATION, name: 'A company', discussIn: 'memory', policy })
  await db.insert(person).values(
    PERSONS.map((id) => ({
      organisationId: ORGANISATION,
      id: asPersonId(id),
      name: id,
      email: `${id}@example.com`,
      role: PEOPLE[id],
    })),
  )
  await db.insert(connection).values({
    organisationId: ORGANISATION,
    id: CONNECTION,
    platform: 'memory',
    workspace: 'memory',
    title: 'Memory',
    appAccount: 'app',
    state: 'connected',
  })
}
