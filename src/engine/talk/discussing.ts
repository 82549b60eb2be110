import { type LinkRow, seatsOf } from '../../../db/links.ts'
import { inOrganisation } from '../../../db/open.ts'
import { peopleById } from '../../../db/people.ts'
import type { Outcome } from '../../core/failure.ts'
import { asPersonId } from '../../core/ids.ts'
import type { ItemFacts } from '../../core/item.ts'
import type { Button, Message } from '../../core/screen.ts'
import { discussed, noSuchItem, notBroughtIn, opensLater, severalHits } from '../../core/words.ts'
import { type Discussed, discuss } from '../discuss.ts'
import type { Engine } from '../engine.ts'
import { chatUrlOf, itemUrlOf } from '../urls.ts'
import { viewerOf } from '../viewer.ts'
import { findItems, itemOption } from './find.ts'
import { again, stuck } from './stuck.ts'
import type { Attempt, Reply } from './talk.ts'

/** `/discuss …`, the buttons that mean the same, and what the asker is told of it. */

const CHOICES_MAX = 5
const AGAIN_MAX_MS = 60_000

export async function findAndDiscuss(at: Attempt, words: string): Promise<Reply> {
  const { engine, organisation, asker } = at
  const hits = await inOrganisation(engine.db, organisation, (tx) => findItems(tx, viewerOf(asker), words, CHOICES_MAX + 1))
  const [first] = hits
  if (!first) return { text: noSuchItem(words) }
  if (hits.length === 1) return discussItem(at, first.row.id, words)
  return chooseAmong(severalHits(words, hits.length > CHOICES_MAX), hits.slice(0, CHOICES_MAX))
}

function chooseAmong(text: string, hits: Parameters<typeof itemOption>[0][]): Message {
  const buttons = hits.map((hit): Button => {
    const { title, note } = itemOption(hit)
    return { label: `${title} · ${note}`, press: { name: 'discuss', about: hit.row.id } }
  })
  return { text, parts: [{ part: 'text', text }, ...buttons.map((button) => ({ part: 'buttons' as const, buttons: [button] }))] }
}

type Opened = Extract<Discussed, { kind: 'open' }>

/** Opens the chat of an item and tells its link, or what `then` makes of it. */
export async function discussItem(at: Attempt, itemId: string, words: string, then?: (opened: Opened) => Promise<Reply>): Promise<Reply> {
  const { engine, organisation, connection, asker } = at
  const result = await discuss(engine, organisation, viewerOf(asker), itemId, connection)
  switch (result.kind) {
    case 'hidden':
      return { text: noSuchItem(words) }
    case 'refused':
      return stuck(itemId, result.why, result.link ?? null)
    case 'unread':
      return { again: 'crm_unavailable', afterMs: result.afterMs, meanwhile: null }
    case 'waiting':
      return opening(at, result.item, result.afterMs)
    case 'open': {
      if (at.patient && !(await isDealtWith(at, result))) return opening(at, result.item, untilDue(engine, result.link))
      if (then) return then(result)
      const text = discussed(result.item, result.created, await whoIsMissing(at, result.outcomes))
      const refused = [...result.outcomes.values()].some(({ kind }) => kind === 'refused')
      return {
        text,
        parts: [
          { part: 'text', text },
          { part: 'link', title: result.link.name, url: chatUrlOf(engine, result.link) },
          ...(refused ? [{ part: 'buttons' as const, buttons: [again(itemId)] }] : []),
        ],
      }
    }
  }
}

const opening = ({ connection }: Attempt, item: ItemFacts, afterMs: number): Reply => ({
  again: 'opening',
  afterMs,
  meanwhile: { text: opensLater(item, connection.title, afterMs) },
})

/** The link of a private chat opens nothing for somebody who is not in it: they are in, or it is known why not. */
async function isDealtWith({ engine, organisation, asker }: Attempt, { link, outcomes }: Opened) {
  if (outcomes.has(asPersonId(asker.id))) return true
  const seats = await inOrganisation(engine.db, organisation, (tx) => seatsOf(tx, link.id))
  return seats.some((seat) => seat.personId === asker.id && seat.inChat)
}

const untilDue = (engine: Engine, link: LinkRow): number =>
  Math.min(AGAIN_MAX_MS, Math.max(1_000, (link.dueAt?.getTime() ?? 0) - engine.clock.now()))

/** A sentence for everybody who could not be brought in, the asker included. */
export async function whoIsMissing(
  { engine, organisation, asker }: Attempt,
  outcomes: ReadonlyMap<string, Outcome>,
): Promise<readonly string[]> {
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

export { chatUrlOf, itemUrlOf }
