import { ask } from '../../core/capability.ts'
import type { Button, Dialog, Message, Part } from '../../core/screen.ts'
import * as words from '../../core/words/people.ts'
import { inOrganisation } from '../../../db/open.ts'
import { placesAt } from '../why.ts'
import { itemUrlOf } from './discussing.ts'
import { isHere, itemHere } from './here.ts'
import type { Talk } from './talk.ts'

/** What can be done about earlier messages, said before it is tried (O27). */
export async function historyDialog(at: Talk, about: string): Promise<Dialog | Message> {
  const here = await itemHere(at, about, 'discuss')
  if (!isHere(here)) return here
  const { facts, link, current } = here
  if (!link) return { text: words.noChatYet(facts.key) }
  const asked = ask(at.platform.capabilities, 'hideHistory')
  const places = await inOrganisation(at.engine.db, at.organisation, (tx) => placesAt(tx, current, at.asker.id))
  const coming = places.filter(({ listed, inChat }) => listed && inChat).map(({ person }) => person.name)
  const openItem: Button = {
    label: 'Open the web workspace',
    press: { name: 'open-page', about: facts.id },
    url: itemUrlOf(at.engine, facts.id),
  }
  const why: Part = { part: 'text', text: asked.ok ? words.historyIsChosenThere : `${asked.why} ${words.soAFreshChat}` }
  const fresh: Part[] = asked.ok
    ? []
    : [
        { part: 'text', text: words.whoComesAlong(coming), tone: 'quiet' },
        {
          part: 'buttons',
          buttons: [{ label: 'A fresh chat from here', press: { name: 'fresh-chat', about: facts.id }, tone: 'primary' }],
        },
      ]
  return {
    name: 'show-history',
    about: facts.id,
    title: 'Earlier messages',
    submit: null,
    parts: [why, ...fresh, { part: 'text', text: words.orTheWorkspace }, { part: 'buttons', buttons: [openItem] }],
  }
}
