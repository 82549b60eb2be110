import {
  allowRemovalsOfGroup,
  chatsOfGroup,
  forgetGroupActions,
  groupActionById,
  type GroupActionRow,
  insertGroupAction,
  reasonsOf,
  type RefusalRow,
  refusalsOf,
  unfinishedOf,
  updateGroupAction,
} from '../../db/group-actions.ts'
import { type Asked as Group, countSelected } from '../../db/group-selection.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import type { Viewer } from '../core/access.ts'
import { type GroupAction, PEOPLE_MAX, type Selection, UNFINISHED_MAX, wishesFor } from '../core/group-action.ts'
import { asPersonId, type OrganisationId } from '../core/ids.ts'
import { type Engine, nowOf } from './engine.ts'
import type { Asked, Refused } from './items.ts'

/** One act on many items: begun, looked at and stopped. What it would do is foreseen in group-preview.ts, and the work itself is in group-work.ts. */

export type GroupWish = {
  readonly action: GroupAction
  readonly people: readonly string[]
  readonly from: string | null
  readonly selection: Selection
}

const REASONS_MAX = 100
const KEPT_MS = 30 * 24 * 3_600_000

export async function startGroup(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  wish: GroupWish,
): Promise<Asked<GroupActionRow>> {
  const started = await inOrganisation(engine.db, organisation, async (tx): Promise<Asked<GroupActionRow>> => {
    const read = await readWish(tx, viewer, wish)
    if (!read.ok) return read
    const at = nowOf(engine)
    await forgetGroupActions(tx, viewer.id, new Date(at.getTime() - KEPT_MS))
    if ((await unfinishedOf(tx, viewer.id)) >= UNFINISHED_MAX)
      return invalid('too_many_actions', 'Several of your group actions are still at work. Wait for one of them, or stop it.', 'action')
    const { selection, action, people, from: fromId } = wish
    const total = 'ids' in selection ? new Set(selection.ids).size : await countSelected(tx, read.value.group)
    const row = await insertGroupAction(tx, {
      organisationId: organisation,
      id: crypto.randomUUID(),
      action,
      byId: viewer.id,
      people: [...people],
      fromId,
      selection,
      state: 'working',
      total,
      dueAt: at,
      createdAt: at,
    })
    return { ok: true, value: row }
  })
  engine.wake()
  return started
}

const invalid = (code: string, why: string, field: string): Refused => ({ ok: false, reason: 'invalid', code, why, field })

/** The wish with what it means for each type, or why it makes no sense. */
export async function readWish(
  tx: Tx,
  viewer: Viewer,
  wish: GroupWish,
): Promise<Asked<{ readonly group: Group; readonly people: ReadonlyMap<string, PersonRow> }>> {
  if (viewer.role === 'guest') return { ok: false, reason: 'forbidden', code: 'not_allowed', why: 'Guests cannot change items.' }
  const wrong = wrongNumber(wish)
  if (wrong) return invalid('wrong_people', wrong, 'people')
  if (wish.from !== null && (wish.action !== 'hand-over' || wish.people.includes(wish.from)))
    return invalid('wrong_people', 'Only a hand-over is from somebody, and to somebody else.', 'from')
  const people = await peopleById(tx, [...wish.people, ...(wish.from === null ? [] : [wish.from])])
  for (const [field, ids] of [['people', wish.people] as const, ['from', wish.from === null ? [] : [wish.from]] as const]) {
    const unknown = ids.find((id) => !people.has(id))
    if (unknown !== undefined) return invalid('person_not_found', `There is no person ${unknown}.`, field)
  }
  return { ok: true, value: { group: groupOf(viewer, wish, people), people } }
}

function wrongNumber({ action, people }: GroupWish): string | null {
  switch (action) {
    case 'add-observers':
    case 'remove-observers':
      return people.length === 0 || people.length > PEOPLE_MAX ? `Choose between one person and ${PEOPLE_MAX}.` : null
    case 'hand-over':
      return people.length === 1 ? null : 'Choose the one person who is responsible from now on.'
    case 'discuss':
      return people.length === 0 ? null : 'A chat is opened for the people of its item, and for nobody else.'
  }
}

export function groupOf(viewer: Viewer, wish: GroupWish, people: ReadonlyMap<string, PersonRow>): Group {
  const ids = [...new Set(wish.people)]
  const candidates = ids.flatMap((id) => {
    const row = people.get(id)
    return row ? [{ ...row, id: asPersonId(row.id) }] : []
  })
  return { ...wish, viewer, people: ids, wishes: wishesFor(wish.action, candidates, viewer.entitlement) }
}

export const NO_ACTION: Refused = { ok: false, reason: 'hidden', code: 'not_found', why: 'There is no such group action of yours.' }

/** Only for the one who began it. */
async function own(tx: Tx, viewer: Viewer, id: string): Promise<GroupActionRow | null> {
  const row = await groupActionById(tx, id)
  return row?.byId === viewer.id ? row : null
}

export type GroupReport = {
  readonly row: GroupActionRow
  readonly reasons: Awaited<ReturnType<typeof reasonsOf>>
  /** What the chats still have before them, and whose removal waits for a person (U5). */
  readonly chats: Awaited<ReturnType<typeof chatsOfGroup>>
  readonly refusals: readonly RefusalRow[]
}

export async function reportOfGroup(
  engine: Engine,
  tx: Tx,
  viewer: Viewer,
  id: string,
  after: { readonly item: string; readonly person: string } | null,
  limit: number,
): Promise<Asked<GroupReport>> {
  const row = await own(tx, viewer, id)
  if (!row) return NO_ACTION
  return {
    ok: true,
    value: {
      row,
      reasons: await reasonsOf(tx, id, REASONS_MAX),
      chats: await chatsOfGroup(tx, id, nowOf(engine)),
      refusals: await refusalsOf(tx, id, after, limit),
    },
  }
}

/** What is done stays done; nothing more is begun. */
export async function stopGroup(engine: Engine, organisation: OrganisationId, viewer: Viewer, id: string): Promise<Asked<null>> {
  const stopped = await inOrganisation(engine.db, organisation, async (tx): Promise<Asked<null>> => {
    const row = await own(tx, viewer, id)
    if (!row) return NO_ACTION
    if (row.state === 'working') await updateGroupAction(tx, id, { stopAsked: true, dueAt: nowOf(engine) })
    return { ok: true, value: null }
  })
  engine.wake()
  return stopped
}

/** The one who began it looked at the removals that the safety stop holds back, and lets them happen this once (U5). */
export async function allowGroupRemovals(engine: Engine, organisation: OrganisationId, viewer: Viewer, id: string): Promise<Asked<null>> {
  const allowed = await inOrganisation(engine.db, organisation, async (tx): Promise<Asked<null>> => {
    if (!(await own(tx, viewer, id))) return NO_ACTION
    if ((await allowRemovalsOfGroup(tx, id, nowOf(engine))) > 0) return { ok: true, value: null }
    return invalid('nothing_held', 'Nobody is waiting to be taken out of these chats.', 'id')
  })
  engine.wake()
  return allowed
}
