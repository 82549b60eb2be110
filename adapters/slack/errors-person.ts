import { already, impossible, type Meanings, OURS, refused, uncertain } from './meaning.ts'

const NO_ACCOUNT = refused('administrator', 'Slack knows no such person in this workspace. An administrator can link the person anew.')

/** One person. */
export const OF_PERSON: Meanings = {
  already_in_channel: already,
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

  // Somebody outside, invited by Slack Connect.
  cannot_share_cross_workspace_channel: refused(
    'nobody',
    'A channel that several workspaces of an organisation have cannot be shared with people outside.',
  ),
  cannot_share_mandatory_channel: refused(
    'workspace-owner',
    'A channel that everybody has to be in cannot be shared with people outside. A workspace owner can change that.',
  ),
  connection_limit_exceeded: refused(
    'workspace-owner',
    'The channel is shared with as many organisations as Slack allows. A workspace owner can disconnect one.',
  ),
  connection_limit_exceeded_pending: refused(
    'workspace-owner',
    'So many invitations are open that Slack takes no more. A workspace owner can withdraw some.',
  ),
  invalid_channel_type: refused('nobody', 'Slack does not let a channel of this kind be shared with people outside.'),
  invalid_email: refused('you', 'This is no address that Slack can send an invitation to. Check how it is written.'),
  invite_lookup_error: uncertain(
    'Slack may have sent the invitation and could not say so. Ask the person before you invite them once more.',
  ),
  invite_not_found: refused('you', 'Slack does not find the invitation any more. Invite the person once more.'),
  legacy_connection_limit_exceeded: refused(
    'workspace-owner',
    'This channel is shared in an older way, with one organisation at most. A workspace owner can disconnect it.',
  ),
  member_limit_exceeded: refused('workspace-owner', 'The channel has as many members as Slack allows. Somebody has to leave it first.'),
  no_such_subteam: refused('administrator', 'Slack knows no such user group any more. An administrator can name another one.'),
  not_allowed_for_grid_workspace: refused(
    'workspace-owner',
    'The policies of the Slack organisation do not let this workspace share channels with people outside. An owner of the organisation can allow it.',
  ),
  not_owner: refused(
    'workspace-owner',
    'The channel belongs to another organisation, and only that one can invite more people from outside.',
  ),
  not_paid: refused('workspace-owner', 'Inviting people from outside is part of a paid Slack plan. A workspace owner can change the plan.'),
  too_many_emails: OURS,
}
