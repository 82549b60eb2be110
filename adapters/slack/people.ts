import { type Failure, type Outcome, outcomeOf } from '../../src/core/failure.ts'
import type { AccountId, ChatId } from '../../src/core/ids.ts'
import type { History } from '../../src/ports/chat-platform.ts'
import { type Called, namesEverybody, peopleIn, type PersonError } from './call.ts'
import { ADD_MAX } from './capabilities.ts'
import { readChannel, type Slack } from './channel.ts'
import { isUnknownWord, outcomeOfOne, outcomeOfWord } from './failure.ts'
import { once } from './once.ts'

const DONE: Outcome = { kind: 'done' }
const ALREADY: Outcome = { kind: 'already' }

/** Refusals that are about one person, so that the others may still be added without them. */
const PERSONAL: ReadonlySet<string> = new Set([
  'already_in_channel',
  'app_cannot_join_channel',
  'cant_invite',
  'cant_invite_self',
  'invitee_cant_see_channel',
  'no_external_invite_permission',
  'org_user_not_in_team',
  'ura_max_channels',
  'user_disabled',
  'user_is_restricted',
  'user_not_found',
  'user_not_visible',
])

/** One call for all, which invites whom it can and names the others. */
export async function addPeople(slack: Slack, chat: ChatId, accounts: readonly AccountId[], history: History): Promise<readonly Outcome[]> {
  if (typeof history !== 'string') throw new Error('Slack cannot hide history, and nobody can hold a token that says it can')
  if (accounts.length > ADD_MAX) throw new Error(`Asked to add ${accounts.length} people, at most ${ADD_MAX}`)
  if (accounts.length === 0) return []
  const called = await invite(slack, chat, accounts)
  if (called.ok && namesEverybody(called.value)) return accounts.map((account) => outcomeFor(account, peopleIn(called.value)) ?? DONE)
  if (called.ok) return addTheUnnamed(slack, chat, accounts, peopleIn(called.value))
  if (accounts.length === 1) return [alone(accounts[0]!, called)]
  if (called.errors.length === 0 && !mayBePersonal(called.failure)) return accounts.map(() => outcomeOf(called.failure))
  return addTheUnnamed(slack, chat, accounts, called.errors)
}

/** A word nobody knows may be about one person as well; the others need not wait for somebody to find out. */
const mayBePersonal = ({ kind, code }: Failure): boolean => PERSONAL.has(code) || (kind === 'refused' && isUnknownWord(code))

const invite = (slack: Slack, chat: ChatId, accounts: readonly AccountId[]) =>
  slack.call('conversations.invite', { channel: chat, users: [...new Set(accounts)].join(','), force: true })

/** Slack refused because of some people, and it is not plain of whom: whoever it did not name is asked for alone. */
async function addTheUnnamed(slack: Slack, chat: ChatId, accounts: readonly AccountId[], errors: readonly PersonError[]) {
  const outcomes: Outcome[] = []
  let stopped: Outcome | null = null
  for (const account of accounts) {
    const named = outcomeFor(account, errors)
    const outcome: Outcome = named ?? stopped ?? (await addAlone(slack, chat, account))
    if (!named) stopped ??= untried(outcome)
    outcomes.push(outcome)
  }
  return outcomes
}

async function addAlone(slack: Slack, chat: ChatId, account: AccountId): Promise<Outcome> {
  const called = await invite(slack, chat, [account])
  return called.ok ? (outcomeFor(account, peopleIn(called.value)) ?? DONE) : alone(account, called)
}

const alone = (account: AccountId, called: Extract<Called, { ok: false }>): Outcome =>
  outcomeFor(account, called.errors) ?? outcomeOfOne('conversations.invite', called.failure)

function outcomeFor(account: AccountId, errors: readonly PersonError[]): Outcome | null {
  const error = errors.find(({ user }) => user === account)
  return error ? outcomeOfWord('conversations.invite', error.error) : null
}

/** Slack removes one person a call. After a failure that is not about the person, the others are not tried. */
export async function removePeople(slack: Slack, chat: ChatId, accounts: readonly AccountId[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  const absent = once(() => whyAbsent(slack, chat))
  let stopped: Outcome | null = null
  for (const account of accounts) {
    const outcome: Outcome = stopped ?? (await removeOne(slack, chat, account, absent))
    stopped ??= untried(outcome)
    outcomes.push(outcome)
  }
  return outcomes
}

async function removeOne(slack: Slack, chat: ChatId, account: AccountId, absent: () => Promise<Failure | null>): Promise<Outcome> {
  const kicked = await slack.call('conversations.kick', { channel: chat, user: account })
  if (kicked.ok) return DONE
  if (kicked.failure.code !== 'not_in_channel') return outcomeOfOne('conversations.kick', kicked.failure)
  const failure = await absent()
  return failure ? outcomeOf(failure) : ALREADY
}

/** `not_in_channel` can mean the person or the app; the channel itself says which. Null: it was the person. */
async function whyAbsent(slack: Slack, chat: ChatId): Promise<Failure | null> {
  const channel = await readChannel(slack, chat)
  return channel.ok ? null : channel.failure
}

/** What the people after this one get without another call; null: go on. */
function untried(outcome: Outcome): Outcome | null {
  if (outcome.kind === 'later') return outcome
  if (outcome.kind !== 'uncertain') return null
  return {
    kind: 'later',
    code: 'not_tried',
    why: 'Slack did not answer clearly about somebody else, so this was not tried.',
    afterMs: 1000,
  }
}
