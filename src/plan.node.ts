import { migratePostgres } from '../db/migrate-postgres.ts'
import { inOrganisation } from '../db/open.ts'
import { openPostgres } from '../db/open-postgres.ts'
import { firstOrganisation, organisationOf, saveEntitlement } from '../db/organisations.ts'
import { asOrganisationId } from './core/ids.ts'

/**
 * `DATABASE_URL=… npm run plan -- with|without [organisation]`: whoever runs the service puts observers and discussions into an
 * organisation's plan or takes them out of it. Running processes follow it by themselves.
 */

const url = process.env['DATABASE_URL']
const [, , word, named] = process.argv
if (!url?.startsWith('postgres') || (word !== 'with' && word !== 'without')) {
  console.error('Usage: DATABASE_URL=postgres://user:password@host/name npm run plan -- with|without [organisation id]')
  process.exit(1)
}
await migratePostgres(url)
const database = openPostgres(url)
const id = named ?? (await firstOrganisation(database.db))?.organisationId
if (!id) throw new Error('There is no organisation yet.')
const organisation = asOrganisationId(id)
await inOrganisation(database.db, organisation, async (tx) => {
  const { name, entitlement } = await organisationOf(tx, organisation)
  await saveEntitlement(tx, organisation, { ...entitlement, observers: word === 'with' ? 'on' : 'not-in-plan' }, new Date())
  console.log(`${name}: ${word} observers and discussions.`)
})
await database.close()
