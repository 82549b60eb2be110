import { factsOf, itemById, type ItemWithObservers } from '../../../db/items.ts'
import { linkOfChat, linkOfItem, type LinkRow } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { type Act, may } from '../../core/access.ts'
import type { ItemFacts } from '../../core/item.ts'
import type { Message } from '../../core/screen.ts'
import { noSuchItem } from '../../core/words.ts'
import { askedElsewhere } from '../../core/words/people.ts'
import { viewerOf } from '../viewer.ts'
import type { Talk } from './talk.ts'

/** The item that something is about: the one a button names, or the one in whose chat it was said. */
export type Here = { readonly current: ItemWithObservers; readonly facts: ItemFacts; readonly link: LinkRow | null }

/** A sentence where there is none that the asker may see, or where they may not do this with it. */
export async function itemHere(at: Talk, about: string, act: Act = 'see'): Promise<Here | Message> {
  const { engine, organisation, connection, platform, asker, from } = at
  const found = await inOrganisation(engine.db, organisation, async (tx): Promise<Here | null> => {
    const link = about ? await linkOfItem(tx, about) : from.chat ? await linkOfChat(tx, connection.id, from.chat) : null
    const itemId = about || link?.itemId
    const current = itemId ? await itemById(tx, itemId) : null
    return current ? { current, facts: factsOf(current), link } : null
  })
  const answer = found ? may(viewerOf(asker), act, found.facts) : null
  if (found && answer?.may) return found
  if (answer && !answer.may && !answer.hidden) return { text: answer.why }
  return { text: about ? noSuchItem('with that key') : askedElsewhere(platform.capabilities.title) }
}

export const isHere = <Found extends Here>(found: Found | Message): found is Found => 'current' in found
