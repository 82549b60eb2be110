import { may } from '../../core/access.ts'
import { aboutPerson, readAbout } from '../../core/press.ts'
import type { Button, Dialog, Field, Message, Part, Values } from '../../core/screen.ts'
import { inOrganisation } from '../../../db/open.ts'
import { changeObservers } from '../items.ts'
import { viewerOf } from '../viewer.ts'
import { type Place, placesAt } from '../why.ts'
import { agree } from './agree.ts'
import { itemUrlOf } from './discussing.ts'
import { type Here, isHere, itemHere } from './here.ts'
import { asMessage, peopleNamed, readUndo, type Removed, takeOff } from './removing.ts'
import { placeLines } from './place-words.ts'
import { statusOf } from './standing.ts'
import type { Attempt, Reply, Talk } from './talk.ts'

/**
 * The dialog with everybody on the item, why each is there, and a button that takes them off at once, with a way back. Several are
 * taken off in one go below it: on a phone that is three touches, whatever their number (O29, O30).
 */

/** Rows drawn; the others can be chosen below, and are on the item's page. */
const ROWS_MAX = 30
const OPTIONS_MAX = 100

export async function observersDialog(at: Talk, about: string, notice: Removed | null = null): Promise<Dialog | Message> {
  const here = await itemHere(at, about)
  if (!isHere(here)) return here
  const { facts, current } = here
  const places = await inOrganisation(at.engine.db, at.organisation, (tx) => placesAt(tx, current, at.asker.id))
  const observers = places.filter(({ listed, responsible }) => listed && !responsible)
  const appoints = may(viewerOf(at.asker), 'appoint', facts).may
  const status = await statusOf(at, here)
  const several = appoints && observers.length > 1
  return {
    name: 'observers',
    about: facts.id,
    title: `Observers of ${facts.key}`,
    submit: several ? 'Remove' : null,
    parts: [
      ...(notice ? noticeParts(notice) : []),
      ...places
        .filter(({ responsible }) => responsible)
        .map((place): Part => ({ part: 'text', text: `${place.person.name} is responsible` })),
      ...rowsOf(here, observers, appoints),
      ...(several ? [severalField(observers)] : []),
      { part: 'text', tone: 'quiet', text: status.text },
      { part: 'buttons', buttons: [...status.buttons, ...buttonsOf(at, here, appoints)] },
    ],
  }
}

const noticeParts = ({ text, undo }: Removed): Part[] =>
  undo ? [{ part: 'row', text, button: undo }, { part: 'divider' }] : [{ part: 'text', text }, { part: 'divider' }]

function rowsOf({ facts }: Here, observers: readonly Place[], appoints: boolean): Part[] {
  if (observers.length === 0) return [{ part: 'text', text: `Nobody observes ${facts.key} yet.` }]
  const rows = observers.slice(0, ROWS_MAX).map((place): Part => {
    const text = [place.person.name, ...placeLines(place)].join('\n')
    const press = { name: 'remove-observer', about: aboutPerson(facts.id, place.person.id) } as const
    return appoints ? { part: 'row', text, button: { label: '✕', press } } : { part: 'text', text }
  })
  const rest = observers.length - ROWS_MAX
  return rest > 0 ? [...rows, { part: 'text', tone: 'quiet', text: `And ${rest} more, on the item's page.` }] : rows
}

const severalField = (observers: readonly Place[]): Field => ({
  part: 'field',
  name: 'people',
  label: 'Remove observers',
  required: true,
  input: {
    kind: 'several',
    chosen: [],
    options: observers.slice(0, OPTIONS_MAX).map(({ person }) => ({ value: person.id, title: person.name })),
  },
})

function buttonsOf(at: Talk, { facts, link }: Here, appoints: boolean): Button[] {
  const { id: about } = facts
  const observes = facts.observers.some((person) => person === at.asker.id)
  return [
    ...(appoints ? [{ label: 'Add people', press: { name: 'add-people', about } } as const] : []),
    ...(appoints && link ? [{ label: 'Rename chat', press: { name: 'rename-chat', about } } as const] : []),
    ...(appoints && link ? [{ label: 'Invite from outside', press: { name: 'invite-outsider', about } } as const] : []),
    ...(observes ? [{ label: 'Stop observing', press: { name: 'stop-observing', about } } as const] : []),
    { label: 'Open item', press: { name: 'open-page', about }, url: itemUrlOf(at.engine, about) },
  ]
}

/** The ✕ beside somebody: in the dialog they vanish from it, and Undo stands in their place. */
export async function removeObserver(at: Attempt, about: string): Promise<Reply> {
  const { item, person } = readAbout(about)
  return removeAndShow(at, item, person ? [person] : [])
}

/** The dialog was sent: everybody who was chosen is taken off, those too whom somebody else took off meanwhile. */
export const removeSeveral = (at: Attempt, about: string, values: Values): Promise<Reply> =>
  removeAndShow(at, about, values['people'] ?? [], false)

async function removeAndShow(at: Attempt, item: string, people: readonly string[], inPlace = true): Promise<Reply> {
  const here = await itemHere(at, item, 'appoint')
  if (!isHere(here)) return here
  const removed = await takeOff(at, here, await peopleNamed(at, people))
  return inPlace ? showChanged(at, item, removed) : asMessage(removed)
}

/** Undo: back on the item, and into the chat or not as it was. */
export async function restoreObservers(at: Attempt, about: string): Promise<Reply> {
  const { item, inside, outside } = readUndo(about)
  const here = await itemHere(at, item, 'appoint')
  if (!isHere(here)) return here
  const { engine, organisation, asker } = at
  const sentences: string[] = []
  for (const [ids, chat] of [
    [inside, 'follows'],
    [outside, 'stays-out'],
  ] as const) {
    const people = await peopleNamed(at, ids)
    if (people.length === 0) continue
    const wish = { add: people.map(({ id }) => id), remove: [], chat }
    const changed = await changeObservers(engine, organisation, viewerOf(asker), item, wish)
    if (!changed.ok) return { text: changed.why }
    for (const { id, name } of people) {
      const outcome = changed.value.outcomes.get(id)
      sentences.push(outcome && 'why' in outcome ? outcome.why : `${name} observes ${here.facts.key} again.`)
    }
  }
  await agree(engine, organisation, item)
  return showChanged(at, item, { text: sentences.join('\n'), undo: null })
}

/** In the dialog that is open, else in words. */
async function showChanged(at: Attempt, item: string, changed: Removed): Promise<Reply> {
  if (!at.from.dialog) return asMessage(changed)
  const built = await observersDialog(at, item, changed)
  // Whoever took themselves off does not see the item any more.
  const dialog: Dialog =
    'submit' in built ? built : { name: 'observers', about: item, title: 'Observers', submit: null, parts: noticeParts(changed) }
  const shown = await at.platform.ask({ dialog: at.from.dialog }, dialog)
  return shown.ok ? null : asMessage(changed)
}
