import { type Context, Hono } from 'hono'
import { type FakeMessage, type FakeState, idAfter } from './state.ts'

/** The bot service: conversations with one person, and what the bot says in them and in chats. */

type Activity = { text?: string; summary?: string; attachments?: { content: object }[] }

const refuse = (c: Context, status: 400 | 403 | 404, code: string) => c.json({ error: { code, message: code } }, status)

const PERSONAL = 'a:'

export function connectorApp(state: FakeState) {
  const app = new Hono()
  /** Where something is said; what it is refused with. */
  const placeOf = (c: Context): FakeMessage[] | Response => {
    const id = c.req.param('conversation') ?? ''
    if (id.startsWith(PERSONAL)) return conversationWith(state, id.slice(PERSONAL.length))
    const chat = state.chats.get(id)
    if (!chat) return refuse(c, 404, 'ConversationNotFound')
    return chat.installed ? chat.messages : refuse(c, 403, 'BotNotInConversationRoster')
  }

  app.post('/v3/conversations', async (c) => {
    const { members, tenantId } = await c.req.json<{ members: { id: string }[]; tenantId: string }>()
    const user = state.users.get(members[0]?.id ?? '')
    if (!user || tenantId !== state.tenant) return refuse(c, 400, 'BadSyntax')
    if (!user.personal) return refuse(c, 403, 'Forbidden')
    return c.json({ id: `${PERSONAL}${user.id}` }, 201)
  })

  app.post('/v3/conversations/:conversation/activities', async (c) => {
    const place = placeOf(c)
    if (place instanceof Response) return place
    const message = messageOf(idAfter(state), await c.req.json<Activity>())
    place.push(message)
    return c.json({ id: message.id }, 201)
  })

  app.put('/v3/conversations/:conversation/activities/:activity', async (c) => {
    const place = placeOf(c)
    if (place instanceof Response) return place
    const message = place.find(({ id }) => id === c.req.param('activity'))
    if (!message) return refuse(c, 404, 'ActivityNotFound')
    Object.assign(message, messageOf(message.id, await c.req.json<Activity>()))
    return c.json({ id: message.id })
  })

  return app
}

function conversationWith(state: FakeState, user: string): FakeMessage[] {
  const messages = state.told.get(user) ?? []
  state.told.set(user, messages)
  return messages
}

const messageOf = (id: string, { text, summary, attachments }: Activity): FakeMessage => ({
  id,
  by: 'app',
  text: text ?? summary ?? '',
  card: attachments?.[0]?.content ?? null,
})
