import type { PersonRow } from '../../../db/people.ts'
import type { Outcome } from '../../core/failure.ts'
import { noSuchItem, notBroughtIn } from '../../core/words.ts'
import * as words from '../../core/words/people.ts'
import { changeObservers, type InChat } from '../items.ts'
import { viewerOf } from '../viewer.ts'
import { agree, type Standing } from './agree.ts'
import { type Chosen, whoMayObserve } from './chosen.ts'
import type { Here } from './here.ts'
import type { Attempt, Reply } from './talk.ts'

/** Puts people on an item, and says for each of them what became of it (O22, O24, O28, U7). */
export async function addThem(at: Attempt, here: Here, chosen: Chosen, chat: Exclude<InChat, 'follows'>): Promise<Reply> {
  const { engine, organisation, asker } = at
  const { facts } = here
  const may = whoMayObserve(chosen.people, facts)
  const problems = [...chosen.problems, ...may.problems]
  if (may.people.length === 0) return { text: problems.length > 0 ? problems.join('\n') : 'Nobody was named.' }

  const ids = may.people.map(({ id }) => id)
  const changed = await changeObservers(engine, organisation, viewerOf(asker), facts.id, { add: ids, remove: [], chat })
  if (!changed.ok) return { text: changed.reason === 'hidden' ? noSuchItem('with that key') : changed.why }
  const { outcomes } = changed.value
  const standing = await agree(engine, organisation, facts.id)
  const before = (person: PersonRow) => outcomes.get(person.id)?.kind === 'already'
  const said = whatBecame(may.people, before, chat, standing, facts.key)
  return { text: [...said, ...problems].join('\n') }
}

function whatBecame(
  people: readonly PersonRow[],
  before: (person: PersonRow) => boolean,
  chat: Exclude<InChat, 'follows'>,
  standing: Standing | null,
  key: string,
): string[] {
  const added = people.map((person) => ({
    name: person.name,
    before: before(person),
    inChat: standing?.seats.get(person.id)?.inChat ?? false,
    outside: chat === 'stays-out',
  }))
  const sentences = words.addedSentences(key, added, standing !== null)
  if (!standing) return sentences
  if (chat === 'stays-out') return [...sentences, ...added.filter(({ inChat }) => inChat).map(({ name }) => words.staysInside(name))]
  const missing = people.filter(({ id }) => !standing.seats.get(id)?.inChat)
  return [...sentences, ...notBroughtIn(missing.map((person) => ({ name: person.name, outcome: whyNotInside(person, standing) })))]
}

function whyNotInside({ id }: PersonRow, { link, seats }: Standing): Outcome {
  const refused = seats.get(id)?.refused
  if (refused) return { kind: 'refused', code: refused.code, why: words.withMender(refused.why, refused.mender), mender: refused.mender }
  const closed = link.state !== 'open' && link.state !== 'opening' && link.why
  if (closed) return { kind: 'refused', code: link.state, why: closed, mender: 'member' }
  return { kind: 'later', code: 'pending', why: '', afterMs: 0 }
}
