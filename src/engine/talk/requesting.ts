import { readAbout } from '../../core/press.ts'
import type { Message } from '../../core/screen.ts'
import { deniedAccess, grantedAccess, REQUESTED, seenAlready } from '../../core/words/entering.ts'
import { decideRequest, requestAccess } from '../requests.ts'
import { viewerOf } from '../viewer.ts'
import { itemUrlOf } from './discussing.ts'
import type { Attempt, Reply } from './talk.ts'

/** "Request access", and what whoever is responsible makes of it (K8). */

/** One sentence, whether there is such an item or not, and whatever became of an earlier request. */
export async function askForAccess(at: Attempt, about: string): Promise<Reply> {
  const seen = await requestAccess(at.engine, at.organisation, at.asker, readAbout(about).item)
  if (!seen) return { text: REQUESTED }
  const text = seenAlready(seen)
  return {
    text,
    parts: [
      { part: 'text', text },
      { part: 'link', title: seen.key, url: itemUrlOf(at.engine, seen.id) },
      { part: 'buttons', buttons: [{ label: 'Discuss', press: { name: 'discuss', about: seen.id }, tone: 'primary' }] },
    ],
  }
}

export const decideAccess =
  (grant: boolean) =>
  async ({ engine, organisation, asker }: Attempt, about: string): Promise<Message> => {
    const { item, person } = readAbout(about)
    const decided = await decideRequest(engine, organisation, viewerOf(asker), { item, person: person ?? '', grant })
    if (!decided.ok) return { text: decided.why }
    return { text: (grant ? grantedAccess : deniedAccess)(decided.value.person.name, decided.value.item) }
  }
