import { linkOfItem, type LinkRow, type SeatRow, seatsOf } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { asLinkId, type OrganisationId } from '../../core/ids.ts'
import type { Engine } from '../engine.ts'
import { turn } from '../reconcile.ts'

/** Turns tried for one act of somebody's, while another process may hold the item's lane. What cannot be done now stays due. */
const TURNS_MAX = 20
const BUSY_MS = 250

/** Brings the two sides of an item to agreement now, so that whoever acted hears how it stands. Null: there is no chat. */
export async function agree(engine: Engine, organisation: OrganisationId, itemId: string): Promise<Standing | null> {
  const link = await inOrganisation(engine.db, organisation, (tx) => linkOfItem(tx, itemId))
  if (!link) return null
  for (let turns = 0; turns < TURNS_MAX; turns++) {
    const result = await turn(engine, organisation, asLinkId(link.id), true)
    if (result.kind === 'stopped' || (result.kind === 'done' && !result.again)) break
    if (result.kind === 'busy') await engine.clock.wait(BUSY_MS)
  }
  engine.wake()
  return inOrganisation(engine.db, organisation, async (tx) => {
    const after = (await linkOfItem(tx, itemId)) ?? link
    return { link: after, seats: new Map((await seatsOf(tx, link.id)).map((seat) => [seat.personId, seat])) }
  })
}

export type Standing = { readonly link: LinkRow; readonly seats: ReadonlyMap<string, SeatRow> }

/** Observes from outside by choice: their own, or of whoever put them on the item. */
export const isOut = (seat: Pick<SeatRow, 'settled' | 'listed' | 'inChat'> | undefined): boolean =>
  seat !== undefined && seat.settled && seat.listed && !seat.inChat
