import { and, eq, lt } from 'drizzle-orm'
import { createMiddleware } from 'hono/factory'
import { inOrganisation } from '../../db/open.ts'
import { answered } from '../../db/schema.ts'
import { type Engine, nowOf } from '../engine/engine.ts'
import type { AppEnv, SignedIn } from './context.ts'
import { problem } from './problem.ts'
import { hashOf } from './session.ts'

/** A write that is repeated with its Idempotency-Key is answered as the first time, and done once. */

const KEY_MAX = 100
/** The first one is taken to have died when it has not answered after this long. */
const ABANDONED_MS = 60_000
/** A repeat comes within seconds, or a day later from a machine that was asleep. */
const KEPT_MS = 2 * 24 * 3_600_000

export const idempotent = (engine: Engine) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const key = c.req.header('idempotency-key')
    if (!key || c.req.method === 'GET') return next()
    if (key.length > KEY_MAX)
      return problem(c, {
        status: 400,
        code: 'invalid_key',
        detail: `An Idempotency-Key has at most ${KEY_MAX} characters.`,
        field: 'Idempotency-Key',
      })
    const who = c.get('signedIn')
    const request = await hashOf(`${c.req.method} ${c.req.path}\n${await c.req.text()}`)
    const earlier = await claim(engine, who, key, request)
    if (earlier) {
      if (earlier.request !== request)
        return problem(c, {
          status: 422,
          code: 'key_reused',
          detail: 'This Idempotency-Key was used for another request.',
          field: 'Idempotency-Key',
        })
      if (earlier.status === 0)
        return problem(c, {
          status: 409,
          code: 'in_progress',
          detail: 'The first request with this key is still at work. Try again in a moment.',
        })
      return again(earlier.status, earlier.body)
    }
    await next()
    await keep(engine, who, key, c.res.status, c.res.status < 500 ? await c.res.clone().text() : '')
    return undefined
  })

function again(status: number, body: string): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return body === '' ? new Response(null, { status }) : new Response(body, { status, headers: { 'content-type': type } })
}

/** Null: the key is ours now. Else what was answered under it, or `status` 0 while that is not known. */
function claim(engine: Engine, who: SignedIn, key: string, request: string) {
  return inOrganisation(engine.db, who.organisation, async (tx) => {
    const at = nowOf(engine)
    await tx.delete(answered).where(and(eq(answered.personId, who.viewer.id), lt(answered.at, new Date(at.getTime() - KEPT_MS))))
    const values = { organisationId: who.organisation, personId: who.viewer.id, key, request, status: 0, body: '', at }
    const [ours] = await tx.insert(answered).values(values).onConflictDoNothing().returning()
    if (ours) return null
    const [row] = await tx
      .select()
      .from(answered)
      .where(and(eq(answered.personId, who.viewer.id), eq(answered.key, key)))
      .for('update')
    const abandoned = row?.status === 0 && row.at.getTime() < at.getTime() - ABANDONED_MS
    if (row && !abandoned) return row
    await tx
      .update(answered)
      .set({ at, request })
      .where(and(eq(answered.personId, who.viewer.id), eq(answered.key, key)))
    return null
  })
}

/** What went wrong here may go right at the next try, so it is not kept. */
function keep(engine: Engine, who: SignedIn, key: string, status: number, body: string) {
  return inOrganisation(engine.db, who.organisation, async (tx) => {
    const same = and(eq(answered.personId, who.viewer.id), eq(answered.key, key))
    await (status < 500 ? tx.update(answered).set({ status, body }).where(same) : tx.delete(answered).where(same))
  })
}
