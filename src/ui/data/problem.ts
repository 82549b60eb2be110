import type { Item, Problem } from './types.ts'

/** A refusal or failure of the server, with the sentence that people read and the code that programs branch on. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | null
  readonly current: unknown

  constructor(problem: Pick<Problem, 'status' | 'code' | 'detail'> & Partial<Problem>) {
    super(problem.detail)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.code = problem.code
    this.field = problem.field ?? null
    this.current = problem.current
  }
}

const FALLBACK: Record<number, string> = {
  0: 'Ringside could not be reached. Check your connection and try again.',
  401: 'You are signed out. Sign in again to go on.',
  403: 'You may not do this.',
  404: "You can't see this, or it doesn't exist.",
  413: 'That is too much at once. Try a shorter text.',
  429: 'Too many requests just now. Wait a moment and try again.',
}

const SOMETHING = 'Something went wrong on our side. Try again in a moment.'

/** Whatever came back becomes a problem with a sentence: a proxy's HTML page must not be shown to anybody. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  const told = isRecord(body) ? body : {}
  return new ApiProblem({
    status,
    code: typeof told['code'] === 'string' ? told['code'] : `http_${status}`,
    detail: text(told['detail']) ?? text(told['title']) ?? FALLBACK[status] ?? SOMETHING,
    ...(typeof told['field'] === 'string' ? { field: told['field'] } : {}),
    ...('current' in told ? { current: told['current'] } : {}),
  })
}

export function unreachable(): ApiProblem {
  return problemFrom(0, null)
}

export function sentenceOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : SOMETHING
}

export function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 404 || error.status === 403)
}

/** The item as it is now, when a save met somebody else's change. */
export function conflictOf(error: unknown): Item | null {
  if (!(error instanceof ApiProblem) || error.status !== 412) return null
  return isRecord(error.current) && 'revision' in error.current ? (error.current as Item) : null
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
