import { Hono } from 'hono'
import { noKeys } from '../../adapters/teams/bot-token.ts'
import { teamsInbound } from '../../adapters/teams/inbound.ts'
import type { Delivery, Received } from '../../src/ports/inbound.ts'
import { listen } from '../fakes/slack/node.ts'
import type { FakeTeams } from '../fakes/teams/server.ts'
import { APP } from '../fakes/teams/state.ts'

/** The least an app can be: it takes what the bot service sends, keeps the deliveries and answers. */
export async function serveTeams({ openidUrl, connectorUrl }: FakeTeams) {
  const inbound = teamsInbound({ appId: APP.id, openidUrl, connectorUrl, keys: noKeys() })
  const received: Received[] = []
  const deliveries: Delivery[] = []
  const app = new Hono().post('/teams/messages', async (http) => {
    const got = await inbound.receive({ headers: http.req.raw.headers, body: await http.req.text(), nowMs: Date.now() })
    received.push(got)
    if (got.kind === 'rejected') return http.json({ code: got.code }, got.status)
    if (got.kind === 'accepted') deliveries.push(...got.deliveries)
    if (got.kind === 'submitted') deliveries.push(got.delivery)
    const { body, status } = got.kind === 'asked' ? got.late : got.kind === 'submitted' ? got.accepted : got.answer
    return new Response(body === null ? null : JSON.stringify(body), { status })
  })
  const { origin, close } = await listen(app.fetch)
  return { url: `${origin}/teams/messages`, received, deliveries, close }
}
