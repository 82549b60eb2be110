import { type Meanings, OURS, reconnect, refused } from './meaning.ts'

const OUR_APP = refused(
  'administrator',
  'Slack does not know the app by its client id and secret. Compare SLACK_CLIENT_ID and SLACK_CLIENT_SECRET with the Slack app, under Basic Information.',
)
const STALE_CODE = refused('you', 'What Slack sent along is not good any more. Begin again.')

/** Letting the app in, and renewing its access. */
export const OF_INSTALL: Meanings = {
  bad_client_secret: OUR_APP,
  bad_redirect_uri: refused(
    'administrator',
    'Slack does not know the address it is to come back to. It has to stand in the Slack app under OAuth & Permissions, Redirect URLs, and PUBLIC_URL has to begin it.',
  ),
  cannot_install_an_org_installed_app: refused(
    'administrator',
    'Ringside is installed to the whole Slack organisation already. An organisation administrator can grant it this workspace.',
  ),
  invalid_client_id: OUR_APP,
  invalid_code: STALE_CODE,
  invalid_code_verifier: OURS,
  invalid_grant_type: OURS,
  invalid_refresh_token: reconnect('Slack does not renew the access of Ringside any more. An administrator can connect it again.'),
  no_scopes: OURS,
  not_bearer_token: OURS,
  oauth_authorization_url_mismatch: STALE_CODE,
  pkce_not_allowed: OURS,
  preview_feature_not_available: OURS,
  user_email_unverified: refused('you', 'Slack asks you to confirm your e-mail address first. Then connect Ringside again.'),
}
