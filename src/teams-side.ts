import { type KnownKeys, noKeys } from '../adapters/teams/bot-token.ts'
import { TEAMS_CAPABILITIES } from '../adapters/teams/capabilities.ts'
import { teamsInbound } from '../adapters/teams/inbound.ts'
import { teamsPlatform } from '../adapters/teams/platform.ts'
import { teamsTenant } from '../adapters/teams/tenant.ts'
import { entraTokens, type KnownTokens } from '../adapters/teams/tokens.ts'
import { type Connecting, putConnection, resumeConnection } from '../db/installations.ts'
import { inOrganisation } from '../db/open.ts'
import { type ConnectionRow, discussIn, findConnection } from '../db/organisations.ts'
import { ok, type Result } from './core/failure.ts'
import { asConnectionId, asOrganisationId, type OrganisationId } from './core/ids.ts'
import { watched } from './engine/access.ts'
import { type Engine, nowOf } from './engine/engine.ts'
import { openPace } from './engine/pace.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'

/**
 * Microsoft Teams behind the ports: the tenant where the app is at home, by the app's own secret. Nothing in here waits for a clock or
 * knows the runtime, so that it serves a process that lives long and one that lives for a request.
 */

const TEAMS = 'teams'

export type TeamsSettings = {
  readonly appId: string
  readonly appSecret: string
  readonly tenant: string
  readonly graphUrl: string
  readonly entraUrl: string
  readonly connectorUrl: string
  readonly openidUrl: string
  readonly limitFactor: number
}

/** What was found out about Microsoft; plain data, so that it may outlive a request. */
export type KnownOfTeams = { readonly tokens: KnownTokens; readonly keys: KnownKeys; tenant: string | null }
export const nothingOfTeams = (): KnownOfTeams => ({ tokens: new Map(), keys: noKeys(), tenant: null })

export type TeamsSide = ReturnType<typeof teamsSide>

export function teamsSide(settings: TeamsSettings | null, engineOf: () => Engine, known: KnownOfTeams) {
  const tokens = settings && entraTokens({ ...settings, now: () => engineOf().clock.now() }, known.tokens)
  const platforms = new Map<string, ChatPlatform>()

  /** One value a connection: what its budget has given and nobody has used yet is in it. */
  function platformOf(connection: ConnectionRow): ChatPlatform | null {
    if (!settings || !tokens || connection.workspace !== settings.tenant) return null
    const made = platforms.get(connection.id) ?? platformBy(settings, tokens, asOrganisationId(connection.organisationId))
    platforms.set(connection.id, made)
    return watched(engineOf(), connection, made)
  }

  function platformBy(of: TeamsSettings, by: NonNullable<typeof tokens>, organisation: OrganisationId): ChatPlatform {
    const { db, clock } = engineOf()
    const pace = openPace(db, clock, { organisation, connection: asConnectionId(`${TEAMS}-${of.tenant}`) })
    return teamsPlatform({ ...of, homeTenant: of.tenant, tokens: by, pace, now: () => clock.now() })
  }

  /** Asks Microsoft whose tenant it is, and connects it. */
  async function connect(organisation: OrganisationId): Promise<Result<void>> {
    if (!settings || !tokens || known.tenant === settings.tenant) return ok(undefined)
    const found = await teamsTenant({ ...settings, homeTenant: settings.tenant, tokens })
    if (!found.ok) return found
    const engine = engineOf()
    const of: Connecting = { organisation, platform: TEAMS, installationId: null, appAccount: `28:${settings.appId}` }
    await inOrganisation(engine.db, organisation, async (tx) => {
      const before = await findConnection(tx, `${TEAMS}-${settings.tenant}`)
      const id = await putConnection(tx, of, { id: settings.tenant, title: `${TEAMS_CAPABILITIES.title} (${found.value.title})` })
      if (!before) await discussIn(tx, organisation, TEAMS)
      if (before?.state === 'broken') await resumeConnection(tx, id, nowOf(engine))
    })
    known.tenant = settings.tenant
    return ok(undefined)
  }

  return { inbound: settings && teamsInbound({ ...settings, keys: known.keys }), platformOf, connect }
}
