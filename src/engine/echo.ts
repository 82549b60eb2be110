import { type LinkRow, seatOf } from '../../db/links.ts'
import type { Tx } from '../../db/open.ts'
import { connectionById } from '../../db/organisations.ts'
import { accountsById } from '../../db/people.ts'
import { asConnectionId } from '../core/ids.ts'
import { isOwnEcho } from '../core/snapshot.ts'
import type { News } from '../ports/inbound.ts'

/** Chat systems tell us of our own calls too. Word of what we did and know of is nothing to look at, and is not remembered as evidence. */
export async function saysNothingNew(
  tx: Tx,
  link: LinkRow,
  news: Extract<News, { kind: 'joined' | 'left' | 'chat-changed' }>,
  nowMs: number,
): Promise<boolean> {
  if (news.kind === 'chat-changed' || !link.members) return false
  const { appAccount } = await connectionById(tx, link.connectionId)
  if (news.kind === 'joined' && (appAccount === null || news.by !== appAccount)) return false
  const person = (await accountsById(tx, asConnectionId(link.connectionId), [news.account])).get(news.account)?.personId
  const seat = person ? await seatOf(tx, link.id, person) : null
  return isOwnEcho(news.kind === 'left' ? 'left' : 'joined through us', {
    inside: link.members.includes(news.account),
    // While the item is shown, the turn has remembered everything it did.
    laneHeld: !link.showing && link.leaseUntil !== null && link.leaseUntil.getTime() > nowMs,
    underWay: { admit: isOpen(seat?.admitUntil), expel: isOpen(seat?.expelUntil) },
  })
}

const isOpen = (until: Date | null | undefined): boolean => until !== null && until !== undefined
