import { accountsById, accountsOf, peopleById, rememberAccount, type AccountRow, type PersonRow } from '../../db/people.ts'
import { inOrganisation } from '../../db/open.ts'
import type { EvidenceRow, LinkRow, SeatRow } from '../../db/links.ts'
import { failed, ok, type Result } from '../core/failure.ts'
import { asAccountId, asChatId, asConnectionId, asItemId, asOrganisationId, type AccountId } from '../core/ids.ts'
import { listedPeople } from '../core/item.ts'
import type { AccountProfile, ChatPlatform } from '../ports/chat-platform.ts'
import type { CrmSource, ItemReading } from '../ports/crm-source.ts'
import { type Engine, nowOf } from './engine.ts'

/** Both sides of one item, read completely after the turn began, with the people behind the accounts. */
export type Sight = {
  readonly reading: Extract<ItemReading, { kind: 'item' }>
  readonly members: ReadonlySet<AccountId>
  /** Accounts by their id, and by person. */
  readonly accounts: ReadonlyMap<string, AccountRow>
  readonly accountOf: ReadonlyMap<string, AccountRow>
  readonly people: ReadonlyMap<string, PersonRow>
  /** Both sides were read after this. */
  readonly readAt: Date
}

/** Profiles asked for in one turn at most; a turn that needs more fails and goes on from what it has learnt. */
const PROFILES_MAX = 500

export async function look(
  engine: Engine,
  link: LinkRow,
  known: { seats: readonly SeatRow[]; evidence: readonly EvidenceRow[] },
  source: CrmSource,
  platform: ChatPlatform,
): Promise<Result<Sight>> {
  const readAt = nowOf(engine)
  const reading = await readItem(source, link)
  if (!reading.ok) return reading
  const members = await platform.members(asChatId(link.chat ?? ''))
  if (!members.ok) return members

  const told = known.evidence.flatMap((row) => (row.account ? [row.account] : []))
  const met = await meet(engine, link, platform, [...members.value, ...told])
  if (!met.ok) return met
  const listed = listedPeople(reading.value.item)
  const resting = new Set(
    known.seats
      .filter((seat) => seat.refused?.code === 'no_account' && seat.refused.retryAtMs > engine.clock.now())
      .map((seat) => seat.personId),
  )
  const found = await findAccounts(
    engine,
    link,
    platform,
    [...listed].filter((id) => !resting.has(id)),
  )
  if (!found.ok) return found
  const again = await meetAgain(engine, link, platform, known.seats, [...listed], new Set(members.value))
  if (!again.ok) return again

  return inOrganisation(engine.db, asOrganisationId(link.organisationId), async (tx) => {
    const connection = asConnectionId(link.connectionId)
    const hinted = known.evidence.flatMap((row) => (row.byAccount ? [row.byAccount] : []))
    const accounts = await accountsById(tx, connection, [...members.value, ...told, ...hinted])
    const behind = [...accounts.values()].flatMap((row) => (row.personId ? [row.personId] : []))
    const concerned = [
      ...listed,
      ...behind,
      ...known.seats.map((seat) => seat.personId),
      ...known.evidence.flatMap((row) => row.personId ?? []),
    ]
    return ok({
      reading: reading.value,
      members: new Set(members.value),
      accounts,
      accountOf: await accountsOf(tx, connection, concerned),
      people: await peopleById(tx, concerned),
      readAt,
    })
  })
}

async function readItem(source: CrmSource, link: LinkRow): Promise<Result<Extract<ItemReading, { kind: 'item' }>>> {
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

async function findAccounts(engine: Engine, link: LinkRow, platform: ChatPlatform, listed: readonly string[]): Promise<Result<void>> {
  const organisation = asOrganisationId(link.organisationId)
  const wanted = await inOrganisation(engine.db, organisation, async (tx) => {
    const have = await accountsOf(tx, asConnectionId(link.connectionId), listed)
    const people = await peopleById(
      tx,
      listed.filter((id) => !have.has(id)),
    )
    return [...people.values()].flatMap((row) => (row.email ? [row.email] : []))
  })
  // One by one, each learnt at once: where the platform asks to slow down half-way, the next turn has fewer to ask for.
  for (const email of wanted) {
    const found = await platform.resolve([email])
    if (!found.ok) return found
    for (const profile of found.value) if (profile) await learn(engine, link, profile)
  }
  return ok(undefined)
}

async function learn(engine: Engine, link: LinkRow, profile: AccountProfile): Promise<void> {
  const of = { organisation: asOrganisationId(link.organisationId), connection: asConnectionId(link.connectionId) }
  await inOrganisation(engine.db, of.organisation, (tx) => rememberAccount(tx, of, profile, nowOf(engine)))
}

const nobody = (id: string): AccountProfile => ({ id: asAccountId(id), name: id, email: null, kind: 'stranger', active: true })
