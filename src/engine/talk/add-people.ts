import { ask } from '../../core/capability.ts'
import { asAccountId } from '../../core/ids.ts'
import type { Dialog, Field, Message, Part, Values } from '../../core/screen.ts'
import * as words from '../../core/words/people.ts'
import type { Errors } from '../../ports/inbound.ts'
import { addThem } from './adding.ts'
import { type Chosen, peopleBehind, whoMayObserve } from './chosen.ts'
import { type Here, isHere, itemHere } from './here.ts'
import type { Attempt, Reply, Talk } from './talk.ts'

/** The dialog that adds people to an item: many at once, into its chat or not (O8, O9, O16, O28). */

const OUTSIDE = 'observers-only'
const INSIDE = 'into-chat'
/** Sentences at the field; more are counted. */
const PROBLEMS_MAX = 4

export async function addPeopleDialog(at: Talk, about: string, values: Values): Promise<Dialog | Message> {
  const here = await itemHere(at, about, 'appoint')
  if (!isHere(here)) return here
  const { facts, link } = here
  const chosen = await chosenIn(at, here, values)
  const names = chosen.people.map(({ name }) => name)
  const will = words.addingWill(facts.key, { names, outside: values['chat']?.[0] === OUTSIDE, chatExists: link !== null })
  const cannot = words.cannotBeAdded(chosen.problems)
  return {
    name: 'add-people',
    about: facts.id,
    title: `Add people to ${facts.key}`,
    submit: 'Add',
    parts: [
      { part: 'field', name: 'people', label: 'People', required: true, live: true, input: { kind: 'people', chosen: [] } },
      ...(link ? [chatChoice()] : []),
      ...(link ? historyParts(at, facts.id) : []),
      { part: 'text', text: will },
      ...(cannot ? [{ part: 'text', text: cannot } as const] : []),
    ],
  }
}

const chatChoice = (): Field => ({
  part: 'field',
  name: 'chat',
  label: 'How',
  required: true,
  live: true,
  input: {
    kind: 'choice',
    chosen: INSIDE,
    options: [
      { value: INSIDE, title: 'As observers, and into the chat' },
      { value: OUTSIDE, title: 'Observer only, not in the chat' },
    ],
  },
})

/** Where earlier messages can be hidden, whoever adds decides in the chat itself; where they cannot, it is said before (O27). */
function historyParts(at: Talk, item: string): (Part | Field)[] {
  const asked = ask(at.platform.capabilities, 'hideHistory')
  if (asked.ok) return []
  return [
    {
      part: 'field',
      name: 'history',
      label: 'Hide earlier messages',
      required: false,
      input: { kind: 'switch', on: false, off: asked.why },
    },
    { part: 'buttons', buttons: [{ label: 'What to do instead', press: { name: 'show-history', about: item } }] },
  ]
}

/** Nobody is added as long as somebody of them cannot be: it is said at the field, where it can be put right. */
export async function checkAddPeople(at: Talk, about: string, values: Values): Promise<Errors> {
  const here = await itemHere(at, about, 'appoint')
  if (!isHere(here)) return { people: here.text }
  const { people, problems } = await chosenIn(at, here, values)
  if (problems.length > 0) return { people: shortened(problems) }
  return people.length > 0 ? {} : { people: 'Choose at least one person.' }
}

/** Why some of these accounts cannot be made observers; null: all of them can. */
export async function whyNotThese(at: Talk, here: Here, people: readonly string[]): Promise<string | null> {
  const { problems } = await chosenIn(at, here, { people })
  return problems.length > 0 ? shortened(problems) : null
}

function shortened(problems: readonly string[]): string {
  const rest = problems.length - PROBLEMS_MAX
  return [...problems.slice(0, PROBLEMS_MAX), ...(rest > 0 ? [`And ${rest} more cannot be added.`] : [])].join(' ')
}

async function chosenIn(at: Talk, { facts }: Here, values: Values): Promise<Chosen> {
  const behind = await peopleBehind(at, (values['people'] ?? []).map(asAccountId))
  // Whoever cannot be looked up at this moment is looked up again when it is done.
  if ('again' in behind) return { people: [], problems: [] }
  const may = whoMayObserve(behind.people, facts)
  return { people: may.people, problems: [...behind.problems, ...may.problems] }
}

/** What was right when the dialog was sent is looked at once more: rights and the item may have changed since. */
export async function addFromDialog(at: Attempt, about: string, values: Values): Promise<Reply> {
  const here = await itemHere(at, about, 'appoint')
  if (!isHere(here)) return here
  const behind = await peopleBehind(at, (values['people'] ?? []).map(asAccountId))
  if ('again' in behind) return behind
  return addThem(at, here, behind, values['chat']?.[0] === OUTSIDE ? 'stays-out' : 'joins')
}
