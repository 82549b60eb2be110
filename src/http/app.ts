import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { describeBug } from '../engine/engine.ts'
import { chatRoutes } from './api/chats.ts'
import { demoRoutes } from './api/demo.ts'
import { itemRoutes } from './api/items.ts'
import { peopleRoutes } from './api/people.ts'
import type { AppEnv, Surroundings } from './context.ts'
import { hookRoutes } from './hooks.ts'
import { idempotent } from './idempotency.ts'
import { answerError, problem } from './problem.ts'
import { sameSiteOnly, signedInOnly } from './session.ts'

/** The whole HTTP surface but the live connection and the files of the workspace, which belong to the runtime. */

const BODY_MAX_BYTES = 1024 * 1024

export function createApp(surroundings: Surroundings) {
  const { engine, intake, slack } = surroundings
  const app = new OpenAPIHono<AppEnv>()
  const tooLarge = bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: (c) => problem(c, { status: 413, code: 'body_too_large', detail: 'A request may carry at most 1 MiB.' }),
  })

  app.onError((error, c) =>
    answerError(error, c, (bug) => engine.log.error({ path: c.req.path, error: describeBug(bug) }, 'A request failed.')),
  )
  app.notFound((c) => problem(c, { status: 404, code: 'not_found', detail: 'There is nothing here.' }))
  app.use('*', secureHeaders({ contentSecurityPolicy: CONTENT_POLICY, crossOriginEmbedderPolicy: false, xFrameOptions: 'DENY' }))
  app.use('*', tooLarge)

  app.get('/healthz', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    const state = await surroundings.ready()
    return c.json(state, state.ok ? 200 : 503)
  })
  app.route('/slack/events', hookRoutes('slack', slack, intake))

  app.use('/api/*', sameSiteOnly(engine.publicUrl))
  app.use('/api/*', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  app.route('/api/demo', demoRoutes(surroundings))
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Ringside', version: '0.1.0', description: 'Items, their observers, and their one private chat.' },
  })
  for (const path of SIGNED_IN_PATHS) app.use(path, signedInOnly(engine), idempotent(engine))
  return app.route('/api', peopleRoutes(surroundings)).route('/api', itemRoutes(surroundings)).route('/api', chatRoutes(surroundings))
}

/** Everything of the API but the demo's door and the description of the API itself. */
const SIGNED_IN_PATHS = ['me', 'people', 'sign-out', 'items', 'items/*', 'chats', 'chats/*', 'notifications', 'notifications/*'].map(
  (path) => `/api/${path}`,
)

/** The component library writes its styles at run time; everything else comes from this origin. */
const CONTENT_POLICY = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}
