import { ask } from '../../core/capability.ts'
import { aboutChat, readAbout } from '../../core/press.ts'
import type { Dialog, Field, Message, Part, Values } from '../../core/screen.ts'
import * as words from '../../core/words/people.ts'
import type { Errors } from '../../ports/inbound.ts'
import { inOrganisation } from '../../../db/open.ts'
import { itemUrlOf } from '../urls.ts'
import { placesAt } from '../why.ts'
import { whyNotThese } from './add-people.ts'
import { isHere } from './here.ts'
import { chatHere } from './renaming.ts'
import type { Talk } from './talk.ts'

/**
 * What can be done about earlier messages, said before it is tried (O27): a fresh chat from here, with whoever should be in it, or the
 * web workspace. Sent, it is the press for a fresh chat.
 */
export async function historyDialog(at: Talk, about: string): Promise<Dialog | Message> {
  const here = await chatHere(at, readAbout(about).item)
  if (!isHere(here)) return here
  const { facts, link, current } = here
  const asked = ask(at.platform.capabilities, 'hideHistory')
  const open: Part = {
    part: 'buttons',
    buttons: [{ label: 'Open the web workspace', press: { name: 'open-page', about: facts.id }, url: itemUrlOf(at.engine, facts.id) }],
  }
  const dialog = { name: 'show-history', about: aboutChat(facts.id, link.chat), title: 'Earlier messages' } as const
  if (asked.ok) return { ...dialog, submit: null, parts: [{ part: 'text', text: words.historyIsChosenThere }, open] }

  const places = await inOrganisation(at.engine.db, at.organisation, (tx) => placesAt(tx, current, at.asker.id))
  const coming = places.filter(({ listed, inChat }) => listed && inChat).map(({ person }) => person.name)
  return {
    ...dialog,
    submit: 'Open a fresh chat',
    parts: [
      { part: 'text', text: `${asked.why} ${words.soAFreshChat}` },
      { part: 'text', text: words.whoComesAlong(coming), tone: 'quiet' },
      peopleField('added', 'Also bring in', 'They become observers, and see the fresh chat alone.'),
      peopleField('left-out', 'Leave out', 'They go on observing, and come in when they press Discuss.'),
      { part: 'text', text: words.orTheWorkspace, tone: 'quiet' },
      open,
    ],
  }
}

const peopleField = (name: string, label: string, help: string): Field => ({
  part: 'field',
  name,
  label,
  help,
  required: false,
  input: { kind: 'people', chosen: [] },
})

export async function checkHistory(at: Talk, about: string, values: Values): Promise<Errors> {
  const here = await chatHere(at, readAbout(about).item)
  if (!isHere(here)) return { added: here.text }
  const why = await whyNotThese(at, here, values['added'] ?? [])
  return why ? { added: why } : {}
}
