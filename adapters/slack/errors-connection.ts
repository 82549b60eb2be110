import { later, type Meanings, reconnect, SLOW_DOWN_MS, uncertain } from './meaning.ts'

const REMOVED = reconnect(
  'Ringside was removed from the Slack workspace, or its access was revoked. An administrator can connect it again.',
)
const UNKNOWN_FATE = uncertain('Slack reported a fault of its own and may have done a part of it. Ringside looks before it tries again.')

const APP_TOKEN = reconnect(
  'Slack does not accept the app-level token. It begins with xapp, and is made on the page of the Slack app under Basic Information, App-Level Tokens, with the scope connections:write.',
)

/** The connection itself, and the moment. */
export const OF_CONNECTION: Meanings = {
  account_inactive: REMOVED,
  invalid_auth: REMOVED,
  missing_scope: reconnect('Ringside lacks a permission in this Slack workspace. An administrator can install it again and grant it.'),
  not_allowed_token_type: reconnect('Ringside was connected with the wrong kind of token. It needs a bot token, which begins with xoxb.'),
  not_authed: reconnect('Ringside has no access token for this Slack workspace. An administrator can connect it again.'),
  org_login_required: reconnect('The workspace is being moved to another Slack organisation. Connect it again when that is done.'),
  team_access_not_granted: reconnect('Ringside was not granted access to this workspace. An organisation administrator can grant it.'),
  token_expired: reconnect('The access token for this Slack workspace has expired. An administrator can connect it again.'),
  token_revoked: REMOVED,

  // The line of Socket Mode, which has a token of its own.
  'apps.connections.open account_inactive': APP_TOKEN,
  'apps.connections.open forbidden_team': reconnect('Slack does not let this workspace use Socket Mode. Connect it over HTTP instead.'),
  'apps.connections.open invalid_auth': APP_TOKEN,
  'apps.connections.open missing_scope': APP_TOKEN,
  'apps.connections.open not_allowed_token_type': APP_TOKEN,
  'apps.connections.open not_authed': APP_TOKEN,
  'apps.connections.open token_revoked': APP_TOKEN,

  // The moment.
  fatal_error: UNKNOWN_FATE,
  fetch_members_failed: later('Slack could not read the members of the channel just now.'),
  internal_error: UNKNOWN_FATE,
  not_implemented: later('Slack does not do this just now.'),
  rate_limited: later('Slack asks Ringside to slow down.', SLOW_DOWN_MS),
  ratelimit: later('Slack asks Ringside to slow down.', SLOW_DOWN_MS),
  ratelimited: later('Slack asks Ringside to slow down.', SLOW_DOWN_MS),
  request_timeout: later('The request did not reach Slack as a whole.'),
  service_unavailable: UNKNOWN_FATE,
  team_added_to_org: later('The workspace is being moved into a Slack organisation.', 10 * 60_000),
  team_not_found: REMOVED,
  too_many_requests: later('Slack asks Ringside to slow down.', SLOW_DOWN_MS),
}
