import { type Failure, failed, ok, type Result } from '../../src/core/failure.ts'
import { fieldsOf, textOf } from './fields.ts'

/**
 * Tokens by client credentials, each for one tenant and one service. What is known is plain data, so that it may outlive a request;
 * whoever asks while one is on its way waits for that one.
 */

export type TeamsApp = {
  readonly appId: string
  readonly appSecret: string
  /** `https://login.microsoftonline.com`, or a fake's. */
  readonly entraUrl: string
  readonly fetch?: typeof fetch
  readonly now?: () => number
}

export type KnownTokens = Map<string, { readonly token: string; readonly untilMs: number }>

export type Tokens = {
  of(tenant: string, scope: string): Promise<Result<string>>
  /** It was not accepted: the next one is asked for anew. */
  drop(tenant: string, scope: string, token: string): void
}

export const GRAPH_SCOPE = 'https://graph.microsoft.com/.default'
export const BOT_SCOPE = 'https://api.botframework.com/.default'

const EARLY_MS = 5 * 60_000
const TIMEOUT_MS = 10_000
const LATER_MS = 5_000

export function entraTokens(app: TeamsApp, known: KnownTokens = new Map()): Tokens {
  const { now = Date.now } = app
  const onTheWay = new Map<string, Promise<Result<string>>>()

  async function ask(tenant: string, scope: string, key: string): Promise<Result<string>> {
    const asked = await request(app, tenant, scope)
    if (!asked.ok) return asked
    known.set(key, { token: asked.value.token, untilMs: now() + asked.value.lifeMs })
    return ok(asked.value.token)
  }

  return {
    of(tenant, scope) {
      const key = `${tenant} ${scope}`
      const held = known.get(key)
      if (held && held.untilMs - now() > EARLY_MS) return Promise.resolve(ok(held.token))
      const going = onTheWay.get(key) ?? ask(tenant, scope, key).finally(() => onTheWay.delete(key))
      onTheWay.set(key, going)
      return going
    },
    drop(tenant, scope, token) {
      const key = `${tenant} ${scope}`
      if (known.get(key)?.token === token) known.delete(key)
    },
  }
}

async function request(app: TeamsApp, tenant: string, scope: string): Promise<Result<{ token: string; lifeMs: number }>> {
  const { appId, appSecret, entraUrl } = app
  const send = app.fetch ?? fetch
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: appId, client_secret: appSecret, scope })
  try {
    const answer = await send(`${entraUrl}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body = fieldsOf(await answer.json())
    const [token, seconds] = [textOf(body['access_token']), Number(body['expires_in'])]
    if (answer.ok && token && seconds > 0) return ok({ token, lifeMs: seconds * 1000 })
    return failed(failureOfAnswer(answer.status, textOf(body['error']) ?? '', textOf(body['error_description']) ?? ''))
  } catch {
    return failed(UNREACHED)
  }
}

/** Nothing happens by asking for a token, so whatever goes wrong on the way is only later. */
const UNREACHED: Failure = { kind: 'later', code: 'not_connected', why: 'Microsoft cannot be reached.', afterMs: LATER_MS }

const CONNECT_AGAIN = 'An administrator of Microsoft 365 can connect Teams again.'

/** Entra names the cause by a number in its description. */
function failureOfAnswer(status: number, word: string, description: string): Failure {
  const number = /AADSTS(\d+)/.exec(description)?.[1] ?? ''
  const found = CAUSES[number]
  if (found) return { kind: 'reconnect', ...found }
  if (status === 429 || status >= 500 || word === 'temporarily_unavailable') return { ...UNREACHED, code: 'entra_unwell' }
  const said = number ? `AADSTS${number}` : word || 'no word'
  return { kind: 'reconnect', code: 'no_token', why: `Microsoft gives Ringside no access: ${said}. ${CONNECT_AGAIN}` }
}

const NO_SUCH_TENANT = { code: 'no_such_tenant', why: 'Microsoft knows no such organisation. Connect Teams again.' }
const NO_CONSENT = { code: 'no_consent', why: `Ringside is not let into this organisation any more. ${CONNECT_AGAIN}` }
const BAD_SECRET = {
  code: 'bad_secret',
  why: 'The secret of the Teams app is wrong or has run out. Whoever runs this Ringside can put a new one into TEAMS_APP_SECRET.',
}

const CAUSES: Readonly<Record<string, { readonly code: string; readonly why: string }>> = {
  '90002': NO_SUCH_TENANT,
  '900023': NO_SUCH_TENANT,
  '700016': NO_CONSENT,
  '65001': NO_CONSENT,
  '7000112': NO_CONSENT,
  '500014': NO_CONSENT,
  '7000215': BAD_SECRET,
  '7000222': BAD_SECRET,
  '7000216': BAD_SECRET,
}
