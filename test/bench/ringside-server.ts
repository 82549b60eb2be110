/** Ringside's own way from the request to the inbox: the whole HTTP app, the Slack adapter and the intake, on PostgreSQL. */
import { serve } from '@hono/node-server'
import { slackInbound } from '../../adapters/slack/inbound.ts'
import { putConnection } from '../../db/installations.ts'
import { migratePostgres } from '../../db/migrate-postgres.ts'
import { openPostgres } from '../../db/open-postgres.ts'
import { createOrganisation } from '../../db/organisations.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { openIntake } from '../../src/engine/intake.ts'
import { openReceive } from '../../src/engine/receive.ts'
import { createApp } from '../../src/http/app.ts'
import { tellCpu } from './child.ts'
import { SECRET, TEAM } from './payloads.ts'

const url = process.env['DATABASE_URL'] ?? ''
await migratePostgres(url)
const database = openPostgres(url)
const organisationId = await createOrganisation(database.db, 'Bench')
const slack = { organisation: organisationId, platform: 'slack', installationId: null, appAccount: 'U0BOT' }
await database.db.transaction((tx) => putConnection(tx, slack, { id: TEAM, title: 'Slack' }))

const silent = () => {}
const engine: Engine = {
  db: database.db,
  clock: { now: () => Date.now(), wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  log: { info: silent, warn: silent, error: (facts, message) => console.error(message, facts) },
  platformOf: () => null,
  sourceOf: () => {
    throw new Error('Nothing is read from a CRM here.')
  },
  wake: silent,
  publicUrl: 'http://localhost',
}
const app = createApp({
  engine,
  receive: openReceive(engine, openIntake(engine)),
  slack: slackInbound({ signingSecrets: [SECRET] }),
  teams: null,
  demo: false,
  signIn: null,
  secureCookies: false,
  ready: () => Promise.resolve({ ok: true, checks: {} }),
})

process.on('SIGTERM', () => process.exit(0))
tellCpu()
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.(port))
