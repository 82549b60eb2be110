/**
 * What we ask Microsoft for: by which service, by which verb, and whether it changes anything. A reading of unknown outcome is simply
 * read again; a change is looked for first.
 */
export const OPERATIONS = {
  'app.find': { service: 'graph', method: 'GET' },
  'app.install': { service: 'graph', method: 'POST' },
  'chat.create': { service: 'graph', method: 'POST' },
  'chat.read': { service: 'graph', method: 'GET' },
  'chat.rename': { service: 'graph', method: 'PATCH' },
  'chats.list': { service: 'graph', method: 'GET' },
  'member.add': { service: 'graph', method: 'POST' },
  'member.remove': { service: 'graph', method: 'DELETE' },
  'members.list': { service: 'graph', method: 'GET' },
  'organisation.read': { service: 'graph', method: 'GET' },
  'users.list': { service: 'graph', method: 'GET' },
  'card.edit': { service: 'bot', method: 'PUT' },
  'message.send': { service: 'bot', method: 'POST' },
  // Says nothing yet, and opens the same conversation again.
  'person.open': { service: 'bot', method: 'POST', reads: true },
} as const satisfies Readonly<Record<string, { service: Service; method: string; reads?: true }>>

export type Service = 'graph' | 'bot'
export type Operation = keyof typeof OPERATIONS

export const isReading = (operation: Operation): boolean => {
  const { method, reads }: { method: string; reads?: true } = OPERATIONS[operation]
  return method === 'GET' || reads === true
}
