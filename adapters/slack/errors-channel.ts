import { already, impossible, later, type Meanings, OURS, refused, unreachable } from './meaning.ts'

const HIDDEN = unreachable('The channel was deleted, or Ringside is no longer in it. A member can type /invite @Ringside in it.')
const OUTSIDE = unreachable('Ringside is not in the channel any more. A member can type /invite @Ringside in it.')
const BAD_NAME = refused('you', 'Slack does not accept this name for a channel. Choose another one.')
const ARCHIVED = refused('member', 'The channel is archived. A member can unarchive it and then type /invite @Ringside in it.')

/** The channel as a whole. */
export const OF_CHANNEL: Meanings = {
  already_archived: already,
  cannot_find_channel: HIDDEN,
  cannot_reply_to_message: OURS,
  cant_archive_general: impossible('Slack lets nobody archive the general channel.'),
  cant_archive_required: refused(
    'workspace-owner',
    'Every member has to be in this channel, so that it cannot be archived. A workspace owner can change that.',
  ),
  channel_archived: ARCHIVED,
  // Not a word of Slack's: it asks for a permission to see public channels, and ours was a private one.
  chat_public: unreachable(
    'The channel was made public, and Ringside has no access to public channels. Somebody can make it private again.',
  ),
  channel_not_found: HIDDEN,
  external_channel_migrating: later('The channel is being moved to another workspace.'),
  invalid_name: BAD_NAME,
  invalid_name_maxlength: BAD_NAME,
  invalid_name_punctuation: BAD_NAME,
  invalid_name_required: BAD_NAME,
  invalid_name_specials: BAD_NAME,
  is_archived: ARCHIVED,
  messages_tab_disabled: refused('administrator', 'Direct messages from Ringside are switched off in the settings of its Slack app.'),
  method_not_supported_for_channel_type: OURS,
  name_taken: refused(
    'you',
    'Another channel has this name, perhaps an archived one or one that Ringside does not see. Choose another name.',
  ),
  no_channel: BAD_NAME,
  not_authorized: refused(
    'workspace-owner',
    'Only who created the channel, a channel manager or a workspace owner may rename it. A workspace owner can do it, or make Ringside a channel manager.',
  ),
  not_in_channel: OUTSIDE,
}
