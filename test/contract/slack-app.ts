import { Hono } from 'hono'
import { slackInbound, type SlackInboundOptions } from '../../adapters/slack/inbound.ts'
import type { Delivery, Received } from '../../src/ports/inbound.ts'
import { listen } from '../fakes/slack/node.ts'

/** The least an app can be: it takes what Slack sends, keeps the deliveries and answers. */
export async function serve(options: SlackInboundOptions) {
  const inbound = slackInbound(options)
  const received: Received[] = []
  const deliveries: Delivery[] = []
  const app = new Hono().post('/slack/events', async (http) => {
    const got = await inbound.receive({ headers: http.req.raw.headers, body: await http.req.text(), nowMs: Date.now() })
    received.push(got)
    if (got.kind === 'rejected') return http.json({ code: got.code }, got.status)
    if (got.kind === 'accepted') deliveries.push(...got.deliveries)
    if (got.kind === 'submitted') deliveries.push(got.delivery)
    const { body, status } = got.kind === 'asked' ? got.late : got.kind === 'submitted' ? got.accepted : got.answer
    return new Response(body === null ? null : typeof body === 'string' ? body : JSON.stringify(body), { status })
  })
  const { origin, close } = await listen(app.fetch)
  return { url: `${origin}/slack/events`, received, deliveries, close }
}
