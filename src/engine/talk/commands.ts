import type { InboxRow } from '../../../db/inbox.ts'
import { linkOfItem } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { notify } from '../../../db/notifications.ts'
import type { PersonRow } from '../../../db/people.ts'
import type { Message, Values } from '../../core/screen.ts'
import { asChatId } from '../../core/ids.ts'
import { readAbout } from '../../core/press.ts'
import { discussHelp, notAMember } from '../../core/words.ts'
import type { Listener } from '../../ports/chat-platform.ts'
import type { News, Verb } from '../../ports/inbound.ts'
import { type Engine, nowOf } from '../engine.ts'
import type { Dealt } from '../inbox.ts'
import { type Place, whoSent } from './asker.ts'
import { discussItem, findAndDiscuss } from './discussing.ts'
import { explainSeat } from './explaining.ts'
import { showHome } from './home.ts'
import { pressed } from './presses.ts'
import { leaveChat } from './leaving.ts'
import { changePeople } from './people-verbs.ts'
import { renameChat } from './renaming.ts'
import { sayStatus, sayWho } from './standing.ts'
import { type Attempt, isAgain, isOnce, type Reply, type Talk } from './talk.ts'

/** What people type to the app in their chat system, and press there. */

/** How often it is looked whether the asker is in the chat, before the link is given as it is. */
const LOOKS_MAX = 30

/** `passing`: what was filled in and is written down nowhere, as long as it is at hand. */
export async function answerCommand(
  engine: Engine,
  row: InboxRow,
  news: Extract<News, { kind: 'command' }>,
  passing: Values,
): Promise<Dealt> {
  const sent = await whoSent(engine, row, news.from.account)
  if ('again' in sent) return sent
  const { at, asker } = sent
  const tries = { firstTry: row.attempts === 1, patient: row.attempts <= LOOKS_MAX }
  const reply = asker.person
    ? await replyTo({ ...at, ...tries, asker: asker.person, from: news.from }, news.verb, passing)
    : { text: notAMember(asker.name, asker.email) }

  const message = isAgain(reply) ? (tries.firstTry ? reply.meanwhile : null) : isOnce(reply) ? reply.once : reply
  if (message) {
    const told = await at.platform.tell(await listenerOf(at, news), message)
    if (!told.ok && isOnce(reply) && asker.person) {
      await noteFor(at, asker.person, reply.once)
      return { outcome: `answered elsewhere: ${told.failure.code}` }
    }
    if (!told.ok && told.failure.kind === 'later') return { again: told.failure.code, afterMs: told.failure.afterMs }
    if (!told.ok) return { outcome: `unanswered: ${told.failure.code}` }
  }
  if (isAgain(reply)) return { again: reply.again, afterMs: reply.afterMs }
  if (asker.person && news.from.onHome) await showAgain({ ...at, asker: asker.person, from: news.from })
  return { outcome: 'answered' }
}

/** What cannot be told now and must not be done again stands among the asker's notifications. */
function noteFor({ engine, organisation }: Place, { id }: PersonRow, { text }: Message): Promise<void> {
  return inOrganisation(engine.db, organisation, (tx) =>
    notify(tx, [{ organisationId: organisation, personId: id, kind: 'told', text, at: nowOf(engine) }]),
  )
}

/** The page it was pressed on shows what is so now; where it cannot, the next opening will. */
async function showAgain(at: Talk): Promise<void> {
  const shown = await showHome(at)
  if (!shown.ok) at.engine.log.warn({ connection: at.connection.id, code: shown.failure.code }, 'A page was not shown again.')
}

/** A dialog that was sent has no chat and no answer of its own: it is answered in the chat of the item that it was about. */
async function listenerOf(at: Place, { from, verb }: Extract<News, { kind: 'command' }>): Promise<Listener> {
  if (from.chat || from.reply || !from.dialog || verb.name !== 'press') return from
  const { item } = readAbout(verb.press.about)
  const link = await inOrganisation(at.engine.db, at.organisation, (tx) => linkOfItem(tx, item))
  return link?.chat && link.connectionId === at.connection.id ? { ...from, chat: asChatId(link.chat) } : from
}

/** What a chat's privacy rests on there, where it is not ours alone to keep (C3). */
function howPrivate({ platform }: Talk): readonly string[] {
  const { privateChat } = platform.capabilities.can
  return privateChat.level === 'emulated' ? [privateChat.how] : []
}

function replyTo(at: Attempt, verb: Verb, passing: Values): Promise<Reply> {
  switch (verb.name) {
    case 'help':
      return Promise.resolve({ text: discussHelp(verb.command, howPrivate(at)) })
    case 'discuss':
      return findAndDiscuss(at, verb.words)
    case 'discuss-item':
      return discussItem(at, verb.item, 'with that key')
    case 'why':
      return explainSeat(at, verb)
    case 'press':
      return pressed(at, verb.press, { ...verb.values, ...passing })
    case 'who':
      return sayWho(at)
    case 'status':
      return sayStatus(at)
    case 'add':
    case 'remove':
      return changePeople(at, verb)
    case 'leave':
      return leaveChat(at, '')
    case 'rename':
      return renameChat(at, '', verb.words)
  }
}
