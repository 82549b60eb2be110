import { failed, ok, type Result } from '../../src/core/failure.ts'
import { type SlackAccess, slackCall } from './call.ts'

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
  const { team_id, team, user_id, enterprise_id, url } = tested.value
  if (typeof team_id !== 'string' || typeof user_id !== 'string') {
    return failed({ kind: 'reconnect', code: 'no_workspace', why: 'This token belongs to no Slack workspace. Ringside needs the bot token of one.' })
  }
  return ok({
    teamId: team_id,
    teamName: String(team ?? team_id),
    botUser: user_id,
    enterpriseId: typeof enterprise_id === 'string' ? enterprise_id : null,
    url: String(url ?? ''),
  })
}
