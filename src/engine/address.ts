import { inOrganisation } from '../../db/open.ts'
import { type ConnectionRow, connectionsIn, organisationOf } from '../../db/organisations.ts'
import { accountsOf, type AccountRow, personById, rememberAccount } from '../../db/people.ts'
import { type AccountId, asAccountId, asConnectionId, type OrganisationId } from '../core/ids.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { type Engine, nowOf, RECONNECT_MS } from './engine.ts'

/** Where a person is reached in the chat system in which their organisation discusses. */
export type Address =
  | { readonly platform: ChatPlatform; readonly account: AccountId }
  /** Not known at this moment, and why. */
  | { readonly again: string; readonly afterMs: number }
  /** Nowhere: what became of telling them, in the words of `src/engine/direct.ts`. */
  | { readonly never: string }

const NOT_CONNECTED = { again: 'The chat system is not connected.', afterMs: RECONNECT_MS } as const

export async function addressOf(engine: Engine, organisation: OrganisationId, personId: string): Promise<Address> {
  const known = await inOrganisation(engine.db, organisation, async (tx) => {
    const { discussIn } = await organisationOf(tx, organisation)
    const person = await personById(tx, personId)
    const connections = discussIn === 'web' ? [] : (await connectionsIn(tx, discussIn)).filter(({ state }) => state === 'connected')
    const accounts: (readonly [ConnectionRow, AccountRow])[] = []
    for (const one of connections) {
      const row = (await accountsOf(tx, asConnectionId(one.id), [personId])).get(personId)
      if (row) accounts.push([one, row])
    }
    return { discussIn, person, connections, accounts }
  })
  const { discussIn, person, connections, accounts } = known
  if (discussIn === 'web') return { never: 'unneeded: The organisation discusses in the web workspace.' }
  if (!person?.active) return { never: 'unneeded: This person is switched off.' }
  if (connections.length === 0) return NOT_CONNECTED

  const [at] = accounts.toSorted(([, one], [, other]) => Number(other.active) - Number(one.active))
  if (!at) return findAddress(engine, organisation, person, connections)
  const [connection, { account, active }] = at
  const platform = engine.platformOf(connection)
  if (!platform) return NOT_CONNECTED
  return active ? { platform, account: asAccountId(account) } : { never: `unreached: The account in ${connection.title} is switched off.` }
}

/** Somebody whom no chat has needed yet is looked for by their address. */
async function findAddress(
  engine: Engine,
  organisation: OrganisationId,
  { name, email }: { readonly name: string; readonly email: string | null },
  connections: readonly ConnectionRow[],
): Promise<Address> {
  if (!email) return { never: `unreached: ${name} has no e-mail address to find the account by.` }
  for (const connection of connections) {
    const platform = engine.platformOf(connection)
    if (!platform) return NOT_CONNECTED
    const found = await platform.resolve([email])
    if (!found.ok) return { again: found.failure.why, afterMs: found.failure.kind === 'later' ? found.failure.afterMs : RECONNECT_MS }
    const [profile] = found.value
    if (!profile) continue
    const of = { organisation, connection: asConnectionId(connection.id) }
    await inOrganisation(engine.db, organisation, (tx) => rememberAccount(tx, of, profile, nowOf(engine)))
    return profile.active ? { platform, account: profile.id } : { never: `unreached: The account in ${connection.title} is switched off.` }
  }
  return { never: `unreached: Nobody has the address ${email} in ${connections.map(({ title }) => title).join(' or ')}.` }
}
