import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SLACK_METHODS } from '../../adapters/slack/call.ts'
import { EVENTS } from '../../adapters/slack/news.ts'
import { BOT_EVENTS, SCOPES } from '../../adapters/slack/scopes.ts'
import manifest from '../../manifest/slack/manifest.json' with { type: 'json' }
import reference from '../fixtures/slack-methods.json' with { type: 'json' }

const { display_information, features, oauth_config, settings } = manifest

describe('what a customer uploads to Slack', () => {
  test('K11 the manifest asks for the permissions the adapter explains, and no other', () => {
    expect([...oauth_config.scopes.bot].sort()).toEqual(SCOPES.map(({ scope }) => scope).sort())
    for (const { why } of [...SCOPES, ...BOT_EVENTS]) expect(why).toMatch(/^[A-Z].{10,}\.$/)
  })

  test('K11 the adapter’s page explains each permission in the same words', () => {
    const page = readFileSync(new URL('../../adapters/slack/README.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^\| `([a-z:.]+)` \| (To .+) \|$/gm)].map(([, scope, why]) => ({ scope, why }))
    expect(rows).toEqual(SCOPES)
  })

  test('the manifest listens to the events the adapter acts upon, and no other', () => {
    const events = BOT_EVENTS.map(({ event }) => event)
    expect([...settings.event_subscriptions.bot_events].sort()).toEqual([...events].sort())
    for (const event of events) expect(Object.keys(EVENTS)).toContain(event)
  })

  test('every method we call is covered by a scope we ask for, and every scope is of use', () => {
    const scopes = new Set<string>(SCOPES.map(({ scope }) => scope))
    const used = new Set<string>(['commands'])
    for (const method of Object.keys(SLACK_METHODS) as (keyof typeof SLACK_METHODS)[]) {
      const enough: readonly string[] = reference.methods[method].scopes
      const ours = enough.filter((scope) => scopes.has(scope))
      if (enough.length > 0) expect({ method, ours }).not.toEqual({ method, ours: [] })
      for (const scope of ours) used.add(scope)
    }
    expect([...used].sort()).toEqual([...scopes].sort())
  })

  test('texts keep within the lengths of Slack’s schema', () => {
    expect(display_information.name.length).toBeLessThanOrEqual(35)
    expect(display_information.description.length).toBeLessThanOrEqual(140)
    expect(display_information.long_description.length).toBeGreaterThanOrEqual(175)
    expect(display_information.long_description.length).toBeLessThanOrEqual(4000)
    expect(features.bot_user.display_name).toMatch(/^[a-z0-9._-]{1,80}$/)
  })

  test('commands come with ids of the people mentioned, and everything goes to one path', () => {
    expect(features.slash_commands.map(({ command, should_escape }) => [command, should_escape])).toEqual([['/discuss', true]])
    const addresses = [features.slash_commands[0]?.url, settings.event_subscriptions.request_url, settings.interactivity.request_url]
    expect(new Set(addresses)).toEqual(new Set(['https://YOUR-HOST/slack/events']))
  })
})
