import { isDeepStrictEqual } from 'node:util'
import type { z } from '@hono/zod-openapi'
import { expect } from 'vitest'
import type { createApp } from '../../src/http/app.ts'
import { Problem } from '../../src/http/api/contract.ts'

/** Holds every answer of the application against what its route promises: the status, the shape, and nothing more than the shape. */

export type Answer = {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
  /** As it came, for comparing two answers byte by byte. */
  readonly text: string
  readonly cookie: string
}

export type Answers = readonly {
  readonly method: string
  readonly path: string
  readonly pattern: RegExp
  readonly responses: Readonly<Record<string, { content?: Record<string, { schema: z.ZodType }> }>>
}[]

export function answersOf(app: ReturnType<typeof createApp>): Answers {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return []
    const { method, path, responses } = definition.route
    const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
    return [{ method: method.toUpperCase(), path, pattern, responses: responses as Answers[number]['responses'] }]
  })
}

export async function checked(answers: Answers, method: string, path: string, response: Response): Promise<Answer> {
  const text = await response.text()
  const answer: Answer = {
    status: response.status,
    body: isJson(response) ? JSON.parse(text) : undefined,
    headers: response.headers,
    text,
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
  }
  const route = answers.find((one) => one.method === method && one.pattern.test(`/api${path.split('?')[0]}`))
  const wrong = [...(answer.status >= 400 ? notProblem(answer) : []), ...notPromised(answer, route), ...notFresh(answer)]
  expect({ asked: `${method} ${path} → ${answer.status}`, wrong }).toEqual({ asked: expect.any(String), wrong: [] })
  return answer
}

/** A file is bytes, and is looked at as they came. */
const isJson = ({ headers, status }: Response) => status !== 204 && /json/.test(headers.get('content-type') ?? '')

const notFresh = ({ headers }: Answer) => (headers.get('cache-control') === 'no-store' ? [] : ['may be kept by a browser'])

/** Every refusal is problem details with a sentence. */
function notProblem({ status, body, headers }: Answer): string[] {
  const parsed = Problem.strict().safeParse(body)
  if (!parsed.success) return [`is no problem: ${parsed.error.message}`]
  const { status: said, type, code, detail } = parsed.data
  return [
    ...(headers.get('content-type') === 'application/problem+json' ? [] : ['is not application/problem+json']),
    ...(said === status && type.endsWith(code) ? [] : ['contradicts itself']),
    ...(/^\S.*[.!?]$/.test(detail) ? [] : [`says no sentence: ${detail}`]),
  ]
}

/** Parsing leaves out what the shape does not name, so something too much shows as a difference. */
function notPromised({ status, body }: Answer, route: Answers[number] | undefined): string[] {
  if (!route) return status >= 400 ? [] : ['is answered outside of the contract']
  const promised = route.responses[status]
  if (!promised) return [`${status} is not in the contract`]
  if (status >= 400) return []
  const schema = promised.content?.['application/json']?.schema
  if (!schema) return body === undefined ? [] : ['has a body that was not promised']
  const parsed = schema.safeParse(body)
  if (!parsed.success) return [parsed.error.message]
  return isDeepStrictEqual(parsed.data, body) ? [] : ['says more than its shape']
}
