import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ZodError } from 'zod'

/** Every refusal is problem details (RFC 9457) with a stable code and a sentence for a person. */
export type ProblemFacts = {
  readonly status: ContentfulStatusCode
  readonly code: string
  readonly detail: string
  readonly field?: string | undefined
  readonly current?: unknown
}

const TITLES: Partial<Record<number, string>> = {
  400: 'The request is not right',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Not readable',
  422: 'Cannot be done',
  500: 'Something went wrong here',
  503: 'Not available now',
}

export function problem(c: Context, facts: ProblemFacts): Response {
  return c.json(problemBody(facts), facts.status, { 'content-type': 'application/problem+json' })
}

export function problemBody({ status, code, detail, field, current }: ProblemFacts) {
  return {
    type: `https://ringside.dev/problems/${code}`,
    title: TITLES[status] ?? 'The request came to nothing',
    status,
    detail,
    code,
    ...(field !== undefined && { field }),
    ...(current !== undefined && { current }),
  }
}

/** Thrown where a handler cannot go on; the rim answers it. */
export class Problem extends Error {
  readonly facts: ProblemFacts
  constructor(facts: ProblemFacts) {
    super(facts.detail)
    this.facts = facts
  }
}

export function invalidBody(error: ZodError): ProblemFacts {
  const [issue] = error.issues
  const field = issue?.path.join('.') || (issue && 'keys' in issue ? String(issue.keys) : '')
  const detail = field
    ? `The field ${field} is not right: ${issue?.message ?? 'unreadable'}.`
    : `The request is not right: ${issue?.message ?? 'unreadable'}.`
  return { status: 400, code: 'invalid_request', detail, field: field || undefined }
}

/** The rim: a refusal is answered, a bug is logged and answered without a word of its insides. */
export function answerError(error: Error, c: Context, log: (error: Error) => void): Response {
  if (error instanceof Problem) return problem(c, error.facts)
  if (error instanceof HTTPException && error.status < 500) {
    const code = error.status === 413 ? 'body_too_large' : 'malformed_request'
    return problem(c, { status: error.status, code, detail: `The request could not be read: ${error.message || 'it is malformed'}.` })
  }
  log(error)
  return problem(c, { status: 500, code: 'internal', detail: 'Something went wrong here. It was written down; please try again.' })
}
