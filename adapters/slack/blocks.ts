import { isPressName, type Press } from '../../src/core/press.ts'
import type { Button, Field, Part } from '../../src/core/screen.ts'
import { cut, linkText, pageAddress } from './text.ts'

/** Draws the parts of a screen as Slack's blocks. Plain text wherever Slack takes it, so that nothing in it is read as a sign. */

export type Block = Readonly<Record<string, unknown>>

/** Slack's limits, in characters and in pieces. */
const SECTION_MAX = 3000
const HEADER_MAX = 150
const CONTEXT_MAX = 2000
const BUTTON_MAX = 75
const VALUE_MAX = 2000
const FACTS_MAX = 10
const BUTTONS_MAX = 25
const OPTION_MAX = 75
const OPTIONS_MAX = 100
const LABEL_MAX = 2000
const TEXT_INPUT_MAX = 3000
/** A few choices are shown at once; more are a menu. */
const RADIOS_MAX = 5
/** Of a message; a dialog and the app's own page hold 100. */
export const BLOCKS_MAX = 50
export const VIEW_BLOCKS_MAX = 100

/** The action of a field that looks things up as one types. */
export const LOOK_UP_ACTION = 'look-up'
/** The action of a field whose words are not to be written down. */
export const PASSING_ACTION = 'passing'
/** The action of every other field. */
export const FIELD_ACTION = 'field'
/** A switch that is on. */
export const ON = 'on'

export const blocksOf = (parts: readonly (Part | Field)[]): Block[] => parts.flatMap(blockOf)

const plain = (text: string, max: number) => ({ type: 'plain_text', text: cut(text, max), emoji: false })

function blockOf(part: Part | Field): Block[] {
  switch (part.part) {
    case 'text':
      return [textBlock(part.text, part.tone)]
    case 'link': {
      const text = linkText(part)
      return [{ type: 'section', text: { type: 'mrkdwn', text: part.tone === 'title' ? `*${text}*` : text, verbatim: true } }]
    }
    case 'facts':
      return [
        { type: 'section', fields: part.facts.slice(0, FACTS_MAX).map(({ label, value }) => plain(`${label}\n${value}`, CONTEXT_MAX)) },
      ]
    case 'buttons':
      return part.buttons.length === 0 ? [] : [{ type: 'actions', elements: part.buttons.slice(0, BUTTONS_MAX).map(buttonBlock) }]
    case 'row':
      return [{ type: 'section', text: plain(part.text, SECTION_MAX), accessory: buttonBlock(part.button, 0) }]
    case 'divider':
      return [{ type: 'divider' }]
    case 'field':
      return [fieldBlock(part)]
  }
}

function textBlock(text: string, tone: 'title' | 'quiet' | 'quote' | undefined): Block {
  if (tone === 'title') return { type: 'header', text: plain(text, HEADER_MAX) }
  if (tone === 'quiet') return { type: 'context', elements: [plain(text, CONTEXT_MAX)] }
  if (tone === 'quote')
    return { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: cut(text, SECTION_MAX) }] }] }
  return { type: 'section', text: plain(text, SECTION_MAX) }
}

/** The actions of one row must have different ids, so each carries its place. */
function buttonBlock({ label, press, url, tone }: Button, place: number): Block {
  if (press.about.length > VALUE_MAX)
    throw new Error(`What a button is about is ${press.about.length} characters long, at most ${VALUE_MAX}`)
  return {
    type: 'button',
    action_id: `${press.name}#${place}`,
    text: plain(label, BUTTON_MAX),
    ...(press.about && { value: press.about }),
    ...(url !== undefined && { url: pageAddress(url) }),
    ...(tone && { style: tone }),
  }
}

/** What a pressed button means; null for one that is none of ours. */
export function pressOf(actionId: string, value: string): Press | null {
  const name = actionId.split('#')[0] ?? ''
  return isPressName(name) ? { name, about: value } : null
}

function fieldBlock(field: Field): Block {
  const { name, label, help, required, input } = field
  if (input.kind === 'switch' && input.off) return textBlock(`${label}: ${input.off}`, 'quiet')
  return {
    type: 'input',
    block_id: name,
    label: plain(label, LABEL_MAX),
    optional: !required,
    ...(field.live && { dispatch_action: true }),
    ...(help && { hint: plain(help, LABEL_MAX) }),
    element: elementOf(input),
  }
}

type Choice = { readonly value: string; readonly title: string; readonly note?: string }

export const optionOf = ({ value, title, note }: Choice): Block => ({
  text: plain(title, OPTION_MAX),
  value,
  ...(note && { description: plain(note, OPTION_MAX) }),
})

function elementOf(input: Field['input']): Block {
  switch (input.kind) {
    case 'people':
      return {
        type: 'multi_users_select',
        action_id: FIELD_ACTION,
        ...(input.chosen.length > 0 && { initial_users: input.chosen }),
      }
    case 'item':
      return {
        type: 'external_select',
        action_id: LOOK_UP_ACTION,
        min_query_length: 0,
        ...(input.chosen && { initial_option: optionOf(input.chosen) }),
      }
    case 'choice': {
      const options = input.options.slice(0, OPTIONS_MAX).map(optionOf)
      const chosen = options.find((option) => option['value'] === input.chosen)
      const type = options.length <= RADIOS_MAX ? 'radio_buttons' : 'static_select'
      return { type, action_id: FIELD_ACTION, options, ...(chosen && { initial_option: chosen }) }
    }
    case 'several': {
      const options = input.options.slice(0, OPTIONS_MAX).map(optionOf)
      const chosen = options.filter((option) => input.chosen.includes(String(option['value'])))
      return { type: 'multi_static_select', action_id: FIELD_ACTION, options, ...(chosen.length > 0 && { initial_options: chosen }) }
    }
    case 'switch': {
      const option = optionOf({ value: ON, title: 'On' })
      return { type: 'checkboxes', action_id: FIELD_ACTION, options: [option], ...(input.on && { initial_options: [option] }) }
    }
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: input.passing ? PASSING_ACTION : FIELD_ACTION,
        multiline: input.lines === 'many',
        max_length: Math.min(input.max, TEXT_INPUT_MAX),
        ...(input.value && { initial_value: input.value.slice(0, Math.min(input.max, TEXT_INPUT_MAX)) }),
      }
    case 'email':
      return { type: 'email_text_input', action_id: FIELD_ACTION, ...(input.value && { initial_value: input.value }) }
  }
}
