import { itemById, type ItemWithObservers } from '../../db/items.ts'
import { linkOfItem, markDue, updateLink } from '../../db/links.ts'
import { inOrganisation } from '../../db/open.ts'
import type { Viewer } from '../core/access.ts'
import type { OrganisationId } from '../core/ids.ts'
import { type Engine, nowOf } from './engine.ts'
import { type Asked, HIDDEN, refusalFor } from './items.ts'
import { followRule } from './members.ts'

/** A person looked at the removals that the safety stop holds back, and lets them happen this once (U5). */
export async function allowRemovals(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  itemId: string,
): Promise<Asked<ItemWithObservers>> {
  const allowed = await inOrganisation(engine.db, organisation, async (tx): Promise<Asked<string>> => {
    const current = await itemById(tx, itemId)
    // While observers are switched off nobody is moved, and what waits goes on waiting.
    const refusal = refusalFor(viewer, 'edit', current) ?? refusalFor(viewer, 'appoint', current)
    if (refusal) return refusal
    const link = await linkOfItem(tx, itemId)
    if (!link?.heldRemovals)
      return { ok: false, reason: 'invalid', code: 'nothing_held', why: 'Nobody is waiting to be taken out of this chat.' }
    await updateLink(tx, link.id, { allowedRemovals: link.heldRemovals })
    await markDue(tx, link.id, nowOf(engine))
    return { ok: true, value: link.id }
  })
  if (!allowed.ok) return allowed
  await followRule(engine, organisation, allowed.value)
  const item = await inOrganisation(engine.db, organisation, (tx) => itemById(tx, itemId))
  return item ? { ok: true, value: item } : HIDDEN
}
