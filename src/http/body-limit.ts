import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { problem } from './problem.ts'

const BODY_MAX_BYTES = 1024 * 1024

/**
 * No request carries more than this. Nearly all say how long their body is and are judged by that; only the others are counted
 * while they are read, because opening a body as a stream costs more than the rest of a small request.
 */
export const limitedBody: MiddlewareHandler = (c, next) => {
  const length = c.req.header('content-length')
  if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next)
  return Number(length) > BODY_MAX_BYTES ? Promise.resolve(tooLarge(c)) : next()
}

const counted = bodyLimit({ maxSize: BODY_MAX_BYTES, onError: tooLarge })

function tooLarge(c: Context): Response {
  // The rest of the body is never read, so nothing else can be read from this connection either.
  c.header('connection', 'close')
  return problem(c, { status: 413, code: 'body_too_large', detail: 'A request may carry at most 1 MiB.' })
}
