import { factsOf, itemsById } from '../../../../db/items.ts'
import type { Tx } from '../../../../db/open.ts'
import { may, type Viewer } from '../../../core/access.ts'
import type { AppContext, SignedIn } from '../../context.ts'
import { Problem } from '../../problem.ts'

/** Whoever asks, if they are an administrator; nobody else comes further. */
export function administrator(c: AppContext): SignedIn {
  const who = c.get('signedIn')
  if (who.viewer.role !== 'administrator')
    throw new Problem({ status: 403, code: 'not_allowed', detail: 'Only an administrator can see this.' })
  return who
}

type ItemName = { readonly id: string; readonly key: string; readonly title: string }

/** The items by their names, without those that are not for the viewer or were deleted. */
export async function namesOfItems(tx: Tx, viewer: Viewer, ids: Iterable<string>): Promise<ReadonlyMap<string, ItemName>> {
  const found = await itemsById(tx, [...new Set(ids)])
  const seen = found.map(factsOf).filter((facts) => may(viewer, 'see', facts).may)
  return new Map(seen.map(({ id, key, title }) => [id, { id, key, title }]))
}
