import { App, type Logger, LogLevel } from '@slack/bolt'
import { asAccountId, asChatId } from '../../src/core/ids.ts'
import type { Asker, News } from '../../src/ports/inbound.ts'
import { verbOf } from './command.ts'
import { type Fields, fieldsOf, idOf, textOf } from './fields.ts'
import { CHOICE_ACTION } from './message.ts'
import { EVENTS, newsOfEvent, reasonOf } from './news.ts'

/** Bolt knows which listener a request is for; it has no token, makes no call and keeps nothing. One app serves all requests at once. */
const app = new App({
  receiver: { init: () => {}, start: async () => {}, stop: async () => {} },
  authorize: async () => ({}),
  convoStore: false,
  ignoreSelf: false, // word of our own acts is one more reason to look
  logger: quietLogger(),
})

type Request = { readonly command: string; readonly news: News[] }

/** Travels with each request through Bolt's context, so that requests under way at once do not mix. */
const REQUEST = 'ringsideRequest'
const requestIn = (context: Fields): Request => context[REQUEST] as Request

// One listener for all: Bolt tries every listener on every request.
app.event(/^/, async ({ event, body, context }) => {
  requestIn(context).news.push(newsOfEvent(event.type, fieldsOf(event), fieldsOf(body)))
})

app.command(/^\//, async ({ command, ack, context }) => {
  const request = requestIn(context)
  await ack()
  if (command.command !== request.command) return
  const from = { account: asAccountId(command.user_id), chat: chatOf(command.channel_id), reply: textOf(command.response_url) }
  request.news.push({ kind: 'command', verb: verbOf(command.text ?? ''), from })
})

app.action(CHOICE_ACTION, async ({ action, body, ack, context }) => {
  await ack()
  const item = textOf(fieldsOf(action)['value'])
  if (item) requestIn(context).news.push({ kind: 'command', verb: { name: 'discuss-item', item }, from: pressedBy(fieldsOf(body)) })
})

app.error(async (error) => {
  throw error
})

/** What a verified and parsed request tells. Nothing we act upon is `unknown`, and never nothing. */
export async function dispatch(body: Fields, command: string): Promise<News> {
  const request: Request = { command, news: [] }
  if (isForBolt(body)) await app.processEvent({ body, ack: async () => {}, customProperties: { [REQUEST]: request } })
  return request.news[0] ?? { kind: 'unknown', reason: unknownReason(body) }
}

/**
 * Bolt looks into the fields of every event before it knows whether anybody listens, and stumbles over those it does not
 * expect to be empty; only what one of our listeners is for goes there.
 */
function isForBolt(body: Fields): boolean {
  if ('event' in body) return isOurs(fieldsOf(body['event'])) && hasAuthorization(body)
  return textOf(body['command']) !== null || (Array.isArray(body['actions']) && idOf(body['user']) !== null)
}

const hasAuthorization = (body: Fields): boolean =>
  !('authorizations' in body) || (Array.isArray(body['authorizations']) && isFilled(body['authorizations'][0]))

const isOurs = (event: Fields): boolean =>
  Object.hasOwn(EVENTS, textOf(event['type']) ?? '') &&
  ['user', 'channel', 'item'].every((name) => !(name in event) || isFilled(event[name]))

const isFilled = (value: unknown): boolean => typeof value === 'string' || (typeof value === 'object' && value !== null)

function unknownReason(body: Fields): string {
  if ('event' in body) return reasonOf('event', fieldsOf(body['event'])['type'])
  if ('command' in body) return reasonOf('command', body['command'])
  const [action] = Array.isArray(body['actions']) ? (body['actions'] as unknown[]) : []
  return action ? reasonOf('action', fieldsOf(action)['action_id']) : reasonOf('request', body['type'])
}

const pressedBy = (body: Fields): Asker => ({
  account: asAccountId(idOf(body['user']) ?? ''),
  chat: chatOf(idOf(body['channel']) ?? ''),
  reply: textOf(body['response_url']),
})

const chatOf = (id: string | undefined) => (id ? asChatId(id) : null)

/** What Bolt would print is either in the failure that is thrown, or about requests we count ourselves. */
function quietLogger(): Logger {
  const silent = () => {}
  return { debug: silent, info: silent, warn: silent, error: silent, setLevel: silent, setName: silent, getLevel: () => LogLevel.ERROR }
}
