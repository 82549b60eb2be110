import { type AccountId, asAccountId, asChatId } from '../../src/core/ids.ts'
import { type DialogPress, isDialogPress, type Press, PRESSES } from '../../src/core/press.ts'
import type { Values } from '../../src/core/screen.ts'
import type { Answer, Asker, Delivery, Errors, Inbound, News, Question, Received, Told, Verb } from '../../src/ports/inbound.ts'
import { type BotKeysOptions, botTokens, type KnownKeys } from './bot-token.ts'
import { verbOf } from './command.ts'
import { dataOf, dialogCard, pressIn, searchIn, searchResults, valuesIn, wayOf } from './dialog.ts'
import { type Fields, fieldsOf, idOf, textOf } from './fields.ts'
import { isMicrosoft } from './hosts.ts'
import { newsOfUpdate, reasonOf } from './news.ts'

export type TeamsInboundOptions = BotKeysOptions & {
  readonly appId: string
  readonly keys: KnownKeys
  /** Where the bot service is; its own hosts are known. */
  readonly connectorUrl: string
  /** As people mention it. */
  readonly appName?: string
}

const CHANNEL = 'msteams'
const APP_NAME = 'Ringside'
const OK: Answer = { status: 200, body: null }
/** Whoever gets this sends it again. */
const AGAIN: Answer = { status: 503, body: null }

/** Everything from the bot service: who came and went, what was said to the app, presses and dialogs. */
export function teamsInbound(options: TeamsInboundOptions): Inbound {
  const { appId, keys, connectorUrl, appName = APP_NAME } = options
  const verify = botTokens(appId, options, keys)
  return {
    async receive({ headers, body, nowMs }) {
      const activity = parse(body)
      if (!activity) return { kind: 'rejected', status: 400, code: 'json', why: 'The body is not an activity in JSON.' }
      const verified = await verify(headers.get('authorization'), activity, nowMs)
      if (verified === 'unread') return { kind: 'answered', discarded: 'keys_unread', answer: AGAIN }
      if (!verified.ok) return { kind: 'rejected', status: 401, code: verified.code, why: verified.why }
      if (!isMicrosoft(textOf(activity['serviceUrl']) ?? '', connectorUrl))
        return {
          kind: 'rejected',
          status: 401,
          code: 'foreign_service',
          why: 'The activity wants its answers at an address that is not of Microsoft.',
        }
      return receivedOf(activity, appName, nowMs)
    },
  }
}

function parse(text: string): Fields | null {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : null
  } catch {
    return null
  }
}

function receivedOf(activity: Fields, appName: string, nowMs: number): Received {
  if (activity['channelId'] !== CHANNEL) return { kind: 'answered', discarded: reasonOf('channel', activity['channelId']), answer: OK }
  switch (activity['type']) {
    case 'conversationUpdate':
    case 'installationUpdate':
      return accepted(activity, newsOfUpdate(activity, nowMs))
    case 'message':
      return receivedMessage(activity, appName)
    case 'invoke':
      return receivedInvoke(activity)
    default:
      return accepted(activity, [unknown('activity', activity['type'])])
  }
}

const unknown = (kind: string, name: unknown): News => ({ kind: 'unknown', reason: reasonOf(kind, name) })

/** A press in a card comes as a message that has a value and no words. */
function receivedMessage(activity: Fields, appName: string): Received {
  const from = askerOf(activity)
  if (!from) return accepted(activity, [unknown('message', 'from_nobody')])
  const press = pressIn(fieldsOf(activity['value']))
  if (press) return isDialogPress(press) ? typedDialog(activity, from, press) : accepted(activity, [pressed(from, press)])
  const verb = verbOf(activity, appName)
  if (!verb) return typedDialog(activity, from, { name: 'choose-item', about: '' })
  if (verb.name === 'press' && isDialogPress(verb.press)) return typedDialog(activity, from, verb.press)
  return accepted(activity, [{ kind: 'command', verb, from }])
}

/** Words cannot open a dialog in Teams, only a press can. */
function typedDialog(activity: Fields, from: Asker, press: DialogPress): Received {
  const question: Question = { name: 'dialog', press, from, message: null, byWords: true }
  return { kind: 'asked', workspace: tenantOf(activity), question, answer: () => OK, late: OK }
}

function pressed(from: Asker, press: Press): News {
  if (PRESSES[press.name] !== 'act') return unknown('press', press.name)
  const verb: Verb = { name: 'press', press, values: {} }
  return { kind: 'command', verb, from }
}

function receivedInvoke(activity: Fields): Received {
  const from = askerOf(activity)
  const [workspace, value] = [tenantOf(activity), fieldsOf(activity['value'])]
  if (!from) return { kind: 'answered', discarded: reasonOf('invoke', 'from_nobody'), answer: NOTHING }
  switch (activity['name']) {
    case 'application/search': {
      const question: Question = { name: 'options', ...searchIn(value), from }
      return { kind: 'asked', workspace, question, answer: offer, late: offer({ kind: 'nothing' }) }
    }
    case 'task/fetch': {
      const press = pressIn(dataOf(value))
      return press && isDialogPress(press) ? asked(workspace, from, press) : unknownInvoke(activity)
    }
    case 'task/submit':
      return receivedSubmit(activity, workspace, from, dataOf(value))
    default:
      return unknownInvoke(activity)
  }
}

const unknownInvoke = (activity: Fields): Received => ({
  kind: 'answered',
  discarded: reasonOf('invoke', activity['name']),
  answer: NOTHING,
})

const asked = (workspace: string, from: Asker, press: DialogPress, values?: Values): Received => {
  const question: Question = { name: 'dialog', press, from, message: null, ...(values && { values }) }
  return { kind: 'asked', workspace, question, answer: (told) => show(told, values), late: words(SLOW) }
}

function receivedSubmit(activity: Fields, workspace: string, from: Asker, data: Fields): Received {
  const press = pressIn(data)
  if (!press) return unknownInvoke(activity)
  // A button in a dialog that does something at once.
  if (!isDialogPress(press)) return { ...accepted(activity, [pressed(from, press)]), answer: words(UNDER_WAY) }
  const { values, passing } = valuesIn(data)
  switch (wayOf(data)) {
    case 'pressed':
      return asked(workspace, from, press)
    case 'anew':
      return asked(workspace, from, press, values)
    case 'sent': {
      const news: News = { kind: 'command', verb: { name: 'press', press, values }, from }
      const delivery: Delivery = { id: idOfDelivery(activity, 0), workspace, news }
      const submission = { press, values, passing, from }
      const all = { ...values, ...passing }
      return { kind: 'submitted', delivery, submission, accepted: words(UNDER_WAY), refused: refused(all), drawsAnew: true }
    }
  }
}

const NOTHING: Answer = { status: 200, body: {} }
const SLOW = 'Ringside is slow at this moment. Please close this and press once more.'
const UNDER_WAY = 'Ringside does it now, and tells you in your own chat with it.'
const ELSEWHERE = 'Ringside has answered you in your own chat with it.'

/** A sentence in the place of the dialog. */
const words = (text: string): Answer => ({ status: 200, body: { task: { type: 'message', value: text } } })

function show(told: Told, values?: Values, errors?: Errors): Answer {
  if (told.kind !== 'dialog') return words(ELSEWHERE)
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: dialogCard(told.dialog, values, errors) }
  return { status: 200, body: { task: { type: 'continue', value: { title: told.dialog.title, height: 'medium', width: 'medium', card } } } }
}

/** The dialog once more, with what was filled in and what is wrong with it; without it at least the words. */
const refused =
  (filled: Values) =>
  (errors: Errors, drawn: Told): Answer =>
    drawn.kind === 'dialog' ? show(drawn, filled, errors) : words(Object.values(errors).join(' '))

const offer = (told: Told): Answer => ({ status: 200, body: searchResults(told.kind === 'options' ? told.options : []) })

type Accepted = Extract<Received, { kind: 'accepted' }>

function accepted(activity: Fields, news: readonly News[]): Accepted {
  const workspace = tenantOf(activity)
  return {
    kind: 'accepted',
    deliveries: news.map((one, place) => ({ id: idOfDelivery(activity, place), workspace, news: one })),
    answer: OK,
  }
}

/** Teams sends an activity again that was not answered soon enough, with the same id. Ids are good within their conversation. */
const idOfDelivery = (activity: Fields, place: number): string =>
  [idOf(activity['conversation']) ?? '', textOf(activity['id']) ?? textOf(activity['timestamp']) ?? crypto.randomUUID(), place].join(' ')

const tenantOf = (activity: Fields): string =>
  idOf(fieldsOf(activity['channelData'])['tenant']) ?? textOf(fieldsOf(activity['conversation'])['tenantId']) ?? ''

/** Null: nobody of Entra, so nobody who could be known. */
function askerOf(activity: Fields): Asker | null {
  const account = accountOf(activity)
  const conversation = fieldsOf(activity['conversation'])
  const chat = textOf(conversation['id'])
  if (!account) return null
  return {
    account,
    chat: chat && conversation['conversationType'] === 'groupChat' ? asChatId(chat) : null,
    reply: null,
    trigger: null,
    dialog: null,
  }
}

function accountOf(activity: Fields): AccountId | null {
  const id = textOf(fieldsOf(activity['from'])['aadObjectId'])
  return id ? asAccountId(id) : null
}
