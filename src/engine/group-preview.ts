import { type Asked as Group, examplesOf, type Kind, kindsOf } from '../../db/group-selection.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { connectionFor, organisationOf, policyOf } from '../../db/organisations.ts'
import type { PersonRow } from '../../db/people.ts'
import type { Viewer } from '../core/access.ts'
import { type GroupAction, type GroupRefusalCode, secondsFor } from '../core/group-action.ts'
import type { OrganisationId } from '../core/ids.ts'
import type { ItemType } from '../core/item.ts'
import { previewSentence, reasonOf } from '../core/words/group-action.ts'
import type { Work } from '../ports/chat-platform.ts'
import type { Engine } from './engine.ts'
import { type GroupWish, readWish } from './group-actions.ts'
import type { Asked } from './items.ts'

/** What one act on many items would come to: how many change, who cannot be moved and why, and how long it takes (U4). */

export type Reason = {
  readonly code: GroupRefusalCode
  readonly person: PersonRow | null
  readonly items: number
  readonly why: string
  readonly examples: readonly { readonly id: string; readonly key: string; readonly title: string }[]
}

export type Preview = {
  readonly items: number
  readonly changed: number
  readonly untouched: number
  readonly reasons: readonly Reason[]
  readonly seconds: number
  readonly sentence: string
}

const EXAMPLES_MAX = 10
const REASONS_MAX = 100

/** What would happen, and to how many; nothing is written (U4). */
export async function previewGroup(engine: Engine, organisation: OrganisationId, viewer: Viewer, wish: GroupWish): Promise<Asked<Preview>> {
  return inOrganisation(engine.db, organisation, async (tx): Promise<Asked<Preview>> => {
    const read = await readWish(tx, viewer, wish)
    if (!read.ok) return read
    const { group, people } = read.value
    const kinds = await kindsOf(tx, group)
    const reasons = await reasonsBefore(tx, group, kinds, people)
    const open = kinds.filter((kind) => kind.allowed && !isBarred(group, kind.type))
    const sum = (count: (kind: Kind) => number, of = open) => of.reduce((all, kind) => all + count(kind), 0)
    const changed = sum((kind) => kind.changing)
    const work = { items: changed, chats: sum((kind) => (wish.action === 'discuss' ? kind.changing : kind.chats)) }
    const seconds = secondsFor({ ...work, platformMs: await platformMs(engine, tx, organisation, group, work.chats) })
    const untouched = sum(
      (kind) => kind.items - kind.changing,
      open.filter((kind) => !refusesSomebody(group, kind.type)),
    )
    const changingTypes = open.filter((kind) => kind.changing > 0)
    const { removalsMax } = policyOf(await organisationOf(tx, organisation))
    const sentence = previewSentence({
      action: wish.action,
      names: wish.people.flatMap((id) => people.get(id)?.name ?? []),
      from: wish.from ? (people.get(wish.from)?.name ?? null) : null,
      type: changingTypes.length === 1 ? (changingTypes[0]?.type ?? null) : null,
      changed,
      untouched,
      reasons,
      seconds,
      waitsAfter: leavers(wish) * work.chats > removalsMax.perPass ? removalsMax.perPass : null,
    })
    const unseen = 'ids' in wish.selection ? new Set(wish.selection.ids).size - sum((kind) => kind.items, [...kinds]) : 0
    return { ok: true, value: { items: sum((kind) => kind.items, [...kinds]) + unseen, changed, untouched, reasons, seconds, sentence } }
  })
}

/** People who may have to leave each chat that is concerned. */
const leavers = ({ action, people, from }: GroupWish) => (action === 'remove-observers' ? people.length : from === null ? 0 : 1)

const isBarred = ({ wishes }: Group, type: ItemType) => wishes.some((one) => one.type === type && one.person === '' && one.code !== null)
const refusesSomebody = ({ wishes }: Group, type: ItemType) => wishes.some((one) => one.type === type && one.code !== null)

async function reasonsBefore(
  tx: Tx,
  group: Group,
  kinds: readonly Kind[],
  people: ReadonlyMap<string, PersonRow>,
): Promise<readonly Reason[]> {
  const reasons: Reason[] = []
  for (const kind of kinds) {
    const refused = group.wishes.filter((one) => one.type === kind.type && one.code !== null)
    const barred = refused.find((one) => one.person === '')
    const found = barred ? [barred] : kind.allowed ? refused : [{ person: '', code: 'not_allowed' as const }]
    if (found.length === 0 || kind.items === 0) continue
    const examples = await examplesOf(tx, group, kind, EXAMPLES_MAX)
    for (const { person, code } of found) {
      if (code === null) continue
      const row = people.get(person) ?? null
      reasons.push({ code, person: row, items: kind.items, why: reasonOf(group.action, code, row?.name ?? '', kind.type), examples })
    }
  }
  const unseen = 'ids' in group.selection ? new Set(group.selection.ids).size - kinds.reduce((all, kind) => all + kind.items, 0) : 0
  if (unseen > 0)
    reasons.push({ code: 'not_found', person: null, items: unseen, why: reasonOf(group.action, 'not_found', '', null), examples: [] })
  return reasons.slice(0, REASONS_MAX)
}

/** What the limits of the chat system make of it. */
async function platformMs(engine: Engine, tx: Tx, organisation: OrganisationId, group: Group, chats: number): Promise<number> {
  const platform = engine.platformOf(await connectionFor(tx, await organisationOf(tx, organisation)))
  const people = group.people.length
  const work: Record<GroupAction, Work> = {
    'add-observers': { adds: chats * people, displays: chats },
    'remove-observers': { reads: chats, removes: chats * people, displays: chats },
    discuss: { opens: chats, adds: chats, displays: chats },
    'hand-over': { reads: chats, adds: chats, removes: group.from === null ? 0 : chats, displays: chats },
  }
  return platform?.timeFor(work[group.action]) ?? 0
}
