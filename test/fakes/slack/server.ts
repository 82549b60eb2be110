import type { Server } from 'node:http'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { slackEvents, type SlackEvent } from './events.ts'
import { interactions } from './interact.ts'
import { FAKE_APP_TOKEN, slackLines } from './lines.ts'
import { type Args, type Method, METHODS } from './methods.ts'
import { slackOAuth } from './oauth.ts'
import { type HttpBindings, listen, RESPONSE_ALREADY_SENT } from './node.ts'
import { FAKE_TOKEN, type FakeState, newState, SlackSays } from './state.ts'
import { type Trouble, troubles } from './trouble.ts'
import { slackWorld } from './world.ts'

export type FakeSlackOptions = {
  /** Where the app listens for events, commands and buttons; can be set later as `world.delivery.target`. */
  readonly target?: string
  readonly signingSecret?: string
  readonly nowMs?: () => number
  /** Asked before every call is let in: how many seconds the app has to wait; null: none. */
  readonly gate?: (method: string, args: Args) => number | null
}

export const FAKE_SIGNING_SECRET = 'fake-signing-secret'

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>
type Answer = Readonly<Record<string, unknown>>
type Http = Context<{ Bindings: HttpBindings }>

/**
 * A Slack workspace on a port of this machine: the Web API under `url`, people in `world`, and every call the app made in `calls`.
 * Built from the documented shapes; it keeps state, so what is written can be read back.
 */
export async function startFakeSlack(options: FakeSlackOptions = {}) {
  const secret = options.signingSecret ?? FAKE_SIGNING_SECRET
  const state = newState(options.nowMs ?? Date.now)
  const lines = slackLines(state)
  const events = slackEvents(state, secret, lines)
  const trouble = troubles()
  const calls: { readonly method: string; readonly args: Args; readonly atMs: number }[] = []
  let base = ''
  let brokenReplies = 0
  const interact = interactions(state, events, secret, lines, () => base)
  events.delivery.target = options.target ?? null

  const oauth = slackOAuth(state)
  const workspaces = new Map([[state.team.id, { state, events, interact }]])

  /** Another workspace of the same Slack, with people of its own; or of the same organisation, which shares them. */
  const workspace = (id: string, name: string, shared = false) => {
    const fresh = newState(state.nowMs)
    const other = { ...fresh, team: { id, name, domain: name.toLowerCase() }, tokens: state.tokens, ...(shared && { users: state.users }) }
    other.counter = 10_000 * workspaces.size
    const itsEvents = slackEvents(other, secret, lines)
    itsEvents.delivery.target = events.delivery.target
    const itsInteract = interactions(other, itsEvents, secret, lines, () => base)
    workspaces.set(id, { state: other, events: itsEvents, interact: itsInteract })
    oauth.teams.set(id, other)
    return {
      ...slackWorld(other, itsEvents),
      slash: itsInteract.slash,
      take: itsInteract.take,
      quiet: itsEvents.quiet,
      delivery: itsEvents.delivery,
    }
  }

  const answer = (home: FakeState, token: string, method: string, args: Args, emit: (event: SlackEvent) => void): Answer => {
    const run = METHODS[method] ?? OAUTH_METHODS[method]?.(oauth, token)
    if (!run || home.known?.has(method) === false) return { ok: false, error: 'unknown_method', req_method: method }
    const word = home.forbidden.get(method)
    try {
      if (word) throw new SlackSays(word)
      return { ok: true, ...run({ state: home, args, caller: home.bot, emit }) }
    } catch (error) {
      if (error instanceof SlackSays) return { ok: false, error: error.message, ...error.more }
      throw error
    }
  }

  const perform = async (token: string, method: string, args: Args): Promise<Answer> => {
    const happened: SlackEvent[] = []
    const home = oauth.workspaceOf(token, method, args)
    if (typeof home === 'string') return { ok: false, error: home }
    const { events: told } = workspaces.get(home.team.id) ?? { events }
    const result = answer(home, token, method, args, (event) => happened.push(event))
    const tellAll = () => Promise.all(happened.map((event) => told.send(event)))
    if (told.delivery.order === 'before') await tellAll()
    else void told.track(new Promise((resolve) => setImmediate(resolve)).then(tellAll))
    return result
  }

  const access = async (http: Http, args: Args) => {
    calls.push({ method: 'oauth.v2.access', args, atMs: state.nowMs() })
    const planned = trouble.take('oauth.v2.access')
    if (planned?.when === 'before') return fail(http, planned.trouble)
    const result = saying(() => ({ ok: true, ...oauth.access(args, http.req.header('authorization')) }))
    return planned ? fail(http, planned.trouble) : http.json(result)
  }

  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/oauth/v2/authorize', (http) => http.redirect(oauth.authorize(new URL(http.req.url).searchParams)))
  app.post('/api/:method', async (http) => {
    const method = http.req.param('method')
    const { token, ...args } = await argumentsOf(http)
    if (method === 'oauth.v2.access') return access(http, args)
    const unwelcome = tokenTrouble(method, state, http.req.header('authorization') ?? (token && `Bearer ${token}`))
    if (unwelcome) return http.json({ ok: false, error: unwelcome })
    const waitSeconds = options.gate?.(method, args) ?? null
    calls.push({ method, args, atMs: state.nowMs() })
    await trouble.goesOn(method)
    const limit = waitSeconds === null ? trouble.takeLimit(method) : { retryAfter: String(waitSeconds) }
    if (limit) return http.json({ ok: false, error: 'ratelimited' }, 429, limit.retryAfter ? { 'retry-after': limit.retryAfter } : {})
    const planned = trouble.take(method, args['text'])
    if (planned?.when === 'before') return fail(http, planned.trouble)
    if (method === 'apps.connections.open') return http.json({ ok: true, url: lines.ticket(base) })
    const bearer = /^Bearer (.+)$/.exec(http.req.header('authorization') ?? '')?.[1] ?? token ?? ''
    const result = await perform(bearer, method, args)
    if (state.granted) http.header('x-oauth-scopes', state.granted.join(','))
    return planned ? fail(http, planned.trouble) : http.json(result)
  })
  app.post('/respond/:id', async (http) => {
    if (brokenReplies-- > 0) return http.text('expired_url', 404)
    const body = await http.req.json<Record<string, unknown>>()
    const taken = [...workspaces.values()].some((one) => one.interact.take(http.req.param('id'), body))
    return taken ? http.text('ok') : http.text('used_url', 404)
  })

  const { origin, server, close } = await listen(app.fetch)
  base = origin
  lines.listenAt(server as Server)
  const { take: _take, ...acts } = interact
  const { breakNext, limit, allow, stop: stopCalls } = trouble
  /** So many answers to commands do not arrive. */
  const breakReplies = (times: number) => void (brokenReplies = times)
  const { send, release, quiet, delivery, sent } = events
  const world = {
    ...slackWorld(state, events),
    breakNext,
    breakReplies,
    limit,
    allow,
    stopCalls,
    ...acts,
    send,
    release,
    quiet,
    delivery,
    sent,
    lines,
    oauth,
    workspace,
  }
  const stop = async (): Promise<void> => {
    for (const one of workspaces.values()) await one.events.quiet()
    lines.close()
    await close()
  }
  return { url: `${origin}/api/`, token: FAKE_TOKEN, signingSecret: secret, world, calls, close: stop }
}

function saying(work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    if (error instanceof SlackSays) return { ok: false, error: error.message, ...error.more }
    throw error
  }
}

/** What is about the token itself. */
const OAUTH_METHODS: Readonly<Record<string, (oauth: ReturnType<typeof slackOAuth>, token: string) => Method>> = {
  'auth.teams.list': (oauth, token) => () => oauth.teamsOf(token),
  'auth.revoke': (oauth, token) => () => oauth.revoke(token),
}

function tokenTrouble(method: string, state: FakeState, header: string | undefined): string | null {
  const token = /^Bearer (.+)$/.exec(header ?? '')?.[1]
  if (!token) return 'not_authed'
  if (method === 'apps.connections.open') return appTokenTrouble(token)
  const fate = state.tokens.get(token)
  return fate === undefined ? 'invalid_auth' : fate === '' ? null : fate
}

function appTokenTrouble(token: string): string | null {
  if (token === FAKE_APP_TOKEN) return null
  return token.startsWith('xapp') ? 'invalid_auth' : 'not_allowed_token_type'
}

/** Slack takes forms and JSON alike. */
async function argumentsOf(http: Http): Promise<Record<string, string>> {
  const body = await http.req.text()
  if (!http.req.header('content-type')?.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body))
  const fields = Object.entries(JSON.parse(body) as Record<string, unknown>)
  return Object.fromEntries(fields.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]))
}

function fail(http: Http, trouble: Trouble): Response | Promise<Response> {
  switch (trouble) {
    case 'http_500':
      return http.text('Internal Server Error', 500)
    case 'http_503':
      return http.text('Service Unavailable', 503)
    case 'html_200':
      return http.html('<html>maintenance</html>')
    case 'timeout':
      return new Promise(() => {})
    case 'dropped':
      http.env.incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    default:
      return http.json({ ok: false, error: trouble.replace(/^error:/, '') })
  }
}
