import { type Failure, failed, ok, type Result } from '../../src/core/failure.ts'
import type { TeamsCall } from './call.ts'
import { type Fields, listOf, textOf } from './fields.ts'
import type { Operation } from './operations.ts'

/** Reads page after page until Microsoft names no next one. A page may be short or empty, and is not the last for that. */
export async function readPages(
  call: TeamsCall,
  operation: Operation,
  request: { readonly path: string; readonly chat?: string },
  pagesMax: number,
): Promise<Result<readonly Fields[]>> {
  const items: Fields[] = []
  let next = request
  for (let page = 0; page < pagesMax; page++) {
    const answer = await call(operation, next)
    if (!answer.ok) return answer
    items.push(...listOf(answer.value['value']))
    const path = textOf(answer.value['@odata.nextLink'])
    if (path === null) return ok(items)
    next = { ...request, path }
  }
  return failed(tooManyPages(pagesMax))
}

const tooManyPages = (pagesMax: number): Failure => ({
  kind: 'refused',
  code: TOO_MANY_PAGES,
  why: `Microsoft's list is longer than the ${pagesMax} pages Ringside reads, so it would not be complete.`,
  mender: 'nobody',
})

export const TOO_MANY_PAGES = 'too_many_pages'
