import type { InboxRow } from '../../db/inbox.ts'
import { factsOf, itemById, itemByNumber, type ItemWithObservers, listItems } from '../../db/items.ts'
import { linkOfChat, type LinkRow, seatsOf } from '../../db/links.ts'
import { inOrganisation, type Tx } from '../../db/open.ts'
import { type ConnectionRow, connectionById } from '../../db/organisations.ts'
import { accountsById, peopleById, type PersonRow, personById, rememberAccount, searchPeople } from '../../db/people.ts'
import { may, type Viewer } from '../core/access.ts'
import type { Outcome } from '../core/failure.ts'
import { asConnectionId, asOrganisationId, asPersonId, type OrganisationId } from '../core/ids.ts'
import { ITEM_TYPES, type ItemFacts, parseKey } from '../core/item.ts'
import {
  askWhyInChat,
  DISCUSS_HELP,
  discussed,
  noSuchItem,
  notAMember,
  notBroughtIn,
  opensLater,
  severalHits,
  whoIsThat,
} from '../core/words.ts'
import type { ChatPlatform, Message } from '../ports/chat-platform.ts'
import type { Asker, News, Verb } from '../ports/inbound.ts'
import { discuss, type Discussed } from './discuss.ts'
import { type Engine, NOT_CONNECTED_MS, nowOf } from './engine.ts'
import type { Dealt } from './inbox.ts'
import { whyOf } from './why.ts'

/** What people type to the app in their chat system. What the asker may not see does not exist for them. */

const CHOICES_MAX = 5
/** How often, and how far apart, it is looked whether the asker is in the chat, before the link is given as it is. */
const LOOKS_MAX = 30
const AGAIN_MAX_MS = 60_000

type Question = {
  readonly engine: Engine
  readonly organisation: OrganisationId
  readonly connection: ConnectionRow
  readonly platform: ChatPlatform
  readonly asker: PersonRow
  readonly from: Asker
  readonly firstTry: boolean
  readonly patient: boolean
}

/** A sentence for the asker, or the reason to try again later (with a sentence, when the wait is worth one). */
type Reply = Message | { readonly again: string; readonly afterMs: number; readonly meanwhile: Message | null }

export async function answerCommand(engine: Engine, row: InboxRow, news: Extract<News, { kind: 'command' }>): Promise<Dealt> {
  const organisation = asOrganisationId(row.organisationId)
  const connection = await inOrganisation(engine.db, organisation, (tx) => connectionById(tx, row.connectionId))
  const platform = engine.platformOf(connection)
  if (!platform) return { again: 'not_connected', afterMs: NOT_CONNECTED_MS }

  const asker = await whoAsks(engine, organisation, connection, platform, news.from)
  if ('again' in asker) return asker
  const question = {
    engine,
    organisation,
    connection,
    platform,
    from: news.from,
    firstTry: row.attempts === 1,
    patient: row.attempts <= LOOKS_MAX,
  }
  const reply = asker.person
    ? await replyTo({ ...question, asker: asker.person }, news.verb)
    : { text: notAMember(asker.name, asker.email) }

  const message = 'again' in reply ? (question.firstTry ? reply.meanwhile : null) : reply
  if (message) {
    const told = await platform.tell(news.from, message)
    if (!told.ok && told.failure.kind === 'later') return { again: told.failure.code, afterMs: told.failure.afterMs }
    if (!told.ok) return { outcome: `unanswered: ${told.failure.code}` }
  }
  return 'again' in reply ? { again: reply.again, afterMs: reply.afterMs } : { outcome: 'answered' }
}

type WhoAsks = { readonly person: PersonRow | null; readonly name: string | null; readonly email: string | null }

async function whoAsks(
  engine: Engine,
  organisation: OrganisationId,
  connection: ConnectionRow,
  platform: ChatPlatform,
  from: Asker,
): Promise<WhoAsks | Extract<Dealt, { again: string }>> {
  const of = { organisation, connection: asConnectionId(connection.id) }
  const known = await inOrganisation(engine.db, organisation, async (tx) =>
    (await accountsById(tx, of.connection, [from.account])).get(from.account),
  )
  const person = known?.personId ? await inOrganisation(engine.db, organisation, (tx) => personById(tx, known.personId ?? '')) : null
  if (person) return { person, name: person.name, email: person.email }

  const profile = await platform.profile(from.account)
  if (!profile.ok) return { again: profile.failure.code, afterMs: profile.failure.kind === 'later' ? profile.failure.afterMs : 5_000 }
  const found = profile.value
  if (!found) return { person: null, name: null, email: null }
  return inOrganisation(engine.db, organisation, async (tx) => {
    const row = await rememberAccount(tx, of, found, nowOf(engine))
    return { person: row.personId ? await personById(tx, row.personId) : null, name: row.name, email: row.email }
  })
}

function replyTo(question: Question, verb: Verb): Promise<Reply> {
  switch (verb.name) {
    case 'help':
      return Promise.resolve({ text: DISCUSS_HELP })
    case 'discuss':
      return findAndDiscuss(question, verb.words)
    case 'discuss-item':
      return discussItem(question, verb.item, 'with that key')
    case 'why':
      return explainSeat(question, verb)
  }
}

async function findAndDiscuss(question: Question, words: string): Promise<Reply> {
  const { engine, organisation, asker } = question
  const hits = await inOrganisation(engine.db, organisation, (tx) => search(tx, viewerOf(asker), words))
  const [first] = hits
  if (!first) return { text: noSuchItem(words) }
  if (hits.length === 1) return discussItem(question, first.row.id, words)
  const choices = hits.slice(0, CHOICES_MAX).map((hit) => ({ value: hit.row.id, title: titleOf(hit) }))
  return { text: severalHits(words, hits.length > CHOICES_MAX), choices }
}

/** A key names one item; other words are searched for. */
async function search(tx: Tx, viewer: Viewer, words: string): Promise<readonly ItemWithObservers[]> {
  const key = parseKey(words)
  const named = key ? await itemByNumber(tx, key.type, key.number) : null
  if (named && may(viewer, 'see', factsOf(named)).may) return [named]
  return (await listItems(tx, viewer, { query: words }, null, CHOICES_MAX + 1)).items
}

function titleOf(hit: ItemWithObservers): string {
  const { key, title } = factsOf(hit)
  return `${key} ${title} · ${ITEM_TYPES[hit.row.type].title}, ${hit.row.stage}`
}

async function discussItem(question: Question, itemId: string, words: string): Promise<Reply> {
  const { engine, organisation, asker } = question
  const result = await discuss(engine, organisation, viewerOf(asker), itemId)
  switch (result.kind) {
    case 'hidden':
      return { text: noSuchItem(words) }
    case 'refused':
      return { text: result.why }
    case 'unread':
      return { again: 'crm_unavailable', afterMs: result.afterMs, meanwhile: null }
    case 'waiting':
      return opening(question, result.item, result.afterMs)
    case 'open': {
      if (question.patient && !(await isDealtWith(question, result))) return opening(question, result.item, untilDue(engine, result.link))
      const missing = await whoIsMissing(question, result.outcomes)
      return { text: discussed(result.item, result.created, missing), link: { title: result.link.name, url: urlOf(engine, result.link) } }
    }
  }
}

const opening = ({ connection }: Question, item: ItemFacts, afterMs: number): Reply => ({
  again: 'opening',
  afterMs,
  meanwhile: { text: opensLater(item, connection.title, afterMs) },
})

/** The link of a private chat opens nothing for somebody who is not in it: they are in, or it is known why not. */
async function isDealtWith({ engine, organisation, asker }: Question, { link, outcomes }: Extract<Discussed, { kind: 'open' }>) {
  if (outcomes.has(asPersonId(asker.id))) return true
  const seats = await inOrganisation(engine.db, organisation, (tx) => seatsOf(tx, link.id))
  return seats.some((seat) => seat.personId === asker.id && seat.inChat)
}

const untilDue = (engine: Engine, link: LinkRow): number =>
  Math.min(AGAIN_MAX_MS, Math.max(1_000, (link.dueAt?.getTime() ?? 0) - engine.clock.now()))

/** A sentence for everybody who could not be brought in, the asker included. */
async function whoIsMissing({ engine, organisation, asker }: Question, outcomes: ReadonlyMap<string, Outcome>): Promise<readonly string[]> {
  const missing = [...outcomes].filter(([, outcome]) => outcome.kind !== 'done' && outcome.kind !== 'already')
  const people = await inOrganisation(engine.db, organisation, (tx) =>
    peopleById(
      tx,
      missing.map(([person]) => person),
    ),
  )
  return notBroughtIn(
    missing.map(([person, outcome]) => ({ name: person === asker.id ? 'You' : (people.get(person)?.name ?? 'Somebody'), outcome })),
  )
}

/** A chat of the workspace is an address of ours; others bring their own. */
export function urlOf(engine: Engine, link: LinkRow): string {
  const url = link.url ?? ''
  return url.startsWith('/') ? `${engine.publicUrl}${url}` : url
}

async function explainSeat(question: Question, verb: Extract<Verb, { name: 'why' }>): Promise<Reply> {
  const { engine, organisation, connection, platform, asker, from } = question
  const person = await whoIsMeant(question, verb)
  if (person === 'later') return { again: 'profile', afterMs: 5_000, meanwhile: null }
  return inOrganisation(engine.db, organisation, async (tx) => {
    const link = from.chat ? await linkOfChat(tx, connection.id, from.chat) : null
    const current = link ? await itemById(tx, link.itemId) : null
    if (!current || !may(viewerOf(asker), 'see', factsOf(current)).may) return { text: askWhyInChat(platform.capabilities.title) }
    if (!person) return { text: whoIsThat(verb.words) }
    return { text: (await whyOf(tx, current, person, asker.id)).sentence }
  })
}

async function whoIsMeant(question: Question, verb: Extract<Verb, { name: 'why' }>): Promise<PersonRow | null | 'later'> {
  const { engine, organisation, connection, platform } = question
  if (verb.account) {
    const found = await whoAsks(engine, organisation, connection, platform, { account: verb.account, chat: null, reply: null })
    return 'again' in found ? 'later' : found.person
  }
  const words = verb.words.replace(/^@/, '').trim()
  if (!words) return question.asker
  const [only, other] = await inOrganisation(engine.db, organisation, (tx) => searchPeople(tx, words, 2))
  return only && !other ? only : null
}

export function viewerOf(person: PersonRow): Viewer {
  return { id: asPersonId(person.id), role: person.role, active: person.active, unreadableTypes: person.unreadableTypes }
}
