import { inOrganisation } from '../../../db/open.ts'
import { organisationOf, policyOf } from '../../../db/organisations.ts'
import { searchPeople } from '../../../db/people.ts'
import { ask } from '../../core/capability.ts'
import { asChatId } from '../../core/ids.ts'
import type { Dialog, Message, Values } from '../../core/screen.ts'
import * as words from '../../core/words/people.ts'
import type { Errors } from '../../ports/inbound.ts'
import { isHere } from './here.ts'
import { chatHere, type HereWithChat } from './renaming.ts'
import type { Attempt, Reply, Talk } from './talk.ts'

/** Clients and partners are invited into the chat where the organisation allows it (C5). They are members of it and never observers. */

export async function outsiderDialog(at: Talk, about: string): Promise<Dialog | Message> {
  const here = await outsidersHere(at, about)
  if (!isHere(here)) return here
  const { key, id } = here.facts
  return {
    name: 'invite-outsider',
    about: id,
    title: 'Invite from outside',
    submit: 'Invite',
    parts: [
      { part: 'field', name: 'email', label: 'E-mail address', required: true, input: { kind: 'email', value: '' } },
      { part: 'text', tone: 'quiet', text: `They can read this chat and write in it. They do not observe ${key} and cannot open it.` },
    ],
  }
}

export async function checkOutsider(at: Talk, about: string, values: Values): Promise<Errors> {
  const here = await outsidersHere(at, about)
  if (!isHere(here)) return { email: here.text }
  const email = addressIn(values)
  if (!/^[^@\s,]+@[^@\s,]+\.[^@\s,]+$/.test(email)) return { email: 'This is not one e-mail address.' }
  const [colleague] = await inOrganisation(at.engine.db, at.organisation, (tx) => searchPeople(tx, email, 1))
  return colleague?.email?.toLowerCase() === email ? { email: words.isAColleague(colleague.name) } : {}
}

export async function inviteOutsider(at: Attempt, about: string, values: Values): Promise<Reply> {
  const here = await outsidersHere(at, about)
  if (!isHere(here)) return here
  const asked = ask(at.platform.capabilities, 'outsiders')
  if (!asked.ok) return { text: `${asked.why} ${asked.instead}` }
  const email = addressIn(values)
  const invited = await at.platform.inviteOutsider(asChatId(here.link.chat), email, asked.token)
  if (invited.ok) return { once: { text: words.outsiderInvited(here.facts.key, email, invited.value.url) } }
  const { failure } = invited
  if (failure.kind === 'later') return { again: failure.code, afterMs: failure.afterMs, meanwhile: null }
  // Not repeated: a second invitation goes out to the person a second time.
  return { once: { text: failure.why } }
}

const addressIn = (values: Values) => (values['email']?.[0] ?? '').trim().toLowerCase()

async function outsidersHere(at: Talk, about: string): Promise<HereWithChat | Message> {
  const here = await chatHere(at, about)
  if (!isHere(here)) return here
  const policy = await inOrganisation(at.engine.db, at.organisation, async (tx) => policyOf(await organisationOf(tx, at.organisation)))
  if (policy.outsiders === 'refused') return { text: words.outsidersRefused }
  const asked = ask(at.platform.capabilities, 'outsiders')
  return asked.ok ? here : { text: `${asked.why} ${asked.instead}` }
}
