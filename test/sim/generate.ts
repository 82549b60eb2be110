import { ACCOUNT_NAMES, ITEMS, PERSONS, STAFF } from './cast.ts'
import type { Random } from './random.ts'
import { CALLS, FAILINGS, type Step } from './step.ts'
import { LATE_MAX_MS, type Stage } from './stage.ts'

/** How much of what a history is made of. */
export type Mood = {
  readonly kinds: Readonly<Record<Kind, number>>
  readonly meanwhile: number
}

type Kind = 'people' | 'chat' | 'presses' | 'disturbs' | 'words' | 'work' | 'time' | 'faults'

const PLAIN = { people: 10, chat: 10, presses: 3, disturbs: 0, words: 10, work: 16, time: 3, faults: 0 }
const MOODS: readonly Mood[] = [
  { kinds: PLAIN, meanwhile: 0 },
  { kinds: { ...PLAIN, faults: 8, work: 22 }, meanwhile: 0.1 },
  { kinds: { ...PLAIN, faults: 8, disturbs: 2, work: 12 }, meanwhile: 0.3 },
  { kinds: { ...PLAIN, faults: 14, disturbs: 4, people: 6, chat: 6 }, meanwhile: 0.2 },
]

export const moodFrom = (random: Random): Mood => random.pick(MOODS)

/** The next thing that happens: mostly something that can, where things stand. */
export function nextStep(stage: Stage, random: Random, mood: Mood): Step {
  const kind = random.weighed<Kind>(stage.words.length === 0 ? { ...mood.kinds, words: 0 } : mood.kinds)
  const step = make(kind, stage, random)
  const interleaves = kind !== 'work' && kind !== 'faults' && random.chance(mood.meanwhile)
  return interleaves ? { do: 'meanwhile', after: random.below(25), step } : step
}

function make(kind: Kind, stage: Stage, random: Random): Step {
  const item = random.chance(0.75) ? ITEMS[0] : random.pick(ITEMS)
  switch (kind) {
    case 'people':
      return onItem(stage, random, item)
    case 'chat':
      return inChat(stage, random, item)
    case 'presses': {
      const listed = STAFF.filter((person) => stage.factsOf(item).observers.some((one) => one === person))
      return {
        do: 'discuss',
        item,
        person: random.chance(0.3) || listed.length === 0 ? random.pick(['eve', ...PERSONS] as const) : random.pick(listed),
      }
    }
    case 'disturbs':
      return disturb(stage, random, item)
    case 'words':
      return {
        do: random.weighed({ deliver: 12, 'deliver twice': 1, drop: 2 }),
        which: random.chance(0.6) ? 0 : random.below(stage.words.length),
      }
    case 'work':
      return { do: 'work' }
    case 'time':
      return { do: 'wait', ms: random.pick([500, 6_000, 30_000, 91_000, 130_000, 3_700_000]) }
    case 'faults':
      return fault(random)
  }
}

function onItem(stage: Stage, random: Random, item: (typeof ITEMS)[number]): Step {
  const { observers, responsible } = stage.factsOf(item)
  const person = random.pick(STAFF)
  const what = random.weighed({ toggle: 12, assign: 4, save: 2, everybody: observers.length > 2 ? 1 : 0 })
  switch (what) {
    case 'toggle':
      return { do: observers.some((one) => one === person) ? 'unlist' : 'list', item, person }
    case 'assign':
      return { do: 'assign', item, person: responsible && random.chance(0.3) ? null : person }
    case 'save':
      return { do: 'save', item }
    case 'everybody':
      return { do: 'unlist everybody', item }
  }
}

function inChat(stage: Stage, random: Random, item: (typeof ITEMS)[number]): Step {
  const members = stage.chatsOf(item).at(-1)?.members
  const who = random.chance(0.85) ? random.pick(STAFF) : random.pick(ACCOUNT_NAMES)
  if (members?.has(stage.idOf(who))) return { do: 'leave', item, who }
  return random.chance(0.15) ? { do: 'join and leave', item, who } : { do: 'join', item, who, told: random.chance(0.7) }
}

function disturb(stage: Stage, random: Random, item: (typeof ITEMS)[number]): Step {
  const chat = stage.chatsOf(item).at(-1)
  const off = STAFF.find((person) => !stage.chats.accounts.get(stage.idOf(person))?.active)
  if (chat?.state === 'closed' && random.chance(0.7)) return { do: 'bring back', item }
  if (chat && !chat.members.has(stage.chats.app) && random.chance(0.7)) return { do: 'let in', item }
  if (off && random.chance(0.7)) return { do: 'switch on', person: off }
  const what = random.weighed({ off: 5, archive: 2, lock: 2, destroy: 1 })
  switch (what) {
    case 'off':
      return { do: 'switch off', person: random.pick(STAFF), out: random.chance(0.5) }
    case 'archive':
      return { do: 'archive', item }
    case 'lock':
      return { do: 'lock out', item }
    case 'destroy':
      return { do: 'destroy', item }
  }
}

function fault(random: Random): Step {
  const what = random.weighed({ fail: 12, crash: 5, stale: 3, outage: 1 })
  switch (what) {
    case 'fail':
      return {
        do: 'fail',
        call: random.chance(0.7) ? random.pick(['add', 'remove', 'changeObservers', 'open'] as const) : random.pick(CALLS),
        how: random.pick(FAILINGS),
        ms: 1_000 + random.below(LATE_MAX_MS - 1_000),
      }
    case 'crash':
      return { do: 'crash', after: random.below(20) }
    case 'stale':
      return { do: 'stale', back: 1 + random.below(3) }
    case 'outage':
      return { do: 'outage', on: random.chance(0.4) }
  }
}
