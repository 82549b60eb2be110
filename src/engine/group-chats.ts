import type { Step, WithoutChat } from '../../db/group-steps.ts'
import { lockLink, updateLink } from '../../db/links.ts'
import type { Tx } from '../../db/open.ts'
import { connectionFor, organisationOf, policyOf } from '../../db/organisations.ts'
import { itemChange, link } from '../../db/schema.ts'
import { chatName, chatTopic } from '../core/chat.ts'
import { asItemId, asOrganisationId } from '../core/ids.ts'
import { keyOf } from '../core/item.ts'
import { startOver } from './start-over.ts'

/**
 * Opens the chats of many items: each gets its link and a turn that is due, and the turns open them as fast as the chat system lets them.
 * Whoever asked joins none of them by that (decision 51).
 */
export async function openChats(tx: Tx, step: Step, items: readonly WithoutChat[]): Promise<number> {
  const fresh = items.filter((one) => one.link === null)
  for (const one of items) if (one.link !== null) await openAnew(tx, step, one, one.link)
  return items.length - fresh.length + (fresh.length > 0 ? await linkAll(tx, step, fresh) : 0)
}

async function linkAll(tx: Tx, { organisation, actionId, viewer, at }: Step, items: readonly WithoutChat[]): Promise<number> {
  const settings = await organisationOf(tx, asOrganisationId(organisation))
  const connection = await connectionFor(tx, settings)
  const { chatNames } = policyOf(settings)
  const rows = items.map((item) => {
    const id = crypto.randomUUID()
    const facts = { ...item, key: keyOf(item.type, item.number) }
    return {
      organisationId: organisation,
      id,
      itemId: item.id,
      connectionId: connection.id,
      platform: connection.platform,
      operation: `ringside-${id}`,
      name: chatName(facts, chatNames),
      topic: chatTopic(facts),
      state: 'opening' as const,
      openedBy: viewer.id,
      dueAt: at,
      groupActionId: actionId,
      createdAt: at,
    }
  })
  // Somebody may press Discuss at one of them at this moment: theirs is the one (O21).
  const made = new Set(
    (await tx.insert(link).values(rows).onConflictDoNothing().returning({ itemId: link.itemId })).map((row) => row.itemId),
  )
  const said = items.filter(({ id }) => made.has(id))
  if (said.length === 0) return 0
  await tx.insert(itemChange).values(
    said.map(({ id, revision }) => ({
      organisationId: organisation,
      itemId: id,
      revision,
      what: 'chat' as const,
      byId: viewer.id,
      how: 'discuss',
      after: connection.title,
      at,
    })),
  )
  return said.length
}

/** Its chat was deleted. */
async function openAnew(tx: Tx, { actionId, at }: Step, item: WithoutChat, linkId: string): Promise<void> {
  const gone = await lockLink(tx, linkId)
  if (gone?.state !== 'gone') return
  const key = keyOf(item.type, item.number)
  const facts = {
    id: asItemId(item.id),
    type: item.type,
    key,
    title: item.title,
    responsible: null,
    observers: [],
    revision: item.revision,
  }
  await startOver(tx, gone, facts, at)
  await updateLink(tx, linkId, { groupActionId: actionId })
}
