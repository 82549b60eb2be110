import { z } from '@hono/zod-openapi'
import { ITEM_TYPE_NAMES } from '../../core/item.ts'
import { Outcome, Person, plain, SEQ_MAX } from './contract.ts'

/** The shapes of the built-in workspace's chats, which other programs rely on. The UI uses them as types only. */

export const Reaction = z
  .object({
    emoji: z.string(),
    count: z.number().int(),
    mine: z.boolean(),
    people: z.array(Person).describe('The first of them.'),
  })
  .openapi('Reaction')

export const Quote = z
  .object({
    seq: z.number().int().nullable().describe('Null: the asker does not see that message.'),
    author: Person.nullable(),
    text: z.string().describe('Its beginning; empty when it was deleted, or is not seen.'),
  })
  .openapi('Quote')

export const Message = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    kind: z.enum(['text', 'joined', 'left', 'named', 'item']),
    author: Person.nullable(),
    text: z.string(),
    people: z.array(Person).describe('Who joined or left, for those kinds.'),
    at: z.string(),
    reply: Quote.nullable().describe('The message that it answers.'),
    mentions: z.array(Person).describe('Members that it names with an @.'),
    reactions: z.array(Reaction),
    editedAt: z.string().nullable(),
    deleted: z.boolean().describe('Its author took it back: nothing of it is left.'),
  })
  .openapi('Message')

export const MessagePage = z
  .object({
    items: z.array(Message).describe('Oldest first.'),
    next: z.string().nullable(),
    newer: z.boolean().describe('Later messages come after the last of these.'),
    hiddenBefore: z.string().nullable().describe('When earlier messages exist that this member does not see: the time of joining.'),
  })
  .openapi('MessagePage')

const Words = plain().trim().min(1).max(8000)

export const NewMessage = z
  .object({ text: Words, replyTo: z.number().int().min(1).max(SEQ_MAX).optional().describe('The sequence of the message it answers.') })
  .strict()
  .openapi('NewMessage')

export const MessagePatch = z.object({ text: Words }).strict().openapi('MessagePatch')

export const SearchHit = z
  .object({
    chat: z.object({ id: z.string(), name: z.string(), kind: z.enum(['item', 'private']) }),
    message: Message,
    snippet: z.array(z.object({ text: z.string(), marked: z.boolean() })).describe('A line around the first word found.'),
  })
  .openapi('SearchHit')

export const SearchPage = z
  .object({ items: z.array(SearchHit).describe('Latest first.'), next: z.string().nullable() })
  .openapi('SearchPage')

export const Chat = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['item', 'private']),
    url: z.string(),
    item: z
      .object({
        id: z.string(),
        key: z.string(),
        type: z.enum(ITEM_TYPE_NAMES),
        title: z.string(),
        stage: z.string(),
        amount: z.number().nullable(),
        currency: z.string().nullable(),
      })
      .nullable(),
    members: z.number().int(),
    unread: z.number().int(),
    muted: z.boolean(),
    last: Message.nullable(),
    head: z.number().int().describe('The sequence of the newest thing this member may see.'),
    readTo: z.number().int().describe('How far this member has read.'),
  })
  .openapi('Chat')

export const ChatPage = z.object({ items: z.array(Chat), next: z.string().nullable() }).openapi('ChatPage')

export const NewChat = z
  .object({
    name: plain().trim().min(1).max(80).optional(),
    people: z.array(plain()).max(200).default([]),
    welcome: plain().trim().max(8000).optional(),
  })
  .strict()
  .openapi('NewChat')

export const ChatPatch = z
  .object({ name: plain().trim().min(1).max(80) })
  .strict()
  .openapi('ChatPatch')

export const Member = Person.extend({
  since: z.string(),
  seesAll: z.boolean().describe('False: joined with earlier messages hidden.'),
  responsible: z.boolean(),
  observes: z.boolean(),
}).openapi('Member')

export const MemberPage = z.object({ items: z.array(Member), next: z.string().nullable() }).openapi('MemberPage')

export const NewMembers = z
  .object({ people: z.array(plain()).min(1).max(200), showHistory: z.boolean().default(true) })
  .strict()
  .openapi('NewMembers')

export const MembersChanged = z.object({ outcomes: z.array(Outcome) }).openapi('MembersChanged')

export const ReadMark = z
  .object({ seq: z.number().int().min(0).max(SEQ_MAX) })
  .strict()
  .openapi('ReadMark')

export const Mute = z.object({ muted: z.boolean() }).strict().openapi('Mute')
