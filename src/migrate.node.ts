import { migratePostgres } from '../db/migrate-postgres.ts'
import { openPostgres } from '../db/open-postgres.ts'
import { createOrganisation, firstOrganisation } from '../db/organisations.ts'

/** `DATABASE_URL=… npm run migrate`: brings the tables up to date, for places whose processes cannot, and makes the organisation once. */

const url = process.env['DATABASE_URL']
if (!url?.startsWith('postgres')) {
  console.error('Set DATABASE_URL to the address of the PostgreSQL database, as in postgres://user:password@host/name.')
  process.exit(1)
}
await migratePostgres(url)
const database = openPostgres(url)
if (!(await firstOrganisation(database.db))) await createOrganisation(database.db, process.env['ORGANISATION'] ?? 'Ringside')
await database.close()
console.log('The tables are up to date.')
