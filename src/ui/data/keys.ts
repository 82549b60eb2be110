/** Every list and thing the page keeps, by name. A live hint names the same things, so it knows what to look at again. */
export const keys = {
  me: ['me'] as const,
  demo: ['demo'] as const,
  people: (query: string) => ['people', query] as const,
  items: ['items'] as const,
  itemList: (filter: object) => ['items', filter] as const,
  item: (id: string) => ['item', id] as const,
  requests: (id: string) => ['requests', id] as const,
  timeline: (id: string) => ['timeline', id] as const,
  why: (id: string, personId: string) => ['why', id, personId] as const,
  chats: ['chats'] as const,
  chat: (id: string) => ['chat', id] as const,
  members: (id: string) => ['members', id] as const,
  messages: (id: string) => ['messages', id] as const,
  outbox: (id: string) => ['outbox', id] as const,
  notifications: ['notifications'] as const,
  connections: ['connections'] as const,
}
