import type { Message } from '../../src/ports/chat-platform.ts'

/** The action of a button that chooses an item; its value is the item. */
export const CHOICE_ACTION = 'discuss-item'

/** Slack's limits, in characters, and ours for what a person wants to choose from. */
const SECTION_MAX = 3000
const BUTTON_MAX = 75
const VALUE_MAX = 2000
const CHOICES_MAX = 20

export type SlackMessage = { readonly text: string; readonly blocks: readonly Readonly<Record<string, unknown>>[] }

/** Our plain message as Slack's: nothing in it can become a mention, a link or a format. */
export function slackMessage(message: Message): SlackMessage {
  const link = message.link ? [linkBlock(message.link)] : []
  const choices = (message.choices ?? []).slice(0, CHOICES_MAX).map(choiceBlock)
  const plain = { type: 'section', text: { type: 'plain_text', text: cut(message.text, SECTION_MAX), emoji: false } }
  return { text: plainText(message), blocks: [plain, ...link, ...choices] }
}

/** What notifications and screen readers show in place of the blocks: it has to lead to the chat as well. */
function plainText({ text, link }: Message): string {
  const words = escape(cut(text, SECTION_MAX))
  return link ? `${words}\n${linkText(link)}` : words
}

/** Makes text harmless where Slack would read its own signs into it. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Escaped, and still no longer than `max`. */
export function escapeWithin(text: string, max: number): string {
  let plain = cut(text, max)
  while (escape(plain).length > max) plain = plain.slice(0, -1)
  return escape(plain)
}

type Link = NonNullable<Message['link']>

const linkBlock = (link: Link) => ({ type: 'section', text: { type: 'mrkdwn', text: linkText(link), verbatim: true } })

const linkText = ({ title, url }: Link): string => `<${safeUrl(url)}|${escape(cut(title, BUTTON_MAX)).replaceAll('|', '¦')}>`

/** Each button has a row of its own, because the actions of one row must have different ids. */
function choiceBlock({ title, value }: { readonly title: string; readonly value: string }) {
  if (value.length > VALUE_MAX) throw new Error(`A choice is ${value.length} characters long, at most ${VALUE_MAX}`)
  const button = {
    type: 'button',
    action_id: CHOICE_ACTION,
    text: { type: 'plain_text', text: cut(title, BUTTON_MAX), emoji: false },
    value,
  }
  return { type: 'actions', elements: [button] }
}

function safeUrl(url: string): string {
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`Not an address of a page: ${protocol}`)
  return href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('&', '&amp;')
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`
}
