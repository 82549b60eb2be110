import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { magicLink } from 'better-auth/plugins/magic-link'
import { organisationOfUser, personOfUser, personToSignIn, type SignInStore } from '../../../db/sign-in.ts'
import { closeSessionsOf } from '../../../db/sessions.ts'
import { signInAccount, signInUser } from '../../../db/schema.ts'
import { asOrganisationId } from '../../core/ids.ts'
import { passwordMail, signInMail } from '../../core/words/mail.ts'
import { describeBug, type Engine } from '../../engine/engine.ts'
import type { Mail, Post } from '../../ports/post.ts'
import { isOwnOrigin, newSession, SESSION_COOKIE, sessionCookie } from '../session.ts'

/**
 * Who somebody is, proved by a password, a mailed link or the company's own sign-in. Only people whom an administrator added can sign in:
 * nobody signs up. better-auth proves it; the session that follows is our own (decision 59).
 */

export type SignInSettings = {
  /** Signs what travels through a browser; at least 32 characters. */
  readonly secret: string
  readonly provider: Provider | null
  readonly post: Post | null
  /** The header in which a proxy of ours says whose request it is; null: whoever opened the connection. */
  readonly addressHeader: string | null
}

/** The company's own sign-in, by OpenID Connect. */
export type Provider = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string; readonly title: string }

export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128
/** Our own word for whose request it is; whatever a browser says under this name is overwritten. */
export const ADDRESS_HEADER = 'x-ringside-address'
export const PROVIDER_ID = 'company'

/** Calls a minute from one address. */
const CALLS_MAX = 300
const PATHS = ['/sign-in/*', '/magic-link/*', '/request-password-reset', '/reset-password']

const LINK_S = 15 * 60
const MAILS_MAX = 5
const TRIES_MAX = 10
const TRIES_S = 15 * 60
/** Their session is a step on the way to ours. */
const STEP_S = 10 * 60

export type Auth = ReturnType<typeof openAuth>

export function openAuth(engine: Engine, store: SignInStore, settings: SignInSettings, secureCookies: boolean) {
  const { db, publicUrl } = engine
  /** Nobody waits for a mail: how long an answer takes would tell whether there is such a person. */
  const mail = async (post: Post, what: Mail): Promise<void> => {
    if ((await store.increment(`mails:${what.to}`, TRIES_S)) <= MAILS_MAX) void deliver(engine, post, what)
  }
  const { post, provider } = settings

  return betterAuth({
    appName: 'Ringside',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: settings.secret,
    telemetry: { enabled: false },
    trustedOrigins: (request) => [publicUrl, ...ownOrigin(request, publicUrl)],
    database: drizzleAdapter(db, { provider: 'pg', schema: { user: signInUser, account: signInAccount } }),
    secondaryStorage: store,
    logger: { level: 'error', log: (level, message) => engine.log.error({ level }, `Sign-in: ${message}`) },
    // What is refused is answered; only what broke is written down.
    onAPIError: {
      errorURL: `${publicUrl}/`,
      onError: (error) => {
        if (!(error instanceof APIError)) engine.log.error({ error: describeBug(error) }, 'Signing in went wrong.')
      },
    },
    session: { expiresIn: STEP_S, cookieCache: { enabled: false } },
    verification: { storeIdentifier: 'hashed' },
    advanced: { useSecureCookies: secureCookies, cookiePrefix: 'ringside-step', ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] } },
    rateLimit: {
      enabled: true,
      storage: 'secondary-storage',
      window: 60,
      max: CALLS_MAX,
      // A whole company may sit behind one address; what guards a password is the count of tries for each person.
      customRules: Object.fromEntries(PATHS.map((path) => [path, { window: 60, max: CALLS_MAX }])),
    },
    // Filled in by the hooks below, after the library has looked for what is required; the tables insist on them.
    user: {
      additionalFields: {
        organisationId: { type: 'string', required: false, input: false },
        personId: { type: 'string', required: false, input: false },
      },
    },
    account: {
      additionalFields: { organisationId: { type: 'string', required: false, input: false } },
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      resetPasswordTokenExpiresIn: LINK_S,
      // Somebody else may have known the one of before.
      onPasswordReset: async ({ user }) => {
        const person = await personOfUser(db, user.id)
        if (person) await closeSessionsOf(db, person.organisationId, person.id)
      },
      ...(post && {
        sendResetPassword: async ({ user, url }) => {
          if (await personOfUser(db, user.id)) await mail(post, passwordMail(user.email, url, LINK_S / 60))
        },
      }),
    },
    plugins: [
      ...(post ? [linkByMail(engine, (to, url) => mail(post, signInMail(to, url, LINK_S / 60)))] : []),
      ...(provider ? [companySignIn(provider)] : []),
    ],
    databaseHooks: {
      user: {
        create: {
          before: async (user) => {
            if (!user.emailVerified) throw new APIError('FORBIDDEN', { code: 'NOT_VERIFIED', message: NOT_VERIFIED })
            const found = await personToSignIn(db, user.email)
            if (!found) throw new APIError('FORBIDDEN', { code: 'NOT_KNOWN', message: NOT_KNOWN })
            return { data: { ...user, name: found.name, organisationId: found.organisationId, personId: found.id } }
          },
        },
      },
      account: {
        create: { before: async (account) => ({ data: { ...account, organisationId: await organisationOfUser(db, account.userId) } }) },
      },
      session: {
        create: {
          before: async ({ userId }) => {
            if (!(await personOfUser(db, userId))) throw new APIError('FORBIDDEN', { code: 'NOT_KNOWN', message: NOT_KNOWN })
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path !== '/sign-in/email') return
        const tries = await store.increment(triesOf((ctx.body as { email?: unknown }).email), TRIES_S)
        if (tries > TRIES_MAX) throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_TRIES', message: TOO_MANY })
      }),
      after: createAuthMiddleware(async (ctx) => {
        const made = ctx.context.newSession
        const person = made ? await personOfUser(db, made.user.id) : null
        if (!made || !person) return
        await store.delete(triesOf(made.user.email))
        const token = await newSession(engine, asOrganisationId(person.organisationId), person.id)
        ctx.setCookie(SESSION_COOKIE, token, sessionCookie(secureCookies))
      }),
    },
  })
}

const NOT_VERIFIED = 'The company’s sign-in does not say that this address was verified, so Ringside does not believe it.'
export const NOT_KNOWN = 'Ringside knows nobody with this address. Ask your administrator to add you.'
const TOO_MANY = 'Too many tries for this address. Wait a quarter of an hour, or use another way in.'

/** The same machine under another name, as isOwnOrigin allows it everywhere else. */
function ownOrigin(request: Request | undefined, publicUrl: string): string[] {
  const [origin, host] = [request?.headers.get('origin') ?? undefined, request?.headers.get('host') ?? undefined]
  return origin !== undefined && isOwnOrigin(origin, host, publicUrl) ? [origin] : []
}

const triesOf = (email: unknown) => `tries:${typeof email === 'string' ? email.trim().toLowerCase() : ''}`

function linkByMail(engine: Engine, send: (to: string, url: string) => Promise<void>) {
  return magicLink({
    expiresIn: LINK_S,
    storeToken: 'hashed',
    // An address that nobody has gets no mail, and the same answer.
    sendMagicLink: async ({ email, url }) => {
      const found = await personToSignIn(engine.db, email)
      if (found?.email) await send(found.email, url)
    },
  })
}

function companySignIn({ issuer, clientId, clientSecret, title }: Provider) {
  return genericOAuth({
    config: [
      {
        providerId: PROVIDER_ID,
        name: title,
        discoveryUrl: `${issuer}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
      },
    ],
  })
}

async function deliver(engine: Engine, post: Post, what: Mail): Promise<void> {
  try {
    const sent = await post.send(what)
    if (!sent.ok) engine.log.error({ code: sent.failure.code }, sent.failure.why)
  } catch (error) {
    engine.log.error({ error: describeBug(error) }, 'A mail could not be sent.')
  }
}
