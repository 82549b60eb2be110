import { signedHeaders } from '../fakes/slack/signing.ts'

export const SECRET = 'bench-signing-secret'
export const TEAM = 'T0BENCH'

export type Payload = { readonly body: string; readonly headers: Readonly<Record<string, string>> }

/** Signed events of a member who joined, each with an id of its own, shaped as Slack documents them. */
export function memberEvents(round: string, count: number): readonly Payload[] {
  const seconds = Math.floor(Date.now() / 1000)
  return Array.from({ length: count }, (_, number) => {
    const body = JSON.stringify(envelope(`Ev${round}${String(number).padStart(6, '0')}`, number, seconds))
    return { body, headers: { 'content-type': 'application/json', ...signedHeaders(SECRET, body, seconds) } }
  })
}

function envelope(eventId: string, number: number, seconds: number) {
  return {
    token: 'deprecated-verification-token',
    team_id: TEAM,
    context_team_id: TEAM,
    context_enterprise_id: null,
    api_app_id: 'A0BENCH',
    event: {
      type: 'member_joined_channel',
      user: `U${String(number % 500).padStart(8, '0')}`,
      channel: `C${String(number % 200).padStart(8, '0')}`,
      channel_type: 'C',
      team: TEAM,
      inviter: 'U0INVITER',
      event_ts: `${seconds}.${String(number).padStart(6, '0')}`,
    },
    type: 'event_callback',
    event_id: eventId,
    event_time: seconds,
    authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: 'U0BOT', is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
  }
}
