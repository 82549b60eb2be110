import { type LinkRow, putSeats, seatsOf, updateLink } from '../../db/links.ts'
import type { Tx } from '../../db/open.ts'
import { organisationOf, policyOf } from '../../db/organisations.ts'
import { pastChatsOf } from '../../db/past-chats.ts'
import { chatName } from '../core/chat.ts'
import { asOrganisationId } from '../core/ids.ts'
import type { ItemFacts } from '../core/item.ts'

/**
 * The item gets another chat, with whoever was in the last one and is named on the item. Nobody's choice to stay out is forgotten
 * unless they are invited, and whoever is left out is treated as if they had made it. Calls about the old chat mean nothing for the new one, and a turn that
 * still runs for the old one has lost its lane. The caller holds the link.
 */
export async function startOver(tx: Tx, link: LinkRow, item: ItemFacts, at: Date, { leftOut, invited } = EVERYBODY): Promise<void> {
  const { chatNames } = policyOf(await organisationOf(tx, asOrganisationId(link.organisationId)))
  const past = await pastChatsOf(tx, link.id)
  const seats = await seatsOf(tx, link.id)
  await putSeats(
    tx,
    seats.map((seat) => ({
      ...seat,
      inChat: false,
      settled: leftOut.has(seat.personId) || (seat.settled && !seat.inChat && !invited.has(seat.personId)),
      refused: null,
      admitUntil: null,
      expelUntil: null,
    })),
  )
  await updateLink(tx, link.id, {
    state: 'opening',
    chat: null,
    members: null,
    membersAt: null,
    url: null,
    why: null,
    name: chatName(item, chatNames, past.length + 1),
    givenName: null,
    wishedName: null,
    renamedTo: null,
    shown: null,
    shownHash: null,
    showing: false,
    unshown: null,
    operation: `ringside-${crypto.randomUUID()}`,
    fence: link.fence + 1,
    leaseUntil: null,
    dueAt: at,
  })
}

type Choice = { readonly leftOut: ReadonlySet<string>; readonly invited: ReadonlySet<string> }
const EVERYBODY: Choice = { leftOut: new Set(), invited: new Set() }
