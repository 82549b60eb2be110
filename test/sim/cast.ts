import type { Role } from '../../src/core/access.ts'
import type { AccountProfile } from '../../src/ports/chat-platform.ts'

/** Who plays in every history. */
export const PEOPLE = {
  ann: 'employee',
  ben: 'employee',
  cem: 'employee',
  dora: 'employee',
  eve: 'administrator',
  gus: 'guest',
} as const satisfies Record<string, Role>

export type Person = keyof typeof PEOPLE
export const PERSONS = Object.keys(PEOPLE) as Person[]
/** Everybody whom a CRM lists. */
export const STAFF = PERSONS.filter((person) => PEOPLE[person] !== 'guest')

/** Accounts of the chat system: one for each person, and two that belong to nobody. */
export const ACCOUNTS = {
  ann: 'member',
  ben: 'member',
  cem: 'member',
  dora: 'member',
  eve: 'member',
  gus: 'guest',
  beep: 'bot',
  zoe: 'member',
} as const satisfies Record<string, AccountProfile['kind']>

export type Account = keyof typeof ACCOUNTS
export const ACCOUNT_NAMES = Object.keys(ACCOUNTS) as Account[]

export const ITEMS = ['D-1', 'D-2'] as const
export type Item = (typeof ITEMS)[number]

/** Zoe's address belongs to nobody here; the bot has none. */
export const emailOf = (account: Account) =>
  account === 'beep' ? null : account === 'zoe' ? 'zoe@elsewhere.example' : `${account}@example.com`

export const isStaff = (name: string): name is Person => (STAFF as readonly string[]).includes(name)
