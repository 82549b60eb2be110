import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Database, inOrganisation, type Tx } from '../../db/open.ts'
import { notify } from '../../db/notifications.ts'
import { peopleById, type PersonRow } from '../../db/people.ts'
import { person, webChat } from '../../db/schema.ts'
import {
  addMembers,
  createWebChat,
  hearOfItem,
  lockWebChat,
  memberIds,
  nameWebChat,
  removeMembers,
  type WebChatRow,
} from '../../db/web-chats.ts'
import { ask } from '../../src/core/capability.ts'
import { failed, ok, type Outcome, type Result } from '../../src/core/failure.ts'
import { asAccountId, asChatId, type OrganisationId } from '../../src/core/ids.ts'
import type { Message, Part } from '../../src/core/screen.ts'
import type { AccountProfile, ChatPlatform, History } from '../../src/ports/chat-platform.ts'
import type { Clock } from '../../src/ports/clock.ts'
import { WEB_CAPABILITIES } from './capabilities.ts'

/** The built-in workspace as a chat platform: our own database is the service, and a person's id is their account. */
export function webPlatform(db: Database, organisation: OrganisationId, clock: Clock): ChatPlatform {
  const inOurs = <Value>(work: (tx: Tx) => Promise<Value>) => inOrganisation(db, organisation, work)
  const now = () => new Date(clock.now())

  const withChat = <Value>(chat: string, work: (tx: Tx, row: WebChatRow) => Promise<Value>): Promise<Result<Value>> =>
    inOurs(async (tx) => {
      const row = await lockWebChat(tx, chat)
      return row ? ok(await work(tx, row)) : failed(GONE)
    })

  return {
    capabilities: WEB_CAPABILITIES,

    async open({ operation, name }) {
      const { chat } = await inOurs((tx) =>
        createWebChat(tx, { organisationId: organisation, id: crypto.randomUUID(), kind: 'item', operation, name, createdAt: now() }),
      )
      return ok({ id: asChatId(chat.id), name: chat.name, url: urlOf(chat.id), isNew: false })
    },

    async describe(chat) {
      const [row] = await inOurs((tx) => tx.select().from(webChat).where(eq(webChat.id, chat)))
      return row ? ok({ state: 'open', name: row.name, url: urlOf(row.id), isPublic: false }) : failed(GONE)
    },

    async members(chat) {
      return inOurs(async (tx) => {
        const [row] = await tx.select({ id: webChat.id }).from(webChat).where(eq(webChat.id, chat))
        return row ? ok((await memberIds(tx, chat)).map(asAccountId)) : failed(GONE)
      })
    },

    async add(chat, accounts, history: History) {
      const result = await withChat(chat, async (tx, row) => {
        const known = await peopleById(tx, accounts)
        const welcome = accounts.filter((account) => !refusalOf(known.get(account)))
        const added = new Set(
          await addMembers(tx, row, welcome, { by: null, history: typeof history === 'string' ? history : 'hidden' }, now()),
        )
        return accounts.map((account): Outcome => refusalOf(known.get(account)) ?? { kind: added.has(account) ? 'done' : 'already' })
      })
      return result.ok ? result.value : accounts.map(() => LOST)
    },

    async remove(chat, accounts) {
      const result = await withChat(chat, async (tx, row) => {
        const removed = new Set(await removeMembers(tx, row, accounts, null, now()))
        return accounts.map((account): Outcome => ({ kind: removed.has(account) ? 'done' : 'already' }))
      })
      return result.ok ? result.value : accounts.map(() => LOST)
    },

    async rename(chat, name) {
      return withChat(chat, async (tx, row) => {
        await nameWebChat(tx, row, name.slice(0, WEB_CAPABILITIES.nameMax), null, now())
        return { name: name.slice(0, WEB_CAPABILITIES.nameMax) }
      })
    },

    // A chat of the workspace stands beside its item, and shows it as it is.
    display: async () => ({ shown: {}, left: [] }),
    async post(chat, message) {
      return withChat(chat, (tx, row) => hearOfItem(tx, row, textOf(message), now()))
    },
    inviteOutsider: async () => failed(NO_OUTSIDERS),

    async resolve(emails) {
      const wanted = emails.map((email) => email.toLowerCase())
      const rows =
        wanted.length === 0
          ? []
          : await inOurs((tx) =>
              tx
                .select()
                .from(person)
                .where(and(inArray(sql`lower(${person.email})`, wanted))),
            )
      const byEmail = new Map(rows.map((row) => [row.email?.toLowerCase(), row]))
      return ok(wanted.map((email) => profileOf(byEmail.get(email))))
    },

    async profile(account) {
      const found = await inOurs((tx) => peopleById(tx, [account]))
      return ok(profileOf(found.get(account)))
    },

    groupMembers: async () => failed(NO_GROUPS),

    async tell({ account, chat }, message) {
      await inOurs((tx) =>
        notify(tx, [{ organisationId: organisation, personId: account, kind: 'told', chatId: chat, text: textOf(message), at: now() }]),
      )
      return ok(undefined)
    },

    // The workspace asks and shows on pages of its own.
    ask: async () => failed(NO_SCREEN),
    home: async () => failed(NO_SCREEN),
    unfurl: async () => failed(NO_SCREEN),
    probe: async () => ({ atMs: clock.now(), lines: [], leftBehind: null }),
    room: async () => 0,
    timeFor: () => 0,
  }
}

const GONE = { kind: 'gone', code: 'chat_gone', why: 'The chat does not exist any more.' } as const
const NO_OUTSIDERS = {
  kind: 'refused',
  code: 'no_outsiders',
  why: 'The workspace has no sign-in for people from outside yet.',
  mender: 'nobody',
} as const
const NO_GROUPS = { kind: 'refused', code: 'no_groups', why: 'The workspace has no groups of people.', mender: 'nobody' } as const
const NO_SCREEN = {
  kind: 'refused',
  code: 'no_screen',
  why: 'The workspace shows this on a page of its own.',
  mender: 'nobody',
} as const
const LOST: Outcome = { kind: 'refused', code: GONE.code, why: GONE.why, mender: 'nobody' }

function refusalOf(row: PersonRow | undefined): Outcome | null {
  if (!row) return { kind: 'refused', code: 'person_not_found', why: 'There is no such person in the workspace.', mender: 'administrator' }
  const guests = ask(WEB_CAPABILITIES, 'guests')
  if (row.role !== 'guest' || guests.ok) return null
  return { kind: 'refused', code: 'guests_refused', why: `${guests.why} ${guests.instead}`, mender: 'administrator' }
}

const urlOf = (id: string) => `/chats/${id}`

const textOf = (message: Message) => [message.text, ...(message.parts ?? []).flatMap(urlIn)].join(' ')

const urlIn = (part: Part) => (part.part === 'link' ? [part.url] : [])

function profileOf(row: Omit<PersonRow, 'entitlement'> | undefined): AccountProfile | null {
  if (!row) return null
  const email = row.email?.toLowerCase() ?? null
  return { id: asAccountId(row.id), name: row.name, email, kind: row.role === 'guest' ? 'guest' : 'member', active: row.active }
}
