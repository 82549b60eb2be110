import type { Method, MethodCall } from './methods.ts'
import { pageOf } from './pages.ts'
import { type FakeChannel, type FakeState, newChannel, nextId, SlackSays } from './state.ts'

/** The conversations.* methods this product calls, with the errors Slack documents for them. */
export const CONVERSATION_METHODS: Readonly<Record<string, Method>> = {
  'conversations.create': ({ state, args, caller, emit }) => {
    const name = legalName(args['name'] ?? '')
    if ([...state.channels.values()].some((channel) => channel.name === name && !channel.deleted)) throw new SlackSays('name_taken')
    if (args['is_private'] !== 'true') throw new SlackSays('missing_scope', { needed: 'channels:manage', provided: 'groups:write' })
    const channel = newChannel(state, nextId(state, 'C'), state.nameRule(name), caller)
    state.channels.set(channel.id, channel)
    emit(joined(state, channel.id, caller, null))
    return { channel: shown(state, channel, caller) }
  },
  'conversations.invite': (call) => {
    const channel = writable(call)
    const users = (call.args['users'] ?? '').split(',').filter((user) => user !== '')
    if (users.length === 0) throw new SlackSays('no_user')
    if (users.length > 100) throw new SlackSays('invalid_arguments')
    const errors = users.flatMap((user) => {
      const error = whyNotInvite(call, channel, user)
      return error ? [{ user, ok: false, error }] : []
    })
    const first = errors[0]
    if (first && !call.state.partialInvites) throw new SlackSays(first.error)
    if (first && (call.args['force'] !== 'true' || errors.length === users.length)) throw new SlackSays(first.error, { errors })
    for (const user of users) if (!errors.some((error) => error.user === user)) join(call, channel, user)
    return { channel: shown(call.state, channel, call.caller), ...(first ? { errors } : {}) }
  },
  'conversations.kick': (call) => {
    const channel = writable(call)
    const user = call.args['user'] ?? ''
    if (user === call.caller) throw new SlackSays('cant_kick_self')
    if (!call.state.users.has(user)) throw new SlackSays('user_not_found')
    if (!channel.members.delete(user)) throw new SlackSays('not_in_channel')
    call.emit(left(call.state, channel.id, user))
    return {}
  },
  'conversations.members': (call) => {
    const { members } = visible(call)
    const { page, response_metadata } = pageOf(
      call,
      [...members].filter((id) => call.state.listsApp || id !== call.caller),
    )
    return { members: page, response_metadata }
  },
  'conversations.info': (call) => ({ channel: shown(call.state, visible(call), call.caller) }),
  'conversations.rename': (call) => {
    const channel = writable(call)
    if (channel.creator !== call.caller) throw new SlackSays('not_authorized')
    const name = legalName(call.args['name'] ?? '')
    if ([...call.state.channels.values()].some((other) => other !== channel && other.name === name)) throw new SlackSays('name_taken')
    channel.name = name
    call.emit({ type: 'group_rename', channel: { id: channel.id, name, name_normalized: name, created: channel.created } })
    return { channel: shown(call.state, channel, call.caller) }
  },
  'conversations.archive': (call) => {
    const channel = visible(call)
    if (channel.is_archived) throw new SlackSays('already_archived')
    archive(call.state, channel)
    call.emit({ type: 'group_archive', channel: channel.id, user: call.caller })
    return {}
  },
  'conversations.setTopic': (call) => {
    const channel = writable(call)
    channel.topic = short(call.args['topic'] ?? '')
    return { channel: shown(call.state, channel, call.caller) }
  },
  'conversations.setPurpose': (call) => {
    const channel = writable(call)
    channel.purpose = short(call.args['purpose'] ?? '')
    return { channel: shown(call.state, channel, call.caller) }
  },
  'conversations.open': ({ state, args, caller }) => {
    const user = state.users.get(args['users'] ?? '')
    if (!args['users']) throw new SlackSays('users_list_not_supplied')
    if (!user) throw new SlackSays('user_not_found')
    if (user.deleted) throw new SlackSays('user_disabled')
    return { channel: { id: directWith(state, user.id, caller).id } }
  },
  'users.conversations': (call) => channelsOf(call),
  'conversations.list': (call) => channelsOf(call),
}

/** The app's conversation with one person; there is one for ever. */
export function directWith(state: FakeState, user: string, caller: string): FakeChannel {
  const channel = state.direct.get(user) ?? newChannel(state, nextId(state, 'D'), '', caller)
  channel.members.add(user)
  state.direct.set(user, channel)
  return channel
}

/** All channels of this Slack are private: of these, both lists show the ones the caller is in. */
function channelsOf(call: MethodCall) {
  const types = (call.args['types'] ?? 'public_channel').split(',')
  const mine = [...call.state.channels.values()].filter(
    (channel) => !channel.deleted && channel.members.has(call.caller) && !(channel.is_archived && call.args['exclude_archived'] === 'true'),
  )
  const { page, response_metadata } = pageOf(call, types.includes('private_channel') ? mine : [])
  return { channels: page.map((channel) => shown(call.state, channel, call.caller)), response_metadata }
}

export const joined = (state: FakeState, channel: string, user: string, inviter: string | null) => ({
  type: 'member_joined_channel',
  user,
  channel,
  channel_type: 'C',
  team: state.team.id,
  ...(inviter ? { inviter } : {}),
})

export const left = (state: FakeState, channel: string, user: string) => ({
  type: 'member_left_channel',
  user,
  channel,
  channel_type: 'C',
  team: state.team.id,
})

/** Archiving puts the app out, and nobody else. */
export function archive(state: FakeState, channel: FakeChannel): void {
  channel.is_archived = true
  if (state.archiveEjects) channel.members.delete(state.bot)
}

function join({ state, caller, emit }: MethodCall, channel: FakeChannel, user: string): void {
  channel.members.add(user)
  emit(joined(state, channel.id, user, caller))
}

/** A private channel shows itself to its members alone; to everybody else it does not exist. */
function visible({ state, args, caller }: MethodCall): FakeChannel {
  const channel = state.channels.get(args['channel'] ?? '')
  if (!channel || channel.deleted || !channel.members.has(caller)) throw new SlackSays('channel_not_found')
  if (!channel.is_private && state.publicHides) throw new SlackSays('missing_scope', { needed: 'channels:read', provided: 'groups:read' })
  return channel
}

function writable(call: MethodCall): FakeChannel {
  const channel = visible(call)
  if (channel.is_archived) throw new SlackSays('is_archived')
  return channel
}

function whyNotInvite({ state, caller }: MethodCall, channel: FakeChannel, id: string): string | null {
  const user = state.users.get(id)
  if (id === caller) return 'cant_invite_self'
  if (!user) return 'user_not_found'
  const word = state.unwelcome.get(id)
  if (word) return word
  if (channel.members.has(id)) return 'already_in_channel'
  if (user.deleted) return 'cant_invite'
  return user.is_ultra_restricted && alreadyGuestElsewhere(state, id) ? 'ura_max_channels' : null
}

const alreadyGuestElsewhere = (state: FakeState, id: string): boolean =>
  [...state.channels.values()].some((channel) => channel.members.has(id))

function legalName(name: string): string {
  if (name === '') throw new SlackSays('invalid_name_required')
  if (name.length > 80) throw new SlackSays('invalid_name_maxlength')
  if (/^[-_]+$/.test(name)) throw new SlackSays('invalid_name_punctuation')
  if (!/^[a-z0-9_-]+$/.test(name)) throw new SlackSays('invalid_name_specials')
  return name
}

function short(text: string): string {
  if (text.length > 250) throw new SlackSays('too_long')
  return text
}

const shown = (state: FakeState, channel: FakeChannel, caller: string) => ({
  id: channel.id,
  name: channel.name,
  name_normalized: channel.name,
  is_channel: true,
  is_group: false,
  is_im: false,
  is_private: channel.is_private,
  is_archived: channel.is_archived,
  is_member: channel.members.has(caller),
  created: channel.created,
  creator: channel.creator,
  context_team_id: state.team.id,
  topic: { value: channel.topic, creator: '', last_set: 0 },
  purpose: { value: channel.purpose, creator: '', last_set: 0 },
})
