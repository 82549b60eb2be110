import { fingerprint } from './fingerprint.ts'

/** What matters of an account of a chat system. */
type Account = {
  readonly name: string
  readonly email: string | null
  readonly kind: 'member' | 'guest' | 'bot' | 'stranger'
  readonly active: boolean
}

/**
 * Enough of an account to tell whether anything has changed since it was read. Word of a change waits in the inbox, and is mostly about
 * people who have nothing to do with us, so it holds neither names nor addresses.
 */
export type AccountMark = Pick<Account, 'kind' | 'active'> & { readonly nameIs: string; readonly emailIs: string }

export const markOf = ({ name, email, kind, active }: Account): AccountMark => ({
  kind,
  active,
  nameIs: fingerprint(name),
  emailIs: fingerprint(email),
})

export function isAsMarked(account: Account, { kind, active, nameIs, emailIs }: AccountMark): boolean {
  const mark = markOf(account)
  return mark.kind === kind && mark.active === active && mark.nameIs === nameIs && mark.emailIs === emailIs
}
