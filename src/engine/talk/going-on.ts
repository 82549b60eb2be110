import { asAccountId } from '../../core/ids.ts'
import { readAboutChat } from '../../core/press.ts'
import type { Values } from '../../core/screen.ts'
import { freshChatOpened, noSuchItem, opensLater } from '../../core/words.ts'
import { freshChat } from '../fresh-chat.ts'
import { chatUrlOf } from '../urls.ts'
import { viewerOf } from '../viewer.ts'
import { whoIs } from './asker.ts'
import { whoIsMissing } from './discussing.ts'
import type { Again, Attempt, Reply } from './talk.ts'

/** People named in a dialog at most; the others can be added afterwards. */
const NAMED_MAX = 100

/** A fresh chat from here. `left-out` and `added` are people as a dialog's field gives them, where it asks (O27). */
export async function startFreshChat(at: Attempt, about: string, values: Values): Promise<Reply> {
  const { engine, organisation, asker, connection } = at
  const { item, chat } = readAboutChat(about)
  const leftOut = await peopleIn(at, values['left-out'] ?? [])
  if ('again' in leftOut) return leftOut
  const added = await peopleIn(at, values['added'] ?? [])
  if ('again' in added) return added
  const result = await freshChat(engine, organisation, viewerOf(asker), {
    item,
    after: chat ?? at.from.chat,
    leftOut: leftOut.people,
    added: added.people,
  })
  switch (result.kind) {
    case 'hidden':
      return { text: noSuchItem('with that key') }
    case 'refused':
      return { text: result.why }
    case 'unread':
      return { again: 'crm_unavailable', afterMs: result.afterMs, meanwhile: null }
    case 'waiting':
      return { again: 'opening', afterMs: result.afterMs, meanwhile: { text: opensLater(result.item, connection.title, result.afterMs) } }
    case 'open': {
      const text = freshChatOpened(result.item, await whoIsMissing(at, result.outcomes))
      return {
        text,
        parts: [
          { part: 'text', text },
          { part: 'link', title: result.link.name, url: chatUrlOf(engine, result.link) },
        ],
      }
    }
  }
}

/** Whoever is nobody in the CRM can neither be moved nor left behind by us. */
async function peopleIn(at: Attempt, accounts: readonly string[]): Promise<{ readonly people: readonly string[] } | Again> {
  const people: string[] = []
  for (const account of accounts.slice(0, NAMED_MAX)) {
    const found = await whoIs(at, asAccountId(account))
    if ('again' in found) return { ...found, meanwhile: null }
    if (found.person) people.push(found.person.id)
  }
  return { people }
}
