import type { Capabilities } from '../../src/core/capability.ts'

export const WEB_CAPABILITIES: Capabilities = {
  platform: 'web',
  title: 'Ringside workspace',
  can: {
    privateChat: { level: 'native' },
    addMembers: { level: 'native' },
    removeMembers: { level: 'native' },
    hideHistory: { level: 'native' },
    hearOfJoining: { level: 'native' },
    hearOfLeaving: { level: 'native' },
    whoRemovedWhom: { level: 'native' },
    rename: { level: 'native' },
    close: { level: 'refused', why: 'Chats of the workspace cannot be closed yet.', instead: 'Leave the chat or mute it.' },
    reopen: { level: 'refused', why: 'Chats of the workspace are never closed.', instead: 'Nothing needs to be reopened.' },
    guests: {
      level: 'refused',
      why: 'The workspace has no sign-in for guests yet.',
      instead: 'Add the guest as a person of your organisation.',
    },
    outsiders: {
      level: 'refused',
      why: 'The workspace has no sign-in for people from outside yet.',
      instead: 'Add them as people of your organisation.',
    },
    image: {
      level: 'refused',
      why: 'The chat of an item shows the sign of its item.',
      instead: 'Give a private chat of your own a picture in its menu.',
    },
    call: { level: 'refused', why: 'The workspace has no calls yet.', instead: 'Post the link of a call in the chat.' },
  },
  membersMax: 5_000,
  addMax: 200,
  opensWithMax: 0,
  nameMax: 80,
  readings: 'fresh',
  remembersMembers: false,
}
