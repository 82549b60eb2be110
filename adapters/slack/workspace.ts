import { failed, ok, type Result } from '../../src/core/failure.ts'
import { type SlackAccess, slackCall } from './call.ts'
import { textOf } from './fields.ts'

export type SlackWorkspace = {
  readonly teamId: string
  readonly teamName: string
  readonly botUser: string
  readonly enterpriseId: string | null
  /** `https://example.slack.com/` */
  readonly url: string
}

/** Whose token this is. Asked once, when a workspace is connected. */
export async function slackWorkspace(access: SlackAccess): Promise<Result<SlackWorkspace>> {
  const tested = await slackCall(access)('auth.test', {})
  if (!tested.ok) return tested
  const of = (field: string): string | null => textOf(tested.value[field])
  const [teamId, botUser] = [of('team_id'), of('user_id')]
  if (!teamId || !botUser) {
    return failed({
      kind: 'reconnect',
      code: 'no_workspace',
      why: 'This token belongs to no Slack workspace. Ringside needs the bot token of one.',
    })
  }
  return ok({ teamId, botUser, teamName: of('team') ?? teamId, enterpriseId: of('enterprise_id'), url: of('url') ?? '' })
}
