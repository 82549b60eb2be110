import type { Work } from '../../src/ports/chat-platform.ts'
import type { Cost, Pace } from '../../src/ports/pace.ts'
import type { Called, SlackCall, SlackMethod } from './call.ts'
import { ADD_MAX } from './capabilities.ts'
import { failureOf } from './failure.ts'
import { textOf } from './fields.ts'

/**
 * Slack counts calls by method and workspace, in a minute that ends now. It says how many it lets through at least; these are they.
 * null: answers to a press, which has three seconds, and what has no limit of its own; they are made, and Slack may say no.
 */
const A_MINUTE: Readonly<Record<SlackMethod, number | null>> = {
  'auth.revoke': 50,
  'auth.teams.list': 20,
  'auth.test': null,
  'bookmarks.add': 20,
  'bookmarks.edit': 20,
  'bookmarks.list': 50,
  'chat.postEphemeral': 100,
  'chat.postMessage': 200,
  'chat.unfurl': 50,
  'chat.update': 50,
  'conversations.archive': 20,
  'conversations.create': 20,
  'conversations.info': 50,
  'conversations.invite': 50,
  'conversations.inviteShared': 20,
  'conversations.kick': 50,
  'conversations.list': 20,
  'conversations.members': 100,
  'conversations.open': 50,
  'conversations.rename': 20,
  'conversations.setPurpose': 20,
  'conversations.setTopic': 20,
  'oauth.v2.access': null,
  'pins.add': 20,
  'usergroups.users.list': 20,
  'users.conversations': 50,
  'users.info': 100,
  'users.lookupByEmail': 50,
  'views.open': null,
  'views.publish': null,
  'views.update': null,
}

/** A second more than Slack's minute: our clock is not Slack's, and a call takes a moment to arrive. */
const MINUTE_MS = 61_000
/** Beside the workspace's limit, whose height Slack does not tell, a channel takes one message in a second. */
const POST_MS = 1_100

/** Calls Slack only when there is room, and tells the others when Slack says that there was none. What waits costs no call. */
export function pacedCall(call: SlackCall, pace: Pace, factor: number): SlackCall {
  return async (method, args) => {
    const costs = costsOfCall(method, args, factor)
    const waitMs = costs.length > 0 ? await pace.take(costs) : 0
    if (waitMs > 0) return full(method, waitMs)
    const called = await call(method, args)
    if (isTooFast(called)) await pace.hold(method, called.failure.afterMs)
    return called
  }
}

function costsOfCall(method: SlackMethod, args: Readonly<Record<string, unknown>>, factor: number): readonly Cost[] {
  const costs = costOf(method, 1, factor)
  const channel = method === 'chat.postMessage' ? textOf(args['channel']) : null
  return channel ? [...costs, { method: `${method} ${channel}`, calls: 1, most: factor, perMs: POST_MS }] : costs
}

/** What one piece of work asks of each method, as the files beside this one do it. */
export function costsOfWork(work: Work, factor: number): readonly Cost[] {
  const { opens = 0, describes = 0, reads = 0, adds = 0, removes = 0, displays = 0, lookUps = 0 } = work
  const shown = opens > 0 ? 0 : displays
  return [
    ...costOf('conversations.create', opens, factor),
    ...costOf('conversations.setPurpose', opens, factor),
    ...costOf('conversations.setTopic', opens, factor),
    ...costOf('conversations.info', describes, factor),
    ...costOf('conversations.members', reads, factor),
    ...costOf('conversations.invite', Math.ceil(adds / ADD_MAX), factor),
    ...costOf('conversations.kick', removes, factor),
    ...costOf('chat.postMessage', displays - shown, factor),
    ...costOf('pins.add', displays - shown, factor),
    ...costOf('bookmarks.add', displays - shown, factor),
    ...costOf('chat.update', shown, factor),
    ...costOf('users.lookupByEmail', lookUps, factor),
  ]
}

/** How long the slowest of the methods takes for it. */
export function timeForWork(work: Work, factor: number): number {
  return Math.max(0, ...costsOfWork(work, factor).map(({ calls, most, perMs }) => (Math.ceil(calls / most) - 1) * perMs))
}

function costOf(method: SlackMethod, calls: number, factor: number): readonly Cost[] {
  const most = A_MINUTE[method]
  return most === null || calls === 0 ? [] : [{ method, calls, most: most * factor, perMs: MINUTE_MS }]
}

function full(method: SlackMethod, afterMs: number): Called {
  return { ok: false, failure: { ...failureOf(method, 'ratelimited'), kind: 'later', afterMs }, errors: [] }
}

const isTooFast = (called: Called): called is Called & { ok: false; failure: { kind: 'later'; afterMs: number } } =>
  !called.ok && called.failure.kind === 'later' && ['ratelimited', 'rate_limited'].includes(called.failure.code)
