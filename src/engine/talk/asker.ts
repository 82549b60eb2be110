import { inOrganisation } from '../../../db/open.ts'
import { accountsById, type PersonRow, personById, rememberAccount } from '../../../db/people.ts'
import { type AccountId, asConnectionId } from '../../core/ids.ts'
import { nowOf } from '../engine.ts'
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

export async function whoIs(at: Omit<Talk, 'asker' | 'from'>, account: AccountId): Promise<Known | Unanswered> {
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
