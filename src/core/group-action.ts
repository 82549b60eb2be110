import { type Act, type Viewer, whyNotObserver, whyNotResponsible } from './access.ts'
import { type Entitlement, type None, whyNoObservers } from './entitlement.ts'
import { ITEM_TYPE_NAMES, type ItemType } from './item.ts'

/** One act on many items at once (O10, O11): what may be asked, who cannot be moved and why, and how long it takes. */

export const GROUP_ACTIONS = ['add-observers', 'remove-observers', 'discuss', 'hand-over'] as const
export type GroupAction = (typeof GROUP_ACTIONS)[number]

export type GroupFilter = {
  readonly type?: ItemType | undefined
  readonly stage?: string | undefined
  readonly query?: string | undefined
  readonly responsible?: string | undefined
  readonly observer?: string | undefined
}

/** Items one by one, or everything on every page but these (O11). */
export type Selection = { readonly ids: readonly string[] } | { readonly filter: GroupFilter; readonly except: readonly string[] }

export const PEOPLE_MAX = 50
/** More than these are selected by what they have in common. */
export const SELECTED_MAX = 2_000
/** Actions of one person that are not at their end. */
export const UNFINISHED_MAX = 5
/** Items of one step, which is one transaction: whoever saves one of them meanwhile waits for it. */
export const STEP_ITEMS = 2_000

/** What the one who asks needs to be allowed at each item. */
export const NEEDS: Record<GroupAction, Extract<Act, 'appoint' | 'discuss' | 'edit'>> = {
  'add-observers': 'appoint',
  'remove-observers': 'appoint',
  discuss: 'discuss',
  'hand-over': 'edit',
}

export type GroupRefusalCode =
  | 'not_found'
  | 'not_allowed'
  | None['code']
  | 'person_inactive'
  | 'guest_cannot_observe'
  | 'no_read_access'
  | 'cannot_be_responsible'

/** What is meant for one person at items of one type, or why not; with an empty `person`, for the items themselves. */
export type Wish = { readonly type: ItemType; readonly person: string; readonly code: GroupRefusalCode | null }

type Candidate = Viewer & { readonly name: string }

/** The rights of those who are moved do not depend on the single item, so they are decided here once for all of a type. */
export function wishesFor(action: GroupAction, people: readonly Candidate[], entitlement: Entitlement): readonly Wish[] {
  return ITEM_TYPE_NAMES.flatMap((type): readonly Wish[] => {
    const none = action === 'hand-over' ? null : whyNoObservers(type, entitlement)
    if (none) return [{ type, person: '', code: none.code }]
    if (action === 'discuss') return [{ type, person: '', code: null }]
    return people.map((person) => ({ type, person: person.id, code: whyNot(action, person, type) }))
  })
}

function whyNot(action: GroupAction, person: Candidate, type: ItemType): GroupRefusalCode | null {
  const answer =
    action === 'add-observers' ? whyNotObserver(person, type, '') : action === 'hand-over' ? whyNotResponsible(person, type) : null
  return (answer?.code as GroupRefusalCode | undefined) ?? null
}

/** What became of somebody's places, for the one notification they get of it. */
export type Fate = 'added' | 'removed' | 'responsible' | 'goes-on'

/** `type`: null where the items are of several; `item`: one of them. */
export type TallyLine = {
  readonly fate: Fate
  readonly person: string
  readonly items: number
  readonly type: ItemType | null
  readonly item: string
}
export type Tally = Readonly<Record<string, TallyLine>>

export function addedUp(tally: Tally, lines: readonly TallyLine[]): Tally {
  const sum: Record<string, TallyLine> = { ...tally }
  for (const line of lines) {
    const key = `${line.fate} ${line.person}`
    const before = sum[key]
    sum[key] = before
      ? { ...line, items: before.items + line.items, type: before.type === line.type ? line.type : null, item: before.item }
      : line
  }
  return sum
}

/** Careful guesses, to be replaced by what a run shows: what the database writes, and what the turns of the workspace's own chats take. */
const ITEMS_PER_SECOND = 2_500
const CHATS_PER_SECOND = 20

/** `platformMs`: what the limits of the chat systems make of the chats that follow. */
export function secondsFor(work: { readonly items: number; readonly chats: number; readonly platformMs: number }): number {
  const chats = Math.max(work.chats / CHATS_PER_SECOND, work.platformMs / 1_000)
  return Math.ceil(work.items / ITEMS_PER_SECOND + chats)
}

/** What is left of it, by how fast it went until now; null while nothing is known. */
export function secondsLeft(done: { readonly looked: number; readonly total: number; readonly forMs: number }): number | null {
  if (done.looked === 0 || done.forMs <= 0) return null
  return Math.ceil((Math.max(0, done.total - done.looked) / done.looked) * (done.forMs / 1_000))
}
