import { type FakeState, SlackSays } from './state.ts'

/** Slack's OAuth, version 2: who may come in, to one workspace or to an organisation of them, with what token, and for how long. */

export const FAKE_CLIENT = { id: '1111.2222', secret: 'fake-client-secret' }
export const FAKE_ENTERPRISE = { id: 'E0ORG', name: 'Example Group' }
const TOKEN_SECONDS = 12 * 3_600

/** What somebody at Slack decides when the browser arrives there. */
export type Decision = { readonly to: 'workspace'; readonly team: string } | { readonly to: 'enterprise' } | { readonly to: 'deny' }
type Grant = Exclude<Decision, { to: 'deny' }>
type Args = Readonly<Record<string, string>>

export function slackOAuth(home: FakeState) {
  const codes = new Map<string, { readonly grant: Grant; readonly redirect: string; readonly scope: string }>()
  const owners = new Map<string, Grant>()
  const refreshTokens = new Map<string, Grant>()
  /** The workspaces of this Slack. */
  const teams = new Map<string, FakeState>([[home.team.id, home]])
  /** Those that the organisation opened to the app. */
  const opened = new Set<string>()
  const settings = { rotates: false, decision: { to: 'workspace', team: home.team.id } as Decision }
  let count = 0

  const isAlive = (token: string) => home.tokens.get(token) === ''
  const isFor = (grant: Grant) => (other: Grant) => JSON.stringify(other) === JSON.stringify(grant)
  const tokensOf = (grant: Grant) => [...owners].filter(([token, other]) => isFor(grant)(other) && isAlive(token)).map(([token]) => token)

  /** An app that is in already gets the token it has, unless tokens rotate. */
  function issue(grant: Grant) {
    const [old] = settings.rotates ? [] : tokensOf(grant)
    const token = old ?? `xox${settings.rotates ? 'e.xoxb' : 'b'}-secret-${++count}`
    owners.set(token, grant)
    home.tokens.set(token, '')
    if (!settings.rotates) return { access_token: token }
    const refresh = `xoxe-1-secret-refresh-${++count}`
    refreshTokens.set(refresh, grant)
    return { access_token: token, refresh_token: refresh, expires_in: TOKEN_SECONDS }
  }

  function answerFor(grant: Grant, scope: string) {
    const team = grant.to === 'workspace' ? teams.get(grant.team)?.team : null
    return {
      ...issue(grant),
      app_id: home.app,
      authed_user: { id: 'U0INSTALLER' },
      scope,
      token_type: 'bot',
      bot_user_id: home.bot,
      team: team ? { id: team.id, name: team.name } : null,
      enterprise: grant.to === 'enterprise' ? FAKE_ENTERPRISE : null,
      is_enterprise_install: grant.to === 'enterprise',
    }
  }

  return {
    settings,
    teams,
    opened,
    /** The page on which somebody agrees or does not: where their browser goes next. */
    authorize(query: URLSearchParams): string {
      const back = new URL(query.get('redirect_uri') ?? '')
      back.searchParams.set('state', query.get('state') ?? '')
      if (query.get('client_id') !== FAKE_CLIENT.id) throw new Error('Slack shows a page of its own: there is no such app.')
      if (settings.decision.to === 'deny') {
        back.searchParams.set('error', 'access_denied')
        return back.href
      }
      const code = `code-${++count}`
      codes.set(code, { grant: settings.decision, redirect: query.get('redirect_uri') ?? '', scope: query.get('scope') ?? '' })
      back.searchParams.set('code', code)
      return back.href
    },
    access(args: Args, authorization: string | undefined) {
      const [id, secret] = atob(/^Basic (.+)$/.exec(authorization ?? '')?.[1] ?? '').split(':')
      if (id !== FAKE_CLIENT.id) throw new SlackSays('invalid_client_id')
      if (secret !== FAKE_CLIENT.secret) throw new SlackSays('bad_client_secret')
      if (args['grant_type'] === 'refresh_token') {
        const grant = refreshTokens.get(args['refresh_token'] ?? '')
        if (!grant || !refreshTokens.delete(args['refresh_token'] ?? '')) throw new SlackSays('invalid_refresh_token')
        return answerFor(grant, '')
      }
      const begun = codes.get(args['code'] ?? '')
      if (!begun || !codes.delete(args['code'] ?? '')) throw new SlackSays('invalid_code')
      if (begun.redirect !== args['redirect_uri']) throw new SlackSays('bad_redirect_uri')
      return answerFor(begun.grant, begun.scope)
    },
    teamsOf(token: string) {
      const grant = owners.get(token)
      const ids = grant?.to === 'enterprise' ? [...opened] : [grant?.team ?? home.team.id]
      return { teams: ids.map((id) => ({ id, name: teams.get(id)?.team.name })), response_metadata: { next_cursor: '' } }
    },
    revoke(token: string) {
      home.tokens.set(token, 'token_revoked')
      return { revoked: true }
    },
    /** Every token of it is dead from now on. */
    end(grant: Grant): void {
      for (const token of tokensOf(grant)) home.tokens.set(token, 'account_inactive')
      for (const [token, other] of refreshTokens) if (isFor(grant)(other)) refreshTokens.delete(token)
    },
    tokens: (grant: Grant) => tokensOf(grant),
    /** Every secret that this Slack ever gave away. */
    secrets: () => [...owners.keys(), ...refreshTokens.keys()],
    /** The workspace that a call is about, or Slack's word against it. A token for many has to say which, where nothing else does. */
    workspaceOf(token: string, method: string, args: Args): FakeState | string {
      const grant = owners.get(token)
      if (grant?.to === 'workspace') return teams.get(grant.team) ?? home
      if (!grant) return home
      if (OF_A_TEAM.has(method) && !args['team_id']) return 'missing_argument'
      const named = args['team_id']
        ? teams.get(args['team_id'])
        : [...teams.values()].find((one) => one.channels.has(args['channel'] ?? ''))
      const found = named ?? home
      if ((args['team_id'] || args['channel']) && !opened.has(found.team.id)) return 'team_access_not_granted'
      return found
    },
  }
}

const OF_A_TEAM: ReadonlySet<string> = new Set([
  'conversations.create',
  'conversations.list',
  'users.conversations',
  'usergroups.users.list',
])
