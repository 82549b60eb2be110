import { ok, type Result } from '../../src/core/failure.ts'
import { type AccountId, asAccountId } from '../../src/core/ids.ts'
import type { AccountProfile } from '../../src/ports/chat-platform.ts'
import type { Slack } from './channel.ts'
import { fieldsOf, textOf } from './fields.ts'

/** Slack's answer about somebody it does not have, or does not show us. It does not find deactivated people by e-mail. */
const NOBODY: ReadonlySet<string> = new Set(['users_not_found', 'user_not_found', 'user_not_visible'])

export async function resolveEmails(slack: Slack, emails: readonly string[]): Promise<Result<readonly (AccountProfile | null)[]>> {
  const profiles: (AccountProfile | null)[] = []
  for (const email of emails) {
    const profile = await readProfile(slack, 'users.lookupByEmail', { email: email.trim().toLowerCase() })
    if (!profile.ok) return profile
    profiles.push(profile.value)
  }
  return ok(profiles)
}

export const readAccount = (slack: Slack, account: AccountId): Promise<Result<AccountProfile | null>> =>
  readProfile(slack, 'users.info', { user: account })

async function readProfile(
  slack: Slack,
  method: 'users.lookupByEmail' | 'users.info',
  args: Readonly<Record<string, string>>,
): Promise<Result<AccountProfile | null>> {
  const answer = await slack.call(method, args)
  if (answer.ok) return ok(profileOf(answer.value['user'] as SlackUser))
  return NOBODY.has(answer.failure.code) ? ok(null) : answer
}

/** What we take from Slack's user. */
type SlackUser = {
  readonly id: string
  readonly name?: string
  readonly real_name?: string
  readonly deleted?: boolean
  readonly is_bot?: boolean
  readonly is_stranger?: boolean
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  readonly profile?: { readonly email?: string; readonly real_name?: string }
}

function profileOf(user: SlackUser): AccountProfile {
  return {
    id: asAccountId(user.id),
    name: user.profile?.real_name || user.real_name || user.name || user.id,
    email: user.profile?.email?.toLowerCase() ?? null,
    kind: kindOf(user),
    active: user.deleted !== true,
  }
}

/** What an event says of somebody, where it says as much as an answer would; null where it leaves out any of it. */
export function wholeProfile(value: unknown): AccountProfile | null {
  const user = fieldsOf(value)
  const said = [user['deleted'], user['is_bot'], user['is_restricted'], user['is_ultra_restricted']]
  const whole = said.every((one) => typeof one === 'boolean') && textOf(fieldsOf(user['profile'])['email']) !== null
  return whole ? profileOf(value as SlackUser) : null
}

function kindOf(user: SlackUser): AccountProfile['kind'] {
  // Slackbot does not call itself a bot.
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot'
  if (user.is_stranger) return 'stranger'
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member'
}
