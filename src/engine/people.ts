import { linksOfPerson, markDue, putSeats } from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { nameOrganisation } from '../../db/organisations.ts'
import { changePerson, insertPerson, type PersonRow, putAdministrator } from '../../db/people.ts'
import { moveSignIn } from '../../db/sign-in.ts'
import type { Role, Viewer } from '../core/access.ts'
import type { OrganisationId } from '../core/ids.ts'
import { type Engine, nowOf } from './engine.ts'
import { WAS_THERE } from './intend.ts'
import type { Answered } from './members.ts'

/** Gives a person another address; they are matched anew with their accounts, and every item of theirs is looked at again (U10). */
export async function saveAddress(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  id: string,
  email: string,
): Promise<Answered<PersonRow>> {
  if (viewer.role !== 'administrator') {
    return { ok: false, reason: 'forbidden', code: 'not_allowed', why: 'Only an administrator can change the address of a person.' }
  }
  const saved = await inOrganisation(engine.db, organisation, async (tx): Promise<Answered<PersonRow>> => {
    const changed = await changePerson(tx, id, email)
    if (changed === 'unknown') return { ok: false, reason: 'invalid', code: 'person_not_found', why: `There is no person ${id}.` }
    if (changed === 'taken')
      return { ok: false, reason: 'invalid', code: 'address_taken', why: `Somebody else has the address ${email}.`, field: 'email' }
    await moveSignIn(tx, id, email)
    await lookAgain(tx, id, nowOf(engine))
    return { ok: true, value: changed }
  })
  engine.wake()
  return saved
}

/** The first who comes in where nobody administers yet; whoever comes again after a break in the middle is the same person. */
export async function becomeAdministrator(
  engine: Engine,
  organisation: OrganisationId,
  { title, name, email }: { readonly title: string; readonly name: string; readonly email: string },
): Promise<string> {
  return inOrganisation(engine.db, organisation, async (tx) => {
    await nameOrganisation(tx, organisation, title)
    return putAdministrator(tx, { organisationId: organisation, name, email: email.toLowerCase() })
  })
}

export type NewPerson = { readonly name: string; readonly email: string; readonly role: Role; readonly title?: string | undefined }

/** Somebody new in the organisation; accounts with their address are matched when they are next seen. */
export async function addPerson(
  engine: Engine,
  organisation: OrganisationId,
  viewer: Viewer,
  wish: NewPerson,
): Promise<Answered<PersonRow>> {
  if (viewer.role !== 'administrator') {
    return { ok: false, reason: 'forbidden', code: 'not_allowed', why: 'Only an administrator can add people.' }
  }
  const { name, role, title = null } = wish
  const email = wish.email.toLowerCase()
  return inOrganisation(engine.db, organisation, async (tx): Promise<Answered<PersonRow>> => {
    const added = await insertPerson(tx, { organisationId: organisation, id: crypto.randomUUID(), name, email, role, title })
    if (added) return { ok: true, value: added }
    return { ok: false, reason: 'invalid', code: 'address_taken', why: `Somebody else has the address ${email}.`, field: 'email' }
  })
}

/** What stood in this person's way may be gone: forget the refusals but those that need a word, and make each of their items due. */
export async function lookAgain(tx: Tx, personId: string, at: Date): Promise<void> {
  const places = await linksOfPerson(tx, personId)
  await putSeats(
    tx,
    places.filter(({ seat }) => seat.refused && seat.refused.code !== WAS_THERE).map(({ seat }) => ({ ...seat, refused: null })),
  )
  for (const { link } of places) await markDue(tx, link, at)
}
