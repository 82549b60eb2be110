import { whyOff } from '../../core/entitlement.ts'
import type { DialogName } from '../../core/press.ts'
import type { Dialog, Message, Values } from '../../core/screen.ts'
import type { SharedMessage } from '../../ports/inbound.ts'
import { askWhereToBring } from './bring-message.ts'
import { itemField } from './item-field.ts'
import { askWhatToSave } from './save-note.ts'
import { addPeopleDialog } from './add-people.ts'
import { historyDialog } from './history.ts'
import { newChatDialog } from './new-chat.ts'
import { observersDialog } from './observers.ts'
import { outsiderDialog } from './outsiders.ts'
import { renameDialog } from './renaming.ts'
import type { Talk } from './talk.ts'

/** What is asked in each dialog, or a sentence why it is not. Building one changes nothing. `values`: what is filled in by now. */
type Builds = (at: Talk, about: string, message: SharedMessage | null, values: Values) => Promise<Dialog | Message>

export const DIALOGS: Record<DialogName, Builds> = {
  'add-people': (at, about, _message, values) => addPeopleDialog(at, about, values),
  observers: (at, about) => observersDialog(at, about),
  'show-history': (at, about) => historyDialog(at, about),
  'rename-chat': (at, about) => renameDialog(at, about),
  'invite-outsider': (at, about) => outsiderDialog(at, about),
  'choose-item': unlessOff(async (at, about) => ({
    name: 'choose-item',
    about,
    title: 'Discuss a CRM item',
    submit: 'Discuss',
    parts: [await itemField(at)],
  })),
  'choose-item-for-message': unlessOff(askWhereToBring),
  'new-chat': (at, about) => newChatDialog(at, about),
  'save-note': askWhatToSave,
}

/** Nobody is asked to choose an item for what cannot be done with any (O5). */
function unlessOff(builds: Builds): Builds {
  return async (at, about, message, values) => {
    const off = whyOff(at.asker.entitlement)
    return off ? { text: off.why } : builds(at, about, message, values)
  }
}

export const isDialog = (built: Dialog | Message): built is Dialog => 'submit' in built
