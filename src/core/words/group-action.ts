import type { Fate, GroupAction, GroupRefusalCode } from '../group-action.ts'
import { ITEM_TYPES, type ItemType } from '../item.ts'
import { enumerate } from './people.ts'

/** Sentences about one act on many items: before it, after it, and for those whom it was about. */

const number = (n: number) => n.toLocaleString('en')

/** "1 deal", "4,812 deals", "12 items". */
export function itemsOf(n: number, type: ItemType | null): string {
  const noun = type ? ITEM_TYPES[type][n === 1 ? 'title' : 'plural'].toLowerCase() : n === 1 ? 'item' : 'items'
  return `${number(n)} ${noun}`
}

const peopleOf = (names: readonly string[]) => (names.length > 2 ? `${names.length} people` : enumerate(names))

export type Foreseen = {
  readonly action: GroupAction
  readonly names: readonly string[]
  /** Whose places are handed over, where it is all of one person's. */
  readonly from: string | null
  readonly type: ItemType | null
  readonly changed: number
  readonly untouched: number
  readonly reasons: readonly { readonly items: number; readonly why: string }[]
  readonly seconds: number
  /** More people than this would leave chats at once; null: not so many. */
  readonly waitsAfter: number | null
}

/** What will happen, before anything does (U4). */
export function previewSentence(foreseen: Foreseen): string {
  const { changed, untouched, reasons, seconds, waitsAfter } = foreseen
  const parts = [
    changed === 0 ? 'Changes nothing.' : willHappen(foreseen),
    ...(untouched > 0 ? [staysAsItIs(foreseen)] : []),
    ...reasons.map(({ items, why }) => `${number(items)} cannot: ${why}`),
    ...(waitsAfter === null ? [] : [`More than ${waitsAfter} people would leave chats at once, so those removals wait for your go-ahead.`]),
    ...(changed === 0 ? [] : [takes(seconds)]),
  ]
  return parts.join(' ')
}

function willHappen({ action, names, from, type, changed }: Foreseen): string {
  const items = itemsOf(changed, type)
  switch (action) {
    case 'add-observers':
      return `Adds ${peopleOf(names)} to ${items}.`
    case 'remove-observers':
      return `Removes ${peopleOf(names)} from ${items}.`
    case 'discuss':
      return changed === 1 ? `Opens the chat of ${items}.` : `Opens the chats of ${items}.`
    case 'hand-over':
      return from ? `${peopleOf(names)} takes ${from}'s place at ${items}.` : `Makes ${peopleOf(names)} responsible for ${items}.`
  }
}

function staysAsItIs({ action, untouched, names }: Foreseen): string {
  const [n, one] = [number(untouched), untouched === 1]
  const them = names.length === 1 ? names[0] : 'them'
  switch (action) {
    case 'add-observers':
      return `${n} ${one ? 'has' : 'have'} ${them} already.`
    case 'remove-observers':
      return `${n} ${one ? 'does' : 'do'} not have ${them}.`
    case 'discuss':
      return one ? `${n} has a chat already.` : `${n} have a chat already.`
    case 'hand-over':
      return one ? `${n} is theirs already.` : `${n} are theirs already.`
  }
}

const MINUTE = 60
const HOUR = 60 * MINUTE

export function takes(seconds: number): string {
  if (seconds < 10) return 'A few seconds.'
  if (seconds < MINUTE) return 'Less than a minute.'
  const [n, unit] = seconds < 90 * MINUTE ? [Math.round(seconds / MINUTE), 'minute'] : [Math.round(seconds / HOUR), 'hour']
  return `About ${n} ${unit}${n === 1 ? '' : 's'}.`
}

/** Why something cannot be, for all items of a kind together. `name` is empty where it is about the items. */
export function reasonOf(action: GroupAction, code: GroupRefusalCode, name: string, type: ItemType | null): string {
  const plural = type ? ITEM_TYPES[type].plural.toLowerCase() : 'items'
  switch (code) {
    case 'not_found':
      return 'There is no such item that you can see.'
    case 'not_allowed':
      return action === 'hand-over'
        ? 'Only the responsible person or a manager can hand them over.'
        : 'Only somebody on the item or a manager can do that.'
    case 'type_without_observers':
      return `${plural[0]?.toUpperCase()}${plural.slice(1)} don't have observers or a chat.`
    case 'type_off':
      return `Observers and chats are switched off for ${plural} in your organisation.`
    case 'observers_off':
      return 'Observers and discussions are switched off in your organisation. An administrator can switch them on in the settings.'
    case 'not_in_plan':
      return "Observers and discussions are not part of your organisation's plan."
    case 'person_inactive':
      return `${name}'s account is switched off.`
    case 'guest_cannot_observe':
      return `${name} is a guest, and guests have no access to items.`
    case 'no_read_access':
      return `${name}'s role has no read access to ${plural}. An administrator can change that under Access permissions.`
    case 'cannot_be_responsible':
      return `${name} can't be responsible for an item.`
  }
}

type Told = {
  readonly fate: Fate
  readonly by: string | null
  readonly items: number
  readonly type: ItemType | null
  /** The one item, where it is one. */
  readonly only: { readonly key: string; readonly title: string } | null
  readonly seesStill: boolean
}

/** One sentence for one person, however many items it was. */
export function toldOfGroup({ fate, by, items, type, only, seesStill }: Told): string {
  const what = only ? `${only.title} (${only.key})` : itemsOf(items, type)
  const [them, chats] = items === 1 ? ['it', 'its chat'] : ['them', 'their chats']
  switch (fate) {
    case 'added':
      return `${by ? `${by} added you as` : 'You are now'} an observer of ${what}. You can open ${them} and take part in ${chats}.`
    case 'removed':
      return `${by ? `${by} removed you` : 'You were removed'} as an observer of ${what}. ${seesStill ? `You can still open ${them}, and are taken out of ${chats}.` : `You no longer have access to ${them} or ${chats}.`}`
    case 'responsible':
      return `${by ?? 'Somebody'} made you responsible for ${what}.`
    case 'goes-on':
      return `Somebody else is responsible for ${what} now. You go on as an observer and can open ${them} at any time.`
  }
}
