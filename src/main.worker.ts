import { openPostgres } from '../db/open-postgres.ts'
import { firstOrganisation } from '../db/organisations.ts'
import { openSecrets } from '../db/secrets.ts'
import { assemble, CLOCK, isSecure, signInWith } from './assemble.ts'
import { asOrganisationId } from './core/ids.ts'
import { describeBug, type Log } from './engine/engine.ts'
import { openIntake } from './engine/intake.ts'
import { openReceive } from './engine/receive.ts'
import { workOff } from './engine/worker.ts'
import { readEnv } from './env.ts'
import { createApp } from './http/app.ts'
import type { Workspaces } from './slack-side.ts'
import { nothingOfTeams } from './teams-side.ts'

/**
 * Ringside on Cloudflare Workers. Each request has an engine and connections of its own, since no socket may outlive the request that
 * opened it. What arrives is written down before the answer and worked off after it; the cron trigger carries on whatever had to wait.
 */

/** What wrangler.toml binds, beside the settings of README.md as variables and secrets. */
type Bindings = { readonly HYPERDRIVE: { readonly connectionString: string } } & Readonly<Record<string, unknown>>

type Context = { waitUntil(work: Promise<unknown>): void }

/** After an answer a Worker may go on for about thirty seconds; what is left waits for the next request, or the next minute. */
const WORK_MS = 20_000

const write = (say: (line: string) => void) => (facts: object, message: string) => say(JSON.stringify({ message, ...facts }))
const LOG: Log = { info: () => {}, warn: write(console.warn), error: write(console.error) }

/** Plain data, and nothing of any request. */
const workspaces: Workspaces = new Map()
const teamsKnown = nothingOfTeams()

export default {
  async fetch(request: Request, bindings: Bindings, context: Context): Promise<Response> {
    const ringside = await open(bindings)
    try {
      return await ringside.app.fetch(request)
    } finally {
      context.waitUntil(ringside.finish())
    }
  },

  async scheduled(_event: unknown, bindings: Bindings, context: Context): Promise<void> {
    const ringside = await open(bindings)
    ringside.engine.wake()
    context.waitUntil(ringside.finish())
  },
}

async function open(bindings: Bindings) {
  const texts = Object.entries(bindings).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  // A Worker holds no line open: it has to be posted to, and so needs the signing secret.
  const env = readEnv({ ...Object.fromEntries(texts), SLACK_APP_TOKEN: undefined, DATABASE_URL: bindings.HYPERDRIVE.connectionString })
  const database = openPostgres(bindings.HYPERDRIVE.connectionString)
  let woken = false
  const secrets = env.SECRET_KEY ? await openSecrets([env.SECRET_KEY, ...(env.SECRET_KEY_PREVIOUS ? [env.SECRET_KEY_PREVIOUS] : [])]) : null
  const parts = { env, database, clock: CLOCK, log: LOG, secrets, workspaces, teamsKnown }
  const { engine, slack, teams } = assemble({ ...parts, wake: () => void (woken = true) })
  const organisation = await firstOrganisation(database.db)
  const isConnected = async (side: typeof slack | typeof teams): Promise<boolean> => {
    const connected = organisation ? await side.connect(asOrganisationId(organisation.organisationId)) : null
    if (connected && !connected.ok) LOG.error({ code: connected.failure.code }, connected.failure.why)
    return connected?.ok ?? true
  }
  const checks = { database: organisation !== null, slack: await isConnected(slack), teams: await isConnected(teams) }

  const app = createApp({
    engine,
    receive: openReceive(engine, openIntake(engine)),
    slack: slack.inbound,
    teams: teams.inbound,
    demo: env.demo,
    // A Worker has no sockets to a mail server, and each visitor's address from Cloudflare.
    signIn: signInWith(engine, { ...env, CLIENT_ADDRESS_HEADER: 'cf-connecting-ip' }, env.SECRET_KEY ?? null, null),
    secureCookies: isSecure(env),
    ready: async () => ({ ok: Object.values(checks).every(Boolean), checks }),
  })
  return {
    app,
    engine,
    /** The rim: what goes wrong after the answer is logged, and is due again. */
    async finish(): Promise<void> {
      try {
        if (woken) await workOff(engine, WORK_MS)
      } catch (error) {
        LOG.error({ error: describeBug(error) }, 'The work after a request went wrong.')
      } finally {
        await database.close()
      }
    },
  }
}
