import { problemFrom, unreachable } from './problem.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type Query = Record<string, string | number | null | undefined>
type Options = { readonly query?: Query; readonly body?: unknown; readonly headers?: Record<string, string>; readonly signal?: AbortSignal }

/** One request to the API; anything but success throws an `ApiProblem`. An answer without a body is `undefined`. */
export async function request<Answer>(method: Method, path: string, options: Options = {}): Promise<Answer> {
  const response = await send(method, path, options)
  const body = await bodyOf(response)
  if (!response.ok) throw problemFrom(response.status, body)
  return body as Answer
}

async function send(method: Method, path: string, { query, body, headers, signal }: Options): Promise<Response> {
  try {
    return await fetch(`/api${path}${queryText(query)}`, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': typeOf(body) }), ...headers },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw unreachable()
  }
}

const typeOf = (body: unknown) => (body instanceof Blob ? 'application/octet-stream' : 'application/json')

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    // Not ours: a proxy or a starting server answered. `problemFrom` finds a sentence for the status.
    if (response.ok) throw problemFrom(502, null)
    return undefined
  }
}

export function queryText(query: Query | undefined): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== '')
  if (pairs.length === 0) return ''
  return `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`
}
