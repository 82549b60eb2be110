import { lockLink, markDue, updateLink } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { aboutChat, readAboutChat } from '../../core/press.ts'
import type { Button } from '../../core/screen.ts'
import * as words from '../../core/words/people.ts'
import { nowOf } from '../engine.ts'
import { agree } from './agree.ts'
import { type Here, isHere, itemHere } from './here.ts'
import type { Attempt, Reply } from './talk.ts'

/** Where nobody but people can see whether a card was posted, one of them says that it was not (decision 24). */
export const missingCardButtons = ({ facts, link }: Here): Button[] =>
  link?.chat && link.unshown?.lost
    ? [{ label: 'The card is not there: post it', press: { name: 'post-card', about: aboutChat(facts.id, link.chat) } }]
    : []

export async function postCard(at: Attempt, about: string): Promise<Reply> {
  const { engine, organisation } = at
  const { item, chat } = readAboutChat(about)
  const here = await itemHere(at, item, 'discuss')
  if (!isHere(here)) return here
  const { facts, link } = here
  if (!link) return { text: words.noChatYet(facts.key) }
  await inOrganisation(engine.db, organisation, async (tx) => {
    const current = await lockLink(tx, link.id)
    // A second press finds a card that is known again.
    if (!current?.unshown?.lost || current.chat !== chat) return
    await updateLink(tx, link.id, { unshown: { ...current.unshown, missing: true, retryAtMs: 0 } })
    await markDue(tx, link.id, nowOf(engine))
  })
  const standing = await agree(engine, organisation, facts.id)
  const left = standing?.link.unshown?.card ?? []
  return { text: left.length > 0 ? left.join('\n') : words.cardIsThere(facts.key) }
}
