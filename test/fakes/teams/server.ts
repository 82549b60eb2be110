import { Hono } from 'hono'
import { listen, type HttpBindings, RESPONSE_ALREADY_SENT } from '../slack/node.ts'
import { connectorApp } from './connector.ts'
import { entraApp } from './entra.ts'
import { graphApp } from './graph.ts'
import { openSigning } from './signing.ts'
import { fakeState } from './state.ts'
import { openWorld } from './world.ts'

/** A Microsoft 365 of one tenant on a free port: Graph, Entra, the bot service and its keys. */

export type FakeTeams = Awaited<ReturnType<typeof startFakeTeams>>

export const TENANT = 'bbbbbbbb-0000-4000-8000-00000000000b'

export async function startFakeTeams() {
  const state = fakeState(TENANT)
  const issued = new Map<string, { tenant: string; scope: string }>()
  const signing = await openSigning()
  const world = openWorld(state, signing)
  const app = new Hono<{ Bindings: HttpBindings }>()
  const allowed = (authorization: string | undefined, service: 'graph' | 'bot') => {
    const token = issued.get(authorization?.replace('Bearer ', '') ?? '')
    if (service === 'bot') return token?.scope.startsWith('https://api.botframework.com') === true
    return token?.tenant === state.tenant && token.scope.startsWith('https://graph.microsoft.com')
  }

  for (const [prefix, service] of [
    ['/v1.0', 'graph'],
    ['/connector', 'bot'],
  ] as const) {
    app.use(`${prefix}/*`, async (c, next) => {
      const path = new URL(c.req.url).pathname.slice(prefix.length)
      const text = await c.req.raw.clone().text()
      state.calls.push({ method: c.req.method, path: decodeURIComponent(path), body: text ? JSON.parse(text) : null })
      if (!allowed(c.req.header('authorization'), service))
        return c.json({ error: { code: 'InvalidAuthenticationToken', message: 'no' } }, 401)
      const trouble = state.troubles.find((one) => one.method === c.req.method && one.path.test(decodeURIComponent(path)))
      if (trouble) state.troubles.splice(state.troubles.indexOf(trouble), 1)
      if (trouble?.lost) {
        await next()
        c.env.outgoing.destroy()
        c.res = RESPONSE_ALREADY_SENT
        return
      }
      if (trouble) {
        if (trouble.retryAfter) c.header('retry-after', trouble.retryAfter)
        return c.json({ error: { code: trouble.code ?? '', message: '' } }, (trouble.status ?? 500) as 500)
      }
      return next()
    })
  }
  app.route('/v1.0', graphApp(state, world.happened))
  app.route('/connector', connectorApp(state))
  app.get('/openid', (c) => c.json({ issuer: 'https://api.botframework.com', jwks_uri: `${origin()}/keys` }))
  app.get('/keys', (c) => {
    state.calls.push({ method: 'GET', path: '/keys', body: null })
    return c.json({ keys: signing.keys })
  })
  app.route('/entra', entraApp(state, issued))

  const server = await listen(app.fetch)
  const origin = () => server.origin
  world.delivery.serviceUrl = `${server.origin}/connector/`
  return {
    state,
    world,
    signing,
    issued,
    graphUrl: `${server.origin}/v1.0`,
    connectorUrl: `${server.origin}/connector`,
    entraUrl: `${server.origin}/entra`,
    openidUrl: `${server.origin}/openid`,
    calls: (method: string, path: RegExp) => state.calls.filter((call) => call.method === method && path.test(call.path)),
    async close() {
      await world.quiet()
      await server.close()
    },
  }
}
