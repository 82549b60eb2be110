import type { Message, Part } from '../../src/core/screen.ts'
import { type Block, BLOCKS_MAX, blocksOf } from './blocks.ts'
import { cut, escape, linkText } from './text.ts'

const SUMMARY_MAX = 3000

export type SlackMessage = { readonly text: string; readonly blocks: readonly Block[] }

/** Our plain message as Slack's: nothing in it can become a mention, a link or a format. */
export function slackMessage({ text, parts = [{ part: 'text', text }] }: Message): SlackMessage {
  return { text: plainText(text, parts), blocks: blocksOf(parts).slice(0, BLOCKS_MAX) }
}

/** What notifications and screen readers show in place of the blocks: it has to lead to the same place. */
function plainText(text: string, parts: readonly Part[]): string {
  const words = escape(cut(text, SUMMARY_MAX))
  const link = parts.find((part) => part.part === 'link')
  return link ? `${words}\n${linkText(link)}` : words
}
