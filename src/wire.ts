import { pino } from 'pino'
import { sql } from 'drizzle-orm'
import { slackSocket } from '../adapters/slack/socket.ts'
import { smtpPost } from '../adapters/smtp/post.ts'
import { openJobs } from '../db/jobs.ts'
import { endLeases } from '../db/leases.ts'
import { migratePostgres } from '../db/migrate-postgres.ts'
import { openEmbedded } from '../db/open-embedded.ts'
import { openPostgres } from '../db/open-postgres.ts'
import type { OpenDatabase } from '../db/open.ts'
import { createOrganisation, firstOrganisation } from '../db/organisations.ts'
import { openSecrets, type Secrets } from '../db/secrets.ts'
import { hasAdministrator } from '../db/sign-in.ts'
import { assemble, CLOCK, isSecure, signInWith } from './assemble.ts'
import type { Result } from './core/failure.ts'
import { asOrganisationId, type OrganisationId } from './core/ids.ts'
import { createDemo } from './demo.ts'
import { describeBug, type Log } from './engine/engine.ts'
import { resumeInstallations } from './engine/install.ts'
import { openIntake } from './engine/intake.ts'
import { keepLines } from './engine/lines.ts'
import { openReceive } from './engine/receive.ts'
import { openTally } from './engine/tally.ts'
import { startWorker } from './engine/worker.ts'
import type { Env } from './env.ts'
import { createApp } from './http/app.ts'
import { openHub } from './http/live.ts'
import { makeLink } from './http/sign-in/links.ts'
import type { Clock } from './ports/clock.ts'
import type { Post } from './ports/post.ts'
import { keptSecret } from './secret-file.node.ts'
import { nothingOfTeams } from './teams-side.ts'

/** Starts the parts in their order, in a process that lives long. */

const RETRY_MS = 5_000

export async function start(env: Env, opened?: OpenDatabase, clock: Clock = CLOCK) {
  const log = pino({ level: env.LOG_LEVEL })
  const database = opened ?? (await openDatabase(env))
  // The embedded database belongs to this process alone.
  if (database.kind === 'pglite') await endLeases(database.db)
  const organisation = await firstOrganisationOf(database, env)
  const wakes: (() => void)[] = []
  const wake = () => wakes.forEach((one) => one())
  const tally = env.METRICS_TOKEN ? openTally() : null
  const known = { workspaces: new Map(), teamsKnown: nothingOfTeams() }
  const { engine, slack, teams } = assemble({ env, database, clock, log, wake, tally, secrets: await secretsOf(env), ...known })
  const connecting = keepConnecting('Slack', () => slack.connect(organisation), log, env.SLACK_BOT_TOKEN !== undefined)
  const connectingTeams = keepConnecting('Microsoft Teams', () => teams.connect(organisation), log, env.TEAMS_APP_ID !== undefined)
  const hub = await openHub(engine, database)
  const jobs = await openJobs(database, (error) => log.error({ error: String(error) }, 'The job queue has a problem.'))
  await Promise.all([connecting.first, connectingTeams.first])
  const resumed = resumeInstallations(engine)
  const worker = await startWorker(engine, jobs, (one) => wakes.push(one))
  const receive = openReceive(engine, openIntake(engine))
  const { SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl } = env
  const lines = appToken ? keepLines(engine, 'slack', slackSocket({ appToken, apiUrl, command: env.SLACK_COMMAND }), receive) : null
  await lines?.tried
  const slackTrouble = () => connecting.trouble() ?? lines?.trouble() ?? null
  const signIn = signInWith(engine, env, signingSecret(env), postOf(env))
  const app = createApp({
    engine,
    receive,
    slack: slack.inbound,
    teams: teams.inbound,
    demo: env.demo,
    signIn,
    secureCookies: isSecure(env),
    ready: () => readiness(database, { slack: slackTrouble(), teams: connectingTeams.trouble() }),
    metricsToken: env.METRICS_TOKEN,
  })
  return {
    app,
    engine,
    hub,
    /** Where the first administrator comes in; null once there is one. */
    setupUrl:
      signIn && !(await hasAdministrator(database.db)) ? `${engine.publicUrl}/setup#${await makeLink(signIn.store, 'setup')}` : null,
    slackTrouble,
    teamsTrouble: connectingTeams.trouble,
    async stop() {
      connecting.stop()
      connectingTeams.stop()
      await lines?.close()
      await resumed
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

/** A key of its own only where nobody set one and there is something to seal. */
async function secretsOf(env: Env): Promise<Secrets | null> {
  const { SECRET_KEY: current, SECRET_KEY_PREVIOUS: previous } = env
  if (current) return openSecrets(previous ? [current, previous] : [current])
  return env.SLACK_CLIENT_ID ? openSecrets([keptSecret(env.DATA_DIR)]) : null
}

/** Signs what travels through browsers while they sign in. One process alone may keep a key of its own beside its data. */
function signingSecret(env: Env): string | null {
  return env.SECRET_KEY ?? (env.demo || env.DATABASE_URL ? null : keptSecret(env.DATA_DIR))
}

const postOf = ({ SMTP_URL: url, MAIL_FROM: from }: Env): Post | null => (url && from ? smtpPost({ url, from }) : null)

async function readiness(database: OpenDatabase, trouble: Readonly<Record<'slack' | 'teams', string | null>>) {
  const answers = await database.db.execute(sql`select 1`).then(
    () => true,
    () => false,
  )
  const checks = { database: answers, slack: trouble.slack === null, teams: trouble.teams === null }
  return { ok: Object.values(checks).every(Boolean), checks }
}

/** Ringside starts while a chat system cannot be reached, and connects when it can. */
function keepConnecting(title: string, tryOnce: () => Promise<Result<void>>, log: Log, expected: boolean) {
  let trouble: string | null = expected ? `${title} was not asked yet.` : null
  let retry: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function connect(): Promise<void> {
    const connected = await tryOnce()
    trouble = connected.ok ? null : connected.failure.why
    if (connected.ok) return
    log.error({ code: connected.failure.code }, connected.failure.why)
    if (!stopped) retry = setTimeout(() => void reconnect(), RETRY_MS)
  }

  /** The rim: what fails now is tried again. */
  async function reconnect(): Promise<void> {
    try {
      await connect()
    } catch (error) {
      log.error({ error: describeBug(error) }, `${title} could not be connected.`)
      if (!stopped) retry = setTimeout(() => void reconnect(), RETRY_MS)
    }
  }

  return {
    first: connect(),
    trouble: () => trouble,
    stop() {
      stopped = true
      clearTimeout(retry)
    },
  }
}
