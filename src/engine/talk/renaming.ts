import { type LinkRow, updateLink } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { ask } from '../../core/capability.ts'
import { asChatId } from '../../core/ids.ts'
import type { Dialog, Message, Values } from '../../core/screen.ts'
import * as words from '../../core/words/people.ts'
import { type Here, isHere, itemHere } from './here.ts'
import type { Attempt, Reply, Talk } from './talk.ts'

/**
 * Another name for an item's chat. Whoever may change the people of the item may name its chat; what people named stays named so, and
 * follows the item no longer (K2, C8).
 */
const NAME_MAX = 80
const UNCERTAIN_MS = 5_000

export async function renameDialog(at: Talk, about: string): Promise<Dialog | Message> {
  const here = await chatHere(at, about)
  if (!isHere(here)) return here
  return {
    name: 'rename-chat',
    about: here.facts.id,
    title: 'Rename the chat',
    submit: 'Rename',
    parts: [
      {
        part: 'field',
        name: 'name',
        label: 'Name',
        help: `Ringside does not rename it any more when ${here.facts.key} gets another title.`,
        required: true,
        input: { kind: 'text', value: here.link.name, lines: 'one', max: NAME_MAX },
      },
    ],
  }
}

export const renameFromDialog = (at: Attempt, about: string, values: Values): Promise<Reply> =>
  renameChat(at, about, values['name']?.[0] ?? '')

export async function renameChat(at: Attempt, about: string, name: string): Promise<Reply> {
  const here = await chatHere(at, about)
  if (!isHere(here)) return here
  const asked = ask(at.platform.capabilities, 'rename')
  if (!asked.ok) return { text: `${asked.why} ${asked.instead}` }
  const renamed = await at.platform.rename(asChatId(here.link.chat), name, asked.token)
  if (!renamed.ok) {
    const { failure } = renamed
    if (failure.kind === 'later') return { again: failure.code, afterMs: failure.afterMs, meanwhile: null }
    if (failure.kind === 'uncertain') return { again: failure.code, afterMs: UNCERTAIN_MS, meanwhile: null }
    return { text: failure.why }
  }
  // Null: people named it. Word of the new name may have come before this.
  await inOrganisation(at.engine.db, at.organisation, (tx) => updateLink(tx, here.link.id, { name: renamed.value.name, givenName: null }))
  return { text: words.renamed(here.facts.key, renamed.value.name) }
}

/** An item whose chat is in the system where this is said. */
export type HereWithChat = Here & { readonly link: LinkRow & { readonly chat: string } }

export async function chatHere(at: Talk, about: string): Promise<HereWithChat | Message> {
  const here = await itemHere(at, about, 'appoint')
  if (!isHere(here)) return here
  const { link, facts } = here
  if (!link?.chat || link.connectionId !== at.connection.id) return { text: words.noChatYet(facts.key) }
  return { ...here, link: { ...link, chat: link.chat } }
}
