import { factsOf, itemThatWas } from '../../db/items.ts'
import { type Hint, HINTS_CHANNEL } from '../../db/hints.ts'
import { inOrganisation, type OpenDatabase, type Tx } from '../../db/open.ts'
import { peopleById } from '../../db/people.ts'
import { memberIds, whoSees } from '../../db/web-chats.ts'
import { may } from '../core/access.ts'
import { asOrganisationId } from '../core/ids.ts'
import { viewerOf } from '../engine/viewer.ts'
import type { Engine } from '../engine/engine.ts'
import type { LiveHint } from './api/contract.ts'
import type { SignedIn } from './context.ts'

/**
 * Live hints: that something changed, never what. Each hint is checked against each listener's rights at the moment it
 * is given, so whoever was taken out of a chat a second ago hears nothing more of it.
 */
export type Hub = {
  join(who: SignedIn, send: (hint: LiveHint) => void): () => void
  close(): Promise<void>
}

type Listener = { readonly who: SignedIn; readonly send: (hint: LiveHint) => void }

export async function openHub(engine: Engine, database: OpenDatabase): Promise<Hub> {
  const listeners = new Map<string, Set<Listener>>()
  const stopListening = await database.listen(HINTS_CHANNEL, (payload) => {
    const hint = JSON.parse(payload) as Hint
    void spread(hint).catch((error: unknown) => engine.log.error({ error: String(error) }, 'A hint could not be given.'))
  })

  async function spread(hint: Hint): Promise<void> {
    const here = [...(listeners.get(hint.organisation) ?? [])]
    if (here.length === 0) return
    const present = [...new Set(here.map((listener) => listener.who.viewer.id))]
    const concerned = await inOrganisation(engine.db, asOrganisationId(hint.organisation), (tx) => whomItConcerns(tx, hint, present))
    for (const listener of here) if (concerned.has(listener.who.viewer.id)) listener.send(shown(hint))
  }

  return {
    join(who, send) {
      const listener = { who, send }
      const mine = listeners.get(who.organisation) ?? new Set()
      listeners.set(who.organisation, mine.add(listener))
      send({ kind: 'hello' })
      return () => mine.delete(listener)
    },
    close: stopListening,
  }
}

/** Of the people who listen, as they are now: whoever was switched off, or lost the right, hears nothing more. */
async function whomItConcerns(tx: Tx, hint: Hint, present: readonly string[]): Promise<ReadonlySet<string>> {
  const people = [...(await peopleById(tx, present)).values()].filter((row) => row.active)
  const among = (ids: readonly string[]) => new Set(people.filter((row) => ids.includes(row.id)).map((row) => row.id))
  switch (hint.kind) {
    case 'chats':
    case 'notifications':
      return among(hint.people)
    case 'items':
      return among(people.filter((row) => row.role !== 'guest').map((row) => row.id))
    case 'chat':
      return among(await whoSees(tx, hint.id, hint.seq))
    case 'typing':
      return among((await memberIds(tx, hint.id)).filter((id) => id !== hint.by))
    case 'item': {
      // A deleted item is looked at again by those who could open it, and by nobody else: others do not know of it.
      const item = await itemThatWas(tx, hint.id)
      const seeing = item ? people.filter((row) => may(viewerOf(row), 'see', factsOf(item)).may).map((row) => row.id) : []
      return among([...seeing, ...(hint.lost ?? [])])
    }
  }
}

function shown(hint: Hint): LiveHint {
  switch (hint.kind) {
    case 'item':
      return { kind: 'item', id: hint.id }
    case 'chat':
      return { kind: 'chat', id: hint.id, seq: hint.seq }
    case 'typing':
      return { kind: 'typing', id: hint.id, by: hint.by }
    case 'chats':
      return { kind: 'chats' }
    case 'notifications':
      return { kind: 'notifications' }
    case 'items':
      return { kind: 'items' }
  }
}
