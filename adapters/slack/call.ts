import {
  type FetchFunction,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api'
import { type Failure, ok, type Result } from '../../src/core/failure.ts'
import { failureOf } from './failure.ts'
import { type Fields, fieldsOf, textOf } from './fields.ts'
import { SLOW_DOWN_MS } from './meaning.ts'

/** One workspace and how to reach it. */
export type SlackAccess = {
  /** Asked for at every call where tokens change by themselves. */
  readonly token: string | (() => Promise<Result<string>>)
  /** The workspace that is meant, for a token that is good for many. */
  readonly team?: string
  /** `https://slack.com/api/`, or a fake's. */
  readonly apiUrl: string
  readonly fetch?: typeof fetch
  readonly timeoutMs?: number
}

/** The methods we call, and whether a call changes anything. A reading of unknown outcome is simply read again. */
export const SLACK_METHODS = {
  'auth.revoke': 'write',
  'auth.teams.list': 'read',
  'auth.test': 'read',
  'bookmarks.add': 'write',
  'bookmarks.edit': 'write',
  'bookmarks.list': 'read',
  'chat.postEphemeral': 'write',
  'chat.postMessage': 'write',
  'chat.unfurl': 'write',
  'chat.update': 'write',
  'conversations.archive': 'write',
  'conversations.create': 'write',
  'conversations.info': 'read',
  'conversations.invite': 'write',
  'conversations.inviteShared': 'write',
  'conversations.kick': 'write',
  'conversations.list': 'read',
  'conversations.members': 'read',
  // Says nothing yet, and opens the same conversation again.
  'conversations.open': 'read',
  'conversations.rename': 'write',
  'conversations.setPurpose': 'write',
  'conversations.setTopic': 'write',
  'oauth.v2.access': 'write',
  'pins.add': 'write',
  'usergroups.users.list': 'read',
  'users.conversations': 'read',
  'users.info': 'read',
  'users.lookupByEmail': 'read',
  'views.open': 'write',
  'views.publish': 'write',
  'views.update': 'write',
} as const

export type SlackMethod = keyof typeof SLACK_METHODS
/** What came back; nothing in it has a shape yet. */
export type SlackAnswer = Fields
export type PersonError = { readonly user: string; readonly error: string }

/** Also a `Result<SlackAnswer>`. `errors` are the people Slack named in a refusal. */
export type Called =
  | { readonly ok: true; readonly value: SlackAnswer }
  | { readonly ok: false; readonly failure: Failure; readonly errors: readonly PersonError[] }

export type SlackCall = (method: SlackMethod, args: Readonly<Record<string, unknown>>) => Promise<Called>

const TIMEOUT_MS = 10_000
/** How long to wait before a reading that brought no answer is made again, and before a Slack that cannot be reached is tried again. */
const READ_AGAIN_MS = 3_000
const UNREACHED_MS = 5_000

/** Nothing got as far as Slack. */
const NOT_SENT: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

const silent = () => {}
/** What the client would print is in the failure we return. */
export const QUIET = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  setLevel: silent,
  setName: silent,
  getLevel: () => 'error' as never,
}

/**
 * One call of Slack's Web API, with one client of its own: a client that several requests share can lock up for ever on Workers.
 * Nothing is repeated and nothing waits here.
 */
export function slackCall(access: SlackAccess): SlackCall {
  return async (method, args) => {
    const token = typeof access.token === 'string' ? ok(access.token) : await access.token()
    if (!token.ok) return { ok: false, failure: token.failure, errors: [] }
    const team = access.team && OF_A_TEAM.has(method) ? { team_id: access.team } : {}
    try {
      return {
        ok: true,
        value: (await clientFor(access, { token: token.value }).apiCall(method, { ...args, ...team })) as unknown as SlackAnswer,
      }
    } catch (error) {
      return { ok: false, failure: asReading(method, failureOfError(method, error)), errors: namedPeople(error) }
    }
  }
}

/** Methods that have to be told which workspace is meant, where the token is good for many. */
const OF_A_TEAM: ReadonlySet<SlackMethod> = new Set([
  'conversations.create',
  'conversations.list',
  'users.conversations',
  'usergroups.users.list',
])

/** The app itself, by its name and its secret, before there is a token. */
export type SlackApp = Omit<SlackAccess, 'token' | 'team'> & { readonly clientId: string; readonly clientSecret: string }

/** The one call that an app makes as itself. */
export function slackAppCall(app: SlackApp): (args: Readonly<Record<string, unknown>>) => Promise<Called> {
  const headers = { Authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}` }
  return async (args) => {
    try {
      return { ok: true, value: (await clientFor(app, { headers }).apiCall('oauth.v2.access', { ...args })) as unknown as SlackAnswer }
    } catch (error) {
      return { ok: false, failure: failureOfError('oauth.v2.access', error), errors: [] }
    }
  }
}

type Credentials = { readonly token?: string; readonly headers?: Record<string, string> }

const clientFor = (access: Omit<SlackAccess, 'token'>, { token, headers }: Credentials): WebClient =>
  new WebClient(token, { ...clientOptions(access), ...(headers && { headers }), logger: QUIET })

export function clientOptions(access: Omit<SlackAccess, 'token'>) {
  return {
    slackApiUrl: access.apiUrl.endsWith('/') ? access.apiUrl : `${access.apiUrl}/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: access.timeoutMs ?? TIMEOUT_MS,
    allowAbsoluteUrls: false,
    fetch: boundFetch(access.fetch ?? fetch),
  }
}

/** On Workers `fetch` must be called as a plain function, and knows no `redirect: 'error'`. */
const boundFetch =
  (send: typeof fetch): FetchFunction =>
  async (url, init) =>
    inWholeSeconds(await send(url, { ...(init as RequestInit), redirect: 'manual' }))

/** The client cuts a fraction off the wait, and would be early. */
function inWholeSeconds(response: Response): Response {
  const wait = Number(response.headers.get('retry-after'))
  if (response.status !== 429 || Number.isNaN(wait) || Number.isInteger(wait)) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', String(Math.ceil(wait)))
  return new Response(response.body, { status: response.status, headers })
}

/** What the client threw, as a failure of ours. */
export function failureOfError(method: string, error: unknown): Failure {
  if (error instanceof WebAPIPlatformError) return failureOfPlatform(method, error)
  if (error instanceof WebAPIRateLimitedError) return tooFast(Math.max(1, error.retryAfter) * 1000)
  if (error instanceof WebAPIHTTPError) return failureOfStatus(error.statusCode)
  if (error instanceof WebAPIRequestError) return failureOfNetwork(error.original)
  if (error instanceof Error && error.message.startsWith('Retry header')) return tooFast(SLOW_DOWN_MS)
  // Anything else the client throws comes from an answer that broke off or made no sense.
  return { kind: 'uncertain', code: 'unreadable_answer', why: `Slack's answer could not be read (${String(error)}).` }
}

function failureOfPlatform(method: string, { data }: WebAPIPlatformError): Failure {
  const word: unknown = data.error
  if (typeof word !== 'string' || !/^[a-z0-9_]{1,80}$/i.test(word)) {
    return {
      kind: 'uncertain',
      code: 'unreadable_answer',
      why: 'Something other than Slack answered. Ringside looks before it tries again.',
    }
  }
  const failure = failureOf(method, word)
  const needed = textOf(fieldsOf(data)['needed'])
  if (word === 'missing_scope' && needed && ofPublicChannels(needed)) return failureOf(method, 'chat_public')
  return needed ? { ...failure, why: `${failure.why} Missing: ${needed}.` } : failure
}

/** All our channels are private, so it is asked for alone only of one that people made public. */
const ofPublicChannels = (needed: string): boolean => needed.split(',').every((scope) => scope.trim().startsWith('channels:'))

const tooFast = (afterMs: number): Failure => ({ ...failureOf('', 'ratelimited'), kind: 'later', afterMs })

function failureOfStatus(status: number): Failure {
  const code = `http_${status}`
  if (status >= 400 && status < 500 && status !== 408) {
    return { kind: 'refused', code, why: `Something on the way to Slack refused the request with ${status}.`, mender: 'administrator' }
  }
  return { kind: 'uncertain', code, why: `Slack answered with ${status}. Ringside looks before it tries again.` }
}

function failureOfNetwork(error: Error): Failure {
  const code = textOf(fieldsOf(error.cause)['code']) ?? ''
  if (NOT_SENT.has(code)) return { kind: 'later', code: 'not_connected', why: `Slack cannot be reached (${code}).`, afterMs: UNREACHED_MS }
  return { kind: 'uncertain', code: 'no_answer', why: 'Slack did not answer. Ringside looks before it tries again.' }
}

/** Nothing can have happened by reading: read again later. */
function asReading(method: SlackMethod, failure: Failure): Failure {
  if (failure.kind !== 'uncertain' || SLACK_METHODS[method] === 'write') return failure
  return { ...failure, kind: 'later', afterMs: READ_AGAIN_MS }
}

function namedPeople(error: unknown): readonly PersonError[] {
  return error instanceof WebAPIPlatformError ? peopleIn(fieldsOf(error.data)) : []
}

/** The people named in the `errors` of an answer. */
export const peopleIn = (answer: SlackAnswer): readonly PersonError[] => errorsIn(answer).filter(isNamed)

/** False where an error says nobody's name, so that who is not named need not be done. */
export const namesEverybody = (answer: SlackAnswer): boolean => errorsIn(answer).every(isNamed)

const errorsIn = (answer: SlackAnswer): readonly unknown[] => (Array.isArray(answer['errors']) ? (answer['errors'] as unknown[]) : [])

const isNamed = (error: unknown): error is PersonError =>
  textOf(fieldsOf(error)['user']) !== null && textOf(fieldsOf(error)['error']) !== null
