import { factsOf, itemById } from '../../db/items.ts'
import { actsAbout, type LinkRow, type SeatRow } from '../../db/links.ts'
import { notify } from '../../db/notifications.ts'
import type { Tx } from '../../db/open.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { isToldSince } from '../../db/tellings.ts'
import { may } from '../core/access.ts'
import { asPersonId, type PersonId } from '../core/ids.ts'
import type { ItemFacts } from '../core/item.ts'
import { addedAsObserver, goesOnAsObserver, type Named, openedToAll, removedAsObserver } from '../core/words.ts'
import { gaveAccess } from '../core/words/entering.ts'
import type { Author } from '../ports/crm-source.ts'
import type { Sight } from './look.ts'
import { viewerOf } from './viewer.ts'

/** One notification per person per act; nobody is told of what they did themselves on the form (O13, O14). */
export async function tellObservers(
  tx: Tx,
  item: Named & Pick<ItemFacts, 'id' | 'type' | 'responsible'> & { readonly organisationId: string },
  change: {
    readonly added: readonly string[]
    /** Those of them who had asked for access. */
    readonly asked?: readonly string[]
    readonly removed: readonly string[]
    readonly by: string | null
  },
  at: Date,
): Promise<void> {
  const people = await peopleById(tx, [...(change.by ? [change.by] : []), ...change.removed])
  const by = change.by ? (people.get(change.by)?.name ?? null) : null
  const others = (ids: readonly string[]) => ids.filter((id) => id !== change.by)
  const base = { organisationId: item.organisationId, itemId: item.id, byId: change.by, at }
  await notify(tx, [
    ...others(change.added).map((personId) => ({
      ...base,
      personId,
      ...(change.asked?.includes(personId)
        ? { kind: 'access-granted' as const, text: gaveAccess(by, item) }
        : { kind: 'observer-added' as const, text: addedAsObserver(by, item) }),
    })),
    ...others(change.removed).map((personId) => ({
      ...base,
      personId,
      kind: 'observer-removed' as const,
      text: removedAsObserver(by, item, maySee(people.get(personId), item)),
    })),
  ])
}

/** Some people may see an item without being named on it. */
function maySee(person: PersonRow | undefined, item: Named & Pick<ItemFacts, 'type' | 'responsible'>): boolean {
  return person !== undefined && may(viewerOf(person), 'see', { ...item, observers: [] }).may
}

/**
 * A listing whose outcome nobody remembered, because the process was killed or the answer was lost, and which the reading shows: whoever
 * finds it tells of it. Whoever was told since it was meant, as by the form meanwhile, is not told again.
 */
export async function tellFound(tx: Tx, link: LinkRow, sight: Sight, seats: readonly SeatRow[], at: Date): Promise<void> {
  const observers = new Set<string>(sight.reading.item.observers)
  for (const { personId, listed, listUntil } of seats) {
    if (!listUntil || listed || !observers.has(personId)) continue
    const acts = await actsAbout(tx, link.itemId, asPersonId(personId), ACTS_MAX)
    const meant = acts.find(({ move, phase }) => move === 'list' && phase === 'intended')
    if (!meant || (await isToldSince(tx, personId, link.itemId, meant.at))) continue
    const how = meant.byId === personId ? 'discuss' : meant.reason === 'was responsible' ? 'handover' : 'chat'
    const by = { person: meant.byId ? asPersonId(meant.byId) : null, how } as const
    await tellListed(tx, link, sight, [{ person: asPersonId(personId), by }], at)
  }
}

/** How far back the intention is looked for among what was done about the person. */
const ACTS_MAX = 20

export type Listed = { readonly person: PersonId; readonly by: Author }

/** A private discussion is private no more: whoever is responsible for the item hears of it once. */
export async function tellOpenedToAll(tx: Tx, link: LinkRow, why: string, at: Date): Promise<void> {
  const current = await itemById(tx, link.itemId)
  const { organisationId, itemId } = link
  const personId = current?.row.responsibleId
  if (!current || !personId) return
  await notify(tx, [{ organisationId, personId, kind: 'told', itemId, text: openedToAll(factsOf(current), why), at }])
}

/** Whoever a turn made an observer, in words for how that came. Whoever pressed Discuss did it themselves. */
export async function tellListed(tx: Tx, link: LinkRow, sight: Sight, listed: readonly Listed[], at: Date): Promise<void> {
  const { item } = sight.reading
  const told = listed.filter(({ by }) => by.how !== 'discuss')
  const people = await peopleById(
    tx,
    told.flatMap(({ by }) => by.person ?? []),
  )
  await notify(
    tx,
    told.map(({ person, by }) => {
      const author = by.person === person ? null : by.person
      const name = author ? (people.get(author)?.name ?? null) : null
      const text = by.how === 'handover' ? goesOnAsObserver(item) : addedAsObserver(name, item)
      return {
        organisationId: link.organisationId,
        personId: person,
        kind: 'observer-added' as const,
        itemId: link.itemId,
        byId: author,
        text,
        at,
      }
    }),
  )
}
