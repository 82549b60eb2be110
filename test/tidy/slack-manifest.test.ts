import { execFileSync } from 'node:child_process'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { SLACK_METHODS } from '../../adapters/slack/call.ts'
import { slackManifest } from '../../adapters/slack/manifest.ts'
import { EVENTS } from '../../adapters/slack/news.ts'
import { BOT_EVENTS, OPTIONAL_SCOPES, SCOPES } from '../../adapters/slack/scopes.ts'
import http from '../../manifest/slack/http.json' with { type: 'json' }
import socket from '../../manifest/slack/socket.json' with { type: 'json' }
import { isDialogName } from '../../src/core/press.ts'
import schema from '../fixtures/slack-manifest.schema.json' with { type: 'json' }
import reference from '../fixtures/slack-methods.json' with { type: 'json' }
import { read, ROOT } from './files.ts'

/** Slack's own schema; its notes to itself are no keywords. */
const slackAccepts = new Ajv({ strict: false, allErrors: true, formats: { uri: true } }).compile(schema)

const EXAMPLE = 'https://ringside.example.com'
const BOTH = [
  ['http', http, slackManifest({ address: EXAMPLE, socket: false })],
  ['socket', socket, slackManifest({ address: null, socket: true })],
] as const

/** Of each event we listen to, the scope it asks for, from Slack's reference of events. */
const EVENT_SCOPES: Readonly<Record<string, string | null>> = {
  member_joined_channel: 'groups:read',
  member_left_channel: 'groups:read',
  group_left: 'groups:read',
  group_archive: 'groups:read',
  group_unarchive: 'groups:read',
  group_rename: 'groups:read',
  group_deleted: 'groups:read',
  channel_id_changed: 'groups:read',
  channel_shared: 'groups:read',
  channel_unshared: 'groups:read',
  user_change: 'users:read',
  team_join: 'users:read',
  subteam_members_changed: 'usergroups:read',
  link_shared: 'links:read',
  app_home_opened: null,
  app_uninstalled: null,
  tokens_revoked: null,
  team_access_granted: null,
  team_access_revoked: null,
}

const asked = [...SCOPES, ...OPTIONAL_SCOPES].map(({ scope }) => scope as string)

describe('what a customer uploads to Slack', () => {
  test.each(BOTH)('K11 the manifest for %s holds to Slack’s own schema', (_name, manifest) => {
    slackAccepts(manifest)
    expect(slackAccepts.errors).toBeNull()
  })

  test('the schema would find a mistake', () => {
    expect(slackAccepts({ ...http, features: { ...http.features, shortcuts: [{ name: 'A name that is longer than Slack takes' }] } })).toBe(
      false,
    )
  })

  test.each(BOTH)('K11 the manifest for %s asks for the permissions that the adapter explains, and no other', (_name, manifest, made) => {
    expect(manifest).toEqual(made)
    for (const { why } of [...SCOPES, ...OPTIONAL_SCOPES, ...BOT_EVENTS]) expect(why).toMatch(/^[A-Z].{10,}\.$/)
  })

  test('K11 the adapter’s page explains each permission in the same words', () => {
    const rows = [...read('adapters/slack/README.md').matchAll(/^\| `([a-z:.]+)` \| (To .+) \|$/gm)].map(([, scope, why]) => ({
      scope,
      why,
    }))
    expect(rows).toEqual([...SCOPES, ...OPTIONAL_SCOPES])
  })

  test('the adapter acts upon every event it asks for, with a scope that it asks for', () => {
    for (const { event } of BOT_EVENTS) {
      expect(Object.keys(EVENTS)).toContain(event)
      const scope = EVENT_SCOPES[event]
      expect({ event, asksFor: scope === null || asked.includes(scope ?? '') }).toEqual({ event, asksFor: true })
    }
  })

  test('every method we call is covered by a scope we ask for, and every scope is of use', () => {
    const used = new Set<string>(['commands', ...BOT_EVENTS.flatMap(({ event }) => EVENT_SCOPES[event] ?? [])])
    for (const method of Object.keys(SLACK_METHODS) as (keyof typeof SLACK_METHODS)[]) {
      const enough: readonly string[] = reference.methods[method].scopes
      const ours = enough.filter((scope) => asked.includes(scope))
      if (enough.length > 0) expect({ method, ours }).not.toEqual({ method, ours: [] })
      for (const scope of ours) used.add(scope)
    }
    expect([...used].sort()).toEqual([...asked].sort())
  })

  test('over HTTP everything goes to one path; over a socket there is no address at all', () => {
    const { features, settings } = http
    const { request_url, message_menu_options_url } = settings.interactivity
    const addresses = [features.slash_commands[0]?.url, settings.event_subscriptions.request_url, request_url, message_menu_options_url]
    expect(new Set(addresses)).toEqual(new Set([`${EXAMPLE}/slack/events`]))
    expect(features.unfurl_domains).toEqual(['ringside.example.com'])
    expect(JSON.stringify(socket)).not.toMatch(/https?:|url/)
  })

  test('O19 the shortcuts ask for dialogs there are, and commands come with the ids of the people mentioned', () => {
    expect(http.features.shortcuts.filter(({ callback_id }) => !isDialogName(callback_id))).toEqual([])
    expect(http.features.slash_commands.map(({ command, should_escape }) => [command, should_escape])).toEqual([['/discuss', true]])
  })

  test('O18 one’s own address and command make a manifest that is ready to paste, and a wrong one is refused with a sentence', () => {
    const print = (...args: string[]) =>
      execFileSync(process.execPath, ['manifest/slack/print.ts', ...args], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' })
    const mine = JSON.parse(print('https://crm.example.org/', '--command', '/deal'))
    slackAccepts(mine)
    expect(slackAccepts.errors).toBeNull()
    expect(mine).toEqual(slackManifest({ address: 'https://crm.example.org', socket: false, command: '/deal' }))
    expect(JSON.stringify(mine)).not.toMatch(/discuss\b(?! (a|this))|ringside\.example/)
    expect(() => print('http://crm.example.org')).toThrow('https addresses only')
  })
})
