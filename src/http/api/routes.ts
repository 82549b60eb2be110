import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Asked as ItemAsked } from '../../engine/items.ts'
import type { Answered } from '../../engine/members.ts'
import type { AppEnv } from '../context.ts'
import { invalidBody, Problem, problem } from '../problem.ts'
import { plain, Problem as ProblemShape } from './contract.ts'

/** What every group of paths is written with. */

export function api() {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => (result.success ? undefined : problem(c, invalidBody(result.error))),
  })
}

type Shape = z.ZodType

const json = (schema: Shape) => ({ 'application/json': { schema } })
const refusal = (description: string) => ({ description, content: { 'application/problem+json': { schema: ProblemShape } } })
const refusals = {
  400: refusal('The request is not right; `field` names what.'),
  401: refusal('Not signed in.'),
  403: refusal('Not for the asker, who may know that it is there; or sent by another site.'),
  404: refusal('Not there, or not for the asker: the same answer.'),
  409: refusal('The first request with this Idempotency-Key is still at work.'),
  412: refusal('Changed since the revision in If-Match; `current` is how it is now.'),
  413: refusal('More than 1 MiB.'),
  415: refusal('Not application/json.'),
  422: refusal('Understood, and it cannot be done: `detail` says why.'),
  503: refusal('Not now; it is written down, or may be tried again.'),
}

/** 200 with a body, and the refusals that any path may answer with. */
export const answers = <Schema extends Shape>(schema: Schema, description: string) => ({
  200: { description, content: json(schema) as { 'application/json': { schema: Schema } } },
  ...refusals,
})

export const creates = <Schema extends Shape>(schema: Schema, description: string) => ({
  201: { description, content: json(schema) as { 'application/json': { schema: Schema } } },
  ...refusals,
})

export const doneSilently = { 204: { description: 'Done.' }, ...refusals }

export const takes = <Schema extends Shape>(schema: Schema) => ({
  required: true,
  content: json(schema) as { 'application/json': { schema: Schema } },
})

const IdText = plain().min(1).max(100)
export const Id = z.object({ id: IdText })
export const IdAndPerson = z.object({ id: IdText, personId: IdText })
export const IdAndRequest = z.object({ id: IdText, requestId: IdText })

export const Paging = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export { createRoute, z }

export const timeCursor = (at: Date, id: string) => `${at.getTime()}_${id}`

/** Where a page that is sorted by time, and then by id, goes on. */
/** The end of the year 9999, after which a time is written otherwise. */
const LATEST_MS = 253_402_300_799_999

export function readTimeCursor(cursor: string | undefined): { readonly at: Date; readonly id: string } | null {
  if (cursor === undefined) return null
  const match = /^(\d{1,15})_([\w-]{1,64})$/.exec(cursor)
  if (!match?.[1] || !match[2] || Number(match[1]) > LATEST_MS) throw notOurCursor()
  return { at: new Date(Number(match[1])), id: match[2] }
}

export function nameCursor(last: { readonly name: string; readonly id: string } | undefined): string | null {
  return last ? `${last.id}.${Buffer.from(last.name).toString('base64url')}` : null
}

/** Where a page that is sorted by name, and then by id, goes on. */
export function readNameCursor(cursor: string | undefined): { readonly name: string; readonly id: string } | null {
  if (cursor === undefined) return null
  const match = /^([\w-]{1,64})\.([\w-]+)$/.exec(cursor)
  const name = Buffer.from(match?.[2] ?? '', 'base64url').toString()
  if (!match?.[1] || name === '' || name.includes('\0')) throw notOurCursor()
  return { name, id: match[1] }
}

const notOurCursor = () => new Problem({ status: 400, code: 'invalid_cursor', detail: 'The cursor is not one of ours.', field: 'cursor' })

const STATUS: Record<string, ContentfulStatusCode> = { hidden: 404, forbidden: 403, type: 422, conflict: 412, invalid: 422 }

/** Turns the engine's refusal into the answer; the value goes on. */
export function orProblem<Value>(asked: ItemAsked<Value> | Answered<Value>, current?: unknown): Value {
  if (asked.ok) return asked.value
  const status = asked.code === 'person_not_found' ? 404 : (STATUS[asked.reason] ?? 422)
  throw new Problem({ status, code: asked.code, detail: asked.why, field: asked.field, current })
}

export const nextAfter = (id: string | undefined): string | null => id ?? null

/** Where a page that is sorted by id goes on. */
export function readIdCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  if (!/^[\w-]{1,100}$/.test(cursor)) throw notOurCursor()
  return cursor
}

/** Where a page goes on that is sorted by item, and then by person, who may be nobody. */
export function readPairCursor(cursor: string | undefined): { readonly item: string; readonly person: string } | null {
  if (cursor === undefined) return null
  const match = /^([\w-]{1,100})\.([\w-]{0,100})$/.exec(cursor)
  if (!match?.[1]) throw notOurCursor()
  return { item: match[1], person: match[2] ?? '' }
}

export const seatCursor = (last: { readonly personId: string; readonly linkId: string } | undefined): string | null =>
  last ? `${last.personId}.${last.linkId}` : null

/** Where a page that is sorted by person, and then by the link to the chat, goes on. */
export function readSeatCursor(cursor: string | undefined): { readonly person: string; readonly link: string } | null {
  if (cursor === undefined) return null
  const match = /^([\w-]{1,100})\.([\w-]{1,100})$/.exec(cursor)
  if (!match?.[1] || !match[2]) throw notOurCursor()
  return { person: match[1], link: match[2] }
}

/** A cursor is opaque to callers; one that is not ours is an error and not the first page. */
export function readNumberCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  const value = Number(cursor)
  if (!/^\d+$/.test(cursor) || !Number.isSafeInteger(value)) throw notOurCursor()
  return value
}
