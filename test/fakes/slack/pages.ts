import type { MethodCall } from './methods.ts'
import { SlackSays } from './state.ts'

/** One page: sometimes shorter than asked, with an opaque cursor that is empty on the last page. */
export function pageOf<Item>(
  { args, state }: MethodCall,
  all: readonly Item[],
): { page: readonly Item[]; response_metadata: { next_cursor: string } } {
  const from = args['cursor'] ? fromCursor(args['cursor']) : 0
  const limit = Math.min(Number(args['limit'] ?? state.pageMax), state.pageMax)
  if (!(limit > 0)) throw new SlackSays('invalid_limit')
  const size = Math.max(1, from === 0 ? limit - 1 : limit)
  const until = from + size
  return { page: all.slice(from, until), response_metadata: { next_cursor: until < all.length ? toCursor(until) : '' } }
}

const toCursor = (offset: number): string => btoa(`next:${offset}`)

function fromCursor(cursor: string): number {
  const offset = Number(/^next:(\d+)$/.exec(decoded(cursor))?.[1])
  if (Number.isNaN(offset)) throw new SlackSays('invalid_cursor')
  return offset
}

function decoded(cursor: string): string {
  try {
    return atob(cursor)
  } catch {
    throw new SlackSays('invalid_cursor')
  }
}
