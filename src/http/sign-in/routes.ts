import { inOrganisation } from '../../../db/open.ts'
import { firstOrganisation } from '../../../db/organisations.ts'
import { personById } from '../../../db/people.ts'
import { closeSessionsOf } from '../../../db/sessions.ts'
import { hasAdministrator, type SignInStore } from '../../../db/sign-in.ts'
import { asOrganisationId } from '../../core/ids.ts'
import { becomeAdministrator } from '../../engine/people.ts'
import { viewerOf } from '../../engine/viewer.ts'
import { Me, plain, SignInWays } from '../api/contract.ts'
import { meView } from '../api/people.ts'
import { answers, api, createRoute, takes, z } from '../api/routes.ts'
import type { AppContext, Surroundings } from '../context.ts'
import { Problem, problem } from '../problem.ts'
import { signIn } from '../session.ts'
import { ADDRESS_HEADER, type Auth, PASSWORD_MAX, PASSWORD_MIN, type SignInSettings } from './auth.ts'
import { takeLink } from './links.ts'
import { givePassword } from './password.ts'

/** Everything before somebody is signed in. */

const Password = plain().min(PASSWORD_MIN).max(PASSWORD_MAX)
const Token = z.string().regex(/^[0-9a-f]{64}$/, 'it is not the end of a link of ours')

const ways = createRoute({ method: 'get', path: '/sign-in', responses: answers(SignInWays, 'The ways to sign in here.') })
const setup = createRoute({
  method: 'post',
  path: '/setup',
  request: {
    body: takes(
      z
        .object({
          token: Token,
          organisation: plain().trim().min(1).max(100),
          name: plain().trim().min(1).max(100),
          email: z.email().max(200),
          password: Password,
        })
        .strict(),
    ),
  },
  responses: answers(Me, 'The first administrator, signed in: the answer sets a cookie.'),
})
const welcome = createRoute({
  method: 'post',
  path: '/welcome',
  request: { body: takes(z.object({ token: Token, password: Password }).strict()) },
  responses: answers(Me, 'Signed in under the new password: the answer sets a cookie.'),
})

export type SignInParts = { readonly auth: Auth; readonly store: SignInStore; readonly settings: SignInSettings }

export function signInRoutes(surroundings: Surroundings) {
  const { engine, demo, signIn: parts } = surroundings
  const needed = (): SignInParts => {
    if (parts) return parts
    throw new Problem({ status: 503, code: 'no_sign_in', detail: NO_SECRET })
  }

  const enter = async (c: AppContext, organisationId: string, personId: string) => {
    const id = asOrganisationId(organisationId)
    const row = await inOrganisation(engine.db, id, (tx) => personById(tx, personId))
    if (!row?.active) throw usedUp()
    await signIn(c, surroundings, id, row.id)
    return c.json(await meView(surroundings, { organisation: id, person: row, viewer: viewerOf(row) }), 200)
  }

  return api()
    .openapi(ways, async (c) => {
      const isNew = !demo && !(await hasAdministrator(engine.db))
      const { post, provider } = parts?.settings ?? {}
      return c.json(
        {
          demo,
          password: parts !== null,
          link: Boolean(post),
          company: provider?.title ?? null,
          isNew,
          why: demo || parts ? null : NO_SECRET,
        },
        200,
      )
    })
    .openapi(setup, async (c) => {
      const { auth, store } = needed()
      const { token, password, name, email, organisation: title } = c.req.valid('json')
      if ((await takeLink(store, token)) !== 'setup' || (await hasAdministrator(engine.db))) throw usedUp()
      const first = await firstOrganisation(engine.db)
      if (!first) throw new Error('There is no organisation to set up.')
      const id = asOrganisationId(first.organisationId)
      const personId = await becomeAdministrator(engine, id, { title, name, email })
      await givePassword(auth, { name, email }, password)
      return enter(c, id, personId)
    })
    .openapi(welcome, async (c) => {
      const { auth, store } = needed()
      const { token, password } = c.req.valid('json')
      const purpose = await takeLink(store, token)
      if (!purpose || purpose === 'setup') throw usedUp()
      const row = await inOrganisation(engine.db, purpose.organisation, (tx) => personById(tx, purpose.person))
      if (!row?.active || !row.email) throw usedUp()
      await givePassword(auth, { name: row.name, email: row.email }, password)
      await closeSessionsOf(engine.db, purpose.organisation, row.id)
      return enter(c, purpose.organisation, row.id)
    })
}

/** better-auth answers under its own paths; its refusals become ours. */
export async function answerAuth(c: AppContext, parts: SignInParts | null): Promise<Response> {
  if (!parts) return problem(c, { status: 503, code: 'no_sign_in', detail: NO_SECRET })
  const headers = new Headers(c.req.raw.headers)
  headers.set(ADDRESS_HEADER, addressOf(c, parts.settings.addressHeader))
  const answer = await parts.auth.handler(new Request(c.req.raw, { headers }))
  if (answer.status < 400) return answer
  const { code, message } = (await answer.json().catch(() => ({}))) as { code?: string; message?: string }
  const status = answer.status >= 500 ? 500 : (answer.status as 400)
  const said = status === 500 ? undefined : (SAID[code ?? ''] ?? (answer.status === 429 ? TOO_FAST : message))
  return problem(c, {
    status,
    code: (code ?? (answer.status === 429 ? 'too_many_tries' : 'sign_in_failed')).toLowerCase(),
    detail: said ?? 'Signing in did not work. It was written down; please try again.',
  })
}

const NO_SECRET = 'Nobody can sign in here yet: whoever runs Ringside has to set SECRET_KEY.'
const TOO_FAST = 'Too many tries from here. Wait a minute and try again.'
const SAID: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'The address and the password do not belong together.',
  INVALID_EMAIL: 'This is no e-mail address.',
  INVALID_TOKEN: 'This link was used already, or it is too old. Ask for a new one.',
  PASSWORD_TOO_SHORT: `A password has at least ${PASSWORD_MIN} characters.`,
  PASSWORD_TOO_LONG: `A password has at most ${PASSWORD_MAX} characters.`,
}

const usedUp = () =>
  new Problem({ status: 422, code: 'link_used', detail: 'This link was used already, or it is too old. Ask for a new one.' })

function addressOf(c: AppContext, header: string | null): string {
  const socket = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress
  const said = header ? c.req.header(header)?.split(',').at(-1)?.trim() : undefined
  return said ?? socket ?? '127.0.0.1'
}
