import { CONVERSATION_METHODS, directWith } from './conversations.ts'
import type { SlackEvent } from './events.ts'
import { SURFACE_METHODS } from './surfaces.ts'
import { pageOf } from './pages.ts'
import { type FakeChannel, type FakeState, type FakeUser, nextTs, SlackSays } from './state.ts'

/** Arguments as texts, whether they came as a form or as JSON; structured ones stay JSON text. */
export type Args = Readonly<Record<string, string>>

export type MethodCall = {
  readonly state: FakeState
  readonly args: Args
  readonly caller: string
  /** Tells the app of what this call does. */
  readonly emit: (event: SlackEvent) => void
}

/** Answers what stands beside `ok: true`, or throws `SlackSays`. */
export type Method = (call: MethodCall) => Readonly<Record<string, unknown>>

export const METHODS: Readonly<Record<string, Method>> = {
  ...CONVERSATION_METHODS,
  ...SURFACE_METHODS,
  'auth.test': ({ state }) => ({
    url: `https://${state.team.domain}.slack.com/`,
    team: state.team.name,
    user: state.users.get(state.bot)?.name,
    team_id: state.team.id,
    user_id: state.bot,
    bot_id: 'B0BOT',
    is_enterprise_install: false,
  }),
  'team.info': ({ state }) => ({ team: { ...state.team, email_domain: 'example.com' } }),
  'users.info': ({ state, args }) => {
    const user = state.users.get(args['user'] ?? '')
    if (!user) throw new SlackSays('user_not_found')
    return { user: shownUser(state, user) }
  },
  'users.lookupByEmail': ({ state, args }) => {
    const wanted = args['email']?.toLowerCase()
    const user = [...state.users.values()].find((one) => one.email?.toLowerCase() === wanted && !one.deleted)
    if (!user) throw new SlackSays('users_not_found')
    return { user: shownUser(state, user) }
  },
  'users.list': (call) => {
    if (!call.args['limit']) throw new SlackSays('limit_required')
    const { page, response_metadata } = pageOf(call, [...call.state.users.values()])
    return { members: page.map((user) => shownUser(call.state, user)), response_metadata }
  },
  'chat.postMessage': ({ state, args, caller }) => {
    const channel = postable(state, args, caller)
    return post(state, channel, args, null)
  },
  'chat.postEphemeral': ({ state, args, caller }) => {
    const channel = postable(state, args, caller)
    const user = args['user'] ?? ''
    if (!channel.members.has(user)) throw new SlackSays('user_not_in_channel')
    const { ts } = post(state, channel, args, user)
    return { message_ts: ts }
  },
}

function postable(state: FakeState, args: Args, caller: string): FakeChannel {
  const id = args['channel'] ?? ''
  const person = state.opensDirect ? state.users.get(id) : undefined
  if (person?.deleted) throw new SlackSays('channel_not_found')
  const channel = person
    ? directWith(state, person.id, caller)
    : (state.channels.get(id) ?? [...state.direct.values()].find((direct) => direct.id === id))
  if (!channel || channel.deleted) throw new SlackSays('channel_not_found')
  if (channel.is_archived) throw new SlackSays('is_archived')
  if (!channel.members.has(caller)) throw new SlackSays('channel_not_found')
  return channel
}

function post(state: FakeState, channel: FakeChannel, args: Args, audience: string | null) {
  if (!args['text'] && !args['blocks']) throw new SlackSays('no_text')
  const ts = nextTs(state)
  const blocks: unknown = args['blocks'] ? JSON.parse(args['blocks']) : []
  channel.messages.push({ ts, user: state.bot, text: args['text'] ?? '', blocks, for: audience })
  return { channel: channel.id, ts }
}

export const shownUser = (state: FakeState, user: FakeUser) => ({
  id: user.id,
  team_id: state.team.id,
  name: user.name.toLowerCase().replaceAll(' ', '.'),
  real_name: user.name,
  deleted: user.deleted,
  is_bot: user.is_bot,
  is_restricted: user.is_restricted,
  is_ultra_restricted: user.is_ultra_restricted,
  ...(user.is_stranger ? { is_stranger: true } : {}),
  is_app_user: false,
  profile: { real_name: user.name, display_name: '', ...(user.email ? { email: user.email } : {}) },
})
