import type { LinkRow } from '../../db/links.ts'
import { notify } from '../../db/notifications.ts'
import type { Tx } from '../../db/open.ts'
import { peopleById } from '../../db/people.ts'
import { addedAsObserver, goesOnAsObserver, type Named, removedAsObserver } from '../core/words.ts'
import type { Moving } from './intend.ts'
import type { Sight } from './look.ts'

/** One notification per person per act; nobody is told of what they did themselves on the form (O13, O14). */
export async function tellObservers(
  tx: Tx,
  item: Named & { readonly id: string; readonly organisationId: string },
  change: { readonly added: readonly string[]; readonly removed: readonly string[]; readonly by: string | null },
  at: Date,
): Promise<void> {
  const by = change.by ? ((await peopleById(tx, [change.by])).get(change.by)?.name ?? null) : null
  const others = (people: readonly string[]) => people.filter((id) => id !== change.by)
  const base = { organisationId: item.organisationId, itemId: item.id, byId: change.by, at }
  await notify(tx, [
    ...others(change.added).map((personId) => ({ ...base, personId, kind: 'observer-added' as const, text: addedAsObserver(by, item) })),
    ...others(change.removed).map((personId) => ({
      ...base,
      personId,
      kind: 'observer-removed' as const,
      text: removedAsObserver(by, item),
    })),
  ])
}

/** Whoever a turn made an observer, in words for how that came. Whoever pressed Discuss did it themselves. */
export async function tellListed(tx: Tx, link: LinkRow, sight: Sight, listed: readonly Moving[], at: Date): Promise<void> {
  const { item } = sight.reading
  const told = listed.filter(({ by }) => by.how !== 'discuss')
  const people = await peopleById(
    tx,
    told.flatMap(({ by }) => by.person ?? []),
  )
  await notify(
    tx,
    told.map(({ planned: { person }, by }) => {
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
