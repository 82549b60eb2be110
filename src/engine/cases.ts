import type { EvidenceRow, LinkRow, SeatRow } from '../../db/links.ts'
import type { PersonRow } from '../../db/people.ts'
import type { Capabilities } from '../core/capability.ts'
import { NO_SEAT, type Open, type Seat, type Standing, type Told } from '../core/facts.ts'
import { asPersonId } from '../core/ids.ts'
import { isListed, listedPeople } from '../core/item.ts'
import type { SeatCase } from '../core/plan.ts'
import type { Sight } from './look.ts'

/** Puts what was read, remembered and told of each person into the form that the rule takes. */
export function casesOf(
  link: LinkRow,
  sight: Sight,
  seats: readonly SeatRow[],
  evidence: readonly EvidenceRow[],
  capabilities: Capabilities,
  nowMs: number,
): SeatCase[] {
  const { item } = sight.reading
  const bySeat = new Map(seats.map((seat) => [seat.personId, seat]))
  const inside = peopleInside(sight)
  const told = tellingsOf(sight, evidence)
  const concerned = new Set<string>([...listedPeople(item), ...inside, ...bySeat.keys(), ...told.joined, ...told.wished, ...told.staysOut])

  return [...concerned].flatMap((id): SeatCase[] => {
    const row = sight.people.get(id)
    if (!row) return []
    const person = asPersonId(id)
    const seat = bySeat.get(id)
    return [
      {
        person,
        before: seatFrom(seat),
        reading: {
          listed: isListed(item, person),
          responsible: item.responsible === person,
          inChat: inside.has(id),
          standing: standingOf(row, sight),
          trust: {
            vanishedListing: item.revision === null ? 'twice' : 'once',
            chat: capabilities.readings === 'lagging' ? 'twice' : 'once',
          },
        },
        selfListed: sight.reading.selfListed.includes(person),
        open: openOf(seat, sight),
        told: {
          joined: told.joined.has(id),
          wished: told.wished.has(id),
          staysOut: told.staysOut.has(id),
          relisted: sight.reading.relisted.includes(person),
        } satisfies Told,
        resting: seat?.refused && seat.refused.retryAtMs > nowMs && !told.wished.has(id) ? seat.refused.move : null,
      },
    ]
  })
}

export function seatFrom(row: SeatRow | undefined): Seat {
  if (!row) return NO_SEAT
  const { settled, listed, responsible, inChat, past, doubted } = row
  return { settled, listed, responsible, inChat, past, doubted }
}

/** People in the chat, by any of their accounts. Accounts that nobody is matched with have no seat. */
function peopleInside(sight: Sight): ReadonlySet<string> {
  return new Set([...sight.members].flatMap((account) => sight.accounts.get(account)?.personId ?? []))
}

function tellingsOf(sight: Sight, evidence: readonly EvidenceRow[]) {
  const whose = (row: EvidenceRow) => row.personId ?? (row.account ? sight.accounts.get(row.account)?.personId : null) ?? []
  const told = (kind: EvidenceRow['kind']) => new Set(evidence.filter((row) => row.kind === kind).flatMap(whose))
  // An invitation is good as long as the listing it came with; only one's own wish lists somebody.
  const listed = listedPeople(sight.reading.item)
  const invited = [...told('invited')].filter((id) => listed.has(asPersonId(id)))
  return { joined: told('joined'), wished: new Set([...told('wished'), ...invited]), staysOut: told('stays-out') }
}

function standingOf(row: PersonRow, sight: Sight): Standing {
  const account = sight.accountOf.get(row.id)
  if (!row.active || account?.active === false) return 'inactive'
  return row.role === 'guest' || account?.kind === 'guest' ? 'guest' : 'employee'
}

/**
 * An intention on record is open: `intend` takes it off once a look began after the call's life, because what a call did in its
 * last moment is first seen then. The item may have changed since a listing was asked for; only a removal of this very person
 * speaks against it.
 */
function openOf(seat: SeatRow | undefined, sight: Sight): Open {
  if (!seat) return { admit: false, expel: false, list: 'no' }
  const { item, removed } = sight.reading
  const moved = item.revision !== seat.listRevision
  const overtaken = moved && (removed === null || removed.includes(asPersonId(seat.personId)))
  return {
    admit: seat.admitUntil !== null,
    expel: seat.expelUntil !== null,
    list: seat.listUntil ? (overtaken ? 'overtaken' : 'open') : 'no',
  }
}
