import { isDialogName } from '../../src/core/press.ts'
import type { Button, Message, Part } from '../../src/core/screen.ts'
import type { Fields } from './fields.ts'

/** Draws a message as an Adaptive Card. Its texts are plain runs, so that nothing in them is read as a sign of Markdown. */

const VERSION = '1.5'
const CARD = 'application/vnd.microsoft.card.adaptive'
/** Teams takes 28 KB a message; these keep even the longest within. */
const PARTS_MAX = 60
const TEXT_MAX = 4_000
const SUMMARY_MAX = 1_000
const FACTS_MAX = 20
const BUTTONS_MAX = 6

/** What the bot sends: plain words where there are no parts, else a card. */
export function activityOf(message: Message): Fields {
  return message.parts ? cardActivity(message) : { type: 'message', textFormat: 'plain', text: cut(message.text, TEXT_MAX) }
}

/** Always a card, so that it can be edited into any other. */
export function cardActivity({ text, parts = [{ part: 'text', text }] }: Message): Fields {
  return { type: 'message', summary: cut(text, SUMMARY_MAX), attachments: [{ contentType: CARD, content: cardOf(parts) }] }
}

export function cardOf(parts: readonly Part[]): Fields {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: VERSION,
    body: parts.slice(0, PARTS_MAX).flatMap(partOf),
    msteams: { width: 'Full' },
  }
}

export function partOf(part: Part): Fields[] {
  switch (part.part) {
    case 'text':
      return [
        part.tone === 'quote'
          ? { type: 'Container', style: 'emphasis', items: [textBlock(part.text, null)] }
          : textBlock(part.text, part.tone ?? null),
      ]
    case 'link':
      return [linkBlock(part.title, part.url, part.tone === 'title')]
    case 'facts':
      return [
        {
          type: 'FactSet',
          facts: part.facts.slice(0, FACTS_MAX).map(({ label, value }) => ({ title: plain(label), value: plain(value) })),
        },
      ]
    case 'buttons':
      return part.buttons.length === 0 ? [] : [{ type: 'ActionSet', actions: part.buttons.slice(0, BUTTONS_MAX).map(actionOf) }]
    case 'row':
      return [
        {
          type: 'ColumnSet',
          columns: [
            { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [textBlock(part.text, null)] },
            { type: 'Column', width: 'auto', items: [{ type: 'ActionSet', actions: [actionOf(part.button)] }] },
          ],
        },
      ]
    case 'divider':
      return [{ type: 'Container', separator: true, items: [] }]
  }
}

type Tone = 'title' | 'quiet' | 'quote' | null

/** A text block reads Markdown, a run of text does not. */
export function textBlock(text: string, tone: Tone): Fields {
  const run = {
    type: 'TextRun',
    text: cut(text, TEXT_MAX),
    ...(tone === 'title' && { weight: 'Bolder', size: 'Medium' }),
    ...(tone === 'quiet' && { isSubtle: true, size: 'Small' }),
  }
  return { type: 'RichTextBlock', inlines: [run] }
}

const linkBlock = (title: string, url: string, isTitle: boolean): Fields => ({
  type: 'RichTextBlock',
  inlines: [
    {
      type: 'TextRun',
      text: cut(title, TEXT_MAX),
      ...(isTitle && { weight: 'Bolder', size: 'Medium' }),
      selectAction: { type: 'Action.OpenUrl', url: pageAddress(url) },
    },
  ],
})

/** Where only Markdown is taken: its signs are written out. */
const plain = (text: string): string => cut(text, TEXT_MAX).replace(/[\\`*_{}[\]()#+!|<>~-]/g, (sign) => `\\${sign}`)

function actionOf({ label, press, url, tone }: Button): Fields {
  const title = { title: label, ...(tone && { style: tone === 'primary' ? 'positive' : 'destructive' }) }
  if (url !== undefined) return { type: 'Action.OpenUrl', ...title, url: pageAddress(url) }
  // Without this Teams sends a press as a message, which no dialog can be the answer to.
  const fetches = isDialogName(press.name) ? { msteams: { type: 'task/fetch' } } : {}
  return { type: 'Action.Submit', ...title, data: { [PRESS]: press.name, [ABOUT]: press.about, ...fetches } }
}

/** What a pressed button carries. */
export const PRESS = 'ringside'
export const ABOUT = 'about'

/** The address of a page, and of nothing that runs. */
function pageAddress(url: string): string {
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`Not an address of a page: ${protocol}`)
  return href
}

const cut = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`)
