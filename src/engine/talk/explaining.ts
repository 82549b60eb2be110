import { factsOf, itemById } from '../../../db/items.ts'
import { linkOfChat } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { type PersonRow, searchPeople } from '../../../db/people.ts'
import { may } from '../../core/access.ts'
import { askWhyInChat, whoIsThat } from '../../core/words.ts'
import type { Verb } from '../../ports/inbound.ts'
import { viewerOf } from '../viewer.ts'
import { whyOf } from '../why.ts'
import { whoIs } from './asker.ts'
import type { Attempt, Reply } from './talk.ts'

/** `/discuss why @person`: why somebody is in this chat, or is not (U2). */
export async function explainSeat(at: Attempt, verb: Extract<Verb, { name: 'why' }>): Promise<Reply> {
  const { engine, organisation, connection, platform, asker, from } = at
  const person = await whoIsMeant(at, verb)
  if (person === 'later') return { again: 'profile', afterMs: 5_000, meanwhile: null }
  return inOrganisation(engine.db, organisation, async (tx) => {
    const link = from.chat ? await linkOfChat(tx, connection.id, from.chat) : null
    const current = link ? await itemById(tx, link.itemId) : null
    if (!current || !may(viewerOf(asker), 'see', factsOf(current)).may) return { text: askWhyInChat(platform.capabilities.title) }
    if (!person) return { text: whoIsThat(verb.words) }
    return { text: (await whyOf(tx, current, person, asker.id)).sentence }
  })
}

async function whoIsMeant(at: Attempt, verb: Extract<Verb, { name: 'why' }>): Promise<PersonRow | null | 'later'> {
  if (verb.account) {
    const found = await whoIs(at, verb.account)
    return 'again' in found ? 'later' : found.person
  }
  const words = verb.words.replace(/^@/, '').trim()
  if (!words) return at.asker
  const [only, other] = await inOrganisation(at.engine.db, at.organisation, (tx) => searchPeople(tx, words, 2))
  return only && !other ? only : null
}
