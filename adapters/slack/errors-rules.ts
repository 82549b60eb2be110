import { forbidden, type Meanings, refused } from './meaning.ts'

const OWNER = forbidden('The settings of this Slack workspace do not allow it. A workspace owner can change them.')
const SHARED_CONTENT = refused('workspace-owner', 'Slack keeps this content from being shared with the other organisation in this channel.')

/** What the owners of the workspace decided. Each names the setting, as far as Slack says which one it is. */
export const OF_RULES: Meanings = {
  access_denied: OWNER,
  accesslimited: OWNER,
  app_access_restricted: OWNER,
  app_cannot_join_channel: OWNER,
  cannot_bookmark_from_external_org: refused(
    'workspace-owner',
    'The channel belongs to another organisation, which lets only its own people add bookmarks.',
  ),
  cannot_bookmark_restricted_sharing_enabled: SHARED_CONTENT,
  cannot_create_channel: forbidden(
    'Ringside may not create channels in this workspace. A workspace owner can allow it under Settings, Permissions, Channel management.',
  ),
  canvas_disabled_user_team: OWNER,
  channel_is_limited_access: OWNER,
  ekm_access_denied: forbidden(
    'The workspace keeps its messages under its own key and has suspended access. A workspace owner can lift that.',
  ),
  enterprise_is_restricted: OWNER,
  max_file_sharing_exceeded: refused(
    'workspace-owner',
    'The workspace has shared as many files as its plan allows. A workspace owner can change the plan.',
  ),
  message_limit_exceeded: forbidden('The workspace has used up its messages. A workspace owner can change the plan.'),
  no_external_invite_permission: forbidden('Ringside may not invite people from outside. A workspace owner can allow it.'),
  no_permission: OWNER,
  permission_denied: refused(
    'workspace-owner',
    'Slack does not let Ringside change bookmarks in this channel. A workspace owner can allow it under Settings, Permissions.',
  ),
  plan_upgrade_required: forbidden('User groups are part of a paid Slack plan. A workspace owner can change the plan.'),
  posting_to_channel_denied: refused(
    'workspace-owner',
    'Slack does not let Ringside write in this channel. A workspace owner can allow it in the settings of the channel.',
  ),
  restricted_action: OWNER,
  'conversations.create restricted_action': forbidden(
    'Ringside may not create private channels. A workspace owner can allow it under Settings, Permissions, Channel management, "People who can create private channels".',
  ),
  'conversations.kick restricted_action': forbidden(
    'Slack does not let Ringside remove people. A workspace owner can allow it under Settings, Permissions, Channel management, "People who can remove members from private channels".',
  ),
  'conversations.archive restricted_action': forbidden(
    'Slack does not let Ringside archive channels. A workspace owner can allow it under Settings, Permissions, Channel management.',
  ),
  'conversations.invite restricted_action': forbidden(
    'Slack does not let Ringside add people. A workspace owner can allow it under Settings, Permissions, Channel management.',
  ),
  'conversations.inviteShared restricted_action': forbidden(
    'Slack does not let Ringside invite people from outside. A workspace owner can allow it under Settings, Permissions, Slack Connect.',
  ),
  'conversations.rename restricted_action': forbidden(
    'Slack does not let Ringside rename channels. A workspace owner can allow it under Settings, Permissions, Channel management.',
  ),
  restricted_action_non_threadable_channel: OWNER,
  restricted_action_read_only_channel: OWNER,
  restricted_action_thread_locked: OWNER,
  restricted_action_thread_only_channel: OWNER,
  send_on_behalf_not_allowed: OWNER,
  slack_connect_blocked_file_type: SHARED_CONTENT,
  slack_connect_canvas_sharing_blocked: SHARED_CONTENT,
  slack_connect_clip_sharing_blocked: SHARED_CONTENT,
  slack_connect_file_link_sharing_blocked: SHARED_CONTENT,
  slack_connect_file_upload_sharing_blocked: SHARED_CONTENT,
  slack_connect_lists_sharing_blocked: SHARED_CONTENT,
  two_factor_setup_required: forbidden('The workspace asks for two-factor authentication, which has to be set up first.'),
}
