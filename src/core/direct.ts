import { ITEM_TYPES, type ItemType } from './item.ts'
import { aboutPerson } from './press.ts'
import type { Button, Message, Part } from './screen.ts'

/**
 * What one person is told in their chat system of what others did to their places (O13, O14): when, what is still true of it by then,
 * and in one message however much it was.
 */

/** The notifications that are told in the chat system as well. */
export const TOLD_DIRECTLY = ['observer-added', 'observer-removed', 'access-granted', 'access-requested'] as const
type DirectKind = (typeof TOLD_DIRECTLY)[number]

export const isToldDirectly = (kind: string): kind is DirectKind => (TOLD_DIRECTLY as readonly string[]).includes(kind)

/** What was done with many items at once is told as it is written; it is about no single one of them. */
export const isOfMany = (kind: string): boolean => kind === 'group-action'

/** The rest of an act, or its undoing, is waited for this long. */
export const QUIET_MS = 4_000
/** And no longer than this, however much goes on happening. */
export const QUIET_MAX_MS = 120_000
/** What could not be told for this long is not told any more: it stands in the web workspace. */
export const TELL_WITHIN_MS = 24 * 3_600_000

/** When everything that waits is to be told: once nothing more is on its way, or the first of it has waited long enough. */
export function whenToTell(waiting: readonly { readonly atMs: number; readonly dueMs: number }[]): number {
  const dues = waiting.map(({ dueMs }) => dueMs)
  const patienceMs = Math.min(...waiting.map(({ atMs }) => atMs)) + QUIET_MAX_MS
  return Math.min(Math.max(...dues), Math.max(patienceMs, Math.min(...dues)))
}

export type Happened = { readonly id: number; readonly kind: DirectKind; readonly item: string; readonly by: string | null }

/**
 * Of all that happened, in its order, what is worth telling: one thing an item, and nothing where it came to nothing. `holds` says
 * whether it is still so: who was added and has left since, or was let in by another way, is told nothing that is no longer true.
 */
export function netOf<One extends Happened>(happened: readonly One[], holds: (one: One) => boolean): readonly One[] {
  const [requests, changes] = [
    happened.filter(({ kind }) => kind === 'access-requested'),
    happened.filter(({ kind }) => kind !== 'access-requested'),
  ]
  const net = [...Map.groupBy(changes, ({ item }) => item).values()].flatMap((ofItem) => {
    const [first, last] = [ofItem[0], ofItem.at(-1)]
    if (!first || !last || isGain(first) !== isGain(last)) return []
    // Being let in says more than being added, and both may be told of one act.
    return (isGain(last) && ofItem.findLast(({ kind }) => kind === 'access-granted')) || last
  })
  const once = [...Map.groupBy(requests, ({ item, by }) => aboutPerson(item, by ?? '')).values()].flatMap((ofOne) => ofOne.at(-1) ?? [])
  return [...once, ...net].filter(holds).toSorted((one, other) => one.id - other.id)
}

const isGain = ({ kind }: Happened): boolean => kind !== 'observer-removed'

/** One thing to tell, with what is known of it at this moment. */
export type Line = {
  readonly kind: DirectKind
  /** The sentence that says it alone. */
  readonly text: string
  readonly by: { readonly id: string; readonly name: string } | null
  readonly item: { readonly id: string; readonly type: ItemType; readonly name: string; readonly url: string }
  /** Where its chat opens for this person; null where they are not in it. */
  readonly chatUrl: string | null
  /** May the person see the item now? */
  readonly seen: boolean
}

export type Pages = { readonly observing: string; readonly notifications: string }

const GROUPS_MAX = 5
const ROWS_MAX = 5

/** One message, whatever it holds: what one person did with many items is one sentence. `ofMany`: what group actions did, as it is written. */
export function directMessage(lines: readonly Line[], pages: Pages, ofMany: readonly string[] = []): Message {
  const groups = [...Map.groupBy(lines, ({ kind, by }) => `${kind} ${by?.id ?? ''}`).values()]
  const shown = groups.slice(0, GROUPS_MAX)
  const left = groups.slice(GROUPS_MAX).flat().length
  const more: Part[] = left > 0 ? [{ part: 'link', title: `And ${left} more in Ringside`, url: pages.notifications }] : []
  return {
    text: [...ofMany, ...shown.map(sentenceOf), ...(left > 0 ? [`And ${left} more.`] : [])].join('\n'),
    parts: [
      ...manyParts(ofMany, pages),
      ...shown.flatMap((group) => (group.length === 1 ? group.flatMap(oneLine) : manyLines(group, pages))),
      ...more,
    ],
  }
}

function manyParts(ofMany: readonly string[], pages: Pages): readonly Part[] {
  if (ofMany.length === 0) return []
  return [...ofMany.map((text): Part => ({ part: 'text', text })), { part: 'link', title: 'All that you observe', url: pages.observing }]
}

function sentenceOf(group: readonly Line[]): string {
  const [first] = group
  if (!first || group.length === 1) return first?.text ?? ''
  const what = `${group.length} ${nounFor(group)}`
  const by = first.by?.name
  switch (first.kind) {
    case 'observer-added':
      return `${by ? `${by} added you as` : 'You are now'} an observer of ${what}. You can open them and take part in their chats.`
    case 'observer-removed':
      return `${by ? `${by} removed you` : 'You were removed'} as an observer of ${what}.${group.some(({ seen }) => seen) ? '' : ' You no longer have access to them or their chats.'}`
    case 'access-granted':
      return `${by ?? 'Somebody'} gave you access to ${what}. You can open them and take part in their chats.`
    case 'access-requested':
      return `${by ?? 'Somebody'} asks for access to ${what}.`
  }
}

function nounFor(group: readonly Line[]): string {
  const [type, ...others] = new Set(group.map(({ item }) => item.type))
  return type && others.length === 0 ? ITEM_TYPES[type].plural.toLowerCase() : 'items'
}

function oneLine(line: Line): readonly Part[] {
  return [
    { part: 'text', text: line.text },
    { part: 'buttons', buttons: buttonsOf(line) },
  ]
}

function manyLines(group: readonly Line[], pages: Pages): readonly Part[] {
  const rows = group.slice(0, ROWS_MAX).flatMap((line): Part[] => {
    const [button] = buttonsOf(line)
    return [button ? { part: 'row', text: line.item.name, button } : { part: 'text', text: line.item.name }]
  })
  const left = group.length - rows.length
  const gained = group.some(({ kind }) => kind === 'observer-added' || kind === 'access-granted')
  const list = gained
    ? { title: 'All that you observe', url: pages.observing }
    : { title: 'All of it in Ringside', url: pages.notifications }
  return [
    { part: 'text', text: sentenceOf(group) },
    ...rows,
    ...(left > 0 ? [{ part: 'text', text: `and ${left} more`, tone: 'quiet' } as const] : []),
    { part: 'link', ...list },
  ]
}

/** The one that matters most first. */
function buttonsOf({ kind, item, by, chatUrl, seen }: Line): readonly Button[] {
  const open: Button = { label: 'Open item', press: { name: 'open-page', about: item.id }, url: item.url }
  const chat = chatButton(item.id, chatUrl)
  switch (kind) {
    case 'observer-added':
    case 'access-granted':
      return [chat, open, { label: 'Stop observing', press: { name: 'stop-observing', about: item.id } }]
    case 'observer-removed':
      return seen ? [open] : [{ label: 'Request access', press: { name: 'request-access', about: item.id } }]
    case 'access-requested': {
      const about = aboutPerson(item.id, by?.id ?? '')
      return [
        { label: 'Grant', press: { name: 'grant-access', about }, tone: 'primary' },
        { label: 'Deny', press: { name: 'deny-access', about } },
        open,
      ]
    }
  }
}

/** The link of a chat opens nothing for somebody who is not in it; Discuss lets them in. */
export function chatButton(itemId: string, chatUrl: string | null): Button {
  return chatUrl
    ? { label: 'Open chat', press: { name: 'open-page', about: `chat ${itemId}` }, url: chatUrl }
    : { label: 'Discuss', press: { name: 'discuss', about: itemId } }
}
