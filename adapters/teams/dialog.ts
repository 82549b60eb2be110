import { isPressName, type Press } from '../../src/core/press.ts'
import type { Dialog, Field, Option, Values } from '../../src/core/screen.ts'
import type { Errors } from '../../src/ports/inbound.ts'
import { ABOUT, cardOf, partOf, PRESS, textBlock } from './card.ts'
import { type Fields, fieldsOf, listOf, textOf } from './fields.ts'

/** Draws a dialog as the card of a Teams dialog, and reads what comes back. Dialogs travel in the reply to a press. */

/** The button that sends the dialog, and the one that has it drawn anew with what is filled in. */
const SENT = 'sent'
const ANEW = 'anew'
/** People are looked up by Teams itself, items by us. */
const PEOPLE = 'graph.microsoft.com/users'
const OPTIONS_MAX = 100

/** How a field's value comes back stands before its name. */
const KINDS = ['one', 'several', 'text', 'passing'] as const
type Kind = (typeof KINDS)[number]

/** `values`: what is filled in by now; `errors`: what is wrong with it, said at its field. */
export function dialogCard(dialog: Dialog, values: Values = {}, errors: Errors = {}): Fields {
  const fields = new Set(dialog.parts.flatMap((part) => (part.part === 'field' ? part.name : [])))
  const elsewhere = Object.entries(errors).flatMap(([name, why]) => (fields.has(name) ? [] : [wrong(why)]))
  const drawn = dialog.parts.flatMap((part) => (part.part === 'field' ? fieldOf(part, values[part.name], errors[part.name]) : partOf(part)))
  const body = [...elsewhere, ...drawn]
  const submit = (title: string, way: string) => ({
    type: 'Action.Submit',
    title,
    data: { [PRESS]: dialog.name, [ABOUT]: dialog.about, way },
  })
  const isLive = dialog.parts.some((part) => part.part === 'field' && part.live)
  const actions = [...(dialog.submit ? [submit(dialog.submit, SENT)] : []), ...(isLive ? [submit('Show what this does', ANEW)] : [])]
  return { ...cardOf([]), body, ...(actions.length > 0 && { actions }) }
}

function fieldOf(
  { name, label, help, required, input }: Field,
  filled: readonly string[] | undefined,
  error: string | undefined,
): Fields[] {
  if (input.kind === 'switch' && input.off) return [textBlock(`${label}: ${input.off}`, 'quiet')]
  const hint = help ? [textBlock(help, 'quiet')] : []
  const shared = { label, isRequired: required, ...(required && { errorMessage: `${label}: please fill this in.` }) }
  const value = filled ? { value: filled.join(',') } : {}
  return [{ ...inputOf(name, input, label), ...value, ...shared }, ...(error ? [wrong(error)] : []), ...hint]
}

const wrong = (why: string): Fields => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: why, color: 'Attention' }] })

function inputOf(name: string, input: Field['input'], label: string): Fields {
  const id = (kind: Kind) => `${kind}.${name}`
  const lookUp = (dataset: string) => ({ 'choices.data': { type: 'Data.Query', dataset } })
  switch (input.kind) {
    case 'people':
      return {
        type: 'Input.ChoiceSet',
        id: id('several'),
        isMultiSelect: true,
        choices: [],
        ...lookUp(PEOPLE),
        value: input.chosen.join(','),
      }
    case 'item': {
      const chosen = input.chosen ? [input.chosen] : []
      return {
        type: 'Input.ChoiceSet',
        id: id('one'),
        style: 'filtered',
        choices: chosen.map(choiceOf),
        ...lookUp(name),
        value: chosen[0]?.value ?? '',
      }
    }
    case 'choice':
      return { type: 'Input.ChoiceSet', id: id('one'), style: 'expanded', choices: choicesOf(input.options), value: input.chosen ?? '' }
    case 'several':
      return {
        type: 'Input.ChoiceSet',
        id: id('several'),
        isMultiSelect: true,
        choices: choicesOf(input.options),
        value: input.chosen.join(','),
      }
    case 'switch':
      return { type: 'Input.Toggle', id: id('one'), title: label, valueOn: 'on', valueOff: '', value: input.on ? 'on' : '' }
    case 'text':
      return {
        type: 'Input.Text',
        id: id(input.passing ? 'passing' : 'text'),
        isMultiline: input.lines === 'many',
        maxLength: input.max,
        value: input.value,
      }
    case 'email':
      return { type: 'Input.Text', id: id('text'), style: 'Email', value: input.value }
  }
}

const choicesOf = (options: readonly Option[]): Fields[] => options.slice(0, OPTIONS_MAX).map(choiceOf)

const choiceOf = ({ value, title, note }: Option): Fields => ({ value, title: note ? `${title} (${note})` : title })

/** What a press in a card or a dialog carries; null for what is none of ours. */
export function pressIn(data: Fields): Press | null {
  const name = textOf(data[PRESS]) ?? ''
  return isPressName(name) ? { name, about: textOf(data[ABOUT]) ?? '' } : null
}

/** A dialog that was sent, one to be drawn anew, or a button that leads to one. */
export const wayOf = ({ way }: Fields): 'sent' | 'anew' | 'pressed' => (way === SENT || way === ANEW ? way : 'pressed')

/** Several values come as one text with commas between them. */
export function valuesIn(data: Fields): { readonly values: Values; readonly passing: Values } {
  const filled = Object.entries(data).flatMap(([id, value]) => {
    const [kind = '', name] = id.split('.')
    return isKind(kind) && name ? [{ kind, name, chosen: chosenIn(kind, textOf(value)) }] : []
  })
  const named = (fields: typeof filled): Values => Object.fromEntries(fields.map(({ name, chosen }) => [name, chosen]))
  return { values: named(filled.filter(({ kind }) => kind !== 'passing')), passing: named(filled.filter(({ kind }) => kind === 'passing')) }
}

const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind)

const chosenIn = (kind: Kind, value: string | null): readonly string[] =>
  value === null ? [] : kind === 'several' ? value.split(',').filter((one) => one !== '') : [value]

/** What somebody types into a field that looks things up. */
export function searchIn(value: Fields): { readonly field: string; readonly words: string } {
  return { field: textOf(value['dataset']) ?? '', words: textOf(value['queryText']) ?? '' }
}

export const searchResults = (options: readonly Option[]): Fields => ({
  type: 'application/vnd.microsoft.search.searchResponse',
  statusCode: 200,
  value: { results: options.map(choiceOf) },
})

/** Presses in a card come with what Teams needs to know of them beside ours. */
export const dataOf = (value: unknown): Fields => {
  const [first] = listOf([fieldsOf(value)['data'] ?? value])
  return first ?? {}
}
