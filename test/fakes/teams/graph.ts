import { type Context, Hono } from 'hono'
import { APP, catchUp, type FakeChat, type FakeMember, type FakeState, type FakeUser, idAfter } from './state.ts'

/** Microsoft Graph, as far as the adapter asks it. */

export type Happened = {
  joined(chat: FakeChat, user: string): void
  left(chat: FakeChat, user: string): void
  installed(chat: FakeChat): void
}

const refuse = (c: Context, status: number, code: string, message = code) =>
  c.json({ error: { code, message, innerError: { 'request-id': 'r' } } }, status as 400)

export function graphApp(state: FakeState, happened: Happened) {
  const app = new Hono()
  const page = (c: Context, items: readonly object[]) => {
    const skip = Number(c.req.query('$skiptoken') ?? 0)
    const next = new URL(c.req.url)
    next.searchParams.set('$skiptoken', String(skip + state.pageSize))
    const more = skip + state.pageSize < items.length
    return c.json({ value: items.slice(skip, skip + state.pageSize), ...(more && { '@odata.nextLink': next.href }) })
  }
  /** A chat that the app may not see into looks forbidden; one that is not there is not found. */
  const chatFor = (c: Context): FakeChat | Response => {
    const chat = state.chats.get(c.req.param('chat') ?? '')
    if (!chat) return refuse(c, 404, 'NotFound')
    return chat.installed ? chat : refuse(c, 403, 'Forbidden')
  }

  app.get('/organization', (c) => c.json({ value: [{ id: state.tenant }] }))

  app.get('/users', (c) => {
    if (state.withheld.has('User.ReadBasic.All')) return refuse(c, 403, 'Authorization_RequestDenied')
    const conditions = (c.req.query('$filter') ?? '').split(' or ').map((text) => /^(\w+) eq '(.*)'$/.exec(text) ?? [])
    const wanted = (user: FakeUser) =>
      conditions.some(([, field, value = '']) => {
        const plain = value.replaceAll("''", "'").toLowerCase()
        return field === 'id' ? user.id === plain : user.mail.toLowerCase() === plain
      })
    return page(c, [...state.users.values()].filter(wanted).map(shownUser))
  })

  app.get('/users/:user/chats', (c) => {
    if (state.withheld.has('Chat.ReadBasic.All')) return refuse(c, 403, 'Forbidden')
    const own = [...state.chats.values()].filter((chat) => chat.members.some(({ user }) => user === c.req.param('user')))
    return page(c, own.map(shownChat))
  })

  app.get('/appCatalogs/teamsApps', (c) => {
    const asked = c.req.query('$filter') === `externalId eq '${APP.id}'`
    return page(c, asked && state.catalog ? [{ id: state.catalog, externalId: APP.id }] : [])
  })

  app.post('/chats', async (c) => {
    if (state.withheld.has('Chat.Create')) return refuse(c, 403, 'Forbidden')
    const body = await c.req.json<{ chatType: string; topic: string; members: Body[] }>()
    const users = body.members.map((member) => state.users.get(userIn(member)))
    if (body.chatType !== 'group' || users.length === 0 || users.some((user) => !user)) return refuse(c, 400, 'BadRequest')
    if (isBadTopic(body.topic) || body.members.some((member) => !hasRole(state, member))) return refuse(c, 400, 'BadRequest')
    const chat: FakeChat = {
      id: `19:${idAfter(state)}@thread.v2`,
      topic: body.topic,
      installed: false,
      members: [],
      listed: [],
      messages: [],
    }
    chat.members = body.members.map((member) => memberOf(chat, userIn(member), 0))
    chat.listed = [...chat.members]
    state.chats.set(chat.id, chat)
    return c.json(shownChat(chat), 201)
  })

  app.get('/chats/:chat', (c) => {
    const chat = chatFor(c)
    return chat instanceof Response ? chat : c.json(shownChat(chat))
  })

  app.patch('/chats/:chat', async (c) => {
    const chat = chatFor(c)
    if (chat instanceof Response) return chat
    const { topic } = await c.req.json<{ topic: string }>()
    if (isBadTopic(topic)) return refuse(c, 400, 'BadRequest')
    chat.topic = topic
    return c.json(shownChat(chat))
  })

  app.post('/chats/:chat/installedApps', async (c) => {
    const chat = state.chats.get(c.req.param('chat'))
    if (!chat) return refuse(c, 404, 'NotFound')
    const body = await c.req.json<Record<string, string>>()
    if (!state.catalog || !body['teamsApp@odata.bind']?.endsWith(`/${state.catalog}`)) return refuse(c, 404, 'NotFound')
    if (chat.installed) return refuse(c, 409, 'Conflict')
    chat.installed = true
    happened.installed(chat)
    return c.body(null, 201)
  })

  app.get('/chats/:chat/members', (c) => {
    const chat = chatFor(c)
    if (chat instanceof Response) return chat
    const shown = (state.lags ? chat.listed : chat.members).map((member) => ({
      '@odata.type': '#microsoft.graph.aadUserConversationMember',
      id: member.id,
      userId: member.user,
      roles: ['owner'],
      displayName: state.users.get(member.user)?.name ?? null,
    }))
    return page(c, shown)
  })

  app.post('/chats/:chat/members', async (c) => {
    const chat = chatFor(c)
    if (chat instanceof Response) return chat
    const slow = tooMany(c, state, `add ${chat.id}`)
    if (slow) return slow
    const body = await c.req.json<Body>()
    const user = state.users.get(userIn(body))
    if (!user) return refuse(c, 404, 'NotFound')
    if (!hasRole(state, body)) return refuse(c, 400, 'BadRequest')
    if (chat.members.some((member) => member.user === user.id)) return refuse(c, 409, 'Conflict')
    const from = body.visibleHistoryStartDateTime === '0001-01-01T00:00:00Z' ? 0 : chat.messages.length
    const member = memberOf(chat, user.id, from)
    chat.members.push(member)
    if (!state.lags) catchUp(state)
    happened.joined(chat, user.id)
    return c.json({ id: member.id, userId: user.id }, 201)
  })

  app.delete('/chats/:chat/members/:member', (c) => {
    const chat = chatFor(c)
    if (chat instanceof Response) return chat
    const slow = tooMany(c, state, `remove ${chat.id}`)
    if (slow) return slow
    const member = chat.members.find(({ id }) => id === c.req.param('member'))
    if (!member) return refuse(c, 404, 'NotFound')
    chat.members = chat.members.filter((one) => one !== member)
    if (!state.lags) catchUp(state)
    happened.left(chat, member.user)
    return c.body(null, 204)
  })

  return app
}

type Body = { roles?: string[]; 'user@odata.bind'?: string; visibleHistoryStartDateTime?: string }

const userIn = (body: Body): string => /users\('([^']+)'\)$/.exec(body['user@odata.bind'] ?? '')?.[1] ?? ''

/** Teams insists on the right role: a guest is never an owner, and nobody else is a guest. */
function hasRole(state: FakeState, body: Body): boolean {
  const wanted = state.users.get(userIn(body))?.guest ? 'guest' : 'owner'
  return body.roles?.length === 1 && body.roles[0] === wanted
}

const isBadTopic = (topic: string): boolean => topic.length > 250 || topic.includes(':') || topic.trim() === ''

/** The id of a place names whose it is, as Microsoft's does, and is not the person's id. */
export const memberOf = (chat: FakeChat, user: string, seesFrom: number): FakeMember => ({
  id: btoa(`1##${APP.id}##${chat.id}##${user}`),
  user,
  seesFrom,
})

const shownUser = (user: FakeUser) => ({
  id: user.id,
  displayName: user.name,
  mail: user.mail,
  userPrincipalName: user.guest ? `${user.mail.replace('@', '_')}#EXT#@contoso.example` : user.mail,
  userType: user.guest ? 'Guest' : 'Member',
  accountEnabled: user.enabled,
})

const shownChat = (chat: FakeChat) => ({
  id: chat.id,
  topic: chat.topic,
  chatType: 'group',
  webUrl: `https://teams.microsoft.com/l/chat/${encodeURIComponent(chat.id)}/0`,
})

/** Four of each kind in any minute. */
function tooMany(c: Context, state: FakeState, key: string): Response | null {
  const now = Date.now()
  const times = (state.changes.get(key) ?? []).filter((at) => at > now - 60_000)
  if (times.length >= state.changesAMinute) {
    c.header('retry-after', '12.5')
    return refuse(c, 429, 'TooManyRequests')
  }
  state.changes.set(key, [...times, now])
  return null
}
