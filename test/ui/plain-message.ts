import type { Message } from '../../src/ui/data/types.ts'

/** What most messages have nothing of. */
export const PLAIN = { reply: null, mentions: [], reactions: [], files: [], editedAt: null, deleted: false } satisfies Partial<Message>
