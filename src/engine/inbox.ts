import { finishArrival, type InboxRow, postponeArrival, takeArrivals, takeHeld } from '../../db/inbox.ts'
import { addEvidence, linkOfChat, linksOfPerson, markDue, putSeats, updateLink } from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { connectionById, connectionOf } from '../../db/organisations.ts'
import { rememberAccount } from '../../db/people.ts'
import { asConnectionId, asOrganisationId } from '../core/ids.ts'
import type { Values } from '../core/screen.ts'
import type { News } from '../ports/inbound.ts'
import { accessChanged } from './access.ts'
import { describeBug, type Engine, NOT_CONNECTED_MS, nowOf } from './engine.ts'
import { tellName } from './naming.ts'
import { CHAT_CLOSED } from './reconcile.ts'
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
      return inOrganisation(engine.db, organisation, (tx) => tellLink(tx, row, news))
    case 'account-changed':
      return tellPerson(engine, row, news.account)
    case 'access-changed':
      return accessChanged(engine, row, news)
    case 'chat-moved':
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

async function tellLink(tx: Tx, row: InboxRow, news: Extract<News, { kind: 'joined' | 'left' | 'chat-changed' }>): Promise<Dealt> {
  const link = await linkOfChat(tx, row.connectionId, news.chat)
  if (!link) return { outcome: 'discarded: not_our_chat' }
  // Word of its own joining comes with every chat the app opens; only for one it was missing from is it news.
  if (news.kind === 'chat-changed' && news.what === 'let-in' && link.state === 'open') return { outcome: 'discarded: already_in' }
  if (news.kind === 'joined') {
    await addEvidence(tx, {
      organisationId: row.organisationId,
      linkId: link.id,
      kind: 'joined',
      account: news.account,
      byAccount: news.by,
      at: row.receivedAt,
    })
  }
  if (news.kind === 'chat-changed' && news.what === 'archived') await updateLink(tx, link.id, { state: 'closed', why: CHAT_CLOSED.why })
  if (news.kind === 'chat-changed' && news.what === 'renamed')
    return { outcome: await tellName(tx, link, news.name ?? null, row.receivedAt) }
  await markDue(tx, link.id, row.receivedAt)
  return { outcome: 'told' }
}

/** An account was switched off or on, or has another address: read it again, and look at every item of that person. */
async function tellPerson(engine: Engine, row: InboxRow, account: Extract<News, { kind: 'account-changed' }>['account']): Promise<Dealt> {
  const organisation = asOrganisationId(row.organisationId)
  const connection = await inOrganisation(engine.db, organisation, (tx) => connectionById(tx, row.connectionId))
  const profile = await engine.platformOf(connection)?.profile(account)
  if (!profile) return { again: 'not_connected', afterMs: NOT_CONNECTED_MS }
  if (!profile.ok) return { again: profile.failure.code, afterMs: profile.failure.kind === 'later' ? profile.failure.afterMs : 60_000 }
  const found = profile.value
  if (!found) return { outcome: 'discarded: unknown_account' }
  return inOrganisation(engine.db, organisation, async (tx) => {
    const known = await rememberAccount(tx, { organisation, connection: asConnectionId(row.connectionId) }, found, nowOf(engine))
    if (!known.personId) return { outcome: 'discarded: unmatched_account' }
    for (const { link, seat } of await linksOfPerson(tx, known.personId)) {
      if (seat.refused) await putSeats(tx, [{ ...seat, refused: null }])
      await markDue(tx, link, row.receivedAt)
    }
    return { outcome: 'told' }
  })
}
