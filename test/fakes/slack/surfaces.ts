import type { Method, MethodCall } from './methods.ts'
import { type FakeState, nextId, SlackSays } from './state.ts'

/** What the app shows outside of messages: modals, its own page, cards under links, bookmarks and pins. */

/** A trigger is good once, and for three seconds. */
const TRIGGER_MS = 3_000
const VIEW_MAX_BYTES = 250_000

export type FakeView = { readonly id: string; readonly user: string; view: Readonly<Record<string, unknown>>; open: boolean }

function viewIn(call: MethodCall): Readonly<Record<string, unknown>> {
  const text = call.args['view'] ?? ''
  if (text.length > VIEW_MAX_BYTES) throw new SlackSays('view_too_large')
  const view = JSON.parse(text) as { type?: string; title?: { text?: string }; blocks?: unknown[] }
  if (!Array.isArray(view.blocks) || view.blocks.length > 100) throw new SlackSays('invalid_arguments')
  if (view.type === 'modal' && (!view.title?.text || view.title.text.length > 24)) throw new SlackSays('invalid_arguments')
  return view
}

export const SURFACE_METHODS: Readonly<Record<string, Method>> = {
  'views.open': (call) => {
    const { state, args } = call
    const trigger = state.triggers.get(args['trigger_id'] ?? '')
    if (!trigger) throw new SlackSays('invalid_trigger_id')
    if (trigger.used) throw new SlackSays('exchanged_trigger_id')
    if (state.nowMs() - trigger.atMs > TRIGGER_MS) throw new SlackSays('expired_trigger_id')
    trigger.used = true
    const made: FakeView = { id: nextId(state, 'V'), user: trigger.user, view: viewIn(call), open: true }
    state.views.set(made.id, made)
    return { view: { ...made.view, id: made.id } }
  },
  'views.update': (call) => {
    const shown = call.state.views.get(call.args['view_id'] ?? '')
    if (!shown?.open) throw new SlackSays('not_found')
    shown.view = viewIn(call)
    return { view: { ...shown.view, id: shown.id } }
  },
  'views.publish': (call) => {
    const { state, args } = call
    const user = args['user_id'] ?? ''
    if (!state.users.has(user)) throw new SlackSays('invalid_arguments')
    state.homes.set(user, viewIn(call))
    return { view: state.homes.get(user) }
  },
  'chat.unfurl': ({ state, args }) => {
    if (!args['unfurls']) throw new SlackSays('missing_unfurls')
    if (!args['unfurl_id'] && !args['channel']) throw new SlackSays('missing_channel')
    const place = args['unfurl_id'] ?? `${args['channel']} ${args['ts']}`
    state.unfurls.push({ place, cards: JSON.parse(args['unfurls']) as Record<string, unknown> })
    return {}
  },
  'chat.update': (call) => {
    const channel = memberChannel(call)
    const message = channel.messages.find((one) => one.ts === call.args['ts'] && one.user === call.state.bot)
    if (!message) throw new SlackSays('message_not_found')
    Object.assign(message, { text: call.args['text'] ?? '', blocks: call.args['blocks'] ? JSON.parse(call.args['blocks']) : [] })
    return { channel: channel.id, ts: message.ts }
  },
  'pins.add': (call) => {
    const channel = memberChannel(call)
    const ts = call.args['timestamp'] ?? ''
    if (!channel.messages.some((one) => one.ts === ts)) throw new SlackSays('message_not_found')
    if (channel.pins.includes(ts)) throw new SlackSays('already_pinned')
    channel.pins.push(ts)
    return {}
  },
  'bookmarks.add': (call) => {
    const channel = memberChannel(call, 'channel_id')
    if (call.args['type'] !== 'link') throw new SlackSays('invalid_bookmark_type')
    const bookmark = { id: nextId(call.state, 'Bk'), title: call.args['title'] ?? '', link: call.args['link'] ?? '' }
    channel.bookmarks.push(bookmark)
    return { bookmark: { ...bookmark, channel_id: channel.id, type: 'link' } }
  },
  'bookmarks.edit': (call) => {
    const channel = memberChannel(call, 'channel_id')
    const bookmark = channel.bookmarks.find(({ id }) => id === call.args['bookmark_id'])
    if (!bookmark) throw new SlackSays('not_found')
    Object.assign(bookmark, { title: call.args['title'] ?? bookmark.title, link: call.args['link'] ?? bookmark.link })
    return { bookmark }
  },
  'bookmarks.list': (call) => ({ bookmarks: memberChannel(call, 'channel_id').bookmarks.map((one) => ({ ...one, type: 'link' })) }),
  'usergroups.users.list': ({ state, args }) => {
    const group = state.groups.get(args['usergroup'] ?? '')
    if (!group) throw new SlackSays('no_such_subteam')
    return { users: [...group] }
  },
  'conversations.inviteShared': (call) => {
    const channel = memberChannel(call)
    const emails = call.args['emails'] ?? ''
    if (!emails) throw new SlackSays('recipients_not_specified')
    if (emails.includes(',')) throw new SlackSays('too_many_emails')
    if (!/^[^@\s]+@[^@\s]+$/.test(emails)) throw new SlackSays('invalid_email')
    channel.sharedInvites.push(emails)
    const invite_id = nextId(call.state, 'I')
    return { invite_id, conf_code: 'abc', url: `https://join.slack.com/share/${invite_id}`, is_legacy_shared_channel: false }
  },
}

function memberChannel({ state, args, caller }: MethodCall, name = 'channel') {
  const channel = channelOf(state, args[name] ?? '')
  if (!channel || channel.deleted || !channel.members.has(caller)) throw new SlackSays('channel_not_found')
  if (channel.is_archived) throw new SlackSays('is_archived')
  return channel
}

const channelOf = (state: FakeState, id: string) => state.channels.get(id) ?? [...state.direct.values()].find((direct) => direct.id === id)
