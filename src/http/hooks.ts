import { type Context, Hono } from 'hono'
import type { Engine } from '../engine/engine.ts'
import type { Intake } from '../engine/intake.ts'
import { answerQuestion, checkSubmission } from '../engine/talk/questions.ts'
import type { Answer, Delivery, Inbound } from '../ports/inbound.ts'
import { problem } from './problem.ts'

/** Requests from outside: verified and read by their adapter, written down, and only then answered. */
export function hookRoutes(platform: string, inbound: Inbound | null, intake: Intake, engine: Engine) {
  async function store(c: Context, deliveries: readonly Delivery[], accepted: Answer): Promise<Response> {
    const { unknown } = await intake(platform, deliveries)
    if (unknown === 0) return answer(accepted)
    return problem(c, { status: 404, code: 'unknown_workspace', detail: 'This workspace does not belong to any organisation here.' })
  }

  return new Hono().post('/', async (c) => {
    if (!inbound) return problem(c, { status: 404, code: 'not_connected', detail: `${platform} is not set up here.` })
    const received = await inbound.receive({ headers: c.req.raw.headers, body: await c.req.text(), nowMs: Date.now() })
    switch (received.kind) {
      case 'rejected':
        return problem(c, { status: received.status, code: received.code, detail: received.why })
      case 'answered':
        return answer(received.answer)
      case 'asked': {
        const told = await soon(answerQuestion(engine, platform, received.workspace, received.question))
        return answer(told ? received.answer(told) : received.late)
      }
      case 'submitted': {
        const { workspace } = received.delivery
        const errors = (await soon(checkSubmission(engine, platform, workspace, received.submission))) ?? {}
        if (Object.keys(errors).length > 0) return answer(received.refused(errors))
        return store(c, [received.delivery], received.accepted)
      }
      case 'accepted':
        return store(c, received.deliveries, received.answer)
    }
  })
}

/** Chat systems wait three seconds for a reply. What takes longer goes on, and the person is told in another way. */
const REPLY_MS = 2_500

async function soon<Value>(work: Promise<Value>): Promise<Value | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), REPLY_MS)))
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function answer({ status, body }: { status: number; body: string | object | null }): Response {
  if (body === null) return new Response(null, { status })
  if (typeof body === 'string') return new Response(body, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  return Response.json(body, { status })
}
