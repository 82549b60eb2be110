import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Asked as ItemAsked } from '../../engine/items.ts'
import type { Answered } from '../../engine/members.ts'
import type { AppEnv } from '../context.ts'
import { invalidBody, Problem, problem } from '../problem.ts'
import { Problem as ProblemShape } from './contract.ts'

/** What every group of paths is written with. */

export function api() {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => (result.success ? undefined : problem(c, invalidBody(result.error))),
  })
}

type Shape = z.ZodType

const json = (schema: Shape) => ({ 'application/json': { schema } })
const refusals = {
  400: { description: 'The request is not right; `field` names what.', content: { 'application/problem+json': { schema: ProblemShape } } },
  401: { description: 'Not signed in.', content: { 'application/problem+json': { schema: ProblemShape } } },
  404: {
    description: 'Not there, or not for the asker: the same answer.',
    content: { 'application/problem+json': { schema: ProblemShape } },
  },
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

export const Id = z.object({ id: z.string().min(1).max(100) })
export const IdAndPerson = z.object({ id: z.string().min(1).max(100), personId: z.string().min(1).max(100) })

export const Paging = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export { createRoute, z }

const STATUS: Record<string, ContentfulStatusCode> = { hidden: 404, forbidden: 403, type: 422, conflict: 412, invalid: 422 }

/** Turns the engine's refusal into the answer; the value goes on. */
export function orProblem<Value>(asked: ItemAsked<Value> | Answered<Value>, current?: unknown): Value {
  if (asked.ok) return asked.value
  const status = asked.code === 'person_not_found' ? 404 : (STATUS[asked.reason] ?? 422)
  throw new Problem({ status, code: asked.code, detail: asked.why, field: asked.field, current })
}

/** A cursor is opaque to callers; one that is not ours is an error and not the first page. */
export function readNumberCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null
  const value = Number(cursor)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Problem({ status: 400, code: 'invalid_cursor', detail: 'The cursor is not one of ours.', field: 'cursor' })
  return value
}
