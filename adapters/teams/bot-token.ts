import { createLocalJWKSet, errors, jwtVerify } from 'jose'
import { type Fields, fieldsOf, listOf, textOf } from './fields.ts'

/**
 * Is this request from the bot service of Microsoft? Its token has to be for our bot, signed with a key of the bot service that is
 * endorsed for the channel the activity is from, and name the very address that the activity wants its answers at. A token of Entra, as
 * a tab gets it for any of its users, is none of these, whatever it is made out to.
 */

export type BotKeysOptions = {
  /** `https://login.botframework.com/v1/.well-known/openidconfiguration`, or a fake's. */
  readonly openidUrl: string
  readonly fetch?: typeof fetch
}

const ISSUER = 'https://api.botframework.com'
const SKEW_S = 5 * 60
const KEYS_MS = 24 * 3_600_000
/** A key nobody knows makes us ask again, and not more often than this. */
const COOL_DOWN_MS = 60_000
const TIMEOUT_MS = 5_000

/** What is known of the keys is plain data, so that it may outlive a request. */
export type KnownKeys = { keys: readonly Fields[]; readAtMs: number; triedAtMs: number }
export const noKeys = (): KnownKeys => ({ keys: [], readAtMs: -Infinity, triedAtMs: -Infinity })

export type Verified = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly why: string }
/** `unread`: the keys could not be read, and nothing is known about the token. */
export type BotTokens = (authorization: string | null, activity: Fields, nowMs: number) => Promise<Verified | 'unread'>

export function botTokens(appId: string, options: BotKeysOptions, known: KnownKeys): BotTokens {
  return async (authorization, activity, nowMs) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1]
    if (!token) return wrong('no_token', 'There is no token of the bot service with this request.')
    const kid = kidOf(token)
    const key = await keyOf(kid, options, known, nowMs)
    if (key === 'unread') return 'unread'
    if (!key) return wrong('unknown_key', 'The token is signed with a key that the bot service does not have.')
    const claims = await claimsOf(token, key, appId, nowMs)
    if (typeof claims === 'string') return wrong(claims, 'The token is not one of the bot service for this app, or its time is over.')
    const channel = textOf(activity['channelId'])
    const endorsed = Array.isArray(key['endorsements']) ? (key['endorsements'] as unknown[]) : []
    if (!channel || !endorsed.includes(channel)) return wrong('not_endorsed', 'The key of the token is not endorsed for this channel.')
    const [claimed, said] = [textOf(claims['serviceurl']), textOf(activity['serviceUrl'])].map((url) => url && plainUrl(url))
    if (!claimed || !said || claimed !== said) return wrong('other_service', 'The token is for another address than the activity says.')
    return { ok: true }
  }
}

const wrong = (code: string, why: string): Verified => ({ ok: false, code, why })

const plainUrl = (url: string): string => url.toLowerCase().replace(/\/+$/, '')

function kidOf(token: string): string | null {
  try {
    const [header = ''] = token.split('.')
    return textOf(fieldsOf(JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/'))))['kid'])
  } catch {
    return null
  }
}

async function claimsOf(token: string, key: Fields, audience: string, nowMs: number): Promise<Fields | string> {
  try {
    const keys = createLocalJWKSet({ keys: [key] })
    const { payload } = await jwtVerify(token, keys, {
      issuer: ISSUER,
      audience,
      algorithms: ['RS256'],
      clockTolerance: SKEW_S,
      currentDate: new Date(nowMs),
      requiredClaims: ['exp'],
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError) return error.code.toLowerCase()
    throw error
  }
}

async function keyOf(kid: string | null, options: BotKeysOptions, known: KnownKeys, nowMs: number): Promise<Fields | null | 'unread'> {
  if (!kid) return null
  const find = () => known.keys.find((key) => key['kid'] === kid) ?? null
  if (nowMs - known.readAtMs < KEYS_MS) {
    const key = find()
    if (key || nowMs - known.triedAtMs < COOL_DOWN_MS) return key
  } else if (nowMs - known.triedAtMs < COOL_DOWN_MS) {
    return find() ?? 'unread'
  }
  known.triedAtMs = nowMs
  const keys = await readKeys(options)
  if (!keys) {
    // The next request tries at once: whoever sent this one is told to send it again.
    known.triedAtMs = -Infinity
    return find() ?? 'unread'
  }
  known.keys = keys
  known.readAtMs = nowMs
  return find()
}

async function readKeys({ openidUrl, fetch: given = fetch }: BotKeysOptions): Promise<readonly Fields[] | null> {
  const address = textOf((await readJson(openidUrl, given))?.['jwks_uri'])
  // The keys are where the configuration is, and nowhere else.
  if (!address || !URL.canParse(address) || new URL(address).origin !== new URL(openidUrl).origin) return null
  const body = await readJson(address, given)
  return body ? listOf(body['keys']) : null
}

async function readJson(url: string, given: typeof fetch): Promise<Fields | null> {
  const send = given
  try {
    const answer = await send(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    return answer.ok ? fieldsOf(await answer.json()) : null
  } catch {
    return null
  }
}
