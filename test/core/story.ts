import { expect } from 'vitest'
import type { Event } from './events.ts'
import { go, keyOf, type Node } from './explore.ts'
import { type Setting, START, USUAL } from './state.ts'
import { BLANK, noTally } from './excuses.ts'
import { complaintAtRest } from './oracle.ts'

/**
 * Tells a story of one item in lines of two columns: what people do and what goes wrong | what the engine then does to
 * the two sides, all of it. Acts between semicolons happen before the engine looks. The witness of `oracle.ts` watches
 * every step, and the two sides must agree by the rule at the end.
 */
export function story(text: string, setting: Setting = USUAL): void {
  const people = new Map<string, Told>()
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [left = '', right = ''] = line.split('|')
    const done: string[] = []
    for (const sentence of phrases(left, ';')) tell(sentence, people, setting, done)
    for (const [name, person] of people) run(name, person, setting, done)
    expect(done.toSorted(), `after "${left.trim()}"`).toEqual(phrases(right, ',').toSorted())
  }
  for (const { node } of people.values()) expect(complaintAtRest(node.ledger, node.state)).toBeNull()
}

/** A person's situation, and what is to go wrong with the next call about them. */
type Told = { node: Node; trouble: Event[] }

const phrases = (text: string, mark: string) =>
  text
    .split(mark)
    .map((phrase) => phrase.trim().replaceAll(/\s+/g, ' '))
    .filter((phrase) => phrase !== '')

/** The sentences a story may use about a person, and the events they stand for. */
const SENTENCES: Record<string, readonly Event[]> = {
  'crm + _': ['list'],
  'crm + _ to observe only': ['list, to stay out'],
  'crm - _': ['unlist'],
  'responsible _': ['promote'],
  'not responsible _': ['demote'],
  'chat + _': ['join', 'deliver'],
  'chat + _ unheard': ['join'],
  'word of _': ['deliver'],
  'chat - _': ['leave'],
  'discuss _': ['discuss'],
  'off _': ['deactivate'],
  'off and out _': ['deactivate and take out'],
  'on _': ['reactivate'],
  'late call for _ lands': ['call 0 lands'],
  'life of call for _ passes': ['life of call 0 passes'],
  'rest is over for _': ['rest is over'],
}

/** What is to go wrong with the next call about a person. */
const TROUBLES: Record<string, readonly Event[]> = {
  'refuse _': ['call refused'],
  'put off _': ['call later'],
  'lose answer for _': ['call, answer lost'],
  'lose call for _': ['call lost'],
  'delay call for _': ['call late'],
  'crash before call for _': ['crash'],
  'crash after call for _': ['call', 'crash'],
}

const OF_THE_ITEM: ReadonlySet<Event> = new Set(['list', 'list, to stay out', 'unlist', 'promote', 'demote'])

function tell(sentence: string, people: Map<string, Told>, setting: Setting, done: string[]): void {
  if (sentence === 'restart') return restart(people)
  if (sentence === 'save item') return [...people.keys()].forEach((name) => happenTo(name, 'save', people, setting, done))
  const name = sentence.match(/\b(ann|bob|cyd)\b/)?.[0]
  if (!name) throw new Error(`The story names nobody: "${sentence}"`)
  if (!people.has(name)) people.set(name, { node: { state: START, ledger: BLANK, from: null, event: null }, trouble: [] })
  const pattern = sentence.replace(name, '_')
  const trouble = TROUBLES[pattern]
  if (trouble) return void personOf(people, name).trouble.push(...trouble)
  const events = SENTENCES[pattern]
  if (!events) throw new Error(`No story is told like this: "${sentence}"`)
  for (const event of events) {
    happenTo(name, event, people, setting, done)
    for (const other of people.keys()) if (other !== name && OF_THE_ITEM.has(event)) happenTo(other, 'save', people, setting, done)
  }
}

function personOf(people: Map<string, Told>, name: string): Told {
  const person = people.get(name)
  if (!person) throw new Error(`Nobody is called ${name}`)
  return person
}

function happenTo(name: string, event: Event, people: Map<string, Told>, setting: Setting, done: string[]): void {
  const person = personOf(people, name)
  person.node = step(name, person.node, event, setting, event.endsWith('lands') ? done : [])
}

/** Only what is stored comes through a restart, and it comes through as text. */
function restart(people: Map<string, Told>): void {
  for (const person of people.values()) {
    const state = JSON.parse(JSON.stringify({ ...person.node.state, turn: null }))
    person.node = { ...person.node, state }
  }
}

const TURNS_MAX = 12

function run(name: string, person: Told, setting: Setting, done: string[]): void {
  for (let turns = 0; turns < TURNS_MAX; turns++) {
    const before = keyOf(person.node)
    runTurn(name, person, setting, done)
    if (keyOf(person.node) === before) return
  }
  throw new Error(`The engine does not come to rest about ${name}`)
}

function runTurn(name: string, person: Told, setting: Setting, done: string[]): void {
  const next = (event: Event) => (person.node = step(name, person.node, event, setting, done))
  for (const event of ['read item', 'read chat', 'decide'] as const) next(event)
  if (person.node.state.turn?.move !== 'rest')
    for (const event of person.trouble.length > 0 ? person.trouble.splice(0) : ['call' as const]) next(event)
  if (person.node.state.turn) next('remember')
}

function step(name: string, node: Node, event: Event, setting: Setting, done: string[]): Node {
  const next = go(node, event, setting, noTally())
  if (typeof next === 'string') throw new Error(`${next} (${name}, at "${event}")`)
  if (node.state.inChat !== next.state.inChat) done.push(`chat ${next.state.inChat ? '+' : '-'} ${name}`)
  if (node.state.observer !== next.state.observer) done.push(`crm ${next.state.observer ? '+' : '-'} ${name}`)
  return next
}
