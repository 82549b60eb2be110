import { factsOf, itemById } from '../../db/items.ts'
import { type Hint, HINTS_CHANNEL } from '../../db/hints.ts'
import { inOrganisation, type OpenDatabase } from '../../db/open.ts'
import { doorTo } from '../../db/web-chats.ts'
import { may } from '../core/access.ts'
import { asOrganisationId } from '../core/ids.ts'
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
    for (const listener of listeners.get(hint.organisation) ?? []) {
      if (await concerns(listener.who, hint)) listener.send(shown(hint))
    }
  }

  async function concerns(who: SignedIn, hint: Hint): Promise<boolean> {
    switch (hint.kind) {
      case 'chats':
      case 'notifications':
        return hint.people.includes(who.viewer.id)
      case 'chat':
        return inOrganisation(
          engine.db,
          asOrganisationId(hint.organisation),
          async (tx) => (await doorTo(tx, who.viewer.id, hint.id)) !== null,
        )
      case 'item':
        return inOrganisation(engine.db, asOrganisationId(hint.organisation), async (tx) => {
          const item = await itemById(tx, hint.id)
          // A deleted item, or one just lost, is looked at again by everybody who may have it on the screen.
          return item === null || may(who.viewer, 'see', factsOf(item)).may
        })
    }
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

function shown(hint: Hint): LiveHint {
  switch (hint.kind) {
    case 'item':
      return { kind: 'item', id: hint.id }
    case 'chat':
      return { kind: 'chat', id: hint.id, seq: hint.seq }
    case 'chats':
      return { kind: 'chats' }
    case 'notifications':
      return { kind: 'notifications' }
  }
}
