import { OpenAPIHono } from '@hono/zod-openapi'
import { secureHeaders } from 'hono/secure-headers'
import { describeBug } from '../engine/engine.ts'
import { connectionRoutes } from './api/admin/connections.ts'
import { settingsRoutes } from './api/admin/settings.ts'
import { deadLetterRoutes } from './api/admin/dead-letters.ts'
import { driftRoutes } from './api/admin/drift.ts'
import { untoldRoutes } from './api/admin/untold.ts'
import { chatRoutes } from './api/chats.ts'
import { demoRoutes } from './api/demo.ts'
import { groupActionRoutes } from './api/group-actions.ts'
import { fileRoutes } from './api/files.ts'
import { itemRoutes } from './api/items.ts'
import { messageRoutes } from './api/messages.ts'
import { peopleRoutes } from './api/people.ts'
import { requestRoutes } from './api/requests.ts'
import { searchRoutes } from './api/search.ts'
import { limitedBody } from './body-limit.ts'
import type { AppEnv, Surroundings } from './context.ts'
import { hookRoutes } from './hooks.ts'
import { installRoutes } from './install.ts'
import { idempotent } from './idempotency.ts'
import { metricsRoutes } from './metrics.ts'
import { answerError, problem } from './problem.ts'
import { jsonOnly, sameSiteOnly, signedInOnly } from './session.ts'
import { answerAuth, signInRoutes } from './sign-in/routes.ts'

/** The whole HTTP surface but the live connection and the files of the workspace, which belong to the runtime. */

export function createApp(surroundings: Surroundings) {
  const { engine, receive, slack, teams } = surroundings
  const app = new OpenAPIHono<AppEnv>()

  app.onError((error, c) =>
    answerError(error, c, (bug) => engine.log.error({ path: c.req.path, error: describeBug(bug) }, 'A request failed.')),
  )
  app.notFound((c) => problem(c, { status: 404, code: 'not_found', detail: 'There is nothing here.' }))
  // Programs read these answers, and many of them: what protects browsers is added after.
  app.use('/slack/*', limitedBody)
  app.route('/slack/events', hookRoutes('slack', slack, receive))
  app.use('/teams/*', limitedBody)
  app.route('/teams/messages', hookRoutes('teams', teams, receive))

  // Around the headers of the page: what people bring in is shut off from everything, whatever it is.
  for (const path of ['/api/chats/:id/files/:fileId', '/api/chats/:id/image']) {
    app.use(path, async (c, next) => {
      await next()
      c.header('content-security-policy', "sandbox; default-src 'none'")
    })
  }
  app.use('*', secureHeaders({ contentSecurityPolicy: CONTENT_POLICY, crossOriginEmbedderPolicy: false, xFrameOptions: 'DENY' }))
  app.use('/api/*', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  app.use('*', limitedBody)

  app.route('/slack', installRoutes('slack', surroundings))

  app.route('/metrics', metricsRoutes(surroundings))
  app.get('/healthz', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    const state = await surroundings.ready()
    return c.json(state, state.ok ? 200 : 503)
  })

  app.use('/api/*', sameSiteOnly(engine.publicUrl), jsonOnly)
  app.route('/api/demo', demoRoutes(surroundings))
  app.on(['GET', 'POST'], '/api/auth/*', (c) => answerAuth(c, surroundings.signIn))
  app.route('/api', signInRoutes(surroundings))
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Ringside', version: '0.1.0', description: 'Items, their observers, and their one private chat.' },
  })
  for (const path of SIGNED_IN_PATHS) app.use(path, signedInOnly(engine), idempotent(engine))
  app.route('/api', connectionRoutes(surroundings))
  app.route('/api', settingsRoutes(surroundings))
  app.route('/api', untoldRoutes(surroundings))
  app.route('/api', driftRoutes(surroundings))
  app.route('/api', deadLetterRoutes(surroundings))
  return app
    .route('/api', peopleRoutes(surroundings))
    .route('/api', itemRoutes(surroundings))
    .route('/api', requestRoutes(surroundings))
    .route('/api', groupActionRoutes(surroundings))
    .route('/api', chatRoutes(surroundings))
    .route('/api', messageRoutes(surroundings))
    .route('/api', fileRoutes(surroundings))
    .route('/api', searchRoutes(surroundings))
}

/**
 * Everything of the API but the demo's door and the description of the API itself. A path with a star also stands for itself
 * without the rest, and one that is named twice would claim its Idempotency-Key twice.
 */
const SIGNED_IN_PATHS = [
  'me',
  'people/*',
  'sign-out',
  'items/*',
  'group-actions/*',
  'chats/*',
  'public-chats/*',
  'search',
  'notifications/*',
  'admin/*',
].map((path) => `/api/${path}`)

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
