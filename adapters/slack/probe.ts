import { type Failure, type Mender, type Outcome, outcomeOf } from '../../src/core/failure.ts'
import { type AccountId, asChatId, type ChatId } from '../../src/core/ids.ts'
import type { ProbeLine, ProbeReport } from '../../src/core/probe.ts'
import type { Prober } from '../../src/ports/chat-platform.ts'
import { resolveEmails } from './accounts.ts'
import type { SlackMethod } from './call.ts'
import { channelIn, channelUrl, type Slack } from './channel.ts'
import { fieldsOf, textOf } from './fields.ts'
import { addPeople, removePeople } from './people.ts'
import { OPTIONAL_SCOPES, SCOPES } from './scopes.ts'

/**
 * The trial of a workspace (U9): what the engine needs is really done once, on a channel of its own and with the administrator who asks. One
 * step after the other, and each says what came of it; what hangs on a step that failed is not tried.
 */
export async function probeWorkspace(slack: Slack, prober: Prober, nowMs: number, told: Told): Promise<ProbeReport> {
  const lines: ProbeLine[] = []
  const report = (leftBehind: string | null, rest: Came): ProbeReport => ({
    atMs: nowMs,
    lines: STEPS.map((step) => lines.find((line) => line.step === step) ?? { step, title: TITLES[step], ...rest }),
    leftBehind,
  })
  const ended = (leftBehind: string | null) => report(leftBehind, HUNG_ON_ANOTHER)
  let mayBeLeft: string | null = null
  const note = async (step: Step, came: Came): Promise<boolean> => {
    lines.push({ step, title: TITLES[step], ...came })
    await told(report(mayBeLeft, NOT_YET))
    return came.outcome === 'works'
  }

  const tested = await slack.call('auth.test', {})
  if (!(await note('connect', tested.ok ? WORKS : failing(tested.failure))) || !tested.ok) return ended(null)
  await note('permissions', permissions(grantedIn(tested.value)))
  const name = `ringside-trial-${nowMs.toString(36)}`
  // Told before there is a channel: nobody may be there to tell it afterwards.
  mayBeLeft = halfWay(name)
  const account = await findAccount(slack, prober, (found) => note('people', found))

  const created = await slack.call('conversations.create', { name, is_private: true })
  if (!(await note('create', created.ok ? WORKS : failing(created.failure))) || !created.ok) {
    return ended(!created.ok && created.failure.kind === 'uncertain' ? perhapsLeft(name) : null)
  }
  const channel = channelIn(created.value['channel'])
  const inIt = await tryChannel(slack, asChatId(channel.id), channel.name, note)
  const stays = await tryMember(slack, asChatId(channel.id), account, note)
  const archived = await note('archive', await tried(slack, 'conversations.archive', { channel: channel.id }))
  return ended(left(inIt.name, archived, stays))
}

const STEPS = [
  'connect',
  'permissions',
  'people',
  'create',
  'topic',
  'rename',
  'card',
  'pin',
  'link',
  'invite',
  'remove',
  'archive',
] as const
type Step = (typeof STEPS)[number]

const TITLES: Readonly<Record<Step, string>> = {
  connect: 'Reaches the workspace',
  permissions: 'Has its permissions',
  people: 'Finds people by their e-mail address',
  create: 'Creates a private channel',
  topic: 'Sets its topic',
  rename: 'Renames it',
  card: 'Posts a card in it',
  pin: 'Pins the card',
  link: 'Puts a link at its top',
  invite: 'Invites you',
  remove: 'Takes you out again',
  archive: 'Archives it',
}

type Came = Omit<ProbeLine, 'step' | 'title'>
type Note = (step: Step, came: Came) => Promise<boolean>
type Told = (soFar: ProbeReport) => Promise<void>

const WORKS: Came = { outcome: 'works', why: null, mender: null }
const untried = (why: string, mender: Mender | null = null): Came => ({ outcome: 'untried', why, mender })

const HUNG_ON_ANOTHER = untried('A step before it did not work.')
const NOT_YET: Came = { outcome: 'untried', why: null, mender: null }

/** What Slack had no time for, or gave no clear answer about, did not fail: nobody knows. */
function failing(failure: Failure): Came {
  if (failure.kind === 'later') return untried(`${failure.why} Try again in a minute.`, 'you')
  if (failure.kind === 'uncertain') return untried(failure.why)
  const outcome = outcomeOf(failure)
  return { outcome: 'fails', why: failure.why, mender: outcome.kind === 'refused' ? outcome.mender : null }
}

async function tried(slack: Slack, method: SlackMethod, args: Readonly<Record<string, unknown>>): Promise<Came> {
  const called = await slack.call(method, args)
  return called.ok ? WORKS : failing(called.failure)
}

function outcomeCame(outcome: Outcome | undefined): Came {
  switch (outcome?.kind) {
    case undefined:
    case 'done':
    case 'already':
      return WORKS
    case 'refused':
      return { outcome: 'fails', why: outcome.why, mender: outcome.mender }
    case 'impossible':
      return { outcome: 'fails', why: outcome.why, mender: 'nobody' }
    case 'later':
    case 'uncertain':
      return untried(outcome.why)
  }
}

/** Slack says with every answer what the token may do. */
const grantedIn = (answer: unknown): readonly string[] | null => {
  const scopes = fieldsOf(fieldsOf(answer)['response_metadata'])['scopes']
  return Array.isArray(scopes) ? (scopes as string[]).map((scope) => scope.trim()) : null
}

function permissions(granted: readonly string[] | null): Came {
  if (!granted) return untried('Slack did not say which permissions Ringside has.')
  const without = (asked: readonly { readonly scope: string; readonly why: string }[]) =>
    asked.filter(({ scope }) => !granted.includes(scope))
  const said = (missing: ReturnType<typeof without>) => missing.map(({ scope, why }) => `${scope}. ${why}`).join(' ')
  const missing = without(SCOPES)
  if (missing.length > 0) {
    const why = `Install the app again to grant what is missing: ${said(missing)}`
    return { outcome: 'fails', why, mender: 'administrator' }
  }
  const optional = without(OPTIONAL_SCOPES)
  return { ...WORKS, why: optional.length > 0 ? `Left out when it was installed: ${said(optional)}` : null }
}

async function findAccount(slack: Slack, { email, account }: Prober, note: (came: Came) => Promise<boolean>): Promise<AccountId | null> {
  if (!email) {
    await note(untried('You have no e-mail address here to look for.', 'you'))
    return account
  }
  const found = await resolveEmails(slack, [email])
  if (!found.ok) await note(failing(found.failure))
  else if (found.value[0]) await note(WORKS)
  else await note(untried(`Slack has no account with your address ${email}. Try again as somebody who has one.`, 'you'))
  return (found.ok && found.value[0]?.id) || account
}

async function tryChannel(slack: Slack, chat: ChatId, name: string, note: Note): Promise<{ readonly name: string }> {
  const channel = chat
  await note('topic', await tried(slack, 'conversations.setTopic', { channel, topic: 'A trial by Ringside. It is archived at once.' }))
  const renamed = await slack.call('conversations.rename', { channel, name: `${name}-renamed` })
  await note('rename', renamed.ok ? WORKS : failing(renamed.failure))
  const text = 'Ringside tries what it can do in this workspace. Nothing needs to be done here.'
  const posted = await slack.call('chat.postMessage', { channel, text })
  if ((await note('card', posted.ok ? WORKS : failing(posted.failure))) && posted.ok) {
    await note('pin', await tried(slack, 'pins.add', { channel, timestamp: textOf(posted.value['ts']) }))
  }
  const link = { channel_id: channel, type: 'link', title: 'A trial by Ringside', link: channelUrl(slack, channel) }
  await note('link', await tried(slack, 'bookmarks.add', link))
  return { name: renamed.ok ? channelIn(renamed.value['channel']).name : name }
}

/** True: the person is still in the channel, or may be. */
async function tryMember(slack: Slack, chat: ChatId, account: AccountId | null, note: Note): Promise<boolean> {
  if (!account) {
    for (const step of ['invite', 'remove'] as const) await note(step, untried('Ringside found no account of yours in Slack.', 'you'))
    return false
  }
  const [added] = await addPeople(slack, chat, [account], 'all')
  if (!(await note('invite', outcomeCame(added)))) return added?.kind === 'uncertain'
  const [removed] = await removePeople(slack, chat, [account])
  return !(await note('remove', outcomeCame(removed)))
}

const NO_DELETING = 'Slack lets no app delete a channel; a workspace owner can.'

const halfWay = (name: string): string =>
  `Perhaps a private channel #${name} or #${name}-renamed, with nobody in it but Ringside and whoever asked. ${NO_DELETING}`

const perhapsLeft = (name: string): string => `Perhaps a private channel #${name}, with nobody but Ringside in it. ${NO_DELETING}`

function left(name: string, archived: boolean, stays: boolean): string {
  const channel = `${archived ? 'The archived' : 'The open'} private channel #${name}, and its name, which cannot be used again.`
  return `${channel} ${NO_DELETING}${stays ? ' You may still be in it, and can leave it.' : ''}`
}
