import { accountsById, accountsOf, peopleById, rememberAccount, type AccountRow, type PersonRow } from '../../db/people.ts'
import { inOrganisation } from '../../db/open.ts'
import { type EvidenceRow, type LinkRow, type SeatRow, soughtInVain } from '../../db/links.ts'
import { type Failure, failed, ok, type Result } from '../core/failure.ts'
import { asAccountId, asChatId, asConnectionId, asItemId, asOrganisationId, type AccountId } from '../core/ids.ts'
import { type ItemFacts, listedPeople } from '../core/item.ts'
import { waitsItsTurn } from '../core/words.ts'
import type { AccountProfile, ChatPlatform } from '../ports/chat-platform.ts'
import type { CrmSource, ItemReading } from '../ports/crm-source.ts'
import { type Engine, nowOf } from './engine.ts'

/** Both sides of one item, with the people behind the accounts. */
export type Sight = {
  readonly reading: ItemRead
  readonly members: ReadonlySet<AccountId>
  /** The members were read by this turn; else they are remembered, and little may follow from them (`core/snapshot.ts`). */
  readonly fresh: boolean
  /** Accounts by their id, and by person. */
  readonly accounts: ReadonlyMap<string, AccountRow>
  readonly accountOf: ReadonlyMap<string, AccountRow>
  readonly people: ReadonlyMap<string, PersonRow>
  /** Both sides were read after this. */
  readonly readAt: Date
}

export type ItemRead = Extract<ItemReading, { kind: 'item' }>
export type Known = { readonly seats: readonly SeatRow[]; readonly evidence: readonly EvidenceRow[] }

/** Profiles asked for in one turn at most; a turn that needs more fails and goes on from what it has learnt. */
const PROFILES_MAX = 500

/** Reads who is in the chat, completely, and who they are. */
export async function look(
  engine: Engine,
  link: LinkRow,
  known: Known,
  item: { readonly reading: ItemRead; readonly readAt: Date },
  platform: ChatPlatform,
): Promise<Result<Sight>> {
  const members = await platform.members(asChatId(link.chat ?? ''))
  if (!members.ok) return members
  const met = await meet(engine, link, platform, [...members.value, ...toldOf(known)])
  if (!met.ok) return met
  const listed = [...listedPeople(item.reading.item)]
  const again = await meetAgain(engine, link, platform, known.seats, listed, new Set(members.value))
  if (!again.ok) return again
  return ok(await sightOf(engine, link, known, { ...item, members: members.value, fresh: true }))
}

/** Puts together what the database knows of everybody concerned. */
export function sightOf(
  engine: Engine,
  link: LinkRow,
  known: Known,
  seen: Pick<Sight, 'reading' | 'readAt' | 'fresh'> & { readonly members: Iterable<AccountId> },
): Promise<Sight> {
  return inOrganisation(engine.db, asOrganisationId(link.organisationId), async (tx) => {
    const connection = asConnectionId(link.connectionId)
    const members = new Set(seen.members)
    const hinted = known.evidence.flatMap((row) => (row.byAccount ? [row.byAccount] : []))
    const accounts = await accountsById(tx, connection, [...members, ...toldOf(known), ...hinted])
    const behind = [...accounts.values()].flatMap((row) => (row.personId ? [row.personId] : []))
    const concerned = [
      ...listedPeople(seen.reading.item),
      ...behind,
      ...known.seats.map((seat) => seat.personId),
      ...known.evidence.flatMap((row) => row.personId ?? []),
    ]
    return {
      ...seen,
      members,
      accounts,
      accountOf: await accountsOf(tx, connection, concerned),
      people: await peopleById(tx, concerned),
    }
  })
}

const toldOf = ({ evidence }: Known): readonly string[] => evidence.flatMap((row) => (row.account ? [row.account] : []))

export async function readItem(source: CrmSource, link: LinkRow): Promise<Result<ItemRead>> {
  const read = await source.read([{ id: asItemId(link.itemId), since: link.crmRevision }])
  if (!read.ok) return read
  const [reading] = read.value
  switch (reading?.kind) {
    case 'item':
      if (isStale(reading.item.revision, link.crmRevision)) return failed(STALE)
      return ok(reading)
    case 'gone':
      return failed({ kind: 'gone', code: 'item_gone', why: 'The item was deleted from the CRM. Its chat is left as it is.' })
    case 'forbidden':
      return failed({ kind: 'refused', code: 'item_forbidden', why: reading.why, mender: 'administrator' })
    case undefined:
      return failed({ kind: 'later', code: 'item_unanswered', why: 'The CRM answered without the item.', afterMs: 60_000 })
  }
}

const isStale = (revision: number | null, acted: number | null) => revision !== null && acted !== null && revision < acted

const STALE = {
  kind: 'later',
  code: 'stale_reading',
  why: 'The CRM answered with an older state than one already acted upon.',
  afterMs: 5_000,
} as const

/** Learns who accounts are that nobody has seen yet. A list of members counts only when everybody in it is known. */
async function meet(
  engine: Engine,
  link: LinkRow,
  platform: ChatPlatform,
  ids: readonly AccountId[] | readonly string[],
): Promise<Result<void>> {
  const organisation = asOrganisationId(link.organisationId)
  const connection = asConnectionId(link.connectionId)
  const seen = await inOrganisation(engine.db, organisation, (tx) => accountsById(tx, connection, ids))
  const unknown = [...new Set(ids)].filter((id) => !seen.has(id))
  for (const id of unknown.slice(0, PROFILES_MAX)) {
    const profile = await platform.profile(asAccountId(id))
    if (!profile.ok) return profile
    await learn(engine, link, profile.value ?? nobody(id))
  }
  if (unknown.length > PROFILES_MAX) {
    return failed({ kind: 'later', code: 'many_new_accounts', why: 'Still finding out who is in the chat.', afterMs: 1_000 })
  }
  return ok(undefined)
}

/**
 * Being switched off is not leaving, and whoever was off may be back. Word of either may have been lost, so whoever has gone from
 * the chat, and whoever is listed and was off, is asked about again before anything follows from it.
 */
async function meetAgain(
  engine: Engine,
  link: LinkRow,
  platform: ChatPlatform,
  seats: readonly SeatRow[],
  listed: readonly string[],
  members: ReadonlySet<string>,
): Promise<Result<void>> {
  const wereInside = new Set(seats.filter((seat) => seat.inChat).map((seat) => seat.personId))
  const accounts = await inOrganisation(engine.db, asOrganisationId(link.organisationId), (tx) =>
    accountsOf(tx, asConnectionId(link.connectionId), [...listed, ...wereInside]),
  )
  const doubtful = [...accounts].filter(([person, account]) => !account.active || (wereInside.has(person) && !members.has(account.account)))
  for (const [, { account }] of doubtful.slice(0, PROFILES_MAX)) {
    const profile = await platform.profile(asAccountId(account))
    if (!profile.ok) return profile
    if (profile.value) await learn(engine, link, profile.value)
  }
  return ok(undefined)
}

/**
 * Finds the accounts of people on the item whom nobody has looked for yet. Room is asked for by person, so that many items that wait for
 * the same person ask once. Whoever was looked for in vain, at this item or another, is not looked for again for a while.
 */
export async function findAccounts(
  engine: Engine,
  link: LinkRow,
  known: Known,
  item: ItemFacts,
  platform: ChatPlatform,
  urgent: boolean,
): Promise<Result<void>> {
  const organisation = asOrganisationId(link.organisationId)
  const connection = asConnectionId(link.connectionId)
  const listed = [...listedPeople(item)]
  const askedFor = new Set(known.evidence.flatMap((row) => (row.kind === 'joined' ? [] : (row.personId ?? []))))
  const wanted = await inOrganisation(engine.db, organisation, async (tx) => {
    const have = await accountsOf(tx, connection, listed)
    const missing = listed.filter((id) => !have.has(id))
    const inVain = await soughtInVain(tx, connection, missing, engine.clock.now())
    const people = await peopleById(
      tx,
      missing.filter((id) => !inVain.has(id) || askedFor.has(id)),
    )
    return [...people.values()].flatMap((row) => (row.email ? [{ id: row.id, email: row.email }] : []))
  })
  let waitMs = 0
  // One by one, each learnt at once: where the platform asks to slow down half-way, the next turn has fewer to ask for.
  for (const { id, email } of wanted) {
    const room = await platform.room(`who ${id}`, { lookUps: 1 }, urgent)
    waitMs = Math.max(waitMs, room)
    if (room > 0) continue
    const found = await platform.resolve([email])
    if (!found.ok) return found
    for (const profile of found.value) if (profile) await learn(engine, link, profile)
  }
  return waitMs > 0 ? failed(inTurn(platform, waitMs)) : ok(undefined)
}

async function learn(engine: Engine, link: LinkRow, profile: AccountProfile): Promise<void> {
  const of = { organisation: asOrganisationId(link.organisationId), connection: asConnectionId(link.connectionId) }
  await inOrganisation(engine.db, of.organisation, (tx) => rememberAccount(tx, of, profile, nowOf(engine)))
}

const nobody = (id: string): AccountProfile => ({ id: asAccountId(id), name: id, email: null, kind: 'stranger', active: true })

/** The limits of the platform have room for it then; its place is kept. */
export const inTurn = (platform: ChatPlatform, afterMs: number): Failure => ({
  kind: 'later',
  code: IN_TURN,
  why: waitsItsTurn(platform.capabilities.title, afterMs),
  afterMs,
})

export const IN_TURN = 'in_turn'
