import { ask } from '../../core/capability.ts'
import { privateChatName } from '../../core/chat.ts'
import { asAccountId, type AccountId, type ChatId } from '../../core/ids.ts'
import type { Outcome } from '../../core/failure.ts'
import type { Dialog, Field, Message, Part, Values } from '../../core/screen.ts'
import { notBroughtIn } from '../../core/words.ts'
import * as words from '../../core/words/entering.ts'
import type { OpenedChat } from '../../ports/chat-platform.ts'
import type { Errors } from '../../ports/inbound.ts'
import { chunks } from '../carry-out.ts'
import { whoIs } from './asker.ts'
import { againAfter, type Again, type Attempt, type Reply, type Talk } from './talk.ts'

/**
 * A private chat of people's own (C4). It is no item's: nobody becomes an observer by it, and Ringside remembers neither the chat nor who
 * is in it. Only those invited hear of it, from the chat system itself (C6).
 */

const NAME_MAX = 80
const WELCOME_MAX = 2_900
const INVITED_MAX = 100
const PEOPLE_NAMED_MAX = 3

/** `about` names the one chat that sending the dialog makes, so that sending it twice makes no second one. */
export function newChatDialog(at: Talk, about: string): Promise<Dialog | Message> {
  const refused = whyNone(at)
  if (refused) return Promise.resolve({ text: refused })
  const { privateChat } = at.platform.capabilities.can
  const note: Part[] = privateChat.level === 'emulated' ? [{ part: 'text', text: privateChat.how, tone: 'quiet' }] : []
  return Promise.resolve({
    name: 'new-chat',
    about: about || crypto.randomUUID(),
    title: 'New private chat',
    submit: 'Create',
    parts: [
      { part: 'field', name: 'people', label: 'Invite', required: true, input: { kind: 'people', chosen: [] } },
      text('welcome', 'Welcome text', 'many', WELCOME_MAX, 'The first message in the chat. Ringside does not keep it.'),
      text('name', 'Name', 'one', NAME_MAX, 'Left empty, it is called after its people.'),
      ...note,
    ],
  })
}

const text = (name: string, label: string, lines: 'one' | 'many', max: number, help: string): Field => ({
  part: 'field',
  name,
  label,
  help,
  required: false,
  input: { kind: 'text', value: '', lines, max, ...(name === 'welcome' && { passing: true }) },
})

function whyNone({ asker, platform }: Talk): string | null {
  if (asker.role === 'guest') return words.GUESTS_MAKE_NO_CHATS
  const asked = ask(platform.capabilities, 'privateChat')
  return asked.ok ? null : `${asked.why} ${asked.instead}`
}

export function checkNewChat(at: Talk, values: Values): Errors {
  const invited = invitedIn(at, values)
  if (invited.length === 0) return { people: 'Choose at least one other person.' }
  return invited.length > INVITED_MAX ? { people: `Choose ${INVITED_MAX} people at most; the others can be invited in the chat.` } : {}
}

const invitedIn = ({ from }: Talk, values: Values): readonly AccountId[] =>
  [...new Set(values['people'] ?? [])].filter((account) => account !== from.account).map(asAccountId)

export async function openPrivateChat(at: Attempt, about: string, values: Values): Promise<Reply> {
  const { platform, from, firstTry } = at
  const refused = whyNone(at)
  if (refused || !about) return { text: refused ?? words.NOTHING_TO_OPEN }
  const people = [from.account, ...invitedIn(at, values).slice(0, INVITED_MAX)]
  const waitMs = await platform.room(`private chat ${about}`, { opens: 1, adds: people.length }, true)
  if (waitMs > 0) return { again: 'in_turn', afterMs: waitMs, meanwhile: { text: words.privateChatLater(at.connection.title, waitMs) } }
  const name = values['name']?.[0]?.trim() || (await nameAfter(at, people))
  if (typeof name !== 'string') return name
  const opened = await platform.open({
    operation: `ringside-own-${about}`,
    name,
    topic: '',
    ofPeople: true,
    first: people,
    tried: firstTry ? 'no' : 'before',
  })
  if (!opened.ok) {
    const { failure } = opened
    return failure.kind === 'later' || failure.kind === 'uncertain' ? againAfter(failure) : { text: words.noPrivateChat(failure.why) }
  }
  const outcomes = await bringIn(at, opened.value, people)
  const waits = outcomes.find((outcome) => outcome.kind === 'later')
  if (waits?.kind === 'later') return { again: waits.code, afterMs: waits.afterMs, meanwhile: null }
  const welcome = await saidFirst(at, opened.value.id, values['welcome']?.[0]?.trim() ?? '')
  if ('again' in welcome) return welcome
  const missing = notBroughtIn(await named(at, people, outcomes))
  const told = [words.privateChatOpen(people.length - 1 - missing.length), ...welcome.said, ...missing].join('\n')
  return { once: withLink(told, opened.value.name, opened.value.url) }
}

/** Some came in with the opening. */
async function bringIn({ platform }: Talk, { id, letIn = [] }: OpenedChat, people: readonly AccountId[]): Promise<readonly Outcome[]> {
  const outcomes = new Map<AccountId, Outcome>(letIn.map((account) => [account, { kind: 'done' }]))
  const missing = people.filter((account) => !outcomes.has(account))
  for (const some of chunks(missing, platform.capabilities.addMax)) {
    const added = await platform.add(id, some, 'all')
    for (const [place, account] of some.entries()) if (added[place]) outcomes.set(account, added[place])
  }
  return people.flatMap((account) => outcomes.get(account) ?? [])
}

/** After an unknown outcome it may stand there, and is not said again. */
async function saidFirst({ platform, asker }: Talk, chat: ChatId, welcome: string): Promise<{ readonly said: readonly string[] } | Again> {
  if (welcome === '') return { said: [] }
  const says = words.saysWelcome(asker.name)
  const posted = await platform.post(chat, {
    text: `${says} ${welcome}`,
    parts: [
      { part: 'text', text: says, tone: 'quiet' },
      { part: 'text', text: welcome },
    ],
  })
  if (posted.ok) return { said: [] }
  const { failure } = posted
  return failure.kind === 'later' ? againAfter(failure) : { said: [words.noWelcome(failure.why)] }
}

async function nameAfter(at: Talk, people: readonly AccountId[]): Promise<string | Again> {
  const names: string[] = []
  for (const account of people.slice(0, PEOPLE_NAMED_MAX)) {
    const known = await whoIs(at, account)
    if ('again' in known) return { ...known, meanwhile: null }
    names.push(known.name ?? 'somebody')
  }
  return privateChatName(names, people.length)
}

/** Those who are not in it, by name. */
async function named(at: Talk, people: readonly AccountId[], outcomes: readonly Outcome[]) {
  const missing: { name: string; outcome: Outcome }[] = []
  for (const [place, account] of people.entries()) {
    const outcome = outcomes[place]
    if (!outcome || outcome.kind === 'done' || outcome.kind === 'already') continue
    const known = await whoIs(at, account)
    missing.push({ name: ('name' in known && known.name) || 'Somebody', outcome })
  }
  return missing
}

const withLink = (told: string, title: string, url: string): Message => ({
  text: told,
  parts: [
    { part: 'text', text: told },
    { part: 'link', title, url },
  ],
})
