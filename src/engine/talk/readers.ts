import { inOrganisation } from '../../../db/open.ts'
import { accountsById, peopleById } from '../../../db/people.ts'
import { type AccountId, asConnectionId } from '../../core/ids.ts'
import type { Reader, Readers } from '../../core/shared-link.ts'
import type { News } from '../../ports/inbound.ts'
import { viewerOf } from '../viewer.ts'
import { type Place, whoIs } from './asker.ts'

/** In a chat of more people there is always somebody who may not see it. */
const READERS_MAX = 500
/** Of them, accounts that nobody has looked at yet. */
const LOOKUPS_MAX = 20

/**
 * Everybody who can read a message, where that is known: its author alone in the direct conversation with the app, the complete members of
 * a private chat that the app is in. Where anything stands in the way of knowing, it is not known.
 */
export async function readersOf(
  at: Place,
  { from: { chat }, where }: Extract<News, { kind: 'links-shared' }>,
  sharer: Reader,
): Promise<Readers> {
  if (where === 'direct') return [sharer]
  if (where === 'elsewhere' || !chat) return null
  const state = await at.platform.describe(chat)
  // Anybody may walk into a public chat, and the members of a closed one are frozen.
  if (!state.ok || state.value.isPublic || state.value.state === 'closed') return null
  const members = await at.platform.members(chat)
  if (!members.ok || members.value.length > READERS_MAX) return null
  const known = await accountsIn(at, members.value)
  const strangers = members.value.filter((account) => !known.has(account))
  if (strangers.length > LOOKUPS_MAX) return null
  for (const account of strangers) await whoIs(at, account)
  return [sharer, ...(await readersIn(at, members.value))]
}

/** Other apps in the chat are no readers of ours; an account that could not be read, or is nobody's, is one who may see nothing. */
async function readersIn(at: Place, members: readonly AccountId[]): Promise<readonly Reader[]> {
  const accounts = await accountsIn(at, members)
  const people = await inOrganisation(at.engine.db, at.organisation, (tx) =>
    peopleById(
      tx,
      [...accounts.values()].flatMap(({ personId }) => personId ?? []),
    ),
  )
  return members.flatMap((id): Reader[] => {
    const account = accounts.get(id)
    if (account?.kind === 'bot') return []
    const person = account?.personId ? people.get(account.personId) : undefined
    return [person ? viewerOf(person) : null]
  })
}

const accountsIn = ({ engine, organisation, connection }: Place, ids: readonly AccountId[]) =>
  inOrganisation(engine.db, organisation, (tx) => accountsById(tx, asConnectionId(connection.id), ids))
