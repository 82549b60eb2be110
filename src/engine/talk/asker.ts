import type { InboxRow } from '../../../db/inbox.ts'
import { inOrganisation } from '../../../db/open.ts'
import { connectionById } from '../../../db/organisations.ts'
import { accountsById, type PersonRow, personById, rememberAccount } from '../../../db/people.ts'
import { type AccountId, asConnectionId, asOrganisationId } from '../../core/ids.ts'
import { type Engine, NOT_CONNECTED_MS, nowOf } from '../engine.ts'
import type { AccountProfile } from '../../ports/chat-platform.ts'
import type { Talk } from './talk.ts'

type Unanswered = { readonly again: string; readonly afterMs: number }

/** The person behind an account; null for somebody whom no person could be matched with. */
export type Known = {
  readonly person: PersonRow | null
  readonly name: string | null
  readonly email: string | null
  readonly kind: AccountProfile['kind']
  readonly active: boolean
}

const UNREAD_MS = 5_000

export type Place = Omit<Talk, 'asker' | 'from'>

/** Where something that was written down came from, and who sent it; or when to ask again. */
export async function whoSent(
  engine: Engine,
  row: InboxRow,
  account: AccountId,
): Promise<{ readonly at: Place; readonly asker: Known } | Unanswered> {
  const organisation = asOrganisationId(row.organisationId)
  const connection = await inOrganisation(engine.db, organisation, (tx) => connectionById(tx, row.connectionId))
  const platform = engine.platformOf(connection)
  if (!platform) return { again: 'not_connected', afterMs: NOT_CONNECTED_MS }
  const at = { engine, organisation, connection, platform }
  const asker = await whoIs(at, account)
  return 'again' in asker ? asker : { at, asker }
}

export async function whoIs(at: Place, account: AccountId): Promise<Known | Unanswered> {
  const { engine, organisation, platform } = at
  const of = { organisation, connection: asConnectionId(at.connection.id) }
  const known = await inOrganisation(engine.db, organisation, async (tx) => {
    const row = (await accountsById(tx, of.connection, [account])).get(account)
    const person = row?.personId ? await personById(tx, row.personId) : null
    return row && person ? { person, name: person.name, email: person.email, kind: row.kind, active: row.active } : null
  })
  if (known) return known

  const profile = await platform.profile(account)
  if (!profile.ok) return { again: profile.failure.code, afterMs: profile.failure.kind === 'later' ? profile.failure.afterMs : UNREAD_MS }
  const found = profile.value
  if (!found) return { person: null, name: null, email: null, kind: 'stranger', active: true }
  return inOrganisation(engine.db, organisation, async (tx) => {
    const row = await rememberAccount(tx, of, found, nowOf(engine))
    const { name, email, kind, active } = row
    return { person: row.personId ? await personById(tx, row.personId) : null, name, email, kind, active }
  })
}
