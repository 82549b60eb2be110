import { pino } from 'pino'
import { sql } from 'drizzle-orm'
import { SLACK_CAPABILITIES } from '../adapters/slack/capabilities.ts'
import { slackInbound } from '../adapters/slack/inbound.ts'
import { slackPlatform } from '../adapters/slack/platform.ts'
import { slackWorkspace } from '../adapters/slack/workspace.ts'
import { webCrm } from '../adapters/web/crm.ts'
import { webPlatform } from '../adapters/web/platform.ts'
import { openJobs } from '../db/jobs.ts'
import { endLeases } from '../db/leases.ts'
import { migratePostgres } from '../db/migrate-postgres.ts'
import { openEmbedded } from '../db/open-embedded.ts'
import { openPostgres } from '../db/open-postgres.ts'
import type { OpenDatabase } from '../db/open.ts'
import { connectWorkspace, createOrganisation, discussIn, firstOrganisation } from '../db/organisations.ts'
import { asConnectionId, asOrganisationId, type OrganisationId } from './core/ids.ts'
import { createDemo } from './demo.ts'
import { describeBug, type Engine, type Log } from './engine/engine.ts'
import { openIntake } from './engine/intake.ts'
import { openPace } from './engine/pace.ts'
import { openReceive } from './engine/receive.ts'
import { startWorker } from './engine/worker.ts'
import type { Env } from './env.ts'
import { createApp } from './http/app.ts'
import { openHub } from './http/live.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'
import type { Clock } from './ports/clock.ts'

/** The only file that knows everyone: it puts the adapters behind the ports and starts the parts in their order. */

const CLOCK: Clock = { now: () => Date.now(), wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }
const SLACK_RETRY_MS = 5_000

export async function start(env: Env, opened?: OpenDatabase) {
  const log = pino({ level: env.LOG_LEVEL })
  const database = opened ?? (await openDatabase(env))
  // The embedded database belongs to this process alone.
  if (database.kind === 'pglite') await endLeases(database.db)
  const organisation = await firstOrganisationOf(database, env)
  const slack = slackOf(env, database, organisation, log)
  const wakes: (() => void)[] = []
  const engine: Engine = {
    db: database.db,
    clock: CLOCK,
    log,
    platformOf: (connection) => {
      if (connection.platform === 'web') return webPlatform(database.db, asOrganisationId(connection.organisationId), CLOCK)
      return connection.platform === 'slack' ? slack.platform(connection.workspace) : null
    },
    sourceOf: (id) => webCrm(database.db, id, CLOCK),
    wake: () => wakes.forEach((wake) => wake()),
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
  }
  const connected = slack.connect()
  const hub = await openHub(engine, database)
  const jobs = await openJobs(database, (error) => log.error({ error: String(error) }, 'The job queue has a problem.'))
  await connected
  const worker = await startWorker(engine, jobs, (wake) => wakes.push(wake))
  const app = createApp({
    engine,
    receive: openReceive(engine, openIntake(engine)),
    slack: slack.inbound,
    demo: env.demo,
    secureCookies: env.PUBLIC_URL?.startsWith('https:') ?? false,
    ready: () => readiness(database, slack),
  })
  return {
    app,
    engine,
    hub,
    slackTrouble: slack.trouble,
    async stop() {
      slack.stop()
      await worker.stop()
      await hub.close()
      await database.close()
    },
  }
}

async function openDatabase(env: Env): Promise<OpenDatabase> {
  if (!env.DATABASE_URL) return openEmbedded(env.DATA_DIR)
  await migratePostgres(env.DATABASE_URL)
  return openPostgres(env.DATABASE_URL)
}

async function firstOrganisationOf(database: OpenDatabase, env: Env): Promise<OrganisationId> {
  const first = await firstOrganisation(database.db)
  if (first) return asOrganisationId(first.organisationId)
  return env.demo ? createDemo(database.db, CLOCK.now()) : createOrganisation(database.db, 'Ringside')
}

async function readiness(database: OpenDatabase, slack: SlackSide) {
  const answers = await database.db.execute(sql`select 1`).then(
    () => true,
    () => false,
  )
  const checks = { database: answers, slack: slack.trouble() === null }
  return { ok: Object.values(checks).every(Boolean), checks }
}

type SlackSide = ReturnType<typeof slackOf>

/** One workspace by its bot token. Ringside starts while Slack cannot be reached, and connects when it can. */
function slackOf(env: Env, database: OpenDatabase, organisation: OrganisationId, log: Log) {
  const token = env.SLACK_BOT_TOKEN
  const access = token ? { token, apiUrl: env.SLACK_API_URL } : null
  const platforms = new Map<string, ChatPlatform>()
  let trouble: string | null = access ? 'Slack was not asked yet.' : null
  let retry: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function connect(): Promise<void> {
    if (!access) return discussIn(database.db, organisation, 'web')
    const workspace = await slackWorkspace(access)
    if (!workspace.ok) {
      trouble = workspace.failure.why
      log.error({ code: workspace.failure.code }, trouble)
      if (!stopped) retry = setTimeout(() => void reconnect(), SLACK_RETRY_MS)
      return
    }
    const { teamId, teamName, botUser } = workspace.value
    const pace = openPace(database.db, CLOCK, { organisation, connection: asConnectionId(`slack-${teamId}`) })
    platforms.set(teamId, slackPlatform({ ...access, teamId, botUser, pace, limitFactor: env.SLACK_LIMIT_FACTOR }))
    await connectWorkspace(database.db, {
      organisationId: organisation,
      id: `slack-${teamId}`,
      platform: 'slack',
      workspace: teamId,
      title: `${SLACK_CAPABILITIES.title} (${teamName})`,
      appAccount: botUser,
      state: 'connected',
    })
    trouble = null
  }

  /** The rim: what fails now is tried again. */
  async function reconnect(): Promise<void> {
    try {
      await connect()
    } catch (error) {
      log.error({ error: describeBug(error) }, 'Slack could not be connected.')
      if (!stopped) retry = setTimeout(() => void reconnect(), SLACK_RETRY_MS)
    }
  }

  return {
    connect,
    trouble: () => trouble,
    inbound: env.SLACK_SIGNING_SECRET ? slackInbound({ signingSecrets: [env.SLACK_SIGNING_SECRET] }) : null,
    platform: (workspace: string) => platforms.get(workspace) ?? null,
    stop() {
      stopped = true
      clearTimeout(retry)
    },
  }
}
