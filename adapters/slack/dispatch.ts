import { App, type Logger, LogLevel } from '@slack/bolt'
import { asAccountId, asChatId } from '../../src/core/ids.ts'
import { isDialogName, type Press, PRESSES } from '../../src/core/press.ts'
import type { Asker, News, Question, SharedMessage, Submission, Verb } from '../../src/ports/inbound.ts'
import { verbOf } from './command.ts'
import { FIELD_ACTION, LOOK_UP_ACTION, pressOf } from './blocks.ts'
import { type Fields, fieldsOf, idOf, textOf } from './fields.ts'
import { EVENTS, newsOfEvent, reasonOf } from './news.ts'
import { readable } from './readable.ts'
import { dialogIn, valuesIn } from './view.ts'

/** Bolt knows which listener a request is for; it has no token, makes no call and keeps nothing. One app serves all requests at once. */
const app = new App({
  receiver: { init: () => {}, start: async () => {}, stop: async () => {} },
  authorize: async () => ({}),
  convoStore: false,
  ignoreSelf: false, // word of our own acts is one more reason to look
  logger: quietLogger(),
})

/** What a request turned out to be. A question is answered in the reply; the rest is written down. */
export type Heard =
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'submission'; readonly submission: Submission }

type Request = { readonly command: string; readonly heard: Heard[] }

/** Travels with each request through Bolt's context, so that requests under way at once do not mix. */
const REQUEST = 'ringsideRequest'
const requestIn = (context: Fields): Request => context[REQUEST] as Request

const tell = (context: Fields, news: News) => void requestIn(context).heard.push({ kind: 'news', news })
const say = (context: Fields, from: Asker, verb: Verb) => tell(context, { kind: 'command', verb, from })
/** A press that asks for a dialog is a question; any other is something to do. */
function press(context: Fields, from: Asker, pressed: Press, message: SharedMessage | null = null): void {
  const { name, about } = pressed
  if (!isDialogName(name)) return say(context, from, { name: 'press', press: pressed, values: {} })
  requestIn(context).heard.push({ kind: 'question', question: { name: 'dialog', press: { name, about }, from, message } })
}

/** Somebody filled in a field of a dialog that looks at it as they do. */
function changed(context: Fields, body: Fields): void {
  const dialog = dialogIn(fieldsOf(body['view']))
  if (!dialog) return
  const { values } = valuesIn(fieldsOf(body['view']))
  const question: Question = { name: 'dialog', press: dialog, from: pressedBy(body), message: null, values }
  requestIn(context).heard.push({ kind: 'question', question })
}

// One listener for all: Bolt tries every listener on every request.
app.event(/^/, async ({ event, body, context }) => {
  tell(context, newsOfEvent(event.type, fieldsOf(event), fieldsOf(body)))
})

app.command(/^\//, async ({ command, ack, context }) => {
  await ack()
  if (command.command !== requestIn(context).command) return
  const verb = verbOf(command.text ?? '', command.command)
  const from = commandFrom(fieldsOf(command))
  if (verb?.name === 'press') press(context, from, verb.press)
  else if (verb) say(context, from, verb)
  else press(context, from, { name: 'choose-item', about: '' })
})

app.action(/^/, async ({ action, body, ack, context }) => {
  await ack()
  const fields = fieldsOf(action)
  if (fields['action_id'] === FIELD_ACTION) return changed(context, fieldsOf(body))
  const value = textOf(fields['value']) ?? textOf(fieldsOf(fields['selected_option'])['value']) ?? ''
  const pressed = pressOf(textOf(fields['action_id']) ?? '', value)
  if (pressed && PRESSES[pressed.name] !== 'page') press(context, pressedBy(fieldsOf(body)), pressed)
})

app.options(LOOK_UP_ACTION, async ({ options, body, ack, context }) => {
  await ack()
  const { value, block_id } = fieldsOf(options) as { value?: string; block_id?: string }
  const question: Question = { name: 'options', field: block_id ?? '', words: value ?? '', from: pressedBy(fieldsOf(body)) }
  requestIn(context).heard.push({ kind: 'question', question })
})

app.view(/^/, async ({ view, body, ack, context }) => {
  await ack()
  const dialog = dialogIn(fieldsOf(view))
  if (!dialog) return
  const submission = { press: dialog, ...valuesIn(fieldsOf(view)), from: pressedBy(fieldsOf(body)) }
  requestIn(context).heard.push({ kind: 'submission', submission })
})

app.shortcut(/^/, async ({ shortcut, ack, context }) => {
  await ack()
  const fields = fieldsOf(shortcut)
  const name = textOf(fields['callback_id']) ?? ''
  if (isDialogName(name)) press(context, pressedBy(fields), { name, about: '' }, messageIn(fields))
})

app.error(async (error) => {
  throw error
})

/** What a verified and parsed request tells. Nothing we act upon is `unknown`, and never nothing. */
export async function dispatch(body: Fields, command: string): Promise<Heard> {
  const request: Request = { command, heard: [] }
  if (isForBolt(body)) await app.processEvent({ body, ack: async () => {}, customProperties: { [REQUEST]: request } })
  return request.heard[0] ?? { kind: 'news', news: { kind: 'unknown', reason: unknownReason(body) } }
}

/**
 * Bolt looks into the fields of every event before it knows whether anybody listens, and stumbles over those it does not
 * expect to be empty; only what one of our listeners is for goes there.
 */
function isForBolt(body: Fields): boolean {
  if ('event' in body) return isOurs(fieldsOf(body['event'])) && hasAuthorization(body)
  if (textOf(body['command'])) return true
  return (
    INTERACTIVE.has(textOf(body['type']) ?? '') && idOf(body['user']) !== null && (!('actions' in body) || Array.isArray(body['actions']))
  )
}

const INTERACTIVE: ReadonlySet<string> = new Set(['block_actions', 'block_suggestion', 'view_submission', 'shortcut', 'message_action'])

const hasAuthorization = (body: Fields): boolean =>
  !('authorizations' in body) || (Array.isArray(body['authorizations']) && body['authorizations'].every(isFilled))

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

/** Where somebody pressed: in a message, which has a channel and an answering address, or in a view. */
function pressedBy(body: Fields): Asker {
  const container = fieldsOf(body['container'])
  return {
    account: asAccountId(idOf(body['user']) ?? ''),
    chat: chatOf(idOf(body['channel']) ?? textOf(container['channel_id'])),
    reply: textOf(body['response_url']),
    trigger: textOf(body['trigger_id']),
    dialog: fieldsOf(body['view'])['type'] === 'modal' ? idOf(body['view']) : null,
    ...(fieldsOf(body['view'])['type'] === 'home' && { onHome: true }),
  }
}

const commandFrom = (command: Fields): Asker => ({
  account: asAccountId(textOf(command['user_id']) ?? ''),
  chat: chatOf(textOf(command['channel_id'])),
  reply: textOf(command['response_url']),
  trigger: textOf(command['trigger_id']),
  dialog: null,
})

/** The message that a shortcut was used on, and its address as Slack writes them. */
function messageIn(shortcut: Fields): SharedMessage | null {
  const message = fieldsOf(shortcut['message'])
  const [text, ts, thread] = ['text', 'ts', 'thread_ts'].map((name) => textOf(message[name]))
  if (!ts) return null
  const [domain, channel, by] = [textOf(fieldsOf(shortcut['team'])['domain']), idOf(shortcut['channel']), textOf(message['user'])]
  const inThread = thread && thread !== ts ? `?thread_ts=${thread}&cid=${channel}` : ''
  const url = domain && channel ? `https://${domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}${inThread}` : null
  return { text: readable(text ?? ''), url, by: by ? asAccountId(by) : null }
}

const chatOf = (id: string | null) => (id ? asChatId(id) : null)

/** What Bolt would print is either in the failure that is thrown, or about requests we count ourselves. */
function quietLogger(): Logger {
  const silent = () => {}
  return { debug: silent, info: silent, warn: silent, error: silent, setLevel: silent, setName: silent, getLevel: () => LogLevel.ERROR }
}
