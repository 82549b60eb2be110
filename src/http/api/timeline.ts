import type { z } from '@hono/zod-openapi'
import { changesOf, type ChangeRow, factsOf, type ItemWithObservers } from '../../../db/items.ts'
import type { Tx } from '../../../db/open.ts'
import { peopleById, type PersonRow } from '../../../db/people.ts'
import { personView } from '../present.ts'
import type { TimelinePage } from './contract.ts'

/** What happened to an item, in sentences. */
export async function timelineOf(
  tx: Tx,
  item: ItemWithObservers,
  before: number | null,
  limit: number,
): Promise<z.infer<typeof TimelinePage>> {
  const rows = await changesOf(tx, item.row.id, before, limit + 1)
  const page = rows.slice(0, limit)
  const named = page.flatMap((row) => [row.personId, row.byId, ...(row.what === 'responsible' ? [row.before, row.after] : [])])
  const people = await peopleById(
    tx,
    named.flatMap((id) => id ?? []),
  )
  return {
    items: page.map((row) => ({
      id: String(row.id),
      at: row.at.toISOString(),
      by: row.byId ? viewOf(people, row.byId) : null,
      text: sentenceOf(row, factsOf(item).key, people),
      kind: KINDS[row.what],
      url: row.what === 'note' ? row.before : null,
    })),
    next: rows.length > limit ? String(page.at(-1)?.id) : null,
  }
}

const KINDS: Record<ChangeRow['what'], 'created' | 'changed' | 'observers' | 'chat' | 'note'> = {
  created: 'created',
  title: 'changed',
  stage: 'changed',
  amount: 'changed',
  responsible: 'changed',
  deleted: 'changed',
  listed: 'observers',
  unlisted: 'observers',
  chat: 'chat',
  note: 'note',
}

function sentenceOf(row: ChangeRow, key: string, people: ReadonlyMap<string, PersonRow>): string {
  const name = (id: string | null) => (id ? (people.get(id)?.name ?? 'Somebody') : 'Nobody')
  const by = row.byId ? name(row.byId) : null
  const who = name(row.personId)
  switch (row.what) {
    case 'created':
      return by ? `${by} created ${key}.` : `${key} was created.`
    case 'title':
      return `${by ?? 'Somebody'} renamed it from “${row.before}”.`
    case 'stage':
      return `${by ?? 'Somebody'} moved it from ${row.before} to ${row.after}.`
    case 'amount':
      return `${by ?? 'Somebody'} changed the amount from ${row.before ?? 'none'} to ${row.after ?? 'none'}.`
    case 'responsible':
      return `${by ?? 'Somebody'} made ${name(row.after)} responsible${row.before ? ` after ${name(row.before)}` : ''}.`
    case 'deleted':
      return `${by ?? 'Somebody'} deleted it.`
    case 'chat':
      return `${by ?? 'Somebody'} opened its chat${row.after ? ` in ${row.after}` : ''}.`
    case 'note':
      return row.after ?? ''
    case 'listed':
      return listedSentence(row, who, by)
    case 'unlisted':
      return by ? `${by} removed ${who} as an observer.` : `${who} is no longer an observer.`
  }
}

function listedSentence(row: ChangeRow, who: string, by: string | null): string {
  if (row.how === 'chat')
    return by && row.byId !== row.personId
      ? `${by} added ${who} to the chat, so ${who} observes.`
      : `${who} joined the chat, so ${who} observes.`
  if (row.how === 'discuss') return `${who} opened the chat, so ${who} observes.`
  if (row.how === 'handover') return `${who} was responsible before and goes on as an observer.`
  return by ? `${by} added ${who}.` : `${who} was added.`
}

function viewOf(people: ReadonlyMap<string, PersonRow>, id: string) {
  const row = people.get(id)
  return row ? personView(row) : null
}
