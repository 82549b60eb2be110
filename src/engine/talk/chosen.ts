import { inOrganisation } from '../../../db/open.ts'
import { type PersonRow, searchPeople } from '../../../db/people.ts'
import { whyNotObserver } from '../../core/access.ts'
import { type AccountId, asPersonId } from '../../core/ids.ts'
import type { ItemFacts } from '../../core/item.ts'
import * as words from '../../core/words/people.ts'
import { type Known, whoIs } from './asker.ts'
import type { Again, Talk } from './talk.ts'

/** From accounts, groups and names to people of the CRM, with a sentence for each who is none. */
export type Chosen = { readonly people: readonly PersonRow[]; readonly problems: readonly string[] }

/** More are not looked up for one command or dialog. */
export const CHOSEN_MAX = 200

export async function peopleBehind(at: Talk, accounts: readonly AccountId[]): Promise<Chosen | Again> {
  const people = new Map<string, PersonRow>()
  const problems: string[] = []
  for (const account of [...new Set(accounts)].slice(0, CHOSEN_MAX)) {
    const known = await whoIs(at, account)
    if ('again' in known) return { ...known, meanwhile: null }
    const problem = problemOf(known, at.platform.capabilities.title)
    if (problem) problems.push(problem)
    else if (known.person) people.set(known.person.id, known.person)
  }
  return { people: [...people.values()], problems }
}

/** Null: there is a person who can be put on an item through this account. */
function problemOf({ person, name, email, kind, active }: Known, platform: string): string | null {
  if (!name) return words.nobodyKnown
  if (kind === 'bot') return words.isAnApp(name)
  if (!active) return words.isSwitchedOff(name, platform)
  if (kind === 'guest' || kind === 'stranger') return words.isAGuest(name, platform)
  return person ? null : words.noPersonFor(name, email)
}

/** Groups as they are at this moment. A group that cannot be read is a sentence. */
export async function accountsIn(at: Talk, groups: readonly string[]): Promise<{ accounts: AccountId[]; problems: string[] } | Again> {
  const accounts: AccountId[] = []
  const problems: string[] = []
  for (const group of groups) {
    const members = await at.platform.groupMembers(group)
    if (members.ok) accounts.push(...members.value)
    else if (members.failure.kind === 'later') return { again: members.failure.code, afterMs: members.failure.afterMs, meanwhile: null }
    else problems.push(`The group could not be read. ${members.failure.why}`)
  }
  return { accounts, problems }
}

/** Names that were typed: "Bob Chen, Cid". One person each, or a sentence. */
export async function peopleCalled(at: Talk, typed: string): Promise<Chosen> {
  const names = typed.split(/,|\band\b/).map((name) => name.replace(/^\s*@/, '').trim())
  const people: PersonRow[] = []
  const problems: string[] = []
  for (const name of names.filter((one) => one !== '').slice(0, CHOSEN_MAX)) {
    const found = await inOrganisation(at.engine.db, at.organisation, (tx) => searchPeople(tx, name, 2))
    const exact = found.filter((one) => one.name.toLowerCase() === name.toLowerCase())
    const [only, other] = exact.length === 1 ? exact : found
    if (only && !other) people.push(only)
    else problems.push(only ? words.severalAreCalled(name) : words.whoIsCalled(name))
  }
  return { people, problems }
}

/** Whom the item takes as observers, and a sentence for each of the others (O16). */
export function whoMayObserve(people: readonly PersonRow[], { type, key }: ItemFacts): Chosen {
  const judged = people.map((person) => ({ person, why: whyNotObserver({ ...person, id: asPersonId(person.id) }, type, key) }))
  return {
    people: judged.filter(({ why }) => !why).map(({ person }) => person),
    problems: judged.flatMap(({ why }) => why?.why ?? []),
  }
}
