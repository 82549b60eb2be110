import { already, type Meanings, OURS, refused, uncertain } from './meaning.ts'

const TOO_LONG = refused('you', 'The text is longer than Slack allows. Make it shorter.')
const LOST_MESSAGE = refused('nobody', 'The message is not there any more, or Slack does not let it be changed.')
const LOST_FILE = refused('nobody', 'The file is not there any more, or is not shared here.')
const TOO_LATE = refused('you', 'Slack gives three seconds to open a dialog, and they were over. Press once more.')

/** Messages, pins, bookmarks, links and dialogs. */
export const OF_CONTENT: Meanings = {
  attachment_payload_limit_exceeded: TOO_LONG,
  message_too_long: TOO_LONG,
  msg_blocks_too_long: TOO_LONG,
  msg_too_long: TOO_LONG,
  too_long: TOO_LONG,
  unable_to_share_files: uncertain('Slack could not share the files. Ringside looks before it tries again.'),
  update_failed: uncertain('Slack could not change the message and may have done a part of it. Ringside looks before it tries again.'),
  url_in_message: refused('you', 'Slack takes no links in the words that go with an invitation. Leave them out.'),
  view_too_large: TOO_LONG,

  // A message.
  block_mismatch: OURS,
  blocked_file_type: refused('workspace-owner', 'The workspace does not allow files of this kind. A workspace owner can change that.'),
  cant_broadcast_message: OURS,
  cant_update_message: LOST_MESSAGE,
  edit_window_closed: refused(
    'workspace-owner',
    'The workspace does not let messages be changed after a while. A workspace owner can allow it under Settings, Permissions, Message editing.',
  ),
  file_deleted: LOST_FILE,
  file_is_deleted: LOST_FILE,
  file_not_found: LOST_FILE,
  file_not_shared: LOST_FILE,
  file_share_limit_reached: refused('nobody', 'The file is shared in as many places as Slack allows.'),
  is_inactive: LOST_MESSAGE,
  message_not_found: LOST_MESSAGE,
  no_dual_broadcast_content_update: OURS,
  streaming_state_conflict: OURS,

  // A pin or a bookmark.
  already_pinned: already,
  file_already_added: already,
  'bookmarks.edit not_found': refused('nobody', 'The bookmark is not there any more. Somebody removed it.'),
  not_pinnable: refused('nobody', 'Slack does not let a message of this kind be pinned.'),
  parent_bookmark_disabled: OURS,
  too_many_bookmarks: refused('member', 'The channel has as many bookmarks as Slack allows. A member can remove one.'),
  too_many_pins: refused('member', 'The channel has as many pinned messages as Slack allows. A member can take one down.'),
  too_many_tabs: refused('member', 'The channel has as many tabs as Slack allows. A member can remove one.'),

  // A link that was posted.
  cannot_auth_user: OURS,
  cannot_find_message: LOST_MESSAGE,
  cannot_find_service: OURS,
  cannot_parse_attachment: OURS,
  cannot_prompt: refused('nobody', 'Slack cannot ask this person to connect an account.'),
  cannot_unfurl_message: LOST_MESSAGE,
  cannot_unfurl_url: refused(
    'administrator',
    'Slack shows links of this address only when it is named in the settings of the Slack app. An administrator can add it there.',
  ),

  // A dialog.
  exchanged_trigger_id: TOO_LATE,
  expired_trigger_id: TOO_LATE,
  hash_conflict: refused('you', 'What is shown has changed in the meantime. Open it once more.'),
  not_enabled: refused(
    'administrator',
    'The home tab is switched off in the settings of the Slack app. An administrator can switch it on.',
  ),
  not_found: refused('you', 'This dialog is not open any more. Open it once more.'),
}
