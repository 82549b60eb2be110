import { type Failure, failed, ok, type Outcome, type Result } from '../../src/core/failure.ts'
import type { PersonId } from '../../src/core/ids.ts'
import { type ItemFacts, listedPeople, takesObservers } from '../../src/core/item.ts'
import type { CrmSource, ItemComment, ItemQuery, ItemReading, ObserverChange, ObserversChanged } from '../../src/ports/crm-source.ts'
import { type FaultHook, faultyCalls } from './fault.ts'
import { type MemoryCrmWorld, memoryCrmWorld, type MemoryItem } from './crm-world.ts'

export type MemoryCrmOptions = {
  readonly fault?: FaultHook
  /** False: like a CRM without revisions. Readings carry null, and who was listed anew is not known. */
  readonly revisions?: boolean
}

export const READ_MAX = 200

/** The reference CRM: keeps every change of every item, so that its readings are exact. */
export function memoryCrm(options: MemoryCrmOptions = {}): { readonly source: CrmSource; readonly world: MemoryCrmWorld } {
  const revisions = options.revisions ?? true
  const world = memoryCrmWorld()
  const call = faultyCalls(options.fault, world.deferred)

  const factsOf = (item: MemoryItem): ItemFacts => ({ ...item.facts, revision: revisions ? item.facts.revision : null })

  const readOne = ({ id, since }: ItemQuery): ItemReading => {
    const item = world.items.get(id)
    if (!item || item.state === 'gone') return { kind: 'gone', id }
    if (item.state === 'forbidden') return { kind: 'forbidden', id, why: 'The CRM does not show this item to Ringside any more.' }
    const told = revisions && since !== null ? changedSince(item, since) : NOT_TOLD
    return { kind: 'item', item: factsOf(item), details: item.details, ...told }
  }

  const read = (queries: readonly ItemQuery[]): Result<readonly ItemReading[]> => {
    if (queries.length > READ_MAX) throw new Error(`Asked for ${queries.length} items, at most ${READ_MAX}`)
    return ok(queries.map(readOne))
  }

  const change = (wish: ObserverChange): Result<ObserversChanged> => {
    const item = world.items.get(wish.id)
    const failure = whyNot(item, wish, revisions)
    if (!item || failure) return failed(failure ?? GONE)
    const outcomes = new Map<PersonId, Outcome>()
    for (const person of wish.add) outcomes.set(person, world.list(wish.id, person) ? DONE : ALREADY)
    for (const person of wish.remove) outcomes.set(person, world.unlist(wish.id, person) ? DONE : ALREADY)
    return ok({ revision: factsOf(item).revision, outcomes })
  }

  const comment = ({ id, text, url, by }: ItemComment): Result<void> => {
    const item = world.items.get(id)
    if (!item || item.state !== 'here') return failed(GONE)
    item.comments.add(JSON.stringify({ text, url, by }))
    return ok(undefined)
  }

  const source: CrmSource = {
    capabilities: { source: 'memory', title: 'Memory', revisions, writes: 'delta' },
    read: async (queries) => call('read', [queries], () => read(queries), failed),
    comment: async (line) => call('comment', [line], () => comment(line), failed),
    changeObservers: async (wish) => call('changeObservers', [wish], () => change(wish), failed),
  }
  return { source, world }
}

const DONE: Outcome = { kind: 'done' }
const ALREADY: Outcome = { kind: 'already' }
const GONE: Failure = { kind: 'gone', code: 'item_gone', why: 'The item was deleted.' }

function whyNot(item: MemoryItem | undefined, wish: ObserverChange, revisions: boolean): Failure | null {
  if (!item || item.state === 'gone') return GONE
  if (item.state === 'forbidden') return { kind: 'unreachable', code: 'forbidden', why: 'The CRM does not show this item to Ringside.' }
  if (!takesObservers(item.facts.type)) {
    return { kind: 'refused', code: 'no_observers', why: 'Estimates and signing documents take no observers.', mender: 'nobody' }
  }
  if (revisions && wish.revision !== null && wish.revision !== item.facts.revision) {
    return { kind: 'refused', code: 'conflict', why: 'The item has changed meanwhile. Look at it again.', mender: 'you' }
  }
  return null
}

const NOT_TOLD = { relisted: [], selfListed: [], removed: null }

/** Listed now and at some moment since not; and taken off since and not listed now. */
function changedSince(
  item: MemoryItem,
  since: number,
): Pick<Extract<ItemReading, { kind: 'item' }>, 'relisted' | 'selfListed' | 'removed'> {
  const changes = item.log.filter((entry) => entry.revision > since)
  const cameOn = new Set(changes.filter((entry) => entry.listed).map((entry) => entry.person))
  const wentOff = new Set(changes.filter((entry) => !entry.listed).map((entry) => entry.person))
  const now = listedPeople(item.facts)
  return {
    relisted: [...now].filter((person) => cameOn.has(person)),
    selfListed: [],
    removed: [...wentOff].filter((person) => !now.has(person)),
  }
}
