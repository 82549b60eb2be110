import { finishArrival, type InboxRow, postponeArrival, takeArrivals, takeHeld } from '../../db/inbox.ts'
import { inOrganisation } from '../../db/open.ts'
import { connectionOf } from '../../db/organisations.ts'
import { asOrganisationId } from '../core/ids.ts'
import type { Values } from '../core/screen.ts'
import { accessChanged } from './access.ts'
import { accountChanged } from './accounts.ts'
import { chatMoved, chatTold } from './chats.ts'
import { describeBug, type Engine, nowOf } from './engine.ts'
import { outcomeLabels } from './tally.ts'
import { answerCommand } from './talk/commands.ts'
import { homeOpened } from './talk/home.ts'
import { showLinks } from './talk/links.ts'

/** Works off what was written down: each delivery once, and each ends in an outcome that says what became of it (K10). */

const TAKEN_AT_ONCE = 20
const INBOX_LEASE_MS = 60_000
/** A delivery that failed this often is set aside with its reason, where people look; it is not lost. */
const ATTEMPTS_MAX = 8
/** One that waits for a chat system to come back, or to have time for us, waits this long. */
const WAIT_MAX_MS = 24 * 3_600_000
const RETRY_MS = 2_000

/** Deals with so many deliveries at a time, and returns how many there were; 0 when none was due. */
export async function workInbox(engine: Engine, atOnce = 1): Promise<number> {
  const rows = await takeArrivals(engine.db, nowOf(engine), INBOX_LEASE_MS, TAKEN_AT_ONCE)
  const waiting = rows.values()
  const next = async () => {
    for (const row of waiting) await deal(engine, row)
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  return rows.length
}

/** The outcome of a delivery: done with it under a name, or to be tried again. */
export type Dealt = { readonly outcome: string } | { readonly again: string; readonly afterMs: number }

/** How long a delivery stays with whoever received it, and how long they try: shorter than the lease. */
export const HELD_MS = 30_000
const HELD_TRIES_MS = 45_000

/**
 * Deals at once with a delivery whose dialog held words that are written down nowhere (U11). They are in the memory of this process alone:
 * should it end, the delivery is due for anybody, and is dealt with without them.
 */
export async function dealWithPassing(
  engine: Engine,
  of: { platform: string; workspace: string; id: string },
  passing: Values,
): Promise<void> {
  const connection = await connectionOf(engine.db, of.platform, of.workspace)
  const held = connection && (await takeHeld(engine.db, connection.id, of.id, nowOf(engine), INBOX_LEASE_MS))
  if (!held) return
  const untilMs = engine.clock.now() + HELD_TRIES_MS
  for (let attempts = 1; ; attempts++) {
    const dealt = await attempt(engine, { ...held, attempts }, passing)
    if (!('again' in dealt) || engine.clock.now() + dealt.afterMs > untilMs) return conclude(engine, held, dealt)
    await engine.clock.wait(dealt.afterMs)
  }
}

async function deal(engine: Engine, row: InboxRow): Promise<void> {
  await conclude(engine, row, await attempt(engine, row, {}))
}

async function conclude(engine: Engine, row: InboxRow, dealt: Dealt): Promise<void> {
  const organisation = asOrganisationId(row.organisationId)
  await inOrganisation(engine.db, organisation, async (tx) => {
    if ('outcome' in dealt) return finishArrival(tx, row, dealt.outcome)
    if (isGivenUp(row, dealt.again, engine.clock.now())) return finishArrival(tx, row, `failed: ${dealt.again}`)
    return postponeArrival(tx, row, new Date(engine.clock.now() + dealt.afterMs), dealt.again)
  })
  engine.tally?.count('deliveries', { told: row.news.kind, ...outcomeLabels('outcome' in dealt ? dealt.outcome : `again: ${dealt.again}`) })
  if (!('outcome' in dealt))
    engine.log.warn({ delivery: row.deliveryId, attempts: row.attempts, code: dealt.again }, 'A delivery is tried again.')
}

const isGivenUp = (row: InboxRow, code: string, nowMs: number): boolean =>
  code === BUG ? row.attempts >= ATTEMPTS_MAX : nowMs - row.receivedAt.getTime() > WAIT_MAX_MS

const BUG = 'error'

/** The rim: one delivery that goes wrong must not keep the others waiting. */
async function attempt(engine: Engine, row: InboxRow, passing: Values): Promise<Dealt> {
  try {
    return await dealWith(engine, row, passing)
  } catch (error) {
    engine.log.error({ delivery: row.deliveryId, error: describeBug(error) }, 'A delivery could not be dealt with.')
    return { again: BUG, afterMs: RETRY_MS * 2 ** (row.attempts - 1) }
  }
}

async function dealWith(engine: Engine, row: InboxRow, passing: Values): Promise<Dealt> {
  const organisation = asOrganisationId(row.organisationId)
  const { news } = row
  switch (news.kind) {
    case 'joined':
    case 'left':
    case 'chat-changed':
      return inOrganisation(engine.db, organisation, (tx) => chatTold(tx, row, news, engine.clock.now()))
    case 'access-changed':
      return accessChanged(engine, row, news)
    case 'chat-moved':
      return inOrganisation(engine.db, organisation, (tx) => chatMoved(tx, row, news))
    case 'account-changed':
      return accountChanged(engine, row, news)
    case 'group-changed':
      return { outcome: `discarded: ${news.kind}` }
    case 'home-opened':
      return homeOpened(engine, row, news)
    case 'links-shared':
      return showLinks(engine, row, news)
    case 'command':
      return answerCommand(engine, row, news, passing)
    case 'unknown':
      return { outcome: `discarded: ${news.reason}` }
  }
}
