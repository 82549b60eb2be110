import { and, asc, eq, getTableColumns, ilike, inArray, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { ConnectionId, OrganisationId, PersonId } from '../src/core/ids.ts'
import { asPersonId } from '../src/core/ids.ts'
import type { Entitlement } from '../src/core/entitlement.ts'
import type { AccountProfile } from '../src/ports/chat-platform.ts'
import type { Tx } from './open.ts'
import { isWebConnection } from './organisations.ts'
import { account, organisation, person } from './schema.ts'

/** A person, with what their organisation has: whoever asks whether they may do something needs both. */
export type PersonRow = typeof person.$inferSelect & { readonly entitlement: Entitlement }
export type AccountRow = typeof account.$inferSelect

const PAGE = 50

const PERSON = { ...getTableColumns(person), entitlement: organisation.entitlement }

const selectPeople = (tx: Tx) =>
  tx.select(PERSON).from(person).innerJoin(organisation, eq(organisation.organisationId, person.organisationId)).$dynamic()

export async function personById(tx: Tx, id: string): Promise<PersonRow | null> {
  const [found] = await selectPeople(tx).where(eq(person.id, id)).limit(1)
  return found ?? null
}

/** In the order asked, without the unknown. */
export async function peopleById(tx: Tx, ids: Iterable<string>): Promise<ReadonlyMap<string, PersonRow>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await selectPeople(tx).where(inArray(person.id, wanted))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    wanted.flatMap((id) => {
      const row = byId.get(id)
      return row ? [[id, row] as const] : []
    }),
  )
}

/** Null: somebody has this address already. */
export async function insertPerson(tx: Tx, row: typeof person.$inferInsert): Promise<PersonRow | null> {
  const [added] = await tx.insert(person).values(row).onConflictDoNothing().returning({ id: person.id })
  return added ? personById(tx, added.id) : null
}

/** Whoever has this address is an administrator from now on, also where nobody had it yet. */
export async function putAdministrator(tx: Tx, row: { organisationId: string; name: string; email: string }): Promise<string> {
  const role = 'administrator' as const
  const [put] = await tx
    .insert(person)
    .values({ ...row, id: crypto.randomUUID(), role })
    .onConflictDoUpdate({ target: [person.organisationId, person.email], set: { name: row.name, role, active: true } })
    .returning({ id: person.id })
  if (!put) throw new Error('The administrator was not written.')
  return put.id
}

export async function administrators(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.role, 'administrator'), eq(person.active, true)))
  return rows.map(({ id }) => id)
}

/** By name; `after` is where the page before this one ended. */
export async function searchPeople(
  tx: Tx,
  words: string,
  limit = PAGE,
  after: { readonly name: string; readonly id: string } | null = null,
): Promise<readonly PersonRow[]> {
  const like = `%${escapeLike(words)}%`
  return selectPeople(tx)
    .where(
      and(
        eq(person.active, true),
        words ? or(ilike(person.name, like), ilike(person.email, like)) : undefined,
        after ? sql`(${person.name}, ${person.id}) > (${after.name}, ${after.id})` : undefined,
      ),
    )
    .orderBy(asc(person.name), asc(person.id))
    .limit(limit)
}

/** Whoever has an account in this connection, by person. A person may have several; the active one is taken. */
export async function accountsOf(tx: Tx, connection: ConnectionId, people: Iterable<string>): Promise<ReadonlyMap<string, AccountRow>> {
  const wanted = [...new Set(people)]
  if (wanted.length === 0) return new Map()
  if (isWebConnection(connection)) return accountsInWorkspace(tx, connection, wanted)
  const rows = await tx
    .select()
    .from(account)
    .where(and(eq(account.connectionId, connection), inArray(account.personId, wanted)))
    .orderBy(asc(account.active), asc(account.account))
  return new Map(rows.map((row) => [row.personId ?? '', row]))
}

export async function accountsById(tx: Tx, connection: ConnectionId, ids: Iterable<string>): Promise<ReadonlyMap<string, AccountRow>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  if (isWebConnection(connection)) return accountsInWorkspace(tx, connection, wanted)
  const rows = await tx
    .select()
    .from(account)
    .where(and(eq(account.connectionId, connection), inArray(account.account, wanted)))
  return new Map(rows.map((row) => [row.account, row]))
}

/** In the built-in workspace a person is their account: nothing to match, with or without an address, and nothing to go stale. */
async function accountsInWorkspace(tx: Tx, connection: ConnectionId, ids: readonly string[]): Promise<ReadonlyMap<string, AccountRow>> {
  const found = await peopleById(tx, ids)
  return new Map([...found].map(([id, row]) => [id, accountInWorkspace(connection, row)]))
}

function accountInWorkspace(connection: ConnectionId, row: PersonRow): AccountRow {
  const { organisationId, id, name, email, active } = row
  const kind = row.role === 'guest' ? 'guest' : 'member'
  return { organisationId, connectionId: connection, account: id, personId: id, name, email, kind, active, readAt: new Date(0) }
}

/**
 * Remembers who an account is and matches it with a person by e-mail address. A match once made is kept when the
 * address is hidden later; a bot or a stranger is never matched.
 */
export async function rememberAccount(
  tx: Tx,
  of: { organisation: OrganisationId; connection: ConnectionId },
  profile: AccountProfile,
  at: Date,
) {
  const personId = await personBehind(tx, profile)
  const values = {
    organisationId: of.organisation,
    connectionId: of.connection,
    account: profile.id as string,
    personId,
    name: profile.name,
    email: profile.email,
    kind: profile.kind,
    active: profile.active,
    readAt: at,
  }
  const [row] = await tx
    .insert(account)
    .values(values)
    .onConflictDoUpdate({
      target: [account.organisationId, account.connectionId, account.account],
      set: { ...values, ...(personId === null && profile.email === null && { personId: account.personId }) },
    })
    .returning()
  if (!row) throw new Error('An account that was just written could not be read.')
  return row
}

/** Whom an account belongs to by its address. */
export async function personBehind(tx: Tx, profile: Pick<AccountProfile, 'email' | 'kind'>): Promise<PersonId | null> {
  if (!profile.email || profile.kind === 'bot' || profile.kind === 'stranger') return null
  const [found] = await tx
    .select({ id: person.id })
    .from(person)
    .where(eq(sql`lower(${person.email})`, profile.email.toLowerCase()))
    .limit(1)
  return found ? asPersonId(found.id) : null
}

export function escapeLike(words: string): string {
  return words.replace(/[\\%_]/g, (character) => `\\${character}`)
}

/** Gives a person another address, and matches accounts by it: those with the new one are theirs, those with the old one no longer. */
export async function changePerson(tx: Tx, id: string, email: string): Promise<PersonRow | 'unknown' | 'taken'> {
  const address = email.toLowerCase()
  const [other] = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.email, address), ne(person.id, id)))
    .limit(1)
  if (other) return 'taken'
  await tx.update(person).set({ email: address }).where(eq(person.id, id))
  const row = await personById(tx, id)
  if (!row) return 'unknown'
  await tx
    .update(account)
    .set({ personId: null })
    .where(and(eq(account.personId, id), isNotNull(account.email), ne(account.email, address)))
  await tx
    .update(account)
    .set({ personId: id })
    .where(and(eq(account.email, address), inArray(account.kind, ['member', 'guest'])))
  return row
}
