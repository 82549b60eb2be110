import { addEvidence, linkOfChat, type LinkRow, markDue } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { asChatId, asPersonId } from '../../core/ids.ts'
import { isListed } from '../../core/item.ts'
import type { Message } from '../../core/screen.ts'
import * as words from '../../core/words/people.ts'
import { nowOf } from '../engine.ts'
import { agree } from './agree.ts'
import { isHere, itemHere } from './here.ts'
import { asMessage, peopleNamed, takeOff } from './removing.ts'
import type { Attempt, Reply } from './talk.ts'

/** Out of the chat, and goes on observing: as if one had left by the platform's own means (O23, O28). */
export async function leaveChat(at: Attempt, about: string): Promise<Reply> {
  const here = await itemHere(at, about)
  const link = isHere(here) ? here.link : await linkSaidIn(at)
  if (!link?.chat || link.connectionId !== at.connection.id) return isHere(here) ? { text: words.noChatYet(here.facts.key) } : here
  const [outcome] = await at.platform.remove(asChatId(link.chat), [at.from.account])
  switch (outcome?.kind) {
    case 'done':
    case 'already':
      break
    case 'later':
      return { again: outcome.code, afterMs: outcome.afterMs, meanwhile: null }
    case 'uncertain':
    case undefined:
      return { again: 'uncertain', afterMs: 5_000, meanwhile: null }
    case 'refused':
    case 'impossible':
      return { text: outcome.why }
  }
  await stayOut(at, link)
  if (!isHere(here)) return { text: words.leftChat('', 'no') }
  const { facts } = here
  const place = facts.responsible === at.asker.id ? 'responsible' : isListed(facts, asPersonId(at.asker.id)) ? 'observer' : 'no'
  if (outcome.kind === 'already' && at.firstTry && place === 'no') return { text: words.notInChat(facts.key) }
  return withWayBack(words.leftChat(facts.key, place), facts.id)
}

async function stayOut(at: Attempt, link: LinkRow): Promise<void> {
  const { engine, organisation, asker } = at
  const now = nowOf(engine)
  await inOrganisation(engine.db, organisation, async (tx) => {
    await addEvidence(tx, { organisationId: organisation, linkId: link.id, kind: 'stays-out', personId: asker.id, at: now })
    await markDue(tx, link.id, now)
  })
  await agree(engine, organisation, link.itemId)
}

/** Somebody in the chat who may not see its item can leave it all the same. */
const linkSaidIn = ({ engine, organisation, connection, from }: Attempt): Promise<LinkRow | null> => {
  const { chat } = from
  return chat ? inOrganisation(engine.db, organisation, (tx) => linkOfChat(tx, connection.id, chat)) : Promise.resolve(null)
}

const withWayBack = (text: string, item: string): Message => ({
  text,
  parts: [
    { part: 'text', text },
    { part: 'buttons', buttons: [{ label: 'Come back', press: { name: 'discuss', about: item } }] },
  ],
})

/** Off the item, and so out of its chat. */
export async function stopObserving(at: Attempt, about: string): Promise<Reply> {
  const here = await itemHere(at, about, 'appoint')
  if (!isHere(here)) return here
  return asMessage(await takeOff(at, here, await peopleNamed(at, [at.asker.id])))
}
