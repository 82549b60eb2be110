import { z } from '@hono/zod-openapi'
import { FILES_PER_MESSAGE_MAX } from '../../core/file.ts'
import { ITEM_TYPE_NAMES } from '../../core/item.ts'
import { WEB_CHAT_KINDS } from '../../core/web-chat.ts'
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

export const File = z
  .object({
    id: z.string(),
    name: z.string(),
    size: z.number().int().describe('In bytes.'),
    type: z.string().describe('What its first bytes are.'),
    url: z.string().describe('Where its bytes are, for those who see its message.'),
    picture: z.object({ width: z.number().int().nullable(), height: z.number().int().nullable() }).nullable(),
  })
  .openapi('File')

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
    files: z.array(File),
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

const PIXELS_MAX = 50_000
const Words = plain().trim().min(1).max(8000)

export const NewMessage = z
  .object({
    text: plain().trim().max(8000).default('').describe('May be empty only with files.'),
    files: z.array(plain()).max(FILES_PER_MESSAGE_MAX).default([]).describe('Files of the asker that have arrived.'),
    replyTo: z.number().int().min(1).max(SEQ_MAX).optional().describe('The sequence of the message it answers.'),
  })
  .strict()
  .refine(({ text, files }) => text !== '' || files.length > 0, { path: ['text'], message: 'must not be empty' })
  .openapi('NewMessage')

export const NewFile = z
  .object({
    name: plain().min(1).max(1000),
    size: z.number().int().min(1).max(SEQ_MAX).describe('In bytes.'),
    width: z.number().int().min(1).max(PIXELS_MAX).optional(),
    height: z.number().int().min(1).max(PIXELS_MAX).optional().describe('Of a picture, so that its room is kept before it has come.'),
  })
  .strict()
  .openapi('NewFile')

export const FileBegun = z
  .object({ id: z.string(), parts: z.number().int(), partBytes: z.number().int().describe('Each part but the last is as long as this.') })
  .openapi('FileBegun')

export const FileHit = z
  .object({ file: File, seq: z.number().int().describe('The message it came with.'), by: Person.nullable(), at: z.string() })
  .openapi('FileHit')

export const FilePage = z.object({ items: z.array(FileHit).describe('Latest first.'), next: z.string().nullable() }).openapi('FilePage')

export const MessagePatch = z.object({ text: Words }).strict().openapi('MessagePatch')

export const SearchHit = z
  .object({
    chat: z.object({ id: z.string(), name: z.string(), kind: z.enum(WEB_CHAT_KINDS) }),
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
    kind: z.enum(WEB_CHAT_KINDS),
    image: z.string().nullable().describe('Where its picture is, for its members.'),
    with: Person.nullable().describe('In a chat of two: the other.'),
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
    kind: z
      .enum(['private', 'direct', 'public'])
      .default('private')
      .describe('`direct` is with one other person, and there is one of each pair. `public` has to have a name.'),
    name: plain().trim().min(1).max(80).optional(),
    people: z.array(plain()).max(200).default([]),
    welcome: plain().trim().max(8000).optional(),
  })
  .strict()
  .openapi('NewChat')

export const ChatPatch = z
  .object({
    name: plain().trim().min(1).max(80),
    image: plain().nullable().describe('A picture of the asker that has arrived and was not sent; null takes it away.'),
  })
  .partial()
  .strict()
  .openapi('ChatPatch')

export const PublicChat = z
  .object({ id: z.string(), name: z.string(), members: z.number().int(), joined: z.boolean() })
  .openapi('PublicChat')

export const PublicChatPage = z.object({ items: z.array(PublicChat), next: z.string().nullable() }).openapi('PublicChatPage')

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
