import { Hono } from 'hono'
import type { Intake } from '../engine/intake.ts'
import type { Inbound } from '../ports/inbound.ts'
import { problem } from './problem.ts'

/** Requests from outside: verified and read by their adapter, written down, and only then answered. */
export function hookRoutes(platform: string, inbound: Inbound | null, intake: Intake) {
  return new Hono().post('/', async (c) => {
    if (!inbound) return problem(c, { status: 404, code: 'not_connected', detail: `${platform} is not set up here.` })
    const received = await inbound.receive({ headers: c.req.raw.headers, body: await c.req.text(), nowMs: Date.now() })
    switch (received.kind) {
      case 'rejected':
        return problem(c, { status: received.status, code: received.code, detail: received.why })
      case 'answered':
        return answer(received.answer)
      case 'accepted': {
        const { unknown } = await intake(platform, received.deliveries)
        if (unknown > 0)
          return problem(c, { status: 404, code: 'unknown_workspace', detail: 'This workspace does not belong to any organisation here.' })
        return answer(received.answer)
      }
    }
  })
}

function answer({ status, body }: { status: number; body: string | object | null }): Response {
  if (body === null) return new Response(null, { status })
  if (typeof body === 'string') return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  return Response.json(body, { status })
}
