import { type Outcome, outcomeOf } from '../../src/core/failure.ts'
import type { AccountId, ChatId } from '../../src/core/ids.ts'
import type { AccountProfile, History } from '../../src/ports/chat-platform.ts'
import { readAccounts } from './accounts.ts'
import { ADD_MAX } from './capabilities.ts'
import { pathOf, readMemberships, type Teams } from './chat.ts'
import { failureOf, outcomeOfOne } from './failure.ts'
import type { Fields } from './fields.ts'

const DONE: Outcome = { kind: 'done' }
const ALREADY: Outcome = { kind: 'already' }
/** From the first message on. Without a date somebody sees none of what was said before. */
const FROM_THE_BEGINNING = '0001-01-01T00:00:00Z'

/** Teams adds one person a call, and four a minute. After a failure that is not about the person, the others are not tried. */
export async function addPeople(teams: Teams, chat: ChatId, accounts: readonly AccountId[], history: History): Promise<readonly Outcome[]> {
  if (accounts.length > ADD_MAX) throw new Error(`Asked to add ${accounts.length} people, at most ${ADD_MAX}`)
  // Who they are is asked first: a guest needs another role, and a try that fails counts among the four of a minute.
  const known = await readAccounts(teams, accounts)
  if (!known.ok) return accounts.map(() => outcomeOf(known.failure))
  return oneByOne(accounts, async (account) => {
    const profile = known.value.get(account)
    if (!profile) return outcomeOf(failureOf('member.add', 'request_resource_not_found'))
    const added = await teams.call('member.add', { path: `${pathOf(chat)}/members`, body: memberOf(profile, history), chat })
    return added.ok ? DONE : outcomeOfOne('member.add', added.failure)
  })
}

/**
 * Who comes back sees nothing of what was said before by our doing: what they saw when they were last inside is not known to us, and
 * Teams leaves it with them.
 */
function memberOf(profile: AccountProfile, history: History): Fields {
  return { ...personOf(profile), ...(history === 'all' && { visibleHistoryStartDateTime: FROM_THE_BEGINNING }) }
}

/** Somebody of this organisation has to be an owner, and a guest must not be one. */
export const personOf = ({ id, kind }: AccountProfile): Fields => ({
  '@odata.type': '#microsoft.graph.aadUserConversationMember',
  roles: [kind === 'guest' ? 'guest' : 'owner'],
  'user@odata.bind': `https://graph.microsoft.com/v1.0/users('${id}')`,
})

/** A place in a chat is taken away by its own id, so the places are read first. Who has none was taken out already. */
export async function removePeople(teams: Teams, chat: ChatId, accounts: readonly AccountId[]): Promise<readonly Outcome[]> {
  if (accounts.length === 0) return []
  const memberships = await readMemberships(teams, chat)
  if (!memberships.ok) return accounts.map(() => outcomeOf(memberships.failure))
  return oneByOne(accounts, async (account) => {
    const place = memberships.value.find(({ user }) => user === account)
    if (!place) return ALREADY
    const removed = await teams.call('member.remove', { path: `${pathOf(chat)}/members/${encodeURIComponent(place.id)}`, chat })
    return removed.ok ? DONE : outcomeOfOne('member.remove', removed.failure)
  })
}

async function oneByOne(accounts: readonly AccountId[], act: (account: AccountId) => Promise<Outcome>): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let stopped: Outcome | null = null
  for (const account of accounts) {
    const outcome: Outcome = stopped ?? (await act(account))
    stopped ??= untried(outcome)
    outcomes.push(outcome)
  }
  return outcomes
}

/** What the people after this one get without another call; null: go on. */
function untried(outcome: Outcome): Outcome | null {
  if (outcome.kind === 'later') return outcome
  if (outcome.kind !== 'uncertain') return null
  const why = 'Microsoft did not answer clearly about somebody else, so this was not tried.'
  return { kind: 'later', code: 'not_tried', why, afterMs: 1000 }
}
