import { may, type Viewer } from './access.ts'
import { ITEM_TYPES, type ItemDetails, type ItemFacts } from './item.ts'
import { money } from './money.ts'
import type { Button, Message, Part } from './screen.ts'

/** The card under a link to an item: it shows what the least privileged of its readers may see, and no more (K5). */

/** Null: somebody we know nothing of, who may see nothing. */
export type Reader = Viewer | null

/** Everybody who can read the message; null: that is not known. */
export type Readers = readonly Reader[] | null

/** `key`: what whoever posted the link gave away with it, which is that there is such an item, of such a type. */
export type Shown = 'nothing' | 'key' | 'all'

type Seen = Pick<ItemFacts, 'type' | 'responsible' | 'observers' | 'key'>

export function shownTo(sharer: Reader, readers: Readers, item: Seen): Shown {
  if (!sees(sharer, item)) return 'nothing'
  return readers?.every((reader) => sees(reader, item)) ? 'all' : 'key'
}

const sees = (reader: Reader, item: Seen): boolean => reader !== null && may(reader, 'see', item).may

export type LinkFacts = {
  readonly item: ItemFacts
  readonly details: ItemDetails
  /** By name; null: nobody. */
  readonly responsible: string | null
  readonly observers: readonly string[]
  readonly url: string
  readonly chat: { readonly url: string } | null
  /** Can it be discussed, and can one be let in to it? */
  readonly discussable: boolean
}

const NAMES_MAX = 5

export function linkCard(shown: Exclude<Shown, 'nothing'>, facts: LinkFacts): Message {
  const { item, url, discussable } = facts
  const called = `${ITEM_TYPES[item.type].title} ${item.key}`
  if (shown === 'key') return cardOf(called, url, [], discussable ? [discussOf(item), requestOf(item)] : [])
  const { details, responsible, observers, chat } = facts
  const line = [ITEM_TYPES[item.type].title, details.stage, money(details.amount, details.currency)].filter((fact) => fact !== '')
  const people = [
    { label: 'Responsible', value: responsible ?? 'Nobody' },
    ...(observers.length > 0 ? [{ label: 'Observers', value: namesOf(observers) }] : []),
  ]
  const open: Button[] = chat ? [{ label: 'Open chat', press: { name: 'open-page', about: item.id }, url: chat.url }] : []
  return cardOf(
    `${item.key} ${item.title}`,
    url,
    [
      { part: 'text', text: line.join(' · ') },
      { part: 'facts', facts: people },
    ],
    [...(discussable ? [discussOf(item)] : []), ...open],
  )
}

function cardOf(title: string, url: string, parts: readonly Part[], buttons: readonly Button[]): Message {
  const row: Part[] = buttons.length > 0 ? [{ part: 'buttons', buttons }] : []
  return { text: title, parts: [{ part: 'link', title, url, tone: 'title' }, ...parts, ...row] }
}

const discussOf = ({ id }: ItemFacts): Button => ({ label: 'Discuss', press: { name: 'discuss', about: id }, tone: 'primary' })

const requestOf = ({ id }: ItemFacts): Button => ({ label: 'Request access', press: { name: 'request-access', about: id } })

function namesOf(names: readonly string[]): string {
  const more = names.length - NAMES_MAX
  return names.slice(0, NAMES_MAX).join(', ') + (more > 0 ? `, +${more}` : '')
}

/** The item whose page in the workspace this is the address of; null for any other address. */
export function itemInLink(publicUrl: string, link: string): string | null {
  if (!URL.canParse(link)) return null
  const [own, url] = [new URL(publicUrl), new URL(link)]
  const path = `${own.pathname.replace(/\/$/, '')}/items/`
  if (url.origin !== own.origin || !url.pathname.startsWith(path)) return null
  return /^([\w-]{1,64})\/?$/.exec(url.pathname.slice(path.length))?.[1] ?? null
}
