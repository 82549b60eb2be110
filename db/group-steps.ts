import { sql, type SQL } from 'drizzle-orm'
import type { TallyLine } from '../src/core/group-action.ts'
import type { ItemType } from '../src/core/item.ts'
import { allowedTo, type Asked, selected, wishTable } from './group-selection.ts'
import type { Tx } from './open.ts'
import { mayObserve } from './rights.ts'
import { item } from './schema.ts'

/**
 * One step of a group action: what is meant for a page of items, in one statement of the database and in the caller's transaction, as the
 * form would do it item by item: the list, the revision, the history, and a turn that is due where there is a chat.
 */

export type Step = Asked & {
  readonly organisation: string
  readonly actionId: string
  readonly page: readonly string[]
  readonly at: Date
  /** Does whoever was responsible until now go on as an observer? */
  readonly formerStays: boolean
}

export type Stepped = {
  readonly changed: number
  readonly refused: number
  /** Items that changed, or at which something was refused. */
  readonly concerned: number
  readonly tally: readonly TallyLine[]
}

/** Holds the items until the transaction ends, in the order of their ids, so that two actions never wait for each other in a circle. */
export async function holdPage(tx: Tx, page: readonly string[]): Promise<void> {
  await tx.execute(
    sql`select count(*) from (select 1 from ${item} where ${item.id} = any(${texts(page)}) order by ${item.id} for update) held`,
  )
}

export async function takeStep(tx: Tx, step: Step): Promise<Stepped> {
  switch (step.action) {
    case 'add-observers':
      return run(tx, step, adding(step))
    case 'remove-observers':
      return run(tx, step, removing(step))
    case 'hand-over':
      return run(tx, step, step.from === null ? handingOver(step) : replacing(step, step.from))
    case 'discuss':
      return run(tx, step, NOTHING_CHANGES)
  }
}

/** Items of the page that may have a chat and have none, or one that was deleted; what keeps the others from it is written down by `takeStep`. */
export async function withoutChat(tx: Tx, step: Step): Promise<readonly WithoutChat[]> {
  return rowsOf(
    await tx.execute(sql`with ${sql.join(chosen(tx, step), sql`, `)}
      select o.id, o.type, o.number, o.title, o.revision, l.id as link from open o left join link l on l.item_id = o.id
      where l.id is null or l.state = 'gone' order by o.id`),
  ) as readonly WithoutChat[]
}
export type WithoutChat = {
  readonly id: string
  readonly type: ItemType
  readonly number: number
  readonly title: string
  readonly revision: number
  /** Of the chat that was deleted. */
  readonly link: string | null
}

/**
 * What an action does. Each writes `touched` (item_id: whose revision moves), `said` (the lines of the history), `stirred` (item_id: whose
 * chat looks again) and `fates` (fate, person, item_id).
 */
type Doing = SQL[]

/** The rows of the page: those that are barred as a whole, and those that are open to what is meant. */
function chosen(tx: Tx, step: Step): SQL[] {
  return [
    sql`wish as (select * from ${wishTable(step.wishes)})`,
    sql`chosen as materialized (
      select ${item.id} as id, ${item.type} as type, ${item.number} as number, ${item.title} as title, ${item.revision} as revision,
        ${item.responsibleId} as responsible, ${allowedTo(tx, step)} as allowed
      from ${item} where ${item.id} = any(${texts(step.page)}) and ${selected(tx, step)})`,
    sql`barred as (
      select c.id, c.type, coalesce(w.code, 'not_allowed') as code
      from chosen c left join wish w on w.type = c.type and w.person = '' and w.code is not null
      where w.code is not null or not c.allowed)`,
    sql`open as materialized (select c.* from chosen c where c.id not in (select id from barred))`,
  ]
}

function refusing(step: Step): SQL {
  const of = sql`${step.organisation}, ${step.actionId}`
  const unseen = 'ids' in step.selection
  return sql`refused as (
    insert into group_refusal (organisation_id, action_id, item_id, person_id, type, code)
    select ${of}, id, '', type, code from barred
    union all select ${of}, o.id, w.person, o.type, w.code from open o join wish w on w.type = o.type
      where w.code is not null and w.person <> ''
    ${unseen ? sql`union all select ${of}, p, '', null, 'not_found' from unnest(${texts(step.page)}) p where p not in (select id from chosen)` : sql``}
    on conflict do nothing returning item_id)`
}

async function run(tx: Tx, step: Step, doing: Doing): Promise<Stepped> {
  const parts = [...chosen(tx, step), refusing(step), ...doing, ...following(step)]
  const [row] = rowsOf(
    await tx.execute(sql`with ${sql.join(parts, sql`, `)}
      select (select count(*)::int from touched) as changed,
        (select count(distinct item_id)::int from refused) as refused,
        (select count(*)::int from (select item_id from touched union select item_id from refused) t) as concerned,
        (select coalesce(jsonb_agg(t), '[]') from (
          select f.fate, f.person, count(*)::int as items, case when min(c.type) = max(c.type) then min(c.type) end as type, min(c.id) as item
          from fates f join chosen c on c.id = f.item_id group by f.fate, f.person) t) as tally`),
  ) as readonly Stepped[]
  if (!row) throw new Error('A step of a group action answered nothing.')
  return row
}

const NOTHING_CHANGES: Doing = [
  sql`touched as (select id as item_id from chosen where false)`,
  sql`stirred as (select item_id from touched)`,
  sql`fates as (select null as fate, null as person, null as item_id where false)`,
]

/** What follows from a change: the revision, unless the item was written already, and a turn of the chat. */
function following({ actionId, at, action }: Step): Doing {
  if (action === 'discuss') return []
  const due = sql`due as (update link set news = link.news + 1, due_at = least(link.due_at, ${time(at)}), group_action_id = ${actionId}
    from (select item_id from touched union select item_id from stirred) s where link.item_id = s.item_id)`
  if (action === 'hand-over') return [due]
  return [
    sql`revised as (update item set revision = item.revision + 1, updated_at = ${time(at)} from touched t where item.id = t.item_id)`,
    due,
  ]
}

/** Puts people on items; whoever waited for access has it, and what was refused them in the chat is tried again. */
function adding({ organisation, viewer, at }: Step): Doing {
  return [
    sql`added as (
      insert into observer (organisation_id, item_id, person_id, added_by, how, added_at)
      select ${organisation}, o.id, w.person, ${viewer.id}, 'group', ${time(at)} from open o join wish w on w.type = o.type
      where w.code is null and w.person is distinct from o.responsible
      on conflict do nothing returning item_id, person_id)`,
    sql`touched as (select distinct item_id from added)`,
    sql`said as (
      insert into item_change (organisation_id, item_id, revision, what, person_id, by_id, how, at)
      select ${organisation}, c.id, c.revision + 1, 'listed', a.person_id, ${viewer.id}, 'group', ${time(at)}
      from added a join chosen c on c.id = a.item_id)`,
    sql`granted as (
      update access_request set state = 'granted', decided_by = ${viewer.id}, decided_at = ${time(at)} from added a
      where access_request.item_id = a.item_id and access_request.person_id = a.person_id and access_request.state = 'waiting')`,
    sql`freed as (
      delete from evidence using link l, added a
      where l.item_id = a.item_id and evidence.link_id = l.id and evidence.person_id = a.person_id and evidence.kind = 'stays-out')`,
    sql`stirred as (
      update seat set refused = null from link l, open o, wish w
      where l.item_id = o.id and w.type = o.type and w.code is null
        and seat.link_id = l.id and seat.person_id = w.person and seat.refused is not null
      returning o.id as item_id)`,
    sql`fates as (select 'added' as fate, person_id as person, item_id from added)`,
  ]
}

/** Takes people off items. Whoever is also responsible stays on the item. */
function removing({ organisation, viewer, at }: Step): Doing {
  return [
    sql`gone as (
      delete from observer using open o, wish w
      where w.type = o.type and w.code is null and observer.item_id = o.id and observer.person_id = w.person
      returning observer.item_id, observer.person_id)`,
    sql`touched as (select distinct item_id from gone)`,
    sql`left_over as (select g.*, c.revision from gone g join chosen c on c.id = g.item_id where g.person_id is distinct from c.responsible)`,
    sql`said as (
      insert into item_change (organisation_id, item_id, revision, what, person_id, by_id, how, at)
      select ${organisation}, item_id, revision + 1, 'unlisted', person_id, ${viewer.id}, 'group', ${time(at)} from left_over)`,
    sql`stirred as (select item_id from touched)`,
    sql`fates as (select 'removed' as fate, person_id as person, item_id from left_over)`,
  ]
}

/** Somebody else is responsible; whoever was goes on as an observer, where the organisation has it so and they may be one (O16). */
function handingOver({ organisation, viewer, at, formerStays }: Step): Doing {
  const observes = (who: SQL) => sql`exists (select 1 from observer x where x.item_id = o.id and x.person_id = ${who})`
  const may = formerStays ? mayObserve(sql`o.responsible`, sql`o.type`, viewer.entitlement) : sql`false`
  return [
    sql`moving as materialized (
      select o.id, o.revision, o.responsible as former, w.person as next, ${observes(sql`w.person`)} as next_observes,
        (o.responsible is not null and ${may}) as becomes, ${observes(sql`o.responsible`)} as observes
      from open o join wish w on w.type = o.type where w.code is null and o.responsible is distinct from w.person)`,
    sql`handed as (
      update item set responsible_id = m.next, revision = item.revision + 1, updated_at = ${time(at)} from moving m where item.id = m.id
      returning item.id as item_id)`,
    sql`touched as (select item_id from handed)`,
    sql`kept as (
      insert into observer (organisation_id, item_id, person_id, added_by, how, added_at)
      select ${organisation}, id, former, ${viewer.id}, 'handover', ${time(at)} from moving where becomes on conflict do nothing)`,
    sql`said as (
      insert into item_change (organisation_id, item_id, revision, what, person_id, by_id, how, before, after, at)
      select ${organisation}, m.id, m.revision + 1, s.what, s.person, ${viewer.id}, 'group', s.before, s.after, ${time(at)}
      from moving m cross join lateral (
        select 'responsible' as what, null as person, m.former as before, m.next as after
        union all select 'listed', m.next, null, null where not m.next_observes
        union all select 'unlisted', m.former, null, null where m.former is not null and not m.becomes and not m.observes) s)`,
    sql`stirred as (select item_id from touched)`,
    sql`fates as (
      select 'responsible' as fate, next as person, id as item_id from moving
      union all select case when becomes or observes then 'goes-on' else 'removed' end, former, id from moving where former is not null)`,
  ]
}

/** Every place of one person goes to another, and they are off the items (U6). */
function replacing({ organisation, viewer, at }: Step, from: string): Doing {
  return [
    sql`moving as materialized (
      select o.id, o.revision, o.responsible, w.person as next, (o.responsible is not distinct from ${from}) as manages,
        exists (select 1 from observer x where x.item_id = o.id and x.person_id = w.person) as next_observes
      from open o join wish w on w.type = o.type where w.code is null)`,
    sql`handed as (
      update item set responsible_id = case when m.manages then m.next else item.responsible_id end, revision = item.revision + 1,
        updated_at = ${time(at)} from moving m where item.id = m.id returning item.id as item_id)`,
    sql`touched as (select item_id from handed)`,
    sql`gone as (delete from observer using moving m where observer.item_id = m.id and observer.person_id = ${from})`,
    sql`added as (
      insert into observer (organisation_id, item_id, person_id, added_by, how, added_at)
      select ${organisation}, id, next, ${viewer.id}, 'group', ${time(at)} from moving
      where not manages and next is distinct from responsible on conflict do nothing returning item_id)`,
    sql`said as (
      insert into item_change (organisation_id, item_id, revision, what, person_id, by_id, how, before, after, at)
      select ${organisation}, m.id, m.revision + 1, s.what, s.person, ${viewer.id}, 'group', s.before, s.after, ${time(at)}
      from moving m cross join lateral (
        select 'responsible' as what, null as person, ${from}::text as before, m.next as after where m.manages
        union all select 'listed', m.next, null, null where not m.next_observes and m.next is distinct from m.responsible
        union all select 'unlisted', ${from}::text, null, null) s)`,
    sql`stirred as (select item_id from touched)`,
    sql`fates as (
      select 'responsible' as fate, next as person, id as item_id from moving where manages
      union all select 'added', m.next, m.id from moving m join added a on a.item_id = m.id
      union all select 'removed', ${from}::text, id from moving)`,
  ]
}

const time = (at: Date) => sql`${at.toISOString()}::timestamptz`

/** An array of texts as one value, however many they are. */
const texts = (values: readonly string[]) => sql`${`{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`}::text[]`

/** The two drivers give rows in two shapes. */
function rowsOf(answer: unknown): readonly unknown[] {
  return Array.isArray(answer) ? answer : (answer as { rows: readonly unknown[] }).rows
}
