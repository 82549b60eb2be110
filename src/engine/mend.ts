import { forgetRefusals } from '../../db/drift.ts'
import { itemById } from '../../db/items.ts'
import { forgetMembers, linkOfItem, markDue } from '../../db/links.ts'
import { inOrganisation } from '../../db/open.ts'
import type { Viewer } from '../core/access.ts'
import type { OrganisationId } from '../core/ids.ts'
import { NOT_FOR_YOU } from './access.ts'
import { type Engine, nowOf } from './engine.ts'
import { WAS_THERE } from './intend.ts'
import { type Asked, refusalFor } from './items.ts'
import { type Answered, followRule } from './members.ts'

/** An administrator has mended what stood in the way, and asks that everything refused at an item is tried again now (U3, U7). */
export async function mendItem(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  itemId: string,
): Promise<Asked<void> | Answered<void>> {
  if (viewer.role !== 'administrator') return NOT_FOR_YOU
  const due = await inOrganisation(engine.db, organisation, async (tx): Promise<Asked<string>> => {
    const refusal = refusalFor(viewer, 'see', await itemById(tx, itemId))
    if (refusal) return refusal
    const link = await linkOfItem(tx, itemId)
    if (!link) return { ok: false, reason: 'invalid', code: 'no_chat', why: 'This item has no chat yet.' }
    await forgetRefusals(tx, link.id, WAS_THERE)
    await forgetMembers(tx, link.id)
    await markDue(tx, link.id, nowOf(engine))
    return { ok: true, value: link.id }
  })
  if (!due.ok) return due
  await followRule(engine, organisation, due.value)
  return { ok: true, value: undefined }
}
