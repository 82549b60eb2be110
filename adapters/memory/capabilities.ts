import type { Capabilities } from '../../src/core/capability.ts'

/** Everything our model of a chat can have, and the two things a platform in memory has no use for. */
export const MEMORY_CAPABILITIES: Capabilities = {
  platform: 'memory',
  title: 'Memory',
  can: {
    privateChat: { level: 'native' },
    addMembers: { level: 'native' },
    removeMembers: { level: 'native' },
    hideHistory: { level: 'native' },
    hearOfJoining: { level: 'native' },
    hearOfLeaving: { level: 'native' },
    whoRemovedWhom: {
      level: 'refused',
      why: 'The platform in memory tells who left a chat, and not who took them out, as Slack and Teams do.',
      instead: 'Ask the members of the chat.',
    },
    rename: { level: 'native' },
    close: { level: 'refused', why: 'The app cannot close a chat in memory.', instead: 'Let a person close it.' },
    reopen: { level: 'refused', why: 'A closed chat in memory stays closed.', instead: 'Open a new chat.' },
    guests: { level: 'native' },
    outsiders: { level: 'refused', why: 'There is nobody outside of what is in memory.', instead: 'Sign them up.' },
    image: { level: 'refused', why: 'Chats in memory have no image.', instead: 'Put a sign into the name.' },
    call: { level: 'refused', why: 'Nobody can call in memory.', instead: 'Post a link to a meeting.' },
  },
  membersMax: 1000,
  addMax: 100,
  opensWithMax: 0,
  nameMax: 80,
  readings: 'fresh',
  remembersMembers: true,
}
