import { chatButton } from './direct.ts'
import type { ItemDetails, ItemType } from './item.ts'
import { aboutPerson } from './press.ts'
import type { Button, Message, Part } from './screen.ts'

/** A person's own page in their chat system: what waits for them first, then what is theirs. */

/** So many of each are shown; the others are in the web list. */
export const HOME_ROWS_MAX = 8

export type HomeItem = ItemDetails & {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly type: ItemType
  readonly url: string
  /** Where its chat opens for this person; null where they are not in it. */
  readonly chatUrl: string | null
  /** Can a chat be opened for it? */
  readonly discussable: boolean
}

export type HomeRequest = {
  readonly item: { readonly id: string; readonly key: string; readonly title: string }
  readonly person: { readonly id: string; readonly name: string }
}

export type Shown<Row> = { readonly rows: readonly Row[]; readonly total: number }

export type Home = {
  readonly requests: Shown<HomeRequest>
  readonly mine: Shown<HomeItem>
  readonly observing: Shown<HomeItem>
  /** Named on the item and not in its chat, because they left or chose so. */
  readonly out: Shown<HomeItem>
  /** Why nothing can be discussed now; null: it can. */
  readonly whyOff: string | null
}

export function homePage(home: Home, publicUrl: string): Message {
  const { requests, mine, observing, out, whyOff } = home
  const parts = [
    ...section('Waiting for you', null, requests, requestParts, `${publicUrl}/notifications`),
    ...section('My items', null, mine, itemParts, `${publicUrl}/?mine=true`),
    ...section('Observing', null, observing, itemParts, `${publicUrl}/?observing=true`),
    ...section(
      'Out of the chat',
      'You go on observing these, and nobody adds you to their chats. Discuss takes you back in at any time.',
      out,
      itemParts,
      publicUrl,
    ),
  ]
  return {
    text: 'Your items in Ringside',
    parts: [
      {
        part: 'buttons',
        buttons: [
          ...(whyOff ? [] : [{ label: 'Discuss a CRM item', press: { name: 'choose-item', about: '' }, tone: 'primary' } as const]),
          { label: 'Open Ringside', press: { name: 'open-page', about: 'ringside' }, url: publicUrl },
          { label: 'New private chat', press: { name: 'new-chat', about: '' } },
        ],
      },
      ...(whyOff ? [{ part: 'text', text: whyOff } as const] : []),
      ...(parts.length > 0 || whyOff ? parts : [{ part: 'text', text: NOTHING_YET } as const]),
    ],
  }
}

const NOTHING_YET =
  'Nothing here yet. The items that you are responsible for or observe will be here, each with its chat. Press Discuss a CRM item to find one.'

function section<Row>(
  title: string,
  about: string | null,
  { rows, total }: Shown<Row>,
  partsOf: (row: Row) => readonly Part[],
  all: string,
): readonly Part[] {
  if (total === 0) return []
  const shown = rows.slice(0, HOME_ROWS_MAX)
  const left = total - shown.length
  return [
    { part: 'text', text: `${title} (${total})`, tone: 'title' },
    ...(about ? [{ part: 'text', text: about, tone: 'quiet' } as const] : []),
    ...shown.flatMap(partsOf),
    ...(left > 0 ? [{ part: 'link', title: `and ${left} more`, url: all } as const] : []),
  ]
}

function itemParts(item: HomeItem): readonly Part[] {
  const amount = item.amount === null ? null : `${item.amount.toLocaleString('en')} ${item.currency ?? ''}`.trim()
  const facts = [item.stage, amount].filter((fact) => fact !== null).join(' · ')
  const open: Button = { label: 'Open item', press: { name: 'open-page', about: item.id }, url: item.url }
  const button = item.discussable || item.chatUrl ? chatButton(item.id, item.chatUrl) : open
  return [{ part: 'row', text: `${item.title} (${item.key})\n${facts}`, button }]
}

function requestParts({ item, person }: HomeRequest): readonly Part[] {
  const about = aboutPerson(item.id, person.id)
  return [
    { part: 'text', text: `${person.name} asks for access to ${item.title} (${item.key}).` },
    {
      part: 'buttons',
      buttons: [
        { label: 'Grant', press: { name: 'grant-access', about }, tone: 'primary' },
        { label: 'Deny', press: { name: 'deny-access', about } },
      ],
    },
  ]
}

/** For somebody who could not be matched with anybody in the CRM (U10): `why` says which address was looked for, and who can mend it. */
export const unmatchedHome = (why: string, publicUrl: string): Message => ({
  text: 'Connect your account',
  parts: [
    { part: 'text', text: 'Connect your account', tone: 'title' },
    { part: 'text', text: why },
    { part: 'text', text: 'Once it is mended, open this page again: Ringside looks anew each time.', tone: 'quiet' },
    { part: 'buttons', buttons: [{ label: 'Open Ringside', press: { name: 'open-page', about: 'ringside' }, url: publicUrl }] },
  ],
})
