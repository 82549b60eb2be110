import { failed, ok, type Result } from '../../src/core/failure.ts'
import { type AccountId, asAccountId } from '../../src/core/ids.ts'
import type { AccountProfile } from '../../src/ports/chat-platform.ts'
import type { Teams } from './chat.ts'
import { type Fields, fieldsOf, idOf, textOf } from './fields.ts'
import { LOOK_UPS_A_CALL } from './limits.ts'
import { readPages } from './pages.ts'

const FIELDS = '$select=id,displayName,mail,userPrincipalName,userType,accountEnabled'
/** Ids in one question; Graph takes fifteen. */
const IDS_A_CALL = 15
const PAGES_MAX = 5

/** By their address for mail, or the name they sign in with. */
export async function resolveEmails(teams: Teams, emails: readonly string[]): Promise<Result<readonly (AccountProfile | null)[]>> {
  const wanted = emails.map((email) => email.trim().toLowerCase())
  const found = new Map<string, AccountProfile>()
  for (let from = 0; from < wanted.length; from += LOOK_UPS_A_CALL) {
    const some = wanted.slice(from, from + LOOK_UPS_A_CALL)
    const users = await readUsers(
      teams,
      some.flatMap((email) => ['mail', 'userPrincipalName'].map((field) => `${field} eq ${quoted(email)}`)),
    )
    if (!users.ok) return users
    for (const user of users.value) {
      for (const field of ['userPrincipalName', 'mail']) {
        const address = textOf(user[field])?.toLowerCase()
        if (address) found.set(address, profileOf(user))
      }
    }
  }
  return ok(wanted.map((email) => found.get(email) ?? null))
}

/** Null for one that this organisation does not have. */
export async function readAccount(teams: Teams, account: AccountId): Promise<Result<AccountProfile | null>> {
  const users = await readAccounts(teams, [account])
  return users.ok ? ok(users.value.get(account) ?? null) : users
}

/** Those of them whom this organisation has. */
export async function readAccounts(teams: Teams, accounts: readonly AccountId[]): Promise<Result<ReadonlyMap<AccountId, AccountProfile>>> {
  const found = new Map<AccountId, AccountProfile>()
  // Only ids of Entra are asked for: others make Graph refuse the whole question.
  const ids = [...new Set(accounts)].filter((account) => /^[0-9a-f-]{36}$/i.test(account))
  for (let from = 0; from < ids.length; from += IDS_A_CALL) {
    const users = await readUsers(
      teams,
      ids.slice(from, from + IDS_A_CALL).map((id) => `id eq ${quoted(id)}`),
    )
    if (!users.ok) return users
    for (const user of users.value) found.set(profileOf(user).id, profileOf(user))
  }
  return ok(found)
}

async function readUsers(teams: Teams, conditions: readonly string[]): Promise<Result<readonly Fields[]>> {
  const path = `/users?${FIELDS}&$filter=${encodeURIComponent(conditions.join(' or '))}`
  const users = await readPages(teams.call, 'users.list', { path }, PAGES_MAX)
  return users.ok || users.failure.code !== 'bad_request' ? users : failed({ ...users.failure, kind: 'refused', mender: 'nobody' })
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

function profileOf(user: Fields): AccountProfile {
  const id = idOf(user)
  if (!id) throw new Error('Microsoft answered with a person who has no id')
  const name = textOf(fieldsOf(user)['userPrincipalName'])
  return {
    id: asAccountId(id),
    name: textOf(user['displayName']) ?? name ?? id,
    email: (textOf(user['mail']) ?? name)?.toLowerCase() ?? null,
    // With the least permission the type is not shown; the name of somebody from outside has this in it.
    kind: textOf(user['userType']) === 'Guest' || name?.includes('#EXT#') ? 'guest' : 'member',
    active: user['accountEnabled'] !== false,
  }
}
