import { factsOf, itemById } from '../../../db/items.ts'
import { linkOfChat } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { type Act, may } from '../../core/access.ts'
import type { Field, Option } from '../../core/screen.ts'
import { NO_ITEM_CHOSEN } from '../../core/words/entering.ts'
import type { Errors, Submission } from '../../ports/inbound.ts'
import { refusalFor } from '../items.ts'
import { viewerOf } from '../viewer.ts'
import { itemOption } from './find.ts'
import type { Talk } from './talk.ts'

/** The field that looks for an item. In the chat of an item that one is chosen already. */
export const itemField = async (at: Talk): Promise<Field> => ({
  part: 'field',
  name: 'item',
  label: 'Item',
  required: true,
  input: { kind: 'item', chosen: await itemOfChat(at) },
})

/** Whoever is in the chat and may not see its item is offered nothing. */
async function itemOfChat({ engine, organisation, connection, asker, from: { chat } }: Talk): Promise<Option | null> {
  if (!chat) return null
  return inOrganisation(engine.db, organisation, async (tx) => {
    const link = await linkOfChat(tx, connection.id, chat)
    const item = link && (await itemById(tx, link.itemId))
    return item && may(viewerOf(asker), 'see', factsOf(item)).may ? itemOption(item) : null
  })
}

/** Was an item chosen with which the asker may do this? Said at the field, before anything is written down. */
export const checkItem =
  (act: Act) =>
  async ({ engine, organisation, asker }: Talk, { values }: Pick<Submission, 'values'>): Promise<Errors> => {
    const id = values['item']?.[0] ?? ''
    const item = await inOrganisation(engine.db, organisation, (tx) => itemById(tx, id))
    const refusal = refusalFor(viewerOf(asker), act, item)
    if (!refusal) return {}
    return { item: refusal.reason === 'hidden' ? NO_ITEM_CHOSEN : refusal.why }
  }
