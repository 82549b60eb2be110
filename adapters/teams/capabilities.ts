import type { Capabilities } from '../../src/core/capability.ts'

/** People in a group chat, and people who can be in it from the moment it is opened. */
export const MEMBERS_MAX = 250
/** What Teams allows, and the room we keep at the end for the sign by which a chat is found again. */
export const TOPIC_MAX = 250
export const SIGN_MAX = 20
/** Teams takes four people a minute into one chat, so more in one call would only wait. */
export const ADD_MAX = 20

/** What Teams can do for us in a group chat. The sentences are read by people: in Teams itself, on the admin page, in the README. */
export const TEAMS_CAPABILITIES: Capabilities = {
  platform: 'teams',
  title: 'Microsoft Teams',
  can: {
    privateChat: {
      level: 'emulated',
      how: 'A group chat, which only its members see, administrators of Ringside and of the CRM included. Whoever answers for compliance in Microsoft 365 may be able to search chats; no app can see or bound that.',
    },
    addMembers: { level: 'native' },
    removeMembers: { level: 'native' },
    hideHistory: { level: 'native' },
    hearOfJoining: { level: 'native' },
    hearOfLeaving: { level: 'native' },
    whoRemovedWhom: {
      level: 'refused',
      why: 'Ringside does not keep who took somebody out of a chat in Teams, only that they are not in it any more.',
      instead: 'Look into the chat; Teams shows its members a line when somebody is removed.',
    },
    rename: { level: 'native' },
    close: {
      level: 'refused',
      why: 'Teams has no way to close a group chat.',
      instead: 'Leave or hide the chat in Teams when it is no longer needed.',
    },
    reopen: { level: 'refused', why: 'A group chat in Teams is never closed.', instead: 'Write in it again.' },
    guests: {
      level: 'emulated',
      how: 'Guests whom your organisation has invited already can be added; Teams may not let Ringside take them out again, and says so then.',
    },
    outsiders: {
      level: 'refused',
      why: 'Ringside invites nobody from outside into your Microsoft 365.',
      instead: 'Let an administrator invite them as a guest in Microsoft Entra, and then add them here.',
    },
    image: { level: 'refused', why: 'Teams lets no app give a group chat an image.', instead: 'Set it in Teams, at the name of the chat.' },
    call: {
      level: 'refused',
      why: 'Ringside starts no call in Teams.',
      instead: 'Start one from the camera at the top of the chat.',
    },
  },
  membersMax: MEMBERS_MAX,
  addMax: ADD_MAX,
  opensWithMax: MEMBERS_MAX,
  nameMax: TOPIC_MAX - SIGN_MAX,
  readings: 'lagging',
  remembersMembers: false,
}
