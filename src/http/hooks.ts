import { Hono } from 'hono'
import type { Receive } from '../engine/receive.ts'
import type { Answer, Inbound } from '../ports/inbound.ts'
import { problem } from './problem.ts'

/** Requests from outside at an address of ours: verified and read by their adapter, dealt with by the engine, and only then answered. */
export function hookRoutes(platform: string, inbound: Inbound | null, receive: Receive) {
  return new Hono().post('/', async (c) => {
    if (!inbound) return problem(c, { status: 404, code: 'not_connected', detail: `${platform} is not set up here.` })
    const received = await inbound.receive({ headers: c.req.raw.headers, body: await c.req.text(), nowMs: Date.now() })
    const reply = await receive(platform, received)
    if (reply.kind === 'answer') return answer(reply.answer)
    return problem(c, { status: reply.status, code: reply.code, detail: reply.why })
  })
}

function answer({ status, body }: Answer): Response {
  if (body === null) return new Response(null, { status })
  if (typeof body === 'string') return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  return Response.json(body, { status })
}
