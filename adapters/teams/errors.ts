import { already, forbidden, later, type Meanings, OURS, reconnect, refused, uncertain, unreachable } from './meaning.ts'

const OUTSIDE = unreachable(
  'Ringside is not in this chat any more, or may not see it. A member can add the app Ringside to the chat again.',
)
const NOT_FOUND = unreachable('Teams does not find this chat any more: it was deleted, or Ringside may not see it.')
const NO_ACCOUNT = refused(
  'administrator',
  'Microsoft 365 knows no such person in this organisation. An administrator can link the person anew.',
)
const NO_CONSENT = reconnect(
  'Microsoft 365 lacks the consent that Ringside needs for this. An administrator of Microsoft 365 can connect Teams again and agree to all of it.',
)
const NOT_INSTALLED = refused(
  'workspace-owner',
  'This person has no conversation with Ringside in Teams. An administrator of Teams can install the app for everybody, under Setup policies.',
)
const APP_MISSING =
  'Teams does not offer the app Ringside in this organisation. An administrator of Teams can upload or allow it under Manage apps.'
const TOO_FAST = later('Microsoft asked Ringside to wait.', 10_000)
const UNWELL = uncertain('Microsoft had a problem while it answered. Ringside looks before it tries again.')
const FULL = refused('member', 'The chat has as many members as Teams allows. Somebody has to leave it first.')

/**
 * Microsoft's words, from the `error.code` of Graph and of the bot service, from the inner error, and of an answer without any word from
 * its status. `operation word` is asked before `word`.
 */
export const ERRORS: Meanings = {
  // The connection.
  invalid_authentication_token: reconnect(
    'Microsoft does not accept the access of Ringside any more. An administrator can connect Teams again.',
  ),
  unauthorized: reconnect('Microsoft does not accept the access of Ringside any more. An administrator can connect Teams again.'),
  authorization_request_denied: NO_CONSENT,
  missing_scope: NO_CONSENT,
  insufficient_privileges: NO_CONSENT,
  authorization_identity_not_found: NO_CONSENT,
  // A 403 where the tenant as a whole is asked is a permission that nobody gave; where a chat is asked, it is the chat.
  'chat.create forbidden': NO_CONSENT,
  'chats.list forbidden': NO_CONSENT,
  'users.list forbidden': NO_CONSENT,
  'app.find forbidden': NO_CONSENT,
  'app.install forbidden': NO_CONSENT,
  'organisation.read forbidden': NO_CONSENT,
  license_required: forbidden('Microsoft 365 has no licence for this. Whoever administers it can assign one.'),
  payment_required: forbidden('Microsoft asks for a licence for this. Whoever administers Microsoft 365 can assign one.'),

  // A chat.
  forbidden: OUTSIDE,
  access_denied: OUTSIDE,
  insufficient_permissions: OUTSIDE,
  bot_not_in_conversation_roster: OUTSIDE,
  conversation_not_found: NOT_FOUND,
  conversation_blocked_by_user: refused('you', 'This person has blocked Ringside in Teams, and can unblock it in the profile of the app.'),
  not_found: NOT_FOUND,
  item_not_found: NOT_FOUND,
  resource_not_found: NOT_FOUND,
  thread_not_found: NOT_FOUND,
  gone: NOT_FOUND,
  locked: refused('workspace-owner', 'Microsoft has locked this chat. An administrator of Microsoft 365 can say why.'),

  // The app.
  'app.install conflict': already,
  'app.install already_exists': already,
  'app.install not_found': refused('workspace-owner', APP_MISSING),
  'app.find not_found': refused('workspace-owner', APP_MISSING),
  app_blocked_by_policy: forbidden('A policy of Teams blocks the app Ringside. An administrator of Teams can allow it under Manage apps.'),

  // One person.
  'member.add conflict': already,
  'member.add already_exists': already,
  'member.add not_found': NO_ACCOUNT,
  'member.add bad_request': refused(
    'administrator',
    'Teams does not take this person into the chat. Their account may have no licence for Teams.',
  ),
  'member.remove not_found': already,
  'member.remove forbidden': refused('member', 'Teams does not let Ringside take this person out. A member of the chat can do it.'),
  'member.remove bad_request': refused('member', 'Teams does not let Ringside take this person out. A member of the chat can do it.'),
  acl_check_failed: refused(
    'workspace-owner',
    'A policy of Microsoft 365 does not let this person into the chat. Whoever administers it can see why.',
  ),
  'users.list not_found': NO_ACCOUNT,
  'users.list bad_request': NO_ACCOUNT,
  request_resource_not_found: NO_ACCOUNT,
  max_members_exceeded: FULL,
  thread_members_limit_exceeded: FULL,
  'person.open forbidden': NOT_INSTALLED,
  'person.open not_found': NOT_INSTALLED,
  'person.open bad_request': NOT_INSTALLED,
  'person.open bad_syntax': NOT_INSTALLED,
  'person.open bot_not_in_conversation_roster': NOT_INSTALLED,

  // What was asked.
  'chat.create bad_request': refused(
    'administrator',
    'Teams opened no chat for these people. One of them may have no licence for Teams, or be from another organisation.',
  ),
  'chat.create conflict': uncertain('Teams says that there is such a chat already. Ringside looks for it.'),
  'chat.rename bad_request': refused('you', 'Teams does not accept this name for a chat. Choose another one.'),
  bad_request: OURS,
  invalid_request: OURS,
  bad_argument: OURS,
  bad_syntax: OURS,
  method_not_allowed: OURS,
  not_acceptable: OURS,
  unsupported_media_type: OURS,
  unprocessable_entity: OURS,
  length_required: OURS,
  message_size_too_big: OURS,
  request_entity_too_large: OURS,
  conflict: uncertain('Microsoft says that this changed meanwhile. Ringside looks before it tries again.'),
  precondition_failed: later('Microsoft was not ready for this yet.', 2_000),
  not_implemented: refused('nobody', 'Microsoft does not offer this in the cloud of this organisation.'),

  // Time.
  too_many_requests: TOO_FAST,
  throttled: TOO_FAST,
  activity_limit_reached: TOO_FAST,
  quota_limit_reached: later('This organisation has used up what Microsoft allows for now.', 10 * 60_000),
  bandwidth_limit_exceeded: later('Microsoft asked Ringside to wait.', 60_000),
  request_timeout: UNWELL,
  internal_server_error: UNWELL,
  general_exception: UNWELL,
  unknown_error: UNWELL,
  bad_gateway: UNWELL,
  service_not_available: UNWELL,
  service_unavailable: UNWELL,
  gateway_timeout: UNWELL,
  insufficient_storage: refused(
    'workspace-owner',
    'This organisation has no storage left at Microsoft. Whoever administers it can add some.',
  ),
}

/** The word for an answer that has none. */
export const WORD_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  402: 'payment_required',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  408: 'request_timeout',
  409: 'conflict',
  410: 'gone',
  411: 'length_required',
  412: 'precondition_failed',
  413: 'request_entity_too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable_entity',
  423: 'locked',
  429: 'too_many_requests',
  500: 'internal_server_error',
  501: 'not_implemented',
  502: 'bad_gateway',
  503: 'service_unavailable',
  504: 'gateway_timeout',
  507: 'insufficient_storage',
  509: 'bandwidth_limit_exceeded',
}
