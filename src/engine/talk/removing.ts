import { peopleById, type PersonRow } from '../../../db/people.ts'
import { inOrganisation } from '../../../db/open.ts'
import { seatsOf } from '../../../db/links.ts'
import { aboutPerson, type Press, readAbout } from '../../core/press.ts'
import type { Button, Message } from '../../core/screen.ts'
import { noSuchItem } from '../../core/words.ts'
import * as words from '../../core/words/people.ts'
import { changeObservers } from '../items.ts'
import { viewerOf } from '../viewer.ts'
import { agree, isOut, type Standing } from './agree.ts'
import type { Here } from './here.ts'
import type { Attempt, Talk } from './talk.ts'

/** Takes people off an item, with a way back for whoever did it (O26, O29). */
export type Removed = { readonly text: string; readonly undo: Button | null }

export async function takeOff(at: Attempt, here: Here, people: readonly PersonRow[]): Promise<Removed> {
  const { engine, organisation, asker } = at
  const { facts, link } = here
  const observers = new Set<string>(facts.observers)
  const [going, staying] = [people.filter(({ id }) => observers.has(id)), people.filter(({ id }) => !observers.has(id))]
  const sentences = staying.map(({ id, name }) =>
    id === facts.responsible ? words.staysResponsible(facts.key, name) : words.didNotObserve(facts.key, [name]),
  )
  if (going.length === 0) return { text: sentences.join('\n'), undo: null }

  const seats = link ? await inOrganisation(engine.db, organisation, (tx) => seatsOf(tx, link.id)) : []
  const out = new Set(seats.filter(isOut).map(({ personId }) => personId))
  const ids = going.map(({ id }) => id)
  const changed = await changeObservers(engine, organisation, viewerOf(asker), facts.id, { add: [], remove: ids })
  if (!changed.ok) return { text: changed.reason === 'hidden' ? noSuchItem('with that key') : changed.why, undo: null }
  const standing = await agree(engine, organisation, facts.id)
  const others = going.filter(({ id }) => id !== asker.id)
  // Whoever takes themselves off has no access any more, and so no way back of their own.
  const undo = others.length > 0 && others.length === going.length ? undoFor(facts.id, others, out) : null
  return { text: [...whatBecame(going, asker, here, standing), ...sentences].join('\n'), undo }
}

function whatBecame(going: readonly PersonRow[], asker: PersonRow, { facts }: Here, standing: Standing | null): string[] {
  const others = going.filter(({ id }) => id !== asker.id)
  const inside = others.filter(({ id }) => standing?.seats.get(id)?.inChat)
  const held = inside.filter(({ id }) => standing?.link.heldRemovals?.includes(id))
  const sentences = inside
    .filter((person) => !held.includes(person))
    .map(({ id, name }) => {
      const refused = standing?.seats.get(id)?.refused
      const why = refused ? words.withMender(refused.why, refused.mender) : 'Ringside tries again by itself.'
      return words.stillInside(facts.key, name, why)
    })
  const gone = others.filter((person) => !inside.includes(person))
  return [
    ...(gone.length > 0
      ? [
          words.removedSentence(
            facts.key,
            gone.map(({ name }) => name),
          ),
        ]
      : []),
    ...(others.length < going.length ? [words.removedYourself(facts.key)] : []),
    ...(held.length > 0 ? [words.waitsForAPerson(held.map(({ name }) => name))] : []),
    ...sentences,
  ]
}

export function asMessage({ text, undo }: Removed): Message {
  return undo
    ? {
        text,
        parts: [
          { part: 'text', text },
          { part: 'buttons', buttons: [undo] },
        ],
      }
    : { text }
}

/** More people than fit into one button are put back one by one. */
const UNDO_MAX = 40
const OUT = '~'

/** Who is put back, each with whether they stayed out of the chat before. */
function undoFor(item: string, people: readonly PersonRow[], out: ReadonlySet<string>): Button | null {
  if (people.length > UNDO_MAX) return null
  const who = people.map(({ id }) => (out.has(id) ? `${OUT}${id}` : id)).join(',')
  const press: Press = { name: 'restore-observer', about: aboutPerson(item, who) }
  return { label: 'Undo', press }
}

export function readUndo(about: string): {
  readonly item: string
  readonly inside: readonly string[]
  readonly outside: readonly string[]
} {
  const { item, person } = readAbout(about)
  const who = (person ?? '').split(',').slice(0, UNDO_MAX)
  return {
    item,
    inside: who.filter((id) => id !== '' && !id.startsWith(OUT)),
    outside: who.filter((id) => id.startsWith(OUT)).map((id) => id.slice(OUT.length)),
  }
}

/** Those of them who are people here, in the order asked. */
export async function peopleNamed(at: Talk, ids: readonly string[]): Promise<readonly PersonRow[]> {
  return [...(await inOrganisation(at.engine.db, at.organisation, (tx) => peopleById(tx, ids))).values()]
}
