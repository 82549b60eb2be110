import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { inOrganisation } from '../../db/open.ts'
import { personById } from '../../db/people.ts'
import { closeSession, dropExpiredSessions, findSession, openSession } from '../../db/sessions.ts'
import type { OrganisationId } from '../core/ids.ts'
import { viewerOf } from '../engine/viewer.ts'
import { type Engine, nowOf } from '../engine/engine.ts'
import type { AppContext, AppEnv, SignedIn, Surroundings } from './context.ts'
import { problem } from './problem.ts'

/** A signed-in browser: a random token in a cookie, of which only the hash is stored. */

export const SESSION_COOKIE = 'ringside_session'
const SESSION_MS = 30 * 24 * 3_600_000

export async function signIn(
  c: AppContext,
  { engine, secureCookies }: Surroundings,
  organisation: OrganisationId,
  personId: string,
): Promise<void> {
  setCookie(c, SESSION_COOKIE, await newSession(engine, organisation, personId), sessionCookie(secureCookies))
}

/** The token of a new session, for the cookie and for nobody else. */
export async function newSession(engine: Engine, organisation: OrganisationId, personId: string): Promise<string> {
  const token = randomToken()
  const expiresAt = new Date(engine.clock.now() + SESSION_MS)
  await dropExpiredSessions(engine.db, nowOf(engine))
  await openSession(engine.db, { organisationId: organisation, personId, tokenHash: await hashOf(token), expiresAt })
  return token
}

export const sessionCookie = (secure: boolean) =>
  ({ httpOnly: true, sameSite: 'Lax', secure, path: '/', maxAge: SESSION_MS / 1_000 }) as const

export async function signOut(c: AppContext, engine: Engine): Promise<void> {
  const token = getCookie(c, SESSION_COOKIE)
  if (token) await closeSession(engine.db, await hashOf(token))
  deleteCookie(c, SESSION_COOKIE, { path: '/' })
}

/** Everything behind this is asked by a known, active person. */
export const signedInOnly = (engine: Engine) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const who = await whoIs(engine, getCookie(c, SESSION_COOKIE))
    if (!who) return problem(c, { status: 401, code: 'signed_out', detail: 'Sign in first.' })
    c.set('signedIn', who)
    return next()
  })

export async function whoIs(engine: Engine, token: string | undefined): Promise<SignedIn | null> {
  if (!token) return null
  const session = await findSession(engine.db, await hashOf(token), nowOf(engine))
  if (!session) return null
  const person = await inOrganisation(engine.db, session.organisation, (tx) => personById(tx, session.person))
  if (!person?.active) return null
  return { organisation: session.organisation, person, viewer: viewerOf(person) }
}

/** A browser that says a write comes from another site is refused; programs send no such header. */
export const sameSiteOnly = (publicUrl: string) =>
  createMiddleware(async (c, next) => {
    const origin = c.req.header('origin')
    const reading = ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
    if (!reading && !isOwnOrigin(origin, c.req.header('host'), publicUrl)) {
      return problem(c, { status: 403, code: 'foreign_origin', detail: 'This request was sent by another site.' })
    }
    return next()
  })

const PART_OF_FILE = /^\/api\/chats\/[^/]+\/files\/[^/]+\/parts\/\d+$/

/** A body under another name would be passed over, and a write with nothing in it taken for a wish. */
export const jsonOnly = createMiddleware(async (c, next) => {
  const type = c.req.header('content-type')
  if (type === undefined || /^application\/json\s*(;|$)/i.test(type)) return next()
  // No form of another site can send this type either.
  if (type === 'application/octet-stream' && PART_OF_FILE.test(c.req.path)) return next()
  return problem(c, { status: 415, code: 'not_json', detail: 'Send the body as application/json.' })
})

export function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined) return true
  return origin === new URL(publicUrl).origin || (URL.canParse(origin) && new URL(origin).host === host)
}

export async function hashOf(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** What nobody can guess. */
export const randomToken = (): string => hex(crypto.getRandomValues(new Uint8Array(32)))

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
