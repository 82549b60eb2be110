import { chatTopic } from './chat.ts'
import { ITEM_TYPES, type ItemDetails, type ItemFacts } from './item.ts'
import { money } from './money.ts'
import type { Policy } from './policy.ts'
import type { Message, Part } from './screen.ts'

/** What an item's chat shows of its item: the topic, the link and the card, all from one state (K3). */

export type CardFacts = {
  readonly item: Pick<ItemFacts, 'id' | 'key' | 'title' | 'type'>
  readonly details: ItemDetails
  /** Where the item is opened. */
  readonly url: string
  /** By name; null: nobody. */
  readonly responsible: string | null
  readonly observers: readonly string[]
  /** Is everybody in the chat somebody who may see the item? Guests and people from outside read no amount. */
  readonly onlyObservers: boolean
  readonly arrows: Policy['arrows']
  /** Chats that the item had before, the latest first. */
  readonly past: readonly PastChat[]
}

export type PastChat = { readonly name: string; readonly url: string }

export type Shows = { readonly topic: string; readonly link: { readonly title: string; readonly url: string }; readonly card: Message }

const OBSERVERS_NAMED_MAX = 5
const PAST_MAX = 3
const TITLE_MAX = 140

export function showsOf(facts: CardFacts): Shows {
  const { item, url } = facts
  return { topic: chatTopic(item), link: { title: titleOf(item), url }, card: cardOf(facts) }
}

function cardOf(facts: CardFacts): Message {
  const { item, url, past } = facts
  const line = factsLine(facts)
  const responsible = facts.responsible ?? 'Nobody'
  const observers = namesLine(facts.observers)
  return {
    text: [titleOf(item), line, `Responsible: ${responsible}`, `Observers: ${observers}`].join('\n'),
    parts: [
      { part: 'link', title: titleOf(item), url, tone: 'title' },
      { part: 'text', text: line },
      {
        part: 'facts',
        facts: [
          { label: 'Responsible', value: responsible },
          { label: 'Observers', value: observers },
        ],
      },
      { part: 'text', text: rulesLine(item.key, facts.arrows), tone: 'quiet' },
      ...past.slice(0, PAST_MAX).map(({ name, url: before }): Part => ({ part: 'link', title: `Earlier chat: ${name}`, url: before })),
      {
        part: 'buttons',
        buttons: [
          { label: 'Add people', press: { name: 'add-people', about: item.id }, tone: 'primary' },
          { label: 'Observers', press: { name: 'observers', about: item.id } },
          { label: 'Open item', press: { name: 'open-page', about: item.id }, url },
          { label: 'Leave', press: { name: 'leave', about: item.id } },
        ],
      },
    ],
  }
}

/** The item was deleted from the CRM: its chat says so, and offers nothing any more. */
export function showsDeleted(url: string): Shows {
  const text = 'The item of this chat was deleted from the CRM. The chat stays as it is, and nobody is moved any more.'
  return { topic: 'The item of this chat was deleted from the CRM.', link: { title: 'Ringside', url }, card: { text } }
}

/** The item has another chat now; the people who are left here are on their own. */
export function showsMoved(item: Pick<ItemFacts, 'key'>, to: PastChat): Shows {
  const text = movedOn(item.key)
  const card: Message = {
    text,
    parts: [
      { part: 'text', text },
      { part: 'link', title: to.name, url: to.url },
    ],
  }
  return { topic: `The discussion of ${item.key} goes on in another chat.`, link: { title: `${item.key} goes on here`, url: to.url }, card }
}

const movedOn = (key: string) =>
  `The discussion of ${key} goes on in a fresh chat. Whoever stays here is in an ordinary private chat: adding somebody here makes nobody an observer of ${key} any more, and taking somebody out changes nothing on it.`

const titleOf = ({ key, title }: Pick<ItemFacts, 'key' | 'title'>) => cut(`${key} ${title}`)
const cut = (text: string) => (text.length <= TITLE_MAX ? text : `${text.slice(0, TITLE_MAX - 1)}…`)

function factsLine({ item, details, onlyObservers }: CardFacts): string {
  const amount = onlyObservers ? money(details.amount, details.currency) : ''
  return [ITEM_TYPES[item.type].title, details.stage, amount].filter((fact) => fact !== '').join(' · ')
}

function namesLine(names: readonly string[]): string {
  if (names.length === 0) return 'Nobody'
  const more = names.length - OBSERVERS_NAMED_MAX
  return names.slice(0, OBSERVERS_NAMED_MAX).join(', ') + (more > 0 ? `, +${more}` : '')
}

/** Only what the organisation's policy lets happen. */
function rulesLine(key: string, arrows: Policy['arrows']): string {
  const rules = [
    ...(arrows.list ? [`Who is added here becomes an observer of ${key}`] : []),
    ...(arrows.expel ? [`${arrows.list ? 'who' : 'Who'} is taken off ${key} leaves this chat`] : []),
  ]
  return rules.length > 0 ? `${rules.join('; ')}.` : `This chat and the observers of ${key} do not follow each other.`
}
