import { inOrganisation } from '../../../db/open.ts'
import { organisationOf } from '../../../db/organisations.ts'
import { personById } from '../../../db/people.ts'
import { invitationMail } from '../../core/words/mail.ts'
import type { SignedIn, Surroundings } from '../context.ts'
import { Problem } from '../problem.ts'
import { LINK_DAYS, makeLink } from './links.ts'

/** A link with which somebody whom an administrator added comes in for the first time. */
export async function invitation({ engine, signIn }: Surroundings, who: SignedIn, id: string): Promise<{ url: string; sent: boolean }> {
  if (who.viewer.role !== 'administrator') throw refuse(403, 'not_allowed', 'Only an administrator can invite people.')
  const { person, title } = await inOrganisation(engine.db, who.organisation, async (tx) => ({
    person: await personById(tx, id),
    title: (await organisationOf(tx, who.organisation)).name,
  }))
  if (!person) throw refuse(404, 'person_not_found', `There is no person ${id}.`)
  if (!person.active) throw refuse(422, 'person_inactive', `${person.name} was switched off and cannot sign in.`)
  if (!person.email) throw refuse(422, 'no_address', `${person.name} has no address to sign in with. Give them one first.`)
  if (!signIn) throw refuse(503, 'no_sign_in', 'Nobody can sign in by themselves here: it is a demo, or SECRET_KEY is not set.')
  const url = `${engine.publicUrl}/welcome#${await makeLink(signIn.store, { organisation: who.organisation, person: id })}`
  const { post } = signIn.settings
  const sent = post ? await post.send(invitationMail(person.email, who.person.name, title, url, LINK_DAYS)) : null
  if (sent && !sent.ok) engine.log.error({ code: sent.failure.code }, sent.failure.why)
  return { url, sent: sent?.ok ?? false }
}

const refuse = (status: 403 | 404 | 422 | 503, code: string, detail: string) => new Problem({ status, code, detail })
