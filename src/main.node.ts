import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve, upgradeWebSocket, type WebSocketServerLike } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { getCookie } from 'hono/cookie'
import { WebSocketServer } from 'ws'
import { DirectoryInUse } from '../db/open-embedded.ts'
import { type Env, EnvironmentProblem, readEnv } from './env.ts'
import type { AppContext } from './http/context.ts'
import { serveDocs } from './http/docs.ts'
import { isOwnOrigin, SESSION_COOKIE, whoIs } from './http/session.ts'
import { start } from './wire.ts'

/** Ringside on Node: one process that serves the API, the workspace and its live connection, and works off what is due. */

const UI = fileURLToPath(new URL('../dist/ui', import.meta.url))
const SOCKET_MESSAGE_MAX_BYTES = 1_024

try {
  await main()
} catch (error) {
  if (!(error instanceof EnvironmentProblem || error instanceof DirectoryInUse)) throw error
  console.error(error.message)
  process.exit(1)
}

async function main(): Promise<void> {
  const env = readEnv(process.env)
  const ringside = await start(env)
  const { app, engine, hub } = ringside

  const live = upgradeWebSocket(async (c) => {
    const who = await whoIs(engine, getCookie(c, SESSION_COOKIE))
    let leave = () => {}
    return {
      onOpen(_event, socket) {
        if (!who) return socket.close(4401, 'Sign in first.')
        leave = hub.join(who, (hint) => socket.send(JSON.stringify(hint)))
      },
      onClose: () => leave(),
    }
  })
  app.get('/api/live', async (c: AppContext, next) => {
    if (!isOwnOrigin(c.req.header('origin'), c.req.header('host'), engine.publicUrl))
      return c.text('This connection was opened by another site.', 403)
    return live(c, next)
  })
  serveDocs(app)
  serveWorkspace(app)

  const sockets = new WebSocketServer({ noServer: true, maxPayload: SOCKET_MESSAGE_MAX_BYTES })
  const server = serve(
    { fetch: app.fetch, port: env.PORT, hostname: env.HOST, websocket: { server: sockets as WebSocketServerLike } },
    (address) => {
      greet(address.port, env, { slack: ringside.slackTrouble(), teams: ringside.teamsTrouble() }, ringside.setupUrl)
    },
  )

  let stopping = false
  const stop = () => {
    if (stopping) return process.exit(1)
    stopping = true
    for (const socket of sockets.clients) socket.terminate()
    server.close()
    ringside.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

/** The built workspace; every address that is not a file is the app's own to show. */
function serveWorkspace(app: Awaited<ReturnType<typeof start>>['app']): void {
  if (!existsSync(UI)) return
  const root = UI
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.status === 200) c.header('cache-control', 'public, max-age=31536000, immutable')
  })
  app.get('*', serveStatic({ root }))
  app.get('*', async (c, next) => {
    const isPage = !/^\/(api|slack|teams|assets)\//.test(c.req.path)
    return isPage ? serveStatic({ root, path: 'index.html' })(c, next) : next()
  })
}

type Troubles = { readonly slack: string | null; readonly teams: string | null }

function greet(port: number, env: Env, trouble: Troubles, setupUrl: string | null): void {
  const { demo, SLACK_BOT_TOKEN: token, SLACK_COMMAND: command, TEAMS_APP_ID: teams } = env
  console.log(`\n  Ringside is open at http://localhost:${port}`)
  if (demo) console.log('  Pick one of the demo people there, open deal D-42 and press "Discuss in chat".')
  if (setupUrl) console.log(`  Nobody administers it yet. Whoever opens this link does from then on:\n  ${setupUrl}`)
  if (token)
    console.log(trouble.slack ? `  Slack is not connected yet: ${trouble.slack}` : `  Slack is connected: type ${command} deal 42 there.`)
  if (teams)
    console.log(
      trouble.teams ? `  Teams is not connected yet: ${trouble.teams}` : '  Teams is connected: write “discuss deal 42” to Ringside there.',
    )
  console.log(`  The API is described at http://localhost:${port}/api/docs\n`)
}
