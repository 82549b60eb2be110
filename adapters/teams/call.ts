import { type Failure, failed, ok, type Result } from '../../src/core/failure.ts'
import { failureOf, wordOf } from './failure.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { isReading, type Operation, OPERATIONS, type Service } from './operations.ts'
import { BOT_SCOPE, GRAPH_SCOPE, type Tokens } from './tokens.ts'

/** One tenant and how to reach it. */
export type TeamsAccess = {
  readonly tenant: string
  /** Where the bot is at home: its own token comes from there. */
  readonly homeTenant: string
  readonly tokens: Tokens
  /** `https://graph.microsoft.com/v1.0`, or a fake's. */
  readonly graphUrl: string
  /** `https://smba.trafficmanager.net/teams`, or a fake's. */
  readonly connectorUrl: string
  readonly fetch?: typeof fetch
  readonly timeoutMs?: number
}

export type Request = {
  /** Below the address of the service, with its ids encoded; or the address of the next page, as it came. */
  readonly path: string
  readonly body?: Fields
  /** Limits are counted by chat. */
  readonly chat?: string
}

/** What came back; nothing in it has a shape yet. */
export type TeamsCall = (operation: Operation, request: Request) => Promise<Result<Fields>>

const TIMEOUT_MS = 15_000
const UNREACHED_MS = 5_000
const READ_AGAIN_MS = 3_000
const WAIT_MAX_MS = 10 * 60_000

/** Nothing got as far as Microsoft. */
const NOT_SENT: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

/** One call of Graph or of the bot service. Nothing is repeated and nothing waits here: creating a chat or sending twice makes two. */
export function teamsCall(access: TeamsAccess): TeamsCall {
  return async (operation, request) => {
    const { service } = OPERATIONS[operation]
    const [tenant, scope] = service === 'graph' ? [access.tenant, GRAPH_SCOPE] : [access.homeTenant, BOT_SCOPE]
    const token = await access.tokens.of(tenant, scope)
    if (!token.ok) return token
    const answered = await send(access, operation, request, token.value)
    if (answered.ok) return answered
    // The token may have been taken back before its time; the next call asks for another one.
    if (answered.failure.code === 'unauthorized' || answered.failure.code === 'invalid_authentication_token')
      access.tokens.drop(tenant, scope, token.value)
    return failed(asReading(operation, answered.failure))
  }
}

async function send(access: TeamsAccess, operation: Operation, { path, body }: Request, token: string): Promise<Result<Fields>> {
  const { service, method } = OPERATIONS[operation]
  const address = addressOf(access, service, path)
  if (address === null) return failed(ELSEWHERE)
  const ask = access.fetch ?? fetch
  try {
    const answer = await ask(address, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(access.timeoutMs ?? TIMEOUT_MS),
    })
    const read = readable(await answer.text())
    if (answer.ok) return read ? ok(read) : failed(UNREADABLE)
    return failed(failureOfAnswer(operation, answer, read ?? {}))
  } catch (error) {
    return failed(failureOfNetwork(error))
  }
}

/** A page is followed only where it came from: our token goes nowhere else. */
function addressOf(access: TeamsAccess, service: Service, path: string): string | null {
  const base = service === 'graph' ? access.graphUrl : access.connectorUrl
  if (path.startsWith('/')) return `${base}${path}`
  return URL.canParse(path) && new URL(path).origin === new URL(base).origin ? path : null
}

/** Some answers are empty, and say by that that it is done. */
function readable(text: string): Fields | null {
  if (text.trim() === '') return {}
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return null
  }
}

function failureOfAnswer(operation: Operation, answer: Response, body: Fields): Failure {
  const failure = failureOf(operation, wordOf(operation, answer.status, body))
  if (answer.status !== 429 && failure.kind !== 'later') return failure
  const { code, why } = failure
  const waitMs = waitOf(answer.headers.get('retry-after'))
  return { kind: 'later', code, why, afterMs: waitMs ?? (failure.kind === 'later' ? failure.afterMs : UNREACHED_MS) }
}

/** Seconds, with a fraction or without, or a date. */
function waitOf(header: string | null): number | null {
  if (!header) return null
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000
  return Number.isNaN(ms) ? null : Math.min(WAIT_MAX_MS, Math.max(1000, Math.ceil(ms)))
}

function failureOfNetwork(error: unknown): Failure {
  const code = fieldsOf(fieldsOf(error)['cause'])['code']
  if (NOT_SENT.has(code)) return { kind: 'later', code: 'not_connected', why: 'Microsoft cannot be reached.', afterMs: UNREACHED_MS }
  return { kind: 'uncertain', code: 'no_answer', why: 'Microsoft did not answer. Ringside looks before it tries again.' }
}

/** Nothing can have happened by reading: read again later. */
function asReading(operation: Operation, failure: Failure): Failure {
  return failure.kind === 'uncertain' && isReading(operation) ? { ...failure, kind: 'later', afterMs: READ_AGAIN_MS } : failure
}

const UNREADABLE: Failure = {
  kind: 'uncertain',
  code: 'unreadable_answer',
  why: 'Something other than Microsoft answered. Ringside looks before it tries again.',
}

const ELSEWHERE: Failure = {
  kind: 'refused',
  code: 'another_address',
  why: 'Microsoft sent Ringside to an address that is not its own, where it does not go.',
  mender: 'nobody',
}
