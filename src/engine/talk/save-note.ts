import { asItemId, asPersonId } from '../../core/ids.ts'
import { aboutSaid, readSaid } from '../../core/said.ts'
import type { Dialog, Message, Values } from '../../core/screen.ts'
import { may } from '../../core/access.ts'
import { noSuchItem } from '../../core/words.ts'
import { NOTHING_TO_SAVE, notSaved, savedToTimeline } from '../../core/words/entering.ts'
import type { Errors, SharedMessage, Submission } from '../../ports/inbound.ts'
import { viewerOf } from '../viewer.ts'
import { authorOf, messageFor } from './author.ts'
import { itemUrlOf } from './discussing.ts'
import { checkItem, itemField } from './item-field.ts'
import { againAfter, type Attempt, type Reply, type Talk } from './talk.ts'

/** "Save to timeline" (K6): the one place where the words of a chat are kept, by the wish of whoever saves them. */

const NOTE_MAX = 3_000

export async function askWhatToSave(at: Talk, about: string, message: SharedMessage | null): Promise<Dialog> {
  const said = messageFor(about, message)
  const author = await authorOf(at, said)
  const text = author && author !== at.asker.name && said.text ? `${author}: ${said.text}` : said.text
  return {
    name: 'save-note',
    about: aboutSaid(said),
    title: 'Save to timeline',
    submit: 'Save',
    parts: [
      await itemField(at),
      {
        part: 'field',
        name: 'note',
        label: 'Note',
        help: 'Everybody who can see the item can read it there, with a link to the message.',
        required: true,
        input: { kind: 'text', value: text.slice(0, NOTE_MAX), lines: 'many', max: NOTE_MAX },
      },
    ],
  }
}

export async function checkNote(at: Talk, submission: Submission): Promise<Errors> {
  const wrong = await checkItem('comment')(at, submission)
  return noteIn(submission.values) === '' ? { ...wrong, note: NOTHING_TO_SAVE } : wrong
}

const noteIn = (values: Values): string => values['note']?.[0]?.trim() ?? ''

export async function saveNote(at: Attempt, about: string, values: Values): Promise<Reply> {
  const { engine, organisation, asker } = at
  const source = engine.sourceOf(organisation)
  const id = asItemId(values['item']?.[0] ?? '')
  const read = await source.read([{ id, since: null }])
  if (!read.ok) return againAfter(read.failure)
  const [reading] = read.value
  if (reading?.kind !== 'item' || !may(viewerOf(asker), 'comment', reading.item).may) return { text: noSuchItem('with that key') }
  const note = { id, text: noteIn(values), url: readSaid(about)?.url ?? null, by: asPersonId(asker.id) }
  const saved = await source.comment(note)
  if (saved.ok) return withLink(savedToTimeline(reading.item), reading.item.key, itemUrlOf(engine, id))
  const { failure } = saved
  return failure.kind === 'later' || failure.kind === 'uncertain' ? againAfter(failure) : { text: notSaved(reading.item, failure.why) }
}

const withLink = (text: string, title: string, url: string): Message => ({
  text,
  parts: [
    { part: 'text', text },
    { part: 'link', title, url },
  ],
})
