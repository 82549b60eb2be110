import type { LinkRow } from '../../db/links.ts'
import { ask } from '../core/capability.ts'
import { type Outcome, outcomeOf } from '../core/failure.ts'
import { asAccountId, asChatId, asItemId, type AccountId, type PersonId } from '../core/ids.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { Author, CrmSource } from '../ports/crm-source.ts'
import type { Sight } from './look.ts'

/** A move that the plan wants and nothing forbids; `account` for those about the chat. */
export type Errand = {
  readonly person: PersonId
  readonly move: 'admit' | 'list' | 'expel'
  readonly account: AccountId | null
  readonly by: Author
  /** For an admission. */
  readonly history: 'all' | 'as-before'
}

export type Done = { readonly outcomes: ReadonlyMap<PersonId, Outcome>; readonly revision: number | null }

/**
 * Makes the calls of one turn: removals before anything else, admissions last. No rule and no memory in here. `letIn`: who came in with
 * the opening of the chat, just now.
 */
export async function carryOut(
  link: LinkRow,
  sight: Sight,
  errands: readonly Errand[],
  source: CrmSource,
  platform: ChatPlatform,
  letIn: ReadonlySet<AccountId>,
): Promise<Done> {
  const outcomes = new Map<PersonId, Outcome>()
  // Somebody with two accounts in the chat is out of it only when both are.
  const told = (batch: readonly Errand[], answers: readonly Outcome[]) =>
    batch.forEach((errand, place) => {
      const earlier = outcomes.get(errand.person)
      if (!earlier || isDone(earlier)) outcomes.set(errand.person, answers[place] ?? UNANSWERED)
    })

  const leaving = errands.filter((errand) => errand.move === 'expel')
  if (leaving.length > 0) told(leaving, await expel(link, platform, leaving))

  let revision: number | null = null
  for (const batch of byAuthor(errands.filter((errand) => errand.move === 'list'))) {
    const listed = await list(link, sight, source, batch, revision ?? sight.reading.item.revision)
    told(batch, listed.answers)
    revision = listed.revision ?? revision
  }

  const [inside, joining] = [true, false].map((isIn) =>
    errands.filter(({ move, account }) => move === 'admit' && (account !== null && letIn.has(account)) === isIn),
  ) as [Errand[], Errand[]]
  told(
    inside,
    inside.map(() => DONE),
  )
  const room = platform.capabilities.membersMax - sight.members.size - inside.length
  told(
    joining.slice(Math.max(0, room)),
    joining.slice(Math.max(0, room)).map(() => fullChat(platform)),
  )
  for (const history of ['all', 'as-before'] as const) {
    const alike = joining.slice(0, Math.max(0, room)).filter((errand) => errand.history === history)
    for (const batch of chunks(alike, platform.capabilities.addMax)) {
      told(batch, await platform.add(asChatId(link.chat ?? ''), batch.map(accountOf), history))
    }
  }
  return { outcomes, revision }
}

async function expel(link: LinkRow, platform: ChatPlatform, batch: readonly Errand[]): Promise<readonly Outcome[]> {
  const asked = ask(platform.capabilities, 'removeMembers')
  if (!asked.ok) return batch.map(() => ({ kind: 'impossible', code: 'cannot_remove', why: `${asked.why} ${asked.instead}` }))
  return platform.remove(asChatId(link.chat ?? ''), batch.map(accountOf))
}

async function list(link: LinkRow, sight: Sight, source: CrmSource, batch: readonly Errand[], revision: number | null) {
  const [first] = batch
  const changed = await source.changeObservers({
    id: asItemId(link.itemId),
    add: batch.map((errand) => errand.person),
    remove: [],
    revision: sight.reading.item.revision === null ? null : revision,
    by: first?.by ?? { person: null, how: 'chat' },
  })
  if (changed.ok) {
    return { answers: batch.map((errand) => changed.value.outcomes.get(errand.person) ?? UNANSWERED), revision: changed.value.revision }
  }
  const conflict = changed.failure.kind === 'refused' && changed.failure.code === 'conflict'
  const answer: Outcome = conflict ? { kind: 'later', code: 'conflict', why: changed.failure.why, afterMs: 0 } : outcomeOf(changed.failure)
  return { answers: batch.map(() => answer), revision: null }
}

/** One write of the list has one author in the item's history. */
function byAuthor(errands: readonly Errand[]): readonly (readonly Errand[])[] {
  return [...Map.groupBy(errands, (errand) => `${errand.by.how} ${errand.by.person ?? ''}`).values()]
}

export function* chunks<Value>(values: readonly Value[], size: number): Generator<readonly Value[]> {
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size)
}

function accountOf(errand: Errand): AccountId {
  if (!errand.account) throw new Error(`A move in the chat was planned for ${errand.person}, who has no account there.`)
  return asAccountId(errand.account)
}

export const isDone = (outcome: Outcome) => outcome.kind === 'done' || outcome.kind === 'already'

/**
 * A no that comes where the chat was not looked at may be the chat's own: archived, or not ours any more. Nobody is told before the next
 * turn, which looks.
 */
export function unlessUnlooked(sight: Sight, done: Done): Done {
  if (sight.fresh) return done
  const outcomes = [...done.outcomes].map(([person, outcome]): [PersonId, Outcome] => {
    const isNo = outcome.kind === 'refused' || outcome.kind === 'impossible'
    return [person, isNo ? { kind: 'later', code: LOOK_FIRST, why: outcome.why, afterMs: 0 } : outcome]
  })
  return { ...done, outcomes: new Map(outcomes) }
}

export const LOOK_FIRST = 'look_first'

const DONE: Outcome = { kind: 'done' }

const UNANSWERED: Outcome = { kind: 'uncertain', code: 'unanswered', why: 'The answer did not say what became of this person.' }

const fullChat = (platform: ChatPlatform): Outcome => ({
  kind: 'impossible',
  code: 'chat_full',
  why: `A chat in ${platform.capabilities.title} holds ${platform.capabilities.membersMax} people.`,
})
