/** Every permission the app asks for, and what for, in words for whoever installs it (K11). The manifests ask for exactly these. */
export const SCOPES = [
  { scope: 'commands', why: 'To answer when somebody types /discuss or uses one of the shortcuts of Ringside.' },
  { scope: 'chat:write', why: 'To tell people what became of their request, and to show the card of the item in its channel.' },
  { scope: 'im:write', why: 'To tell somebody in a direct message that they were added to an item or removed from it.' },
  {
    scope: 'groups:write',
    why: 'To create the private channel of an item, and to invite its observers and remove them. Only channels Ringside is in.',
  },
  { scope: 'groups:read', why: 'To see who is in these channels, and whether they still exist. Never what is written in them.' },
  { scope: 'users:read', why: 'To tell members from guests and apps, and to notice when an account is switched off.' },
  { scope: 'users:read.email', why: 'To find the Slack account that belongs to a person in the CRM, by the e-mail address.' },
  { scope: 'pins:write', why: 'To pin the card of the item in its channel.' },
  { scope: 'bookmarks:read', why: 'To find the link to the item at the top of its channel, so that it is not put there twice.' },
  { scope: 'bookmarks:write', why: 'To put the link to the item at the top of its channel.' },
  { scope: 'links:read', why: 'To notice a link to an item in a message. Slack passes on that link alone, and not the message.' },
  { scope: 'links:write', why: 'To show a card of the item under such a link.' },
] as const

/** What Ringside does more with, and works without: whoever installs it may leave these out. */
export const OPTIONAL_SCOPES = [
  { scope: 'usergroups:read', why: 'To add everybody of a user group at once, as it is at that moment.' },
  { scope: 'conversations.connect:write', why: 'To invite clients and partners into a channel, where your policy allows it.' },
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
  { event: 'channel_shared', why: 'A chat is shared with another organisation from now on.' },
  { event: 'channel_unshared', why: 'A chat is no longer shared with another organisation.' },
  { event: 'user_change', why: 'An account was switched off or on, or has a new e-mail address.' },
  { event: 'team_join', why: 'A person of the CRM whom Slack did not have has an account now.' },
  { event: 'subteam_members_changed', why: 'Somebody joined or left a user group that observes an item.' },
  { event: 'link_shared', why: 'Somebody posted a link to an item, which gets a card.' },
  { event: 'app_home_opened', why: 'Somebody opened the page of Ringside, which shows their items.' },
  { event: 'app_uninstalled', why: 'Ringside was removed from the workspace and stops working there.' },
  { event: 'tokens_revoked', why: 'The access of Ringside was withdrawn and has to be granted again.' },
  { event: 'team_access_granted', why: 'A Slack organisation opened one more workspace to Ringside.' },
  { event: 'team_access_revoked', why: 'A Slack organisation closed a workspace to Ringside.' },
] as const
