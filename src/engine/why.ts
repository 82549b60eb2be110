import { actsAbout, linkOfItem, type LinkRow, type SeatRow, seatsOf } from '../../db/links.ts'
import { factsOf, type ItemWithObservers } from '../../db/items.ts'
import type { Tx } from '../../db/open.ts'
import { type AccountRow, accountsOf, peopleById, type PersonRow } from '../../db/people.ts'
import { NO_SEAT } from '../core/facts.ts'
import type { Mender } from '../core/failure.ts'
import { asConnectionId, asPersonId } from '../core/ids.ts'
import { isListed, listedPeople } from '../core/item.ts'
import { guestNotBroughtIn, whySentence } from '../core/words.ts'

/** One person's place at one item, as people may look at it: where, since when, through whom, and what stands in the way. */
export type Place = {
  readonly person: PersonRow
  readonly responsible: boolean
  readonly listed: boolean
  readonly inChat: boolean
  readonly settled: boolean
  readonly pending: 'admit' | 'list' | 'expel' | null
  readonly refused: { readonly code: string; readonly why: string; readonly mender: Mender } | null
  readonly reasons: readonly string[]
}

/**
 * Everybody with a place at the item. Who is in the chat without being named on the item is shown to its members only:
 * private means members, for administrators too.
 */
export async function placesAt(tx: Tx, current: ItemWithObservers, viewer: string): Promise<readonly Place[]> {
  const link = await linkOfItem(tx, current.row.id)
  const seats = link ? await seatsOf(tx, link.id) : []
  const listed = listedPeople(factsOf(current))
  const inside = seats.some((seat) => seat.personId === viewer && seat.inChat)
  const shown = [
    ...listed,
    ...(inside ? seats.filter((seat) => seat.inChat && !listed.has(asPersonId(seat.personId))).map((seat) => seat.personId) : []),
  ]
  const people = await peopleById(tx, [...shown, ...current.observers.flatMap((row) => row.addedBy ?? [])])
  const guests = await guestsAmong(tx, link, shown)
  return shown.flatMap((id) => {
    const person = people.get(id)
    return person
      ? [
          placeOf(
            current,
            link,
            person,
            seats.find((seat) => seat.personId === id),
            people,
            guests.has(id),
          ),
        ]
      : []
  })
}

export async function whyOf(
  tx: Tx,
  current: ItemWithObservers,
  person: PersonRow,
  viewer: string,
): Promise<{ sentence: string; place: Place }> {
  const link = await linkOfItem(tx, current.row.id)
  const seats = link ? await seatsOf(tx, link.id) : []
  const inside = seats.some((row) => row.personId === viewer && row.inChat)
  const shown = inside || isListed(factsOf(current), asPersonId(person.id))
  const seat = shown ? seats.find((row) => row.personId === person.id) : undefined
  const people = await peopleById(
    tx,
    current.observers.flatMap((row) => row.addedBy ?? []),
  )
  const isGuest = shown && (await guestsAmong(tx, link, [person.id])).has(person.id)
  const place = placeOf(current, link, person, seat, people, isGuest)
  const acts = link ? await actsAbout(tx, current.row.id, asPersonId(person.id), 50) : []
  const left = acts.find((act) => act.move === 'left' && act.phase === 'seen')
  const sentence = whySentence({
    ...place,
    name: person.name,
    key: factsOf(current).key,
    chatOpen: isOpen(link),
    beenInside: seat?.past === 'been',
    listedHow: listedHow(current, person, people),
    leftOn: left ? day(left.at) : null,
    refused: place.refused?.why ?? null,
  })
  return { sentence, place }
}

const isOpen = (link: LinkRow | null) => link !== null && link.chat !== null

function placeOf(
  current: ItemWithObservers,
  link: LinkRow | null,
  person: PersonRow,
  row: SeatRow | undefined,
  people: ReadonlyMap<string, PersonRow>,
  isGuest: boolean,
): Place {
  const facts = factsOf(current)
  const seat = row ?? { ...NO_SEAT, refused: null, admitUntil: null, expelUntil: null, listUntil: null }
  const listed = isListed(facts, asPersonId(person.id))
  const how = listedHow(current, person, people)
  const pending = link ? pendingOf(seat, listed) : null
  // A guest is brought in by people only, so nothing is on its way.
  const waitsForPeople = pending === 'admit' && isGuest
  return {
    person,
    responsible: facts.responsible === person.id,
    listed,
    inChat: seat.inChat,
    settled: seat.settled,
    pending: waitsForPeople ? null : pending,
    refused: waitsForPeople ? guestWaits(person) : refusedIn(seat),
    reasons: how ? [how] : [],
  }
}

const refusedIn = ({ refused }: Pick<SeatRow, 'refused'>): Place['refused'] =>
  refused ? { code: refused.code, why: refused.why, mender: refused.mender } : null

const guestWaits = ({ name }: PersonRow): Place['refused'] => ({ code: 'guest_account', why: guestNotBroughtIn(name), mender: 'member' })

/** Whoever of these has the account of a guest in the chat system of the item. */
async function guestsAmong(tx: Tx, link: LinkRow | null, people: readonly string[]): Promise<ReadonlySet<string>> {
  const accounts = link ? await accountsOf(tx, asConnectionId(link.connectionId), people) : new Map<string, AccountRow>()
  return new Set([...accounts].flatMap(([person, { kind }]) => (kind === 'guest' ? [person] : [])))
}

function pendingOf(seat: Pick<SeatRow, 'settled' | 'inChat' | 'refused'>, listed: boolean): Place['pending'] {
  if (seat.refused) return null
  if (listed && !seat.inChat && !seat.settled) return 'admit'
  if (!listed && seat.inChat) return seat.settled ? 'expel' : 'list'
  return null
}

/** "Cid Baker added them on 3 November, 14:02" — through whom somebody came onto the item. */
export function listedHow(current: ItemWithObservers, person: PersonRow, people: ReadonlyMap<string, PersonRow>): string | null {
  if (current.row.responsibleId === person.id) return null
  const row = current.observers.find((one) => one.personId === person.id)
  if (!row) return null
  const by = row.addedBy ? people.get(row.addedBy)?.name : null
  const on = `on ${day(row.addedAt)}, ${time(row.addedAt)}`
  switch (row.how) {
    case 'chat':
      return by && row.addedBy !== person.id ? `${by} added them to the chat ${on}` : `They joined the chat ${on}`
    case 'discuss':
      return `They opened the chat ${on}`
    case 'handover':
      return `They were responsible for it until ${day(row.addedAt)}`
    default:
      return by ? `${by} added them ${on}` : `They were added ${on}`
  }
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export const day = (at: Date) => `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
const time = (at: Date) => at.toISOString().slice(11, 16)
