import { inOrganisation } from '../../../db/open.ts'
import { peopleById } from '../../../db/people.ts'
import { may } from '../../core/access.ts'
import { whyNoObservers } from '../../core/entitlement.ts'
import type { Button, Message } from '../../core/screen.ts'
import * as words from '../../core/words/people.ts'
import { notShown } from '../display.ts'
import { viewerOf } from '../viewer.ts'
import { type Place, placesAt } from '../why.ts'
import { type Here, isHere, itemHere } from './here.ts'
import { placeLines } from './place-words.ts'
import { allowRemovals } from '../removals.ts'
import { missingCardButtons } from './missing-card.ts'
import type { Attempt, Reply, Talk } from './talk.ts'

/** How it stands with an item's people: who is where, and what is in the way (U2, U3, U5, U7). */

/** People named in one answer; the others are on the item's page. */
const NAMED_MAX = 25

export async function sayWho(at: Attempt): Promise<Reply> {
  const here = await itemHere(at, '')
  if (!isHere(here)) return here
  const { key } = here.facts
  const places = await placesIn(at, here)
  const listed = places.filter((place) => place.listed)
  const lines = listed
    .slice(0, NAMED_MAX)
    .map((place) => `${place.person.name} ${place.responsible ? 'is responsible' : 'observes'}${inLine(place)}`)
  const more = listed.length > NAMED_MAX ? [`And ${listed.length - NAMED_MAX} more.`] : []
  const guests = places.filter((place) => !place.listed).map(({ person }) => person.name)
  const others = guests.length > 0 ? [`In the chat without observing ${key}: ${words.enumerate(guests.slice(0, NAMED_MAX))}.`] : []
  return withButtons([...lines, ...more, ...others].join('\n'), peopleButtons(at, here))
}

const inLine = (place: Place): string =>
  placeLines(place)
    .map((line) => ` · ${line}`)
    .join('')

export async function sayStatus(at: Attempt): Promise<Reply> {
  const here = await itemHere(at, '')
  if (!isHere(here)) return here
  const { text, buttons } = await statusOf(at, here)
  return withButtons(text, buttons)
}

/** What is agreed, what waits, and what was refused and by whom it can be mended; with a button for what the asker may do about it. */
export async function statusOf(at: Talk, here: Here): Promise<{ readonly text: string; readonly buttons: readonly Button[] }> {
  const { facts, link } = here
  if (!link) return { text: words.noChatYet(facts.key), buttons: [] }
  const places = await placesIn(at, here)
  const refused = places.filter((place) => place.refused)
  const heldIds = link.heldRemovals ?? []
  const pending = places.filter((place) => place.pending && !heldIds.includes(place.person.id))
  const held = await namesOf(at, heldIds)
  const none = whyNoObservers(facts.type, at.asker.entitlement)
  const lines = [
    ...(none ? [none.why] : []),
    ...(link.why && link.state !== 'open' ? [link.why] : []),
    ...refused.map(({ person, refused: no }) => `${person.name}: ${no ? words.withMender(no.why, no.mender) : ''}`),
    ...(pending.length > 0
      ? [
          words.waiting(
            pending.map(({ person }) => person.name),
            minutesUntil(at, link.dueAt),
          ),
        ]
      : []),
    ...(held.length > 0 ? [words.waitsForAPerson(held)] : []),
    ...notShown(link),
  ]
  const agreed = lines.length === 0 ? [words.allAgreed(facts.key, countsOf(places))] : []
  const buttons: Button[] = [
    ...(held.length > 0 && !none && may(viewerOf(at.asker), 'edit', facts).may
      ? [{ label: 'Let them be removed', press: { name: 'allow-removals', about: facts.id }, tone: 'danger' } as const]
      : []),
    ...(refused.length > 0 && !none ? [{ label: 'Try again', press: { name: 'try-again', about: facts.id } } as const] : []),
    ...(none ? [] : missingCardButtons(here)),
  ]
  return { text: [...agreed, ...lines].join('\n'), buttons }
}

const countsOf = (places: readonly Place[]) => ({
  listed: places.filter(({ listed }) => listed).length,
  inside: places.filter(({ listed, inChat }) => listed && inChat).length,
  out: places.filter(({ listed, inChat, settled }) => listed && !inChat && settled).length,
})

const MINUTE_MS = 60_000
const minutesUntil = (at: Talk, due: Date | null): number =>
  due ? Math.max(1, Math.ceil((due.getTime() - at.engine.clock.now()) / MINUTE_MS)) : 1

/** The removals that the safety stop holds back happen this once (U5). */
export async function letRemove(at: Attempt, about: string): Promise<Reply> {
  const here = await itemHere(at, about, 'edit')
  if (!isHere(here)) return here
  const names = await namesOf(at, here.link?.heldRemovals ?? [])
  const allowed = await allowRemovals(at.engine, at.organisation, viewerOf(at.asker), here.facts.id)
  return { text: allowed.ok ? words.takenOut(names) : allowed.why }
}

const placesIn = (at: Talk, { current }: Here) => inOrganisation(at.engine.db, at.organisation, (tx) => placesAt(tx, current, at.asker.id))

const namesOf = async (at: Talk, ids: readonly string[]): Promise<string[]> =>
  [...(await inOrganisation(at.engine.db, at.organisation, (tx) => peopleById(tx, ids))).values()].map(({ name }) => name).toSorted()

function peopleButtons(at: Talk, { facts }: Here): Button[] {
  const appoints = may(viewerOf(at.asker), 'appoint', facts).may
  return [
    { label: 'Observers', press: { name: 'observers', about: facts.id } },
    ...(appoints ? [{ label: 'Add people', press: { name: 'add-people', about: facts.id } } as const] : []),
  ]
}

const withButtons = (text: string, buttons: readonly Button[]): Message =>
  buttons.length === 0
    ? { text }
    : {
        text,
        parts: [
          { part: 'text', text },
          { part: 'buttons', buttons },
        ],
      }
