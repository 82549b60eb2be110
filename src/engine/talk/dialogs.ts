import type { DialogName } from '../../core/press.ts'
import type { Dialog, Message } from '../../core/screen.ts'
import type { SharedMessage } from '../../ports/inbound.ts'
import { askWhereToBring } from './bring-message.ts'
import { itemField } from './item-field.ts'
import { askWhatToSave } from './save-note.ts'
import type { Talk } from './talk.ts'

/** What is asked in each dialog, or a sentence why it is not. Building one changes nothing. */
type Builds = (at: Talk, about: string, message: SharedMessage | null) => Promise<Dialog | Message>

export const DIALOGS: Partial<Record<DialogName, Builds>> = {
  'choose-item': async (at, about) => ({
    name: 'choose-item',
    about,
    title: 'Discuss a CRM item',
    submit: 'Discuss',
    parts: [await itemField(at)],
  }),
  'choose-item-for-message': askWhereToBring,
  'save-note': askWhatToSave,
}

export const isDialog = (built: Dialog | Message): built is Dialog => 'submit' in built
