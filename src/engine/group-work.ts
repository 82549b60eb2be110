import { type DueGroup, type GroupActionRow, holdGroupAction, takeGroupAction, updateGroupAction } from '../../db/group-actions.ts'
import { type Asked as Group, pageAfter } from '../../db/group-selection.ts'
import { holdPage, type Step, takeStep, withoutChat } from '../../db/group-steps.ts'
import { giveHint } from '../../db/hints.ts'
import { factsOf, itemById } from '../../db/items.ts'
import { notify } from '../../db/notifications.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { organisationOf, policyOf } from '../../db/organisations.ts'
import { peopleById, personById, type PersonRow } from '../../db/people.ts'
import { RIGHTS } from '../core/access.ts'
import { addedUp, STEP_ITEMS, type TallyLine } from '../core/group-action.ts'
import type { OrganisationId } from '../core/ids.ts'
import { toldOfGroup } from '../core/words/group-action.ts'
import { type Engine, nowOf } from './engine.ts'
import { groupOf } from './group-actions.ts'
import { openChats } from './group-chats.ts'
import { viewerOf } from './viewer.ts'

/**
 * Works on a group action, step by step. Each step is a transaction that writes what is meant and how far it has come, so a crash between
 * two steps costs nothing and one in a step undoes it; whoever saves an item meanwhile waits for one step at most.
 */

/** One shift; then whoever waits longest has theirs. */
const SHIFT_MS = 5_000
const SHIFT_STEPS_MAX = 500
/** Longer than a step takes on a slow machine. */
const STEP_LEASE_MS = 60_000

export async function workGroup(engine: Engine, { organisation, action }: DueGroup): Promise<void> {
  const until = engine.clock.now() + SHIFT_MS
  const taken = await inOrganisation(engine.db, organisation, (tx) => takeGroupAction(tx, action, nowOf(engine), STEP_LEASE_MS))
  if (!taken) return
  let goesOn = true
  for (let steps = 0; goesOn && steps < SHIFT_STEPS_MAX && engine.clock.now() < until; steps++) {
    goesOn = await inOrganisation(engine.db, organisation, (tx) => step(engine, tx, organisation, taken))
  }
  if (goesOn) await inOrganisation(engine.db, organisation, (tx) => handBack(tx, taken, nowOf(engine)))
  engine.wake()
}

async function handBack(tx: Tx, { id, fence }: GroupActionRow, at: Date): Promise<void> {
  if (await holdGroupAction(tx, id, fence)) await updateGroupAction(tx, id, { leaseUntil: null, dueAt: at })
}

/** False: it is at its end, or somebody else's. */
async function step(engine: Engine, tx: Tx, organisation: OrganisationId, taken: GroupActionRow): Promise<boolean> {
  const row = await holdGroupAction(tx, taken.id, taken.fence)
  if (!row) return false
  const by = await personById(tx, row.byId)
  if (row.stopAsked) return end(engine, tx, row, by, 'stopped', null)
  // Rights are those of the moment, of who asked and of whom it is about.
  if (!by?.active || by.role === 'guest') return end(engine, tx, row, by, 'stopped', 'Whoever began it may not change items any more.')
  const people = await peopleById(tx, row.people)
  const { action, selection, fromId: from } = row
  const group = groupOf(viewerOf(by), { action, selection, from, people: row.people }, people)
  const page = await pageAfter(tx, group, row.cursor)
  const after = page.length > 0 ? await takePage(engine, tx, organisation, row, group, page) : row
  if (page.length < STEP_ITEMS) return end(engine, tx, after, by, 'done', null)
  await updateGroupAction(tx, row.id, { ...after, leaseUntil: new Date(engine.clock.now() + STEP_LEASE_MS) })
  return true
}

async function takePage(
  engine: Engine,
  tx: Tx,
  organisation: OrganisationId,
  row: GroupActionRow,
  group: Group,
  page: readonly string[],
): Promise<GroupActionRow> {
  const at = nowOf(engine)
  const policy = policyOf(await organisationOf(tx, organisation))
  const todo: Step = { ...group, organisation, actionId: row.id, page, at, formerStays: policy.formerResponsible === 'observer' }
  await holdPage(tx, page)
  const done = await takeStep(tx, todo)
  const opened = row.action === 'discuss' ? await openChats(tx, todo, await withoutChat(tx, todo)) : 0
  return {
    ...row,
    cursor: page.at(-1) ?? row.cursor,
    looked: row.looked + page.length,
    changed: row.changed + done.changed + opened,
    refused: row.refused + done.refused,
    untouched: row.untouched + page.length - done.concerned - opened,
    tally: addedUp(row.tally, done.tally),
  }
}

/** Says once to everybody what it came to for them, in the transaction that ends it. */
async function end(
  engine: Engine,
  tx: Tx,
  row: GroupActionRow,
  by: PersonRow | null,
  state: 'done' | 'stopped',
  why: string | null,
): Promise<false> {
  const at = nowOf(engine)
  await updateGroupAction(tx, row.id, { ...row, state, why, dueAt: null, leaseUntil: null, endedAt: at })
  await tell(tx, row, by, at)
  await giveHint(tx, { organisation: row.organisationId, kind: 'items' })
  return false
}

const KINDS: Record<TallyLine['fate'], 'observer-added' | 'observer-removed' | 'group-action'> = {
  added: 'observer-added',
  removed: 'observer-removed',
  responsible: 'group-action',
  'goes-on': 'group-action',
}

async function tell(tx: Tx, row: GroupActionRow, by: PersonRow | null, at: Date): Promise<void> {
  const lines = Object.values(row.tally).filter(({ person }) => person !== row.byId)
  const people = await peopleById(
    tx,
    lines.map(({ person }) => person),
  )
  const rows = []
  for (const line of lines) {
    const person = people.get(line.person)
    if (!person) continue
    const only = line.items === 1 ? await itemById(tx, line.item) : null
    rows.push({
      organisationId: row.organisationId,
      personId: person.id,
      kind: only ? KINDS[line.fate] : ('group-action' as const),
      byId: row.byId,
      itemId: only?.row.id ?? null,
      text: toldOfGroup({ ...line, by: by?.name ?? null, only: only && factsOf(only), seesStill: RIGHTS[person.role].see === 'all' }),
      at,
    })
  }
  await notify(tx, rows)
}
