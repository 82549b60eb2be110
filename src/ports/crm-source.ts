import type { Outcome, Result } from '../core/failure.ts'
import type { ItemId, PersonId } from '../core/ids.ts'
import type { ItemDetails, ItemFacts } from '../core/item.ts'

/**
 * A CRM, as the engine sees it. The built-in CRM is one like any other. Ids are Ringside's own: the adapter keeps
 * its vendor's ids to itself.
 */
export interface CrmSource {
  readonly capabilities: CrmCapabilities
  /** At most 200 items a call; one answer each, in the order asked. */
  read(queries: readonly ItemQuery[]): Promise<Result<readonly ItemReading[]>>
  /** Adds and removes observers by difference. A list that changed since `revision` is a refusal with the code `conflict`. */
  changeObservers(change: ObserverChange): Promise<Result<ObserversChanged>>
  /** Writes a line to the item's timeline (K6). The same line of the same person, said at the same place, is written once. */
  comment(comment: ItemComment): Promise<Result<void>>
}

export type CrmCapabilities = {
  readonly source: string
  readonly title: string
  /** Does a reading carry a revision that grows with every change? Without one a vanished listing is believed at the second reading. */
  readonly revisions: boolean
  /** `delta`: a change cannot overwrite somebody else's. `whole-list`: it can; say so on the admin page. */
  readonly writes: 'delta' | 'whole-list'
}

export type ItemQuery = {
  readonly id: ItemId
  /** The revision last acted upon, so that the source can tell who came and went since; null: none. */
  readonly since: number | null
}

export type ItemReading =
  | {
      readonly kind: 'item'
      readonly item: ItemFacts
      readonly details: ItemDetails
      /** People who are listed now and were not at some moment since. Empty where the source cannot tell. */
      readonly relisted: readonly PersonId[]
      /** People who put themselves on the list, as far as the source tells. */
      readonly selfListed: readonly PersonId[]
      /** People who were taken off since and are not listed now; null where the source cannot tell. */
      readonly removed: readonly PersonId[] | null
    }
  /** Deleted, and the source is sure of it. */
  | { readonly kind: 'gone'; readonly id: ItemId }
  /** It may exist; we may not see it. Never "no observers". */
  | { readonly kind: 'forbidden'; readonly id: ItemId; readonly why: string }

export type ObserverChange = {
  readonly id: ItemId
  readonly add: readonly PersonId[]
  readonly remove: readonly PersonId[]
  /** Write only if the item is still at this revision; null: write whatever it is. */
  readonly revision: number | null
  /** Who or what caused it, for the item's history. */
  readonly by: Author
}

export type ItemComment = {
  readonly id: ItemId
  readonly text: string
  /** Where it was said, for whoever may go there. */
  readonly url: string | null
  readonly by: PersonId
}

export type Author = { readonly person: PersonId | null; readonly how: 'form' | 'chat' | 'discuss' | 'handover' | 'rule' }

export type ObserversChanged = { readonly revision: number | null; readonly outcomes: ReadonlyMap<PersonId, Outcome> }
