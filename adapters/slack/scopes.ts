/** Every permission the app asks for, and what for, in words for whoever installs it (K11). The manifest asks for exactly these. */
export const SCOPES = [
  { scope: 'commands', why: 'To answer when somebody types /discuss.' },
  { scope: 'chat:write', why: 'To tell people what became of their request, and to tell observers that they were added or removed.' },
  { scope: 'im:write', why: 'To send such a notice as a direct message where the person is not in the channel.' },
  {
    scope: 'groups:write',
    why: 'To create the private channel of an item, and to invite its observers and remove them. Only channels Ringside is in.',
  },
  { scope: 'groups:read', why: 'To see who is in these channels, and whether they still exist. Never what is written in them.' },
  { scope: 'users:read', why: 'To tell members from guests and apps, and to notice when an account is switched off.' },
  { scope: 'users:read.email', why: 'To find the Slack account that belongs to a person in the CRM, by the e-mail address.' },
] as const

/** Every event the app listens to, and what for. */
export const BOT_EVENTS = [
  { event: 'member_joined_channel', why: 'Somebody was added to a chat and becomes an observer.' },
  { event: 'member_left_channel', why: 'Somebody left a chat or was removed from it.' },
  { event: 'group_left', why: 'Ringside itself was removed from a chat, which the item then shows.' },
  { event: 'group_archive', why: 'A chat was archived.' },
  { event: 'group_unarchive', why: 'A chat was opened again.' },
  { event: 'group_rename', why: 'A chat has a new name.' },
  { event: 'group_deleted', why: 'A chat was deleted.' },
  { event: 'channel_id_changed', why: 'Slack gave a chat another id.' },
  { event: 'user_change', why: 'An account was switched off or on, or has a new e-mail address.' },
  { event: 'team_join', why: 'A person of the CRM whom Slack did not have has an account now.' },
] as const
