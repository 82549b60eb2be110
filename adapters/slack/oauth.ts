import { failed, ok, type Result } from '../../src/core/failure.ts'
import type { Installed, Installer, Tokens, Workspace } from '../../src/ports/install.ts'
import { type SlackAnswer, type SlackApp, slackAppCall, slackCall } from './call.ts'
import { readPages } from './channel.ts'
import { failureOf } from './failure.ts'
import { type Fields, fieldsOf, idOf, textOf } from './fields.ts'
import { OPTIONAL_SCOPES, SCOPES } from './scopes.ts'

export type SlackInstallerOptions = SlackApp & {
  /** Where Slack sends the browser back to; it stands in the Slack app too. */
  readonly redirectUrl: string
  readonly now?: () => number
}

/** Pages of an organisation's workspaces that are read at most, of 200 each. */
const TEAM_PAGES_MAX = 50
const TEAMS_PAGE = 200

/** Slack's OAuth, version 2: the bot's token alone, no person's. */
export function slackInstaller(options: SlackInstallerOptions): Installer {
  const { clientId, redirectUrl, now = Date.now } = options
  const access = slackAppCall(options)
  const callBy = (token: string) => slackCall({ ...options, token })
  return {
    address(state) {
      const asked = {
        client_id: clientId,
        scope: [...SCOPES, ...OPTIONAL_SCOPES].map(({ scope }) => scope).join(','),
        redirect_uri: redirectUrl,
        state,
      }
      return `${new URL('/oauth/v2/authorize', options.apiUrl).href}?${new URLSearchParams(asked).toString()}`
    },
    async finish(code) {
      const answered = await access({ code, redirect_uri: redirectUrl })
      return answered.ok ? installedIn(answered.value, now()) : answered
    },
    async renew(refreshToken) {
      const answered = await access({ grant_type: 'refresh_token', refresh_token: refreshToken })
      if (!answered.ok) return answered
      const tokens = tokensIn(answered.value, now())
      return tokens ? ok(tokens) : failed(NOT_UNDERSTOOD)
    },
    async workspaces(token) {
      const slack = { call: callBy(token), teamId: '', botUser: '' }
      return readPages(slack, 'auth.teams.list', { limit: TEAMS_PAGE }, TEAM_PAGES_MAX, teamsIn)
    },
    async check(token) {
      const tested = await callBy(token)('auth.test', {})
      return tested.ok ? ok(undefined) : tested
    },
    async revoke(token) {
      const revoked = await callBy(token)('auth.revoke', {})
      return revoked.ok ? ok(undefined) : revoked
    },
  }
}

/** `team` is empty where it was installed to a whole organisation. */
function installedIn(answer: SlackAnswer, nowMs: number): Result<Installed> {
  const tokens = tokensIn(answer, nowMs)
  const orgWide = answer['is_enterprise_install'] === true
  const target = fieldsOf(orgWide ? answer['enterprise'] : answer['team'])
  const [id, appAccount] = [idOf(target), textOf(answer['bot_user_id'])]
  if (!tokens || !id || !appAccount) return failed(NOT_UNDERSTOOD)
  return ok({
    ...tokens,
    scope: orgWide ? 'enterprise' : 'workspace',
    id,
    title: textOf(target['name']) ?? id,
    app: textOf(answer['app_id']) ?? '',
    appAccount,
    scopes: (textOf(answer['scope']) ?? '').split(',').filter((scope) => scope !== ''),
  })
}

/** Without an end, the token does not rotate. */
function tokensIn(answer: Fields, nowMs: number): Tokens | null {
  const [token, refreshToken] = [textOf(answer['access_token']), textOf(answer['refresh_token'])]
  const seconds = Number(answer['expires_in'] ?? 0)
  if (!token) return null
  return refreshToken && seconds > 0
    ? { token, refreshToken, expiresAtMs: nowMs + seconds * 1000 }
    : { token, refreshToken: null, expiresAtMs: null }
}

const NOT_UNDERSTOOD = {
  ...failureOf('oauth.v2.access', 'invalid_code'),
  code: 'no_bot',
  why: 'Slack let nobody in: its answer names no workspace or no bot. Begin again, and see that the Slack app has a bot user.',
}

const teamsIn = (page: SlackAnswer): readonly Workspace[] =>
  ((page['teams'] as unknown[] | undefined) ?? []).flatMap((team) => {
    const id = idOf(team)
    return id ? [{ id, title: textOf(fieldsOf(team)['name']) ?? id }] : []
  })
