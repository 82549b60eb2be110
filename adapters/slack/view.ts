import { type DialogPress, isDialogName } from '../../src/core/press.ts'
import type { Dialog, Message, Values } from '../../src/core/screen.ts'
import { type Block, blocksOf, PASSING_ACTION, VIEW_BLOCKS_MAX } from './blocks.ts'
import { type Fields, fieldsOf, textOf } from './fields.ts'
import { cut } from './text.ts'

/** Slack's limits, in characters. */
const TITLE_MAX = 24
const METADATA_MAX = 3000

const title = (text: string) => ({ type: 'plain_text', text: cut(text, TITLE_MAX), emoji: false })

/** A dialog as Slack's modal. */
export function modalOf(dialog: Dialog): Block {
  if (dialog.about.length > METADATA_MAX) throw new Error(`What a dialog is about is ${dialog.about.length} characters long`)
  return {
    type: 'modal',
    callback_id: dialog.name,
    private_metadata: dialog.about,
    title: title(dialog.title),
    close: title('Close'),
    ...(dialog.submit && { submit: title(dialog.submit) }),
    blocks: blocksOf(dialog.parts).slice(0, VIEW_BLOCKS_MAX),
  }
}

/** A person's page of the app. */
export const homeOf = ({ text, parts = [{ part: 'text', text }] }: Message): Block => ({
  type: 'home',
  blocks: blocksOf(parts).slice(0, VIEW_BLOCKS_MAX),
})

/** Which of our dialogs a view is; null for another one. */
export function dialogIn(view: Fields): DialogPress | null {
  const name = textOf(view['callback_id']) ?? ''
  return isDialogName(name) ? { name, about: textOf(view['private_metadata']) ?? '' } : null
}

/** What was filled in: `state.values` holds for each block its one action, in a shape of its own for each kind of element. */
export function valuesIn(view: Fields): { readonly values: Values; readonly passing: Values } {
  const filled = Object.entries(fieldsOf(fieldsOf(view['state'])['values'])).flatMap(([name, actions]) =>
    Object.entries(fieldsOf(actions)).map(([action, state]) => ({ name, action, chosen: chosenIn(fieldsOf(state)) })),
  )
  const named = (fields: typeof filled): Values => Object.fromEntries(fields.map(({ name, chosen }) => [name, chosen]))
  return {
    values: named(filled.filter(({ action }) => action !== PASSING_ACTION)),
    passing: named(filled.filter(({ action }) => action === PASSING_ACTION)),
  }
}

function chosenIn(state: Fields): readonly string[] {
  const lists = [state['selected_users'], state['selected_conversations'], state['selected_options']].filter((list) => Array.isArray(list))
  const several = lists.flat().map((one) => textOf(one) ?? textOf(fieldsOf(one)['value']))
  const single = [textOf(state['value']), textOf(fieldsOf(state['selected_option'])['value']), textOf(state['selected_user'])]
  return [...several, ...single].filter((value) => value !== null)
}
