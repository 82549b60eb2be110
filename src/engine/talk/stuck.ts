import { factsOf, itemById } from '../../../db/items.ts'
import { linkOfItem, type LinkRow, lockLink, markDue, putSeats, seatsOf, updateLink } from '../../../db/links.ts'
import { inOrganisation, type Tx } from '../../../db/open.ts'
import { keepPastChat } from '../../../db/past-chats.ts'
import { peopleById } from '../../../db/people.ts'
import { may } from '../../core/access.ts'
import { asLinkId } from '../../core/ids.ts'
import type { ItemFacts } from '../../core/item.ts'
import { aboutPerson, readAbout } from '../../core/press.ts'
import type { Button, Message } from '../../core/screen.ts'
import { agreedAgain, noSuchItem, stillRefused } from '../../core/words.ts'
import { nowOf } from '../engine.ts'
import { WAS_THERE } from '../intend.ts'
import { turn } from '../reconcile.ts'
import { viewerOf } from '../viewer.ts'
import { discussItem } from './discussing.ts'
import type { Attempt, Reply } from './talk.ts'

/** What stands in the way of an item's chat, and the two things that whoever reads it can do: have it tried again, or start a new one. */

/** States in which Ringside cannot look into the chat, so that only people know whether it is still there. */
const LOST: ReadonlySet<LinkRow['state']> = new Set(['unreachable', 'closed', 'public'])

/** An item's chat that is stuck. Whoever sees that it is gone for good may say so: nothing but people's word lets go of what is hidden. */
export function stuck(itemId: string, why: string, link: LinkRow | null): Message {
  const buttons = [again(itemId), ...(link && LOST.has(link.state) ? [anew(itemId)] : [])]
  return { text: why, parts: [{ part: 'text', text: why }, ...(link ? [{ part: 'buttons' as const, buttons }] : [])] }
}

export const again = (about: string): Button => ({ label: 'Try again', press: { name: 'try-again', about } })
const anew = (itemId: string): Button => ({ label: 'Start a new chat', press: { name: 'start-anew', about: itemId } })

/** The item, where the presser may change who is on it at this moment; else what they are told. */
async function permitted(
  tx: Tx,
  { asker }: Attempt,
  itemId: string,
): Promise<{ item: ItemFacts; link: LinkRow | null } | { reply: string }> {
  const current = await itemById(tx, itemId)
  const answer = current ? may(viewerOf(asker), 'appoint', factsOf(current)) : { may: false as const, hidden: true as const }
  if (!answer.may || !current) return { reply: 'why' in answer ? answer.why : noSuchItem('with that key') }
  return { item: factsOf(current), link: await linkOfItem(tx, itemId) }
}

/** All that was refused at an item, or for one person there, is tried now. What says no still is said again. */
export async function tryAgain(at: Attempt, about: string): Promise<Reply> {
  const { engine, organisation } = at
  const wanted = readAbout(about)
  const found = await inOrganisation(engine.db, organisation, async (tx) => {
    const allowed = await permitted(tx, at, wanted.item)
    if ('reply' in allowed || !allowed.link) return allowed
    const seats = await seatsOf(tx, allowed.link.id)
    await putSeats(
      tx,
      seats.filter((seat) => seat.refused && isMeant(seat, wanted.person)).map((seat) => ({ ...seat, refused: null })),
    )
    await markDue(tx, allowed.link.id, nowOf(engine))
    return allowed
  })
  if ('reply' in found) return { text: found.reply }
  if (!found.link?.chat) return discussItem(at, wanted.item, 'with that key')
  const result = await turn(engine, organisation, asLinkId(found.link.id), true)
  engine.wake()
  if (result.kind === 'stopped') return stuck(wanted.item, result.failure.why, result.link)
  return { ...(await howItStands(at, found.item, found.link)) }
}

/** Whoever merely was in a chat that was open to all becomes an observer only when somebody says so of them by name. */
const isMeant = (seat: { personId: string; refused: { code: string } | null }, person: string | null): boolean =>
  person ? seat.personId === person : seat.refused?.code !== WAS_THERE

async function howItStands({ engine, organisation }: Attempt, item: ItemFacts, link: LinkRow): Promise<Message> {
  const refused = await inOrganisation(engine.db, organisation, async (tx) => {
    const seats = (await seatsOf(tx, link.id)).filter((seat) => seat.refused)
    const people = await peopleById(
      tx,
      seats.map(({ personId }) => personId),
    )
    return seats.flatMap((seat) => ({ person: seat.personId, name: people.get(seat.personId)?.name ?? '', why: seat.refused?.why ?? '' }))
  })
  if (refused.length === 0) return { text: agreedAgain(item) }
  const rows = refused.map(({ person, name, why }) => ({
    part: 'row' as const,
    text: stillRefused(name, why),
    button: again(aboutPerson(item.id, person)),
  }))
  return { text: refused.map(({ name, why }) => stillRefused(name, why)).join('\n'), parts: rows.slice(0, ROWS_MAX) }
}

const ROWS_MAX = 20

/** Lets go of a chat that Ringside cannot look into, because somebody says that it is gone, and opens the next one. */
export async function startAnew(at: Attempt, about: string): Promise<Reply> {
  const { engine, organisation } = at
  const found = await inOrganisation(engine.db, organisation, async (tx) => {
    const allowed = await permitted(tx, at, about)
    if ('reply' in allowed || !allowed.link) return allowed
    const link = await lockLink(tx, allowed.link.id)
    if (link && LOST.has(link.state)) {
      await keepPastChat(tx, link, nowOf(engine))
      await updateLink(tx, link.id, { state: 'gone' })
    }
    return allowed
  })
  return 'reply' in found ? { text: found.reply } : discussItem(at, about, 'with that key')
}
