import { giveHint } from '../../../db/hints.ts'
import { hidesHistory, markRead } from '../../../db/web-chats.ts'
import { messagesIn } from '../../../db/web-messages.ts'
import { edit, type MessageSeen, reactTo, remove, say, throughDoor } from '../../engine/messages.ts'
import { inOrganisation } from '../../../db/open.ts'
import type { SignedIn, Surroundings } from '../context.ts'
import { messageView, messageViews } from '../present-chats.ts'
import { Message, MessagePage, MessagePatch, NewMessage, ReadMark } from './chat-contract.ts'
import { SEQ_MAX } from './contract.ts'
import { answers, api, createRoute, creates, doneSilently, Id, orProblem, takes, z } from './routes.ts'

/** What is said in the chats of the built-in workspace. */

const Sequence = z.coerce.number().int().min(0).max(SEQ_MAX)
const Stretch = z.object({
  after: Sequence.optional(),
  before: Sequence.optional(),
  around: Sequence.optional().describe('Half of the page before this message, and half from it on.'),
  cursor: Sequence.optional().describe(
    'What `next` of the page before said: goes on towards older messages, or, with `after`, newer ones.',
  ),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const Key = z.object({ 'idempotency-key': z.string().max(100).optional() })
const IdAndSeq = Id.extend({ seq: z.coerce.number().int().min(1).max(SEQ_MAX) })
/** One emoji as people see it, with its skin tone and its family. */
const Emoji = z
  .string()
  .max(40)
  .refine((text) => new RegExp('^\\p{RGI_Emoji}$', 'v').test(text), 'must be one emoji')
const IdSeqAndEmoji = IdAndSeq.extend({ emoji: Emoji })

const list = createRoute({
  method: 'get',
  path: '/chats/{id}/messages',
  request: { params: Id, query: Stretch },
  responses: answers(MessagePage, 'Oldest first.'),
})
const post = createRoute({
  method: 'post',
  path: '/chats/{id}/messages',
  request: { params: Id, headers: Key, body: takes(NewMessage) },
  responses: creates(Message, 'The message; the same Idempotency-Key gives the same one.'),
})
const patch = createRoute({
  method: 'patch',
  path: '/chats/{id}/messages/{seq}',
  request: { params: IdAndSeq, body: takes(MessagePatch) },
  responses: answers(Message, 'The message with its new text. Only its author can change it.'),
})
const takeBack = createRoute({
  method: 'delete',
  path: '/chats/{id}/messages/{seq}',
  request: { params: IdAndSeq },
  responses: doneSilently,
})
const feel = createRoute({
  method: 'put',
  path: '/chats/{id}/messages/{seq}/reactions/{emoji}',
  request: { params: IdSeqAndEmoji },
  responses: answers(Message, 'The message with this reaction of the asker.'),
})
const feelNot = createRoute({
  method: 'delete',
  path: '/chats/{id}/messages/{seq}/reactions/{emoji}',
  request: { params: IdSeqAndEmoji },
  responses: answers(Message, 'The message without this reaction of the asker.'),
})
const readMark = createRoute({
  method: 'put',
  path: '/chats/{id}/read',
  request: { params: Id, body: takes(ReadMark) },
  responses: doneSilently,
})
const typing = createRoute({
  method: 'put',
  path: '/chats/{id}/typing',
  request: { params: Id },
  description: 'The other members hear over the live connection that the asker is writing.',
  responses: doneSilently,
})

export function messageRoutes({ engine }: Surroundings) {
  const asker = (who: SignedIn) => ({ organisation: who.organisation, viewer: who.viewer, name: who.person.name })
  const shown = ({ organisation }: SignedIn, { door, row }: MessageSeen) =>
    inOrganisation(engine.db, organisation, (tx) => messageView(tx, door, row))

  return api()
    .openapi(list, async (c) => {
      const who = c.get('signedIn')
      const { cursor, limit, after, before, around } = c.req.valid('query')
      const stretch = after === undefined ? { before: cursor ?? before, around: cursor ? undefined : around } : { after: cursor ?? after }
      const page = orProblem(
        await throughDoor(engine, who, c.req.valid('param').id, async (tx, door) => {
          const { rows, older, newer } = await messagesIn(tx, door, { ...stretch, limit })
          const [first, last] = [rows[0], rows.at(-1)]
          const next = after === undefined ? older && first : newer && last
          const value = {
            items: [...(await messageViews(tx, [door], rows))],
            next: next ? String(next.seq) : null,
            newer,
            hiddenBefore: hidesHistory(door) ? door.since.toISOString() : null,
          }
          return { ok: true, value }
        }),
      )
      return c.json(page, 200)
    })
    .openapi(post, async (c) => {
      const who = c.get('signedIn')
      const key = c.req.valid('header')['idempotency-key'] ?? null
      const { text, files, replyTo = null } = c.req.valid('json')
      const said = orProblem(await say(engine, asker(who), c.req.valid('param').id, { text: text.normalize('NFC'), files, replyTo, key }))
      return c.json(await shown(who, said), 201)
    })
    .openapi(patch, async (c) => {
      const who = c.get('signedIn')
      const { id: chat, seq } = c.req.valid('param')
      const text = c.req.valid('json').text.normalize('NFC')
      return c.json(await shown(who, orProblem(await edit(engine, asker(who), { chat, seq }, text))), 200)
    })
    .openapi(takeBack, async (c) => {
      const { id: chat, seq } = c.req.valid('param')
      orProblem(await remove(engine, asker(c.get('signedIn')), { chat, seq }))
      return c.body(null, 204)
    })
    .openapi(feel, async (c) => {
      const who = c.get('signedIn')
      const { id: chat, seq, emoji } = c.req.valid('param')
      return c.json(await shown(who, orProblem(await reactTo(engine, asker(who), { chat, seq }, emoji, true))), 200)
    })
    .openapi(feelNot, async (c) => {
      const who = c.get('signedIn')
      const { id: chat, seq, emoji } = c.req.valid('param')
      return c.json(await shown(who, orProblem(await reactTo(engine, asker(who), { chat, seq }, emoji, false))), 200)
    })
    .openapi(readMark, async (c) => {
      const { seq } = c.req.valid('json')
      orProblem(
        await throughDoor(engine, c.get('signedIn'), c.req.valid('param').id, async (tx, door) => ({
          ok: true,
          value: await markRead(tx, door, seq),
        })),
      )
      return c.body(null, 204)
    })
    .openapi(typing, async (c) => {
      const who = c.get('signedIn')
      orProblem(
        await throughDoor(engine, who, c.req.valid('param').id, async (tx, { chat }) => ({
          ok: true,
          value: await giveHint(tx, { organisation: who.organisation, kind: 'typing', id: chat.id, by: who.viewer.id }),
        })),
      )
      return c.body(null, 204)
    })
}
