import type { SignInStore } from '../../../db/sign-in.ts'
import { type OrganisationId, asOrganisationId } from '../../core/ids.ts'
import { hashOf, randomToken } from '../session.ts'

/** Links that let somebody in once, before they have anything to prove themselves with. Only the hash of one is kept. */

/** `setup`: to become the first administrator. Else to be this person, and choose a password. */
export type Purpose = 'setup' | { readonly organisation: OrganisationId; readonly person: string }

export const LINK_DAYS = 7

/** What stands behind the # of the link, which browsers send to nobody. */
export async function makeLink(store: SignInStore, purpose: Purpose): Promise<string> {
  const token = randomToken()
  await store.set(await keyOf(token), JSON.stringify(purpose), LINK_DAYS * 24 * 3_600)
  return token
}

/** Of all who use it at once, one gets in. */
export async function takeLink(store: SignInStore, token: string): Promise<Purpose | null> {
  const text = await store.getAndDelete(await keyOf(token))
  if (text === null) return null
  const purpose = JSON.parse(text) as Purpose
  return purpose === 'setup' ? purpose : { organisation: asOrganisationId(purpose.organisation), person: purpose.person }
}

const keyOf = async (token: string) => `link:${await hashOf(token)}`
