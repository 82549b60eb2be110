import { SLACK_CAPABILITIES } from '../adapters/slack/capabilities.ts'
import { slackInbound } from '../adapters/slack/inbound.ts'
import { slackInstaller } from '../adapters/slack/oauth.ts'
import { slackPlatform, type SlackPlatformOptions } from '../adapters/slack/platform.ts'
import { OPTIONAL_SCOPES, SCOPES } from '../adapters/slack/scopes.ts'
import { type SlackWorkspace, slackWorkspace } from '../adapters/slack/workspace.ts'
import { breakByToken, type Connecting, isInstalled, resumeConnection, putConnection } from '../db/installations.ts'
import { inOrganisation } from '../db/open.ts'
import { type ConnectionRow, discussIn, findConnection } from '../db/organisations.ts'
import type { Secrets } from '../db/secrets.ts'
import { ok, type Result } from './core/failure.ts'
import { asConnectionId, asOrganisationId, type OrganisationId } from './core/ids.ts'
import { watched } from './engine/access.ts'
import { type Engine, type LetIn, nowOf } from './engine/engine.ts'
import { openPace } from './engine/pace.ts'
import { tokenOf } from './engine/tokens.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'

/**
 * Slack behind the ports: one workspace by a token of the environment, and any number of them by OAuth. Nothing in here waits for a
 * clock or knows the runtime, so that it serves a process that lives long and one that lives for a request.
 */

const SLACK = 'slack'

export type SlackSettings = {
  readonly apiUrl: string
  /** What people type, as the manifest has it. */
  readonly command: string
  readonly limitFactor: number
  readonly signingSecrets: readonly string[]
  readonly botToken: string | null
  readonly app: { readonly clientId: string; readonly clientSecret: string; readonly redirectUrl: string } | null
}

type SlackToken = SlackPlatformOptions['token']

/** The workspace of the environment's token, once Slack has told which one it is. */
type ByToken = { readonly workspace: string; readonly platform: ChatPlatform }

/** What Slack told of the environment's token, by the token. */
export type Workspaces = Map<string, SlackWorkspace>

export type SlackSide = ReturnType<typeof slackSide>

export function slackSide(settings: SlackSettings, engineOf: () => Engine, workspaces: Workspaces) {
  const { apiUrl, command, limitFactor, signingSecrets, botToken, app } = settings
  const installer = app ? slackInstaller({ ...app, apiUrl, now: () => engineOf().clock.now() }) : null
  const installed = new Map<string, ChatPlatform>()
  let byToken: ByToken | null = null

  function platformBy(token: SlackToken, organisation: OrganisationId, workspace: string, botUser: string): ChatPlatform {
    const { db, clock } = engineOf()
    const pace = openPace(db, clock, { organisation, connection: asConnectionId(`${SLACK}-${workspace}`) })
    return slackPlatform({ token, apiUrl, teamId: workspace, botUser, pace, limitFactor })
  }

  /** One value a connection: what its budget has given and nobody has used yet is in it. */
  function installedPlatform({ id, organisationId, workspace, appAccount }: ConnectionRow, installationId: string): ChatPlatform {
    const key = `${organisationId} ${id} ${installationId} ${appAccount}`
    const organisation = asOrganisationId(organisationId)
    const made =
      installed.get(key) ?? platformBy(() => tokenOf(engineOf(), organisation, installationId), organisation, workspace, appAccount ?? '')
    installed.set(key, made)
    return made
  }

  function platformOf(connection: ConnectionRow): ChatPlatform | null {
    const { installationId } = connection
    const platform = installationId
      ? app && installedPlatform(connection, installationId)
      : byToken?.workspace === connection.workspace
        ? byToken.platform
        : null
    return platform && watched(engineOf(), connection, platform)
  }

  /** Asks Slack whose token the environment's is, and connects that workspace. */
  async function connectByToken(organisation: OrganisationId, token: string): Promise<Result<void>> {
    const engine = engineOf()
    const known = workspaces.get(token)
    const found = known ? ok(known) : await slackWorkspace({ token, apiUrl })
    if (!found.ok) return found
    const { teamId, teamName, botUser } = found.value
    byToken = { workspace: teamId, platform: platformBy(token, organisation, teamId, botUser) }
    if (known) return ok(undefined)
    const of: Connecting = { organisation, platform: SLACK, installationId: null, appAccount: botUser }
    await inOrganisation(engine.db, organisation, async (tx) => {
      const before = await findConnection(tx, `${SLACK}-${teamId}`)
      const id = await putConnection(tx, of, { id: teamId, title: `${SLACK_CAPABILITIES.title} (${teamName})` })
      await discussIn(tx, organisation, SLACK)
      if (before?.state === 'broken') await resumeConnection(tx, id, nowOf(engine))
    })
    workspaces.set(token, found.value)
    return ok(undefined)
  }

  return {
    inbound: signingSecrets.length > 0 ? slackInbound({ signingSecrets, command }) : null,
    platformOf,
    connect: (organisation: OrganisationId): Promise<Result<void>> =>
      botToken === null ? leaveToken(engineOf(), organisation) : connectByToken(organisation, botToken),
    letIn: (secrets: Secrets | null): LetIn => ({
      secrets,
      installerOf: (platform) => (platform === SLACK ? installer : null),
      permissionsOf: (platform) => (platform === SLACK ? [...SCOPES, ...OPTIONAL_SCOPES] : []),
      platforms: [{ platform: SLACK, title: SLACK_CAPABILITIES.title, missing: app ? null : NO_APP }],
    }),
  }
}

const NO_APP =
  'To connect Slack here, whoever runs this server sets SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, PUBLIC_URL and SECRET_KEY first; the README says how. For a single workspace a SLACK_BOT_TOKEN is enough.'
const TOKEN_GONE = 'The token of this workspace was taken out of the settings of the server.'

/** Without a token in the environment: the workspace it was for waits, and discussions open elsewhere unless Slack is connected otherwise. */
async function leaveToken(engine: Engine, organisation: OrganisationId): Promise<Result<void>> {
  return inOrganisation(engine.db, organisation, async (tx) => {
    await breakByToken(tx, SLACK, TOKEN_GONE)
    if (!(await isInstalled(tx, SLACK))) await discussIn(tx, organisation, 'web')
    return ok(undefined)
  })
}
