import type { Failure, Mender, Outcome } from '../../src/core/failure.ts'
import { outcomeOf } from '../../src/core/failure.ts'

/** What one of Slack's words means to us. `already` and `impossible` are about one person. */
export type Sorted = Failure | { readonly kind: 'already' } | { readonly kind: 'impossible'; readonly code: string; readonly why: string }

type Meaning =
  | { readonly kind: 'already' }
  | { readonly kind: 'impossible' | 'gone' | 'unreachable' | 'reconnect' | 'uncertain'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string; readonly mender: Mender }
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number }

/** How long to wait where Slack does not say. */
export const LATER_MS = 30_000
/** How long after a 429 that does not say: Slack counts by the minute, and lets a few through again soon. */
export const SLOW_DOWN_MS = 10_000

const refused = (mender: Mender, why: string): Meaning => ({ kind: 'refused', why, mender })
const later = (why: string, afterMs = LATER_MS): Meaning => ({ kind: 'later', why, afterMs })
const impossible = (why: string): Meaning => ({ kind: 'impossible', why })
const unreachable = (why: string): Meaning => ({ kind: 'unreachable', why })
const reconnect = (why: string): Meaning => ({ kind: 'reconnect', why })
const uncertain = (why: string): Meaning => ({ kind: 'uncertain', why })

const HIDDEN = unreachable('The channel was deleted, or Ringside is no longer in it. A member can type /invite @Ringside in it.')
const OUTSIDE = unreachable('Ringside is not in the channel any more. A member can type /invite @Ringside in it.')
const REMOVED = reconnect(
  'Ringside was removed from the Slack workspace, or its access was revoked. An administrator can connect it again.',
)
const OURS = refused('nobody', 'Slack did not take what Ringside asked. This is a fault of Ringside: please report it with the code.')
const OWNER = refused('workspace-owner', 'The settings of this Slack workspace do not allow it. A workspace owner can change them.')
const NO_ACCOUNT = refused('administrator', 'Slack knows no such person in this workspace. An administrator can link the person anew.')
const BAD_NAME = refused('you', 'Slack does not accept this name for a channel. Choose another one.')
const UNKNOWN_FATE = uncertain('Slack reported a fault of its own and may have done a part of it. Ringside looks before it tries again.')
const TOO_LONG = refused('you', 'The text is longer than Slack allows. Make it shorter.')
const SHARED_CONTENT = refused('workspace-owner', 'Slack keeps this content from being shared with the other organisation in this channel.')

/**
 * The one table from Slack's words to ours. `method word` is asked before `word`. Every error Slack documents for a method
 * we call is here, which a test proves; a word that is not here is a refusal that shows the word.
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  // The connection itself.
  account_inactive: REMOVED,
  invalid_auth: REMOVED,
  not_authed: reconnect('Ringside has no access token for this Slack workspace. An administrator can connect it again.'),
  token_expired: reconnect('The access token for this Slack workspace has expired. An administrator can connect it again.'),
  token_revoked: REMOVED,
  missing_scope: reconnect('Ringside lacks a permission in this Slack workspace. An administrator can install it again and grant it.'),
  not_allowed_token_type: reconnect('Ringside was connected with the wrong kind of token. It needs a bot token, which begins with xoxb.'),
  org_login_required: reconnect('The workspace is being moved to another Slack organisation. Connect it again when that is done.'),
  team_access_not_granted: reconnect('Ringside was not granted access to this workspace. An organisation administrator can grant it.'),

  // The workspace's rules.
  access_denied: OWNER,
  accesslimited: OWNER,
  app_access_restricted: OWNER,
  app_cannot_join_channel: OWNER,
  cannot_create_channel: refused(
    'workspace-owner',
    'Ringside may not create channels in this workspace. A workspace owner can allow it under Settings, Permissions, Channel management.',
  ),
  canvas_disabled_user_team: OWNER,
  channel_is_limited_access: OWNER,
  ekm_access_denied: refused(
    'workspace-owner',
    'The workspace keeps its messages under its own key and has suspended access. A workspace owner can lift that.',
  ),
  enterprise_is_restricted: OWNER,
  no_external_invite_permission: refused('workspace-owner', 'Ringside may not invite people from outside. A workspace owner can allow it.'),
  no_permission: OWNER,
  restricted_action: OWNER,
  'conversations.create restricted_action': refused(
    'workspace-owner',
    'Ringside may not create private channels. A workspace owner can allow it under Settings, Permissions, Channel management.',
  ),
  'conversations.kick restricted_action': refused(
    'workspace-owner',
    'Slack does not let Ringside remove people. A workspace owner can allow it under Settings, Permissions, Channel management, "People who can remove members from private channels".',
  ),
  restricted_action_non_threadable_channel: OWNER,
  restricted_action_read_only_channel: OWNER,
  restricted_action_thread_locked: OWNER,
  restricted_action_thread_only_channel: OWNER,
  send_on_behalf_not_allowed: OWNER,
  slack_connect_canvas_sharing_blocked: SHARED_CONTENT,
  slack_connect_file_link_sharing_blocked: SHARED_CONTENT,
  slack_connect_lists_sharing_blocked: SHARED_CONTENT,
  two_factor_setup_required: refused('workspace-owner', 'The workspace asks for two-factor authentication, which has to be set up first.'),

  // The channel.
  cannot_reply_to_message: OURS,
  channel_not_found: HIDDEN,
  external_channel_migrating: later('The channel is being moved to another workspace.'),
  is_archived: refused('member', 'The channel is archived. A member can unarchive it and then type /invite @Ringside in it.'),
  messages_tab_disabled: refused('administrator', 'Direct messages from Ringside are switched off in the settings of its Slack app.'),
  method_not_supported_for_channel_type: OURS,
  name_taken: refused(
    'you',
    'Another channel has this name, perhaps an archived one or one that Ringside does not see. Choose another name.',
  ),
  invalid_name: BAD_NAME,
  invalid_name_maxlength: BAD_NAME,
  invalid_name_punctuation: BAD_NAME,
  invalid_name_required: BAD_NAME,
  invalid_name_specials: BAD_NAME,
  no_channel: BAD_NAME,
  not_in_channel: OUTSIDE,
  team_not_found: REMOVED,
  too_long: TOO_LONG,

  // The person.
  already_in_channel: { kind: 'already' },
  cant_invite: refused(
    'workspace-owner',
    'Slack does not let this person be invited to the channel. A workspace owner can see why under Manage members.',
  ),
  cant_invite_self: impossible('Ringside itself is no member that could be added.'),
  cant_kick_from_general: impossible('Slack lets nobody be removed from the general channel.'),
  cant_kick_self: impossible('Ringside itself is no member that could be removed.'),
  invalid_user_combination: NO_ACCOUNT,
  invitee_cant_see_channel: refused(
    'workspace-owner',
    'This person belongs to a workspace that does not have the channel. A workspace owner can share it.',
  ),
  not_supported: refused('nobody', 'Slack does not let people be removed from this kind of channel.'),
  org_user_not_in_team: refused(
    'workspace-owner',
    'This person is in the organisation and not in this workspace. A workspace owner can add them.',
  ),
  ura_max_channels: refused(
    'workspace-owner',
    'A single-channel guest can be in one channel only. A workspace owner can make them a multi-channel guest.',
  ),
  user_disabled: refused('workspace-owner', 'The account of this person is switched off. A workspace owner can switch it on.'),
  user_is_restricted: refused('workspace-owner', 'Slack does not let guests do that. A workspace owner can make the person a full member.'),
  user_not_found: NO_ACCOUNT,
  user_not_in_channel: refused('nobody', 'The person is not in the channel.'),
  user_not_visible: refused('workspace-owner', 'Slack does not show this person to Ringside.'),
  users_not_found: NO_ACCOUNT,

  // The moment.
  fatal_error: UNKNOWN_FATE,
  internal_error: UNKNOWN_FATE,
  service_unavailable: UNKNOWN_FATE,
  fetch_members_failed: later('Slack could not read the members of the channel just now.'),
  message_limit_exceeded: refused('workspace-owner', 'The workspace has used up its messages. A workspace owner can change the plan.'),
  rate_limited: later('Slack asks Ringside to slow down.', SLOW_DOWN_MS),
  ratelimited: later('Slack asks Ringside to slow down.', SLOW_DOWN_MS),
  request_timeout: later('The request did not reach Slack as a whole.'),
  team_added_to_org: later('The workspace is being moved into a Slack organisation.', 10 * 60_000),

  // What only a fault of ours can cause.
  as_user_not_supported: OURS,
  attachment_payload_limit_exceeded: TOO_LONG,
  deprecated_endpoint: OURS,
  draft_already_deleted: OURS,
  draft_already_sent: OURS,
  draft_has_conflict: OURS,
  draft_not_found: OURS,
  duplicate_channel_not_found: OURS,
  duplicate_message_not_found: OURS,
  invalid_arg_name: OURS,
  invalid_arguments: OURS,
  invalid_array_arg: OURS,
  invalid_attachments: OURS,
  invalid_blocks: OURS,
  invalid_blocks_format: OURS,
  invalid_charset: OURS,
  invalid_cursor: OURS,
  invalid_form_data: OURS,
  invalid_limit: OURS,
  invalid_metadata_format: OURS,
  invalid_metadata_schema: OURS,
  invalid_post_type: OURS,
  invalid_types: OURS,
  markdown_text_conflict: OURS,
  metadata_must_be_sent_from_app: OURS,
  metadata_too_large: OURS,
  method_deprecated: OURS,
  missing_argument: OURS,
  missing_file_data: OURS,
  missing_post_type: OURS,
  msg_blocks_too_long: TOO_LONG,
  msg_too_long: TOO_LONG,
  no_text: OURS,
  no_user: OURS,
  not_enough_users: OURS,
  too_many_attachments: OURS,
  too_many_contact_cards: OURS,
  too_many_users: OURS,
  users_list_not_supplied: OURS,
}

export function isSorted(method: string, word: string): boolean {
  return `${method} ${word}` in MEANINGS || word in MEANINGS
}

const UNKNOWN_WORD = 'slack_'

/** Is this the code of a word that Slack does not document? */
export const isUnknownWord = (code: string): boolean => code.startsWith(UNKNOWN_WORD)

export function sort(method: string, word: string): Sorted {
  const meaning = MEANINGS[`${method} ${word}`] ?? MEANINGS[word]
  if (!meaning)
    return {
      kind: 'refused',
      code: `${UNKNOWN_WORD}${word}`,
      why: `Slack said no, with a word Ringside does not know: ${word}.`,
      mender: 'nobody',
    }
  return meaning.kind === 'already' ? meaning : { ...meaning, code: word }
}

/** Of a whole call. */
export function failureOf(method: string, word: string): Failure {
  const sorted = sort(method, word)
  if (sorted.kind === 'impossible') return { ...sorted, kind: 'refused', mender: 'nobody' }
  return sorted.kind === 'already' ? { kind: 'refused', code: word, why: 'It is so already.', mender: 'nobody' } : sorted
}

/** Of one person. */
export function outcomeOfWord(method: string, word: string): Outcome {
  const sorted = sort(method, word)
  return sorted.kind === 'already' || sorted.kind === 'impossible' ? sorted : outcomeOf(sorted)
}

/** Of a call that was about one person alone. */
export function outcomeOfOne(method: string, failure: Failure): Outcome {
  const sorted = sort(method, failure.code)
  return sorted.kind === 'already' || sorted.kind === 'impossible' ? sorted : outcomeOf(failure)
}
