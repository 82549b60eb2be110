import type { Answer, Delivery, Errors, Inbound, InboundRequest, Question, Received, Told } from '../../src/ports/inbound.ts'
import { optionOf } from './blocks.ts'
import { dispatch } from './dispatch.ts'
import { DEFAULT_COMMAND } from './manifest.ts'
import { type Fields, fieldsOf, idOf, textOf } from './fields.ts'
import { workspaceOf } from './news.ts'
import { checkSignature } from './signature.ts'

export type SlackInboundOptions = {
  /** The signing secret of the Slack app; two while one replaces the other. */
  readonly signingSecrets: readonly string[]
  readonly command?: string
}

const OK: Answer = { status: 200, body: null }

/** Everything from Slack: events, commands and buttons, on one path. */
export function slackInbound({ signingSecrets, command = DEFAULT_COMMAND }: SlackInboundOptions): Inbound {
  if (signingSecrets.length === 0 || signingSecrets.includes('')) throw new Error('Slack needs a signing secret')
  return {
    receive: async (request) => {
      const checked = checkSignature(signingSecrets, request.headers, request.body, request.nowMs)
      if (!checked.ok) return { kind: 'rejected', status: 401, code: checked.code, why: checked.why }
      const parsed = parse(request)
      if (!parsed.ok) return { kind: 'rejected', status: 400, code: parsed.code, why: parsed.why }
      return handshake(parsed.body) ?? receivedOf(parsed.body, command, () => idOfDelivery(parsed.body, request))
    },
  }
}

/** What an authentic body tells, by whichever way it came. */
export async function receivedOf(body: Fields, command: string, idOfThis: () => Promise<string>): Promise<Received> {
  const heard = await dispatch(body, command)
  const workspace = workspaceOfAny(body)
  switch (heard.kind) {
    case 'news': {
      const deliveries = [{ id: await idOfThis(), workspace, news: heard.news }]
      return { kind: 'accepted', deliveries, answer: OK, ...('command' in body && { late: SLOW }) }
    }
    case 'question': {
      const { question } = heard
      return { kind: 'asked', workspace, question, answer: question.name === 'options' ? offer : () => OK, late: late(question) }
    }
    case 'submission': {
      const { submission } = heard
      const verb = { name: 'press', press: submission.press, values: submission.values } as const
      const news = { kind: 'command', verb, from: submission.from } as const
      const delivery: Delivery = { id: await idOfThis(), workspace, news }
      return { kind: 'submitted', delivery, submission, accepted: { status: 200, body: { response_action: 'clear' } }, refused }
    }
  }
}

/** Slack repeats events, and no commands: whoever typed one is told that it is slow, and not that the app did not respond. */
const SLOW: Answer = {
  status: 200,
  body: {
    response_type: 'ephemeral',
    text: 'Ringside is slow at this moment. Your request is being written down; if nothing comes within a minute, please ask again.',
  },
}

/** Dialogs were shown by a call of their own; what a field offers travels in the reply. */
const offer = (told: Told): Answer => ({ status: 200, body: { options: told.kind === 'options' ? told.options.map(optionOf) : [] } })

const late = (question: Question): Answer => (question.name === 'options' ? offer({ kind: 'nothing' }) : OK)

/** Slack shows each sentence at the field with that name. */
const refused = (errors: Errors): Answer => ({ status: 200, body: { response_action: 'errors', errors } })

/** What Slack says about the connection, and not from a workspace; null for everything else. */
export function handshake(body: Fields): Received | null {
  if (body['type'] === 'url_verification') return answered('url_verification', { status: 200, body: { challenge: body['challenge'] } })
  if (body['type'] === 'app_rate_limited') return answered('app_rate_limited', OK)
  return body['ssl_check'] === '1' ? answered('ssl_check', OK) : null
}

const answered = (discarded: string, answer: Answer): Received => ({ kind: 'answered', discarded, answer })

type Parsed = { readonly ok: true; readonly body: Fields } | { readonly ok: false; readonly code: string; readonly why: string }

/** Events come as JSON, commands as a form, buttons as JSON in a form. The type may say a charset after a semicolon. */
function parse({ headers, body }: InboundRequest): Parsed {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return parseJson(body)
  if (type !== 'application/x-www-form-urlencoded') {
    return { ok: false, code: 'content_type', why: `Slack sends JSON or a form, and this is ${type ?? 'neither'}.` }
  }
  const form = new URLSearchParams(body)
  const payload = form.get('payload')
  if (payload !== null) return parseJson(payload)
  if (form.has('command') || form.has('ssl_check')) return { ok: true, body: Object.fromEntries(form) }
  return { ok: false, code: 'form', why: 'The form holds neither a command nor a payload.' }
}

function parseJson(text: string): Parsed {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ok: true, body: body as Fields }
    return { ok: false, code: 'json', why: 'The body is JSON, and not an object.' }
  } catch (error) {
    return { ok: false, code: 'json', why: `The body is not JSON: ${error instanceof Error ? error.message : String(error)}.` }
  }
}

/** A repeat of an event has the same id. Commands and buttons are never repeated: the same bytes again are a recording of the first. */
async function idOfDelivery(body: Fields, { headers, body: text }: InboundRequest): Promise<string> {
  return textOf(body['event_id']) ?? (await hashOf(`${headers.get('x-slack-request-timestamp')}:${text}`))
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Buttons name their workspace in another place than events and commands; of an app of a whole organisation the view or the person does. */
const workspaceOfAny = (body: Fields): string =>
  workspaceOf(body) ??
  idOf(body['team']) ??
  textOf(fieldsOf(body['view'])['app_installed_team_id']) ??
  textOf(fieldsOf(body['user'])['team_id']) ??
  idOf(body['enterprise']) ??
  ''
