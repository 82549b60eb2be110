import { webCrm } from '../adapters/web/crm.ts'
import { webPlatform } from '../adapters/web/platform.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { Secrets } from '../db/secrets.ts'
import { signInStore } from '../db/sign-in.ts'
import { asOrganisationId } from './core/ids.ts'
import type { Engine, Log } from './engine/engine.ts'
import type { Tally } from './engine/tally.ts'
import type { Env } from './env.ts'
import { openAuth } from './http/sign-in/auth.ts'
import type { SignInParts } from './http/sign-in/routes.ts'
import type { Clock } from './ports/clock.ts'
import type { Post } from './ports/post.ts'
import { type SlackSettings, type SlackSide, slackSide, type Workspaces } from './slack-side.ts'
import { type KnownOfTeams, type TeamsSettings, type TeamsSide, teamsSide } from './teams-side.ts'

/** Puts the adapters behind the ports: the same engine for a process that lives long and for one that lives for a request. */

export const CLOCK: Clock = { now: () => Date.now(), wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }

export type Parts = {
  readonly env: Env
  readonly database: OpenDatabase
  readonly clock: Clock
  readonly log: Log
  readonly secrets: Secrets | null
  /** What was found out about tokens of the environment; plain data, so that it may outlive a request. */
  readonly workspaces: Workspaces
  readonly tally?: Tally | null
  readonly teamsKnown: KnownOfTeams
  wake(): void
}

type Assembled = { readonly engine: Engine; readonly slack: SlackSide; readonly teams: TeamsSide }

export function assemble({ env, database, clock, log, secrets, workspaces, teamsKnown, tally, wake }: Parts): Assembled {
  const slack = slackSide(slackSettings(env), () => engine, workspaces)
  const teams = teamsSide(teamsSettings(env), () => engine, teamsKnown)
  const engine: Engine = {
    db: database.db,
    clock,
    log,
    platformOf: (connection) => {
      if (connection.platform === 'web') return webPlatform(database.db, asOrganisationId(connection.organisationId), clock)
      if (connection.platform === 'teams') return teams.platformOf(connection)
      return connection.platform === 'slack' ? slack.platformOf(connection) : null
    },
    sourceOf: (id) => webCrm(database.db, id, clock),
    wake,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    letIn: slack.letIn(secrets),
    ...(tally && { tally }),
  }
  return { engine, slack, teams }
}

/** How people prove who they are. In a demo they do not have to. */
export function signInWith(engine: Engine, env: Env, secret: string | null, post: Post | null): SignInParts | null {
  if (env.demo || secret === null) return null
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_TITLE: title } = env
  const provider = issuer && clientId && clientSecret ? { issuer, clientId, clientSecret, title } : null
  const settings = { secret, provider, post, addressHeader: env.CLIENT_ADDRESS_HEADER ?? null }
  const store = signInStore(engine.db, () => engine.clock.now())
  return { store, settings, auth: openAuth(engine, store, settings, isSecure(env)) }
}

/** Cookies travel over TLS only, unless the workspace is served over plain HTTP. */
export const isSecure = (env: Env): boolean => env.PUBLIC_URL?.startsWith('https:') ?? false

function slackSettings(env: Env): SlackSettings {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = env
  return {
    apiUrl: env.SLACK_API_URL,
    command: env.SLACK_COMMAND,
    limitFactor: env.SLACK_LIMIT_FACTOR,
    signingSecrets: env.SLACK_SIGNING_SECRET ?? [],
    botToken: env.SLACK_BOT_TOKEN ?? null,
    app: clientId && clientSecret ? { clientId, clientSecret, redirectUrl: `${env.PUBLIC_URL}/slack/oauth_redirect` } : null,
  }
}

function teamsSettings(env: Env): TeamsSettings | null {
  const { TEAMS_APP_ID: appId, TEAMS_APP_SECRET: appSecret, TEAMS_TENANT_ID: tenant } = env
  if (!appId || !appSecret || !tenant) return null
  const { GRAPH_URL: graphUrl, ENTRA_URL: entraUrl, BOT_CONNECTOR_URL: connectorUrl, BOT_OPENID_URL: openidUrl } = env
  return { appId, appSecret, tenant, graphUrl, entraUrl, connectorUrl, openidUrl, limitFactor: env.TEAMS_LIMIT_FACTOR }
}
