import { inOrganisation, type Database, type Tx } from '../db/open.ts'
import { createOrganisation } from '../db/organisations.ts'
import { insertItem, putObservers } from '../db/items.ts'
import { item, person } from '../db/schema.ts'
import { eq } from 'drizzle-orm'
import type { Role } from './core/access.ts'
import type { OrganisationId } from './core/ids.ts'
import type { ItemType } from './core/item.ts'

/** The demo organisation: a small sales team and what is on its desk. Made once, when the database is empty. */

type DemoPerson = { name: string; email: string; role: Role; title: string; unreadableTypes?: ItemType[] }

const PEOPLE: readonly DemoPerson[] = [
  { name: 'Ada Novak', email: 'ada@example.com', role: 'administrator', title: 'CRM administrator' },
  { name: 'Max Weber', email: 'max@example.com', role: 'manager', title: 'Head of sales' },
  { name: 'Ann Reed', email: 'ann@example.com', role: 'employee', title: 'Account executive' },
  { name: 'Bob Chen', email: 'bob@example.com', role: 'employee', title: 'Solution engineer' },
  { name: 'Cid Baker', email: 'cid@example.com', role: 'employee', title: 'Account executive' },
  { name: 'Dan Okafor', email: 'dan@example.com', role: 'employee', title: 'Customer success' },
  { name: 'Eve Lindqvist', email: 'eve@example.com', role: 'employee', title: 'Legal counsel' },
  { name: 'Finn Morel', email: 'finn@example.com', role: 'employee', title: 'Business development' },
  { name: 'Gina Rossi', email: 'gina@example.com', role: 'employee', title: 'Working student', unreadableTypes: ['invoice'] },
]

const COMPANIES = [
  'Acme',
  'Borealis',
  'Cobalt',
  'Delmar',
  'Evergreen',
  'Fjord',
  'Granite',
  'Halcyon',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
] as const
const WISHES = ['renewal', 'pilot', 'rollout', 'licences', 'support plan', 'migration', 'training'] as const
const STAGES: Record<ItemType, readonly string[]> = {
  lead: ['New', 'Qualified', 'Unqualified'],
  deal: ['New', 'Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost'],
  contact: ['Active'],
  company: ['Customer', 'Prospect'],
  invoice: ['Draft', 'Sent', 'Paid'],
  custom: ['Open', 'Done'],
  estimate: ['Draft', 'Sent', 'Accepted'],
  document: ['Draft', 'Signed'],
}
const COUNTS: Record<ItemType, number> = { deal: 48, lead: 14, company: 12, contact: 10, invoice: 9, custom: 3, estimate: 4, document: 3 }
const SELLERS = ['Ann Reed', 'Cid Baker', 'Finn Morel', 'Max Weber'] as const
const HELPERS = ['Bob Chen', 'Dan Okafor', 'Eve Lindqvist', 'Ann Reed', 'Cid Baker'] as const
const MAIN_DEAL = 42
const HOUR_MS = 3_600_000

export async function createDemo(db: Database, nowMs: number): Promise<OrganisationId> {
  const organisation = await createOrganisation(db, 'Northwind Sales (demo)')
  await inOrganisation(db, organisation, async (tx) => {
    const ids = new Map<string, string>()
    for (const { unreadableTypes = [], ...values } of PEOPLE) {
      const id = crypto.randomUUID()
      ids.set(values.name, id)
      await tx.insert(person).values({ organisationId: organisation, id, ...values, unreadableTypes })
    }
    let age = 0
    for (const [type, count] of Object.entries(COUNTS) as [ItemType, number][]) {
      for (let number = 1; number <= count; number++) await fill(tx, organisation, ids, type, number, nowMs - HOUR_MS * 5 * age++)
    }
    await stageTheMainDeal(tx, ids, nowMs)
  })
  return organisation
}

async function fill(tx: Tx, organisation: OrganisationId, ids: ReadonlyMap<string, string>, type: ItemType, number: number, atMs: number) {
  const at = new Date(atMs)
  const id = crypto.randomUUID()
  const main = type === 'deal' && number === MAIN_DEAL
  const responsible = ids.get(main ? 'Ann Reed' : pick(SELLERS, number)) ?? null
  const helpers = [pick(HELPERS, number), pick(HELPERS, number * 3 + 1)].slice(0, number % 3)
  const observers = [...new Set(helpers.map((name) => ids.get(name) ?? ''))].filter((one) => one !== '' && one !== responsible)
  const money = ['deal', 'invoice', 'estimate', 'lead'].includes(type)
  const values = {
    organisationId: organisation,
    id,
    type,
    number,
    title: titleOf(type, number),
    stage: pick(STAGES[type], number * 2),
    amount: money ? 1_500 + ((number * 7_919) % 90) * 500 : null,
    currency: money ? 'EUR' : null,
    responsibleId: responsible,
    updatedAt: at,
  }
  await insertItem(tx, values, { person: responsible, how: 'form' })
  if (type === 'estimate' || type === 'document') return
  await putObservers(tx, { ...values, revision: 1, deletedAt: null }, observers, { person: responsible, how: 'form' }, at)
}

/** The deal that the README and the first minute talk about. */
async function stageTheMainDeal(tx: Tx, ids: ReadonlyMap<string, string>, nowMs: number) {
  const rows = await tx.select().from(item).where(eq(item.number, MAIN_DEAL))
  const deal = rows.find((row) => row.type === 'deal')
  if (!deal) throw new Error(`The demo has no deal ${MAIN_DEAL}.`)
  const ann = ids.get('Ann Reed') ?? ''
  await tx
    .update(item)
    .set({ title: 'Acme renewal', stage: 'Negotiation', amount: 48_000, updatedAt: new Date(nowMs) })
    .where(eq(item.id, deal.id))
  const observers = ['Bob Chen', 'Dan Okafor', 'Eve Lindqvist'].map((name) => ids.get(name) ?? '')
  await putObservers(tx, deal, observers, { person: ann, how: 'form' }, new Date(nowMs))
}

function titleOf(type: ItemType, number: number): string {
  const company = pick(COMPANIES, number)
  switch (type) {
    case 'deal':
      return `${company} ${pick(WISHES, number * 5)}`
    case 'lead':
      return `${company}: asked about ${pick(WISHES, number)}`
    case 'company':
      return `${company} Ltd`
    case 'contact':
      return `${pick(['Ivy', 'Omar', 'Lena', 'Theo', 'Noor'], number)} at ${company}`
    case 'invoice':
      return `${company}, invoice for ${pick(WISHES, number * 2)}`
    case 'custom':
      return `${company} onboarding`
    case 'estimate':
      return `${company}, estimate for ${pick(WISHES, number * 3)}`
    case 'document':
      return `${company} contract`
  }
}

function pick<Value>(values: readonly Value[], place: number): Value {
  const value = values[place % values.length]
  if (value === undefined) throw new Error('There is nothing to pick from.')
  return value
}
