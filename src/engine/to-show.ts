import { changesAfter, lastChangeOf } from '../../db/item-changes.ts'
import type { LinkRow } from '../../db/links.ts'
import type { Tx } from '../../db/open.ts'
import { organisationOf, policyOf } from '../../db/organisations.ts'
import { markPastTold, type PastChatRow, pastChatsOf } from '../../db/past-chats.ts'
import { peopleById } from '../../db/people.ts'
import { may } from '../core/access.ts'
import { showsMoved, showsOf } from '../core/card.ts'
import { chatName } from '../core/chat.ts'
import { type FeedChange, feedText } from '../core/feed.ts'
import type { Outcome } from '../core/failure.ts'
import { fingerprint } from '../core/fingerprint.ts'
import { asOrganisationId, type PersonId } from '../core/ids.ts'
import type { ItemFacts } from '../core/item.ts'
import type { Policy } from '../core/policy.ts'
import type { Message } from '../core/screen.ts'
import type { Display, Doubt } from '../ports/chat-platform.ts'
import { isDone } from './carry-out.ts'
import type { Engine } from './engine.ts'
import type { Intended } from './intend.ts'
import { chatUrlOf, itemUrlOf } from './urls.ts'
import { viewerOf } from './viewer.ts'

/** What a chat does not show yet of its item as this turn leaves it. By state and not by event: whatever was missed is made good. */
export type ToShow = {
  readonly display: { readonly wanted: Display; readonly hash: string } | null
  readonly doubt: Doubt
  /** What the chat is to be called. */
  readonly name: string
  /** What its members are to hear. */
  readonly post: Message | null
  /** Where the feed stood before; an answer that it was surely not said takes it back there. */
  readonly fedBefore: number | null
  /** Chats of before whose people are to hear where the discussion goes on. */
  readonly moved: readonly { readonly past: PastChatRow; readonly shows: Display }[]
}

/** Changes of an item read in one turn; the next one reads on. */
const CHANGES_MAX = 200

/**
 * Decides what to show, and returns what has to be written down before the first call: a crash then leaves a doubt and not a second
 * card, and what is said to everybody is said at most once.
 */
export async function whatToShow(
  tx: Tx,
  engine: Engine,
  link: LinkRow,
  intended: Intended,
  outcomes: ReadonlyMap<PersonId, Outcome>,
  nowMs: number,
): Promise<{ readonly toShow: ToShow | null; readonly begun: Partial<LinkRow> }> {
  const policy = policyOf(await organisationOf(tx, asOrganisationId(link.organisationId)))
  const item = itemAfter(intended, outcomes)
  const { details } = intended.sight.reading
  const past = await pastChatsOf(tx, link.id)
  const onlyObservers = readBy(item, intended, outcomes)
  const names = await namesOf(tx, [item.responsible, ...item.observers])

  const wanted = showsOf({
    item,
    details,
    url: itemUrlOf(engine, item.id),
    responsible: item.responsible ? (names.get(item.responsible) ?? SOMEBODY) : null,
    observers: item.observers.map((id) => names.get(id) ?? SOMEBODY),
    onlyObservers,
    arrows: policy.arrows,
    past: past.map((row) => ({ name: row.name, url: chatUrlOf(engine, row) })),
  })
  const hash = fingerprint(wanted)
  const isOld = hash !== link.shownHash || link.showing || (link.unshown !== null && link.unshown.retryAtMs <= nowMs)

  const feed = await feedOf(tx, link, item, policy, details.currency, onlyObservers)
  const moved = past
    .filter((row) => !row.told)
    .map((row) => ({ past: row, shows: showsMoved(item, { name: link.name, url: chatUrlOf(engine, link) }) }))
  await markPastTold(
    tx,
    link.id,
    moved.map((one) => one.past.chat),
    true,
  )

  const name = chatName(item, policy.chatNames, past.length + 1)
  const isCalledOtherwise = (link.givenName !== null && link.wishedName !== name) || link.renamedTo !== null
  const toShow: ToShow = {
    display: isOld ? { wanted, hash } : null,
    doubt: link.showing ? 'unanswered' : link.unshown?.missing ? 'missing' : 'none',
    name,
    post: feed.text === null ? null : { text: feed.text, parts: [{ part: 'text', text: feed.text, tone: 'quiet' }] },
    fedBefore: link.fedTo,
    moved,
  }
  const nothing = !isOld && !isCalledOtherwise && !toShow.post && moved.length === 0
  return { toShow: nothing ? null : toShow, begun: { fedTo: feed.to, ...(isOld && { showing: true }) } }
}

/** The item with everybody whom this turn listed. */
function itemAfter({ sight, moving }: Intended, outcomes: ReadonlyMap<PersonId, Outcome>): ItemFacts {
  const { item } = sight.reading
  const listed = moving.flatMap(({ move, planned: { person } }) => {
    const outcome = outcomes.get(person)
    return move === 'list' && outcome && isDone(outcome) ? [person] : []
  })
  const observers = [...new Set([...item.observers, ...listed])].filter((person) => person !== item.responsible)
  return { ...item, observers }
}

/** May everybody who reads along see the item? Guests, people from outside and people nobody knows may not. */
function readBy(item: ItemFacts, { sight, moving }: Intended, outcomes: ReadonlyMap<PersonId, Outcome>): boolean {
  const expelled = new Set<string>(
    moving.flatMap(({ move, planned: { person } }) => {
      const outcome = outcomes.get(person)
      return move === 'expel' && outcome && isDone(outcome) ? [person] : []
    }),
  )
  return [...sight.members].every((id) => {
    const account = sight.accounts.get(id)
    if (account?.kind === 'bot') return true
    if (account?.kind !== 'member' || !account.personId) return false
    const person = sight.people.get(account.personId)
    return expelled.has(account.personId) || (person !== undefined && may(viewerOf(person), 'see', item).may)
  })
}

const SOMEBODY = 'Somebody'

async function namesOf(tx: Tx, ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const people = await peopleById(
    tx,
    ids.flatMap((id) => id ?? []),
  )
  return new Map([...people].map(([id, { name }]) => [id, name]))
}

/** A chat hears of nothing that was before it first showed its item. */
async function feedOf(
  tx: Tx,
  link: LinkRow,
  item: ItemFacts,
  policy: Policy,
  currency: string | null,
  withAmounts: boolean,
): Promise<{ readonly to: number; readonly text: string | null }> {
  if (link.fedTo === null) return { to: await lastChangeOf(tx, item.id), text: null }
  const rows = await changesAfter(tx, item.id, link.fedTo, CHANGES_MAX)
  const last = rows.at(-1)
  if (!last) return { to: link.fedTo, text: null }
  const names = await namesOf(
    tx,
    rows.flatMap((row) => [row.personId, row.byId, ...(row.what === 'responsible' ? [row.before, row.after] : [])]),
  )
  const named = (id: string | null) => (id ? (names.get(id) ?? SOMEBODY) : null)
  const changes = rows.flatMap(({ what, personId, byId, before, after }): FeedChange[] => {
    if (what === 'created' || what === 'deleted' || what === 'chat' || what === 'note') return []
    const value = what === 'responsible' ? named : (text: string | null) => text
    return [{ what, person: named(personId), by: named(byId), before: value(before), after: value(after) }]
  })
  return { to: last.id, text: feedText(item.key, changes, policy.feed, currency, withAmounts) }
}
