import { getTableName, is, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import * as schema from '../../db/schema.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { FAKE_CLIENT } from '../fakes/slack/oauth.ts'
import type { FakeSlack } from '../fakes/slack/server.ts'
import { environmentOf, runningSlack } from './slack-running.ts'

/** A service that Slack is connected to by OAuth alone, and the browsers of people who do so. */

/** Where people reach it, as far as Slack knows. */
export const PUBLIC_URL = 'http://ringside.test'
const SECRET_KEY = 'correct horse battery staple and more'

export const withoutToken = (slack: FakeSlack): Readonly<Record<string, string>> => {
  const { SLACK_BOT_TOKEN: _token, ...rest } = environmentOf(slack)
  return { ...rest, SLACK_CLIENT_ID: FAKE_CLIENT.id, SLACK_CLIENT_SECRET: FAKE_CLIENT.secret, PUBLIC_URL, SECRET_KEY }
}

export type Shown = { readonly status: number; readonly text: string; readonly location: string | null }
type Connection = {
  readonly id: string
  readonly title: string
  readonly state: string
  readonly why: string | null
  readonly scopes: readonly { readonly scope: string; readonly why: string; readonly granted: boolean | null }[]
  readonly installedBy: { readonly name: string } | null
  readonly organisation: string | null
  readonly may: { readonly disconnect: boolean; readonly whyNot: string | null }
}

/** Its own clock can be put forward. */
export function installingSlack(prepare: (slack: FakeSlack) => void = () => {}) {
  let aheadMs = 0
  const clock: Clock = { now: () => Date.now() + aheadMs, wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) }
  const at = runningSlack(prepare, withoutToken, clock)

  /** A browser: it keeps its cookies, and follows nothing by itself. */
  function browser(cookie = '') {
    const jar = new Map(cookie ? [cookie.split('=') as [string, string]] : [])
    async function go(address: string): Promise<Shown> {
      const path = address.replace(PUBLIC_URL, '')
      const target = path.startsWith('http') ? path : `${at.origin}${path}`
      const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
      const answer = await fetch(target, { redirect: 'manual', headers })
      for (const set of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = set.split(';')[0]?.split('=') ?? []
        jar.set(name, value)
      }
      const text = (await answer.text())
        .replace(/<style>.*<\/style>/s, '')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
      return { status: answer.status, text, location: answer.headers.get('location') }
    }
    /** From the button to the address that Slack sends the browser back to. */
    async function toSlackAndBack(): Promise<string> {
      const begun = await go('/slack/install')
      if (begun.status !== 302) throw new Error(`${begun.status} ${begun.text}`)
      return (await go(begun.location ?? '')).location ?? ''
    }
    return { go, toSlackAndBack, install: async () => go(await toSlackAndBack()), forget: (name: string) => void jar.delete(name) }
  }

  return Object.assign(at, {
    pass: (ms: number) => void (aheadMs += ms),
    browser,
    as: async (name: string) => browser(await at.cookie(name)),
    connections: async () => (await at.asks<{ items: readonly Connection[] }>('Ada Novak', 'GET', 'admin/connections')).items,
    /** Everything in every table, as one text. */
    async everything(): Promise<string> {
      const tables = Object.values(schema as Record<string, unknown>).filter((one) => is(one, PgTable))
      const rows = []
      for (const table of tables) rows.push(getTableName(table), await at.service.engine.db.execute(sql`select * from ${table}`))
      return JSON.stringify(rows)
    },
  })
}
