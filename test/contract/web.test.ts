import { eq } from 'drizzle-orm'
import { webCrm } from '../../adapters/web/crm.ts'
import { webPlatform } from '../../adapters/web/platform.ts'
import { editItem, type Edit } from '../../db/item-changes.ts'
import { insertItem, lockItem, nextNumber, putObservers, writeRevision } from '../../db/items.ts'
import { inOrganisation, type OpenDatabase, type Tx } from '../../db/open.ts'
import { createOrganisation } from '../../db/organisations.ts'
import { notification, person, webChat, webMessage, webWindow } from '../../db/schema.ts'
import { addMembers, doorTo, lockWebChat, removeMembers } from '../../db/web-chats.ts'
import { messagesIn, postMessage } from '../../db/web-messages.ts'
import { asAccountId, asItemId, asPersonId, type OrganisationId, type PersonId } from '../../src/core/ids.ts'
import { afterAll, beforeAll } from 'vitest'
import { freshDatabase } from '../database.ts'
import { chatPlatformSuite } from './chat-platform.suite.ts'
import { crmSourceSuite } from './crm-source.suite.ts'

/** The built-in workspace and CRM keep what every platform and every CRM keeps. A fresh organisation is a fresh workspace. */

let database: OpenDatabase
let seconds = 0
/** Each reading is a moment later, as it is for people. */
const clock = { now: () => 1_700_000_000_000 + 1_000 * seconds++, wait: async () => {} }
const at = () => new Date(clock.now())

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

chatPlatformSuite({
  name: 'web',
  // Chats of the workspace are neither archived nor opened to everybody nor closed to the app: it is the workspace.
  cannot: ['archive', 'lockOut', 'publish'],
  connect: async () => {
    const organisation = await createOrganisation(database.db, 'Contract')
    const inOurs = <Value>(work: (tx: Tx) => Promise<Value>) => inOrganisation(database.db, organisation, work)
    const withChat = <Value>(chat: string, work: (tx: Tx, row: NonNullable<Awaited<ReturnType<typeof lockWebChat>>>) => Promise<Value>) =>
      inOurs(async (tx) => {
        const row = await lockWebChat(tx, chat)
        if (!row) throw new Error(`There is no chat ${chat}.`)
        return work(tx, row)
      })
    const speaker = await signUp(organisation, 'Speaker', null)
    return {
      platform: webPlatform(database.db, organisation, clock),
      app: asAccountId('ringside'),
      signUp: ({ name, email, kind }) => signUp(organisation, name, email.toLowerCase(), kind),
      join: (chat, account, by) =>
        withChat(chat, async (tx, row) => void (await addMembers(tx, row, [account], { by: by ?? null, history: 'all' }, at()))),
      leave: (chat, account) => withChat(chat, async (tx, row) => void (await removeMembers(tx, row, [account], account, at()))),
      archive: async () => {},
      destroy: (chat) =>
        inOurs(async (tx) => {
          await tx.delete(webWindow).where(eq(webWindow.chatId, chat))
          await tx.delete(webMessage).where(eq(webMessage.chatId, chat))
          await tx.delete(webChat).where(eq(webChat.id, chat))
        }),
      lockOut: async () => {},
      publish: async () => {},
      history: {
        say: (chat) =>
          withChat(chat, async (tx, row) => {
            await addMembers(tx, row, [speaker], { by: null, history: 'all' }, at())
            const door = await doorTo(tx, asPersonId(speaker), chat)
            if (door) await postMessage(tx, door, { text: 'Hello.' }, at())
          }),
        seen: (chat, account) =>
          inOurs(async (tx) => {
            const door = await doorTo(tx, asPersonId(account), chat)
            const rows = door ? (await messagesIn(tx, door, { limit: 100 })).rows : []
            return rows.filter((row) => row.kind === 'text').length
          }),
      },
      heard: () => inOurs(async (tx) => (await tx.select().from(webMessage)).flatMap(newsOf)),
      told: (account) =>
        inOurs(async (tx) => (await tx.select().from(notification).where(eq(notification.personId, account))).map((row) => row.text)),
      seen: (chat) =>
        inOurs(async (tx) => {
          const rows = await tx.select().from(webMessage).where(eq(webMessage.chatId, chat)).orderBy(webMessage.seq)
          return { cards: null, said: rows.flatMap((row) => (row.kind === 'item' ? [row.text] : [])) }
        }),
      close: async () => {},
    }
  },
})

/** Here our own tables are the service: the line that a member reads is what the platform tells. */
function newsOf(row: typeof webMessage.$inferSelect) {
  if (row.kind !== 'joined' && row.kind !== 'left') return []
  const kind = row.kind
  return row.people.map((id) => ({ kind, chat: row.chatId, account: id, by: row.authorId }) as never)
}

async function signUp(organisation: OrganisationId, name: string, email: string | null, kind: 'member' | 'guest' = 'member') {
  const id = crypto.randomUUID()
  const role = kind === 'guest' ? 'guest' : 'employee'
  await inOrganisation(database.db, organisation, (tx) => tx.insert(person).values({ organisationId: organisation, id, name, email, role }))
  return asAccountId(id)
}

crmSourceSuite({
  name: 'web',
  // What is ours is never hidden from us.
  forbids: false,
  connect: async () => {
    const organisation = await createOrganisation(database.db, 'Contract')
    const inOurs = <Value>(work: (tx: Tx) => Promise<Value>) => inOrganisation(database.db, organisation, work)
    const people: PersonId[] = []
    for (const name of ['Ann', 'Ben', 'Cem', 'Dora']) {
      people.push(asPersonId(await signUp(organisation, name, `${name.toLowerCase()}@example.com`)))
    }
    const author = { person: people[0] ?? null, how: 'form' }
    const edit = (id: string, change: Edit) =>
      inOurs(async (tx) => {
        const current = await lockItem(tx, id)
        if (current) await editItem(tx, current, change, author, false, at())
      })
    let saves = 0
    return {
      source: webCrm(database.db, organisation, clock),
      people,
      put: ({ type = 'deal', title = 'A deal', responsible = null, observers = [] }) =>
        inOurs(async (tx) => {
          const id = asItemId(crypto.randomUUID())
          const number = await nextNumber(tx, type)
          const row = {
            organisationId: organisation,
            id,
            type,
            number,
            title,
            stage: 'New',
            amount: null,
            currency: null,
            responsibleId: responsible,
            updatedAt: at(),
          }
          await insertItem(tx, row, author)
          await putObservers(tx, { ...row, revision: 1, deletedAt: null }, observers, author, at())
          return id
        }),
      list: (item, one) => edit(item, { add: [one] }),
      unlist: (item, one) => edit(item, { remove: [one] }),
      save: (item) => edit(item, { title: `A deal, saved ${++saves} times` }),
      reassign: (item, one) => edit(item, { responsible: one }),
      remove: (item) =>
        inOurs(async (tx) => {
          const current = await lockItem(tx, item)
          if (current) await writeRevision(tx, current, { deletedAt: at() }, [], at())
        }),
      forbid: async () => {},
      close: async () => {},
    }
  },
})
