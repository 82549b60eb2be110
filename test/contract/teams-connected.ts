import { type TeamsPlatformOptions, teamsPlatform } from '../../adapters/teams/platform.ts'
import { entraTokens } from '../../adapters/teams/tokens.ts'
import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import { memoryPace } from '../fakes/pace.ts'
import { type FakeTeams, TENANT } from '../fakes/teams/server.ts'
import { APP, HOME_TENANT } from '../fakes/teams/state.ts'

/** The fake tenant as a platform. The limits are Microsoft's only where a test is about them. */
export function platformOf(teams: FakeTeams, options: Partial<TeamsPlatformOptions> = {}): ChatPlatform {
  const { graphUrl, connectorUrl, entraUrl } = teams
  return teamsPlatform({
    tenant: TENANT,
    homeTenant: HOME_TENANT,
    appId: APP.id,
    tokens: entraTokens({ appId: APP.id, appSecret: APP.secret, entraUrl }),
    graphUrl,
    connectorUrl,
    pace: memoryPace(Date.now),
    limitFactor: 10_000,
    ...options,
  })
}
