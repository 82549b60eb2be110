import type { Capabilities } from '../../src/core/capability.ts'

/** People one conversations.invite takes. */
export const ADD_MAX = 100

/** What Slack can do for us. The sentences are read by people: in Slack itself, on the admin page, in the README. */
export const SLACK_CAPABILITIES: Capabilities = {
  platform: 'slack',
  title: 'Slack',
  can: {
    privateChat: {
      level: 'emulated',
      how: 'A private channel, which only its members see, administrators of Ringside and of the CRM included. Owners of a Slack workspace may be able to export private channels; no app can see or bound that.',
    },
    addMembers: { level: 'native' },
    removeMembers: { level: 'native' },
    hideHistory: {
      level: 'refused',
      why: 'In Slack everybody who joins a private channel can read all of its earlier messages; no app can change that.',
      instead: 'Leave the person out of this channel, or open a new channel with them and link back to this one.',
    },
    hearOfJoining: { level: 'native' },
    hearOfLeaving: { level: 'native' },
    whoRemovedWhom: {
      level: 'refused',
      why: 'Slack tells that somebody is no longer in a channel, and not whether they left or who removed them.',
      instead: 'Ask in the channel; Slack shows its members a line when somebody is removed.',
    },
    rename: { level: 'native' },
    close: {
      level: 'refused',
      why: 'Ringside archives no channels, because no app can unarchive one in Slack.',
      instead: 'Archive the channel in Slack when it is no longer needed.',
    },
    reopen: {
      level: 'refused',
      why: 'Slack never lets an app unarchive a channel.',
      instead: 'Let a person unarchive the channel in Slack and then type /invite @Ringside in it.',
    },
    guests: {
      level: 'emulated',
      how: 'Guests whom the workspace has already can be added; a single-channel guest cannot be in a second channel.',
    },
    outsiders: {
      level: 'emulated',
      how: 'Clients and partners are invited by Slack Connect, on a paid plan, and come in when they accept.',
    },
    image: {
      level: 'refused',
      why: 'Slack channels have no image of their own.',
      instead: 'Put an emoji into the topic of the channel.',
    },
    call: {
      level: 'refused',
      why: 'Slack does not let an app start a huddle in a channel.',
      instead: 'Start a huddle from the headphones sign of the channel.',
    },
  },
  // Slack names no limit for private channels. This one is ours, well below what the pages we read at most would hold (channel.ts).
  membersMax: 10_000,
  addMax: ADD_MAX,
  opensWithMax: 0,
  nameMax: 80,
  readings: 'fresh',
  remembersMembers: true,
}
