import type { Auth } from './auth.ts'

/** Gives somebody whom an administrator vouched for a password; the one of before is good no longer. */
export async function givePassword(auth: Auth, person: { readonly name: string; readonly email: string }, password: string): Promise<void> {
  const { internalAdapter, password: passwords } = await auth.$context
  const found = await internalAdapter.findUserByEmail(person.email)
  const user =
    found?.user ??
    (await internalAdapter.createUser({ email: person.email.toLowerCase(), emailVerified: true, name: person.name }, { method: 'email' }))
  const hash = await passwords.hash(password)
  const accounts = await internalAdapter.findAccounts(user.id)
  if (accounts.some(({ providerId }) => providerId === 'credential')) await internalAdapter.updatePassword(user.id, hash)
  else await internalAdapter.linkAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password: hash })
}
