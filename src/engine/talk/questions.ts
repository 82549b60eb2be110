import { connectionOf } from '../../../db/organisations.ts'
import { inOrganisation } from '../../../db/open.ts'
import { asOrganisationId } from '../../core/ids.ts'
import type { DialogName, Press } from '../../core/press.ts'
import { aboutSaidWithText } from '../../core/said.ts'
import type { Message } from '../../core/screen.ts'
import { notAMember } from '../../core/words.ts'
import { didNotOpen, opensByButton } from '../../core/words/entering.ts'
import type { Asker, Errors, Question, SharedMessage, Submission, Told } from '../../ports/inbound.ts'
import type { Engine } from '../engine.ts'
import { viewerOf } from '../viewer.ts'
import { checkAddPeople } from './add-people.ts'
import { whoIs } from './asker.ts'
import { DIALOGS, isDialog } from './dialogs.ts'
import { findItems, itemOption, recentItems } from './find.ts'
import { checkHistory } from './history.ts'
import { checkItem } from './item-field.ts'
import { checkNewChat } from './new-chat.ts'
import { checkNote } from './save-note.ts'
import { checkOutsider } from './outsiders.ts'
import type { Talk } from './talk.ts'

/** What has to be answered in the reply itself. Nothing is changed by it, and nothing lost with it. */

const NOTHING: Told = { kind: 'nothing' }
const OPTIONS_MAX = 50

export async function answerQuestion(engine: Engine, platform: string, workspace: string, question: Question): Promise<Told> {
  const at = await talkOf(engine, platform, workspace, question.from)
  if (!at) return NOTHING
  switch (question.name) {
    case 'options':
      return { kind: 'options', options: await optionsFor(at, question.words) }
    case 'dialog':
      return openDialog(at, question)
  }
}

/** What is wrong with a dialog that was sent; nothing where it is fine, or where the asker is nobody's person: that is said in words. */
export async function checkSubmission(engine: Engine, platform: string, workspace: string, submission: Submission): Promise<Errors> {
  const at = await talkOf(engine, platform, workspace, submission.from)
  const check = CHECKS[submission.press.name]
  return at && check ? check(at, submission) : {}
}

type Checks = (at: Talk, submission: Submission) => Promise<Errors>

/** Null: whatever was filled in can be tried. */
const CHECKS: Record<DialogName, Checks | null> = {
  'choose-item': checkItem('discuss'),
  'choose-item-for-message': checkItem('discuss'),
  'new-chat': (at, { values }) => Promise.resolve(checkNewChat(at, values)),
  'save-note': checkNote,
  observers: null,
  'rename-chat': null,
  'show-history': (at, { press, values }) => checkHistory(at, press.about, values),
  'add-people': (at, { press, values }) => checkAddPeople(at, press.about, values),
  'invite-outsider': (at, { press, values }) => checkOutsider(at, press.about, values),
}

/** Null for a workspace that belongs to no organisation, is not connected, or an asker who was told that they are nobody here. */
async function talkOf(engine: Engine, platformName: string, workspace: string, from: Asker): Promise<Talk | null> {
  const connection = await connectionOf(engine.db, platformName, workspace)
  const platform = connection && engine.platformOf(connection)
  if (!platform) return null
  const at = { engine, organisation: asOrganisationId(connection.organisationId), connection, platform }
  const asker = await whoIs(at, from.account)
  if ('again' in asker) return null
  if (asker.person) return { ...at, asker: asker.person, from }
  await platform.tell(from, { text: notAMember(asker.name, asker.email) })
  return null
}

async function optionsFor(at: Talk, words: string) {
  const { engine, organisation, asker } = at
  const find = words.trim() === '' ? recentItems : findItems
  const hits = await inOrganisation(engine.db, organisation, (tx) => find(tx, viewerOf(asker), words, OPTIONS_MAX))
  return hits.map(itemOption)
}

async function openDialog(at: Talk, question: Extract<Question, { name: 'dialog' }>): Promise<Told> {
  const { press, from, message, values = {}, byWords } = question
  const built = await DIALOGS[press.name](at, press.about, message, values)
  if (!isDialog(built)) {
    await at.platform.tell(from, built)
    return NOTHING
  }
  // Pressed in a dialog, the next one takes its place.
  if (byWords) await at.platform.tell(from, openBy(opensByButton(built.title), press, message))
  else if (from.dialog) await at.platform.ask({ dialog: from.dialog }, built)
  else if (from.trigger) {
    const asked = await at.platform.ask({ trigger: from.trigger }, built)
    if (!asked.ok) await at.platform.tell(from, openBy(didNotOpen(built.title), press, message))
  }
  return { kind: 'dialog', dialog: built }
}

/** Where nothing opened nobody is left without a word: the button is a new press. */
function openBy(text: string, { name, about }: Press, message: SharedMessage | null): Message {
  const press = { name, about: message ? aboutSaidWithText(message) : about }
  return {
    text,
    parts: [
      { part: 'text', text },
      { part: 'buttons', buttons: [{ label: 'Open it', press, tone: 'primary' }] },
    ],
  }
}
