import type { Account, Item, Person } from './cast.ts'

/**
 * A history is a list of these. Every step is plain data, and one that makes no sense where it stands does nothing: so any
 * part of a history is a history, which is what lets a broken one be made shorter.
 */
export type Step =
  // people, on the item
  | { readonly do: 'list' | 'unlist'; readonly item: Item; readonly person: Person }
  | { readonly do: 'assign'; readonly item: Item; readonly person: Person | null }
  | { readonly do: 'save' | 'unlist everybody'; readonly item: Item }
  // people, in the chat
  | { readonly do: 'join'; readonly item: Item; readonly who: Account; readonly told: boolean }
  | { readonly do: 'leave' | 'join and leave'; readonly item: Item; readonly who: Account }
  | { readonly do: 'discuss'; readonly item: Item; readonly person: Person }
  | { readonly do: 'archive' | 'bring back' | 'lock out' | 'let in' | 'destroy'; readonly item: Item }
  | { readonly do: 'switch off'; readonly person: Person; readonly out: boolean }
  | { readonly do: 'switch on'; readonly person: Person }
  // what is on its way, and time
  | { readonly do: 'deliver' | 'deliver twice' | 'drop'; readonly which: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'work' }
  // what goes wrong
  | { readonly do: 'fail'; readonly call: CallName; readonly how: Failing; readonly ms: number }
  | { readonly do: 'outage'; readonly on: boolean }
  | { readonly do: 'stale'; readonly back: number }
  | { readonly do: 'crash'; readonly after: number }
  /** Happens between two awaits of the work that comes next. */
  | { readonly do: 'meanwhile'; readonly after: number; readonly step: Step }

export const CALLS = ['open', 'describe', 'members', 'add', 'remove', 'resolve', 'profile', 'read', 'changeObservers'] as const
export type CallName = (typeof CALLS)[number]

/**
 * `before`: no answer, and nothing happened. `after`: it happened, the answer was lost. `late`: it happens `ms` later, within the
 * request's life. `wait`: a rate limit for `ms`. `refused`: a no.
 */
export const FAILINGS = ['before', 'after', 'late', 'wait', 'refused'] as const
export type Failing = (typeof FAILINGS)[number]

const HUMAN: ReadonlySet<Step['do']> = new Set<Step['do']>([
  'list',
  'unlist',
  'assign',
  'save',
  'unlist everybody',
  'join',
  'leave',
  'join and leave',
  'discuss',
  'archive',
  'bring back',
  'lock out',
  'let in',
  'destroy',
  'switch off',
  'switch on',
])

export const isHuman = (step: Step): boolean => (step.do === 'meanwhile' ? isHuman(step.step) : HUMAN.has(step.do))
const FAULTY: ReadonlySet<Step['do']> = new Set<Step['do']>(['deliver twice', 'drop', 'fail', 'outage', 'stale', 'crash'])
export const isFault = (step: Step): boolean => (step.do === 'meanwhile' ? isFault(step.step) : FAULTY.has(step.do))

/** One line that a person can follow. */
export function describe(step: Step): string {
  switch (step.do) {
    case 'list':
    case 'unlist':
      return `${step.item}: ${step.do} ${step.person}`
    case 'assign':
      return `${step.item}: ${step.person ?? 'nobody'} becomes responsible`
    case 'join':
      return `${step.item}: ${step.who} is put into the chat${step.told ? '' : ', by whom is not told'}`
    case 'leave':
    case 'join and leave':
      return `${step.item}: ${step.who} ${step.do === 'leave' ? 'leaves the chat' : 'is put into the chat and leaves it'}`
    case 'discuss':
      return `${step.item}: ${step.person} presses Discuss`
    case 'save':
    case 'unlist everybody':
    case 'archive':
    case 'bring back':
    case 'lock out':
    case 'let in':
    case 'destroy':
      return `${step.item}: ${step.do}`
    case 'switch off':
      return `switch off ${step.person}${step.out ? ' and take them out of every chat' : ''}`
    case 'switch on':
      return `switch on ${step.person}`
    case 'deliver':
    case 'deliver twice':
    case 'drop':
      return `${step.do} #${step.which}`
    case 'wait':
      return `wait ${step.ms} ms`
    case 'work':
      return 'work'
    case 'fail':
      return `the next ${step.call} fails: ${step.how}${step.how === 'late' || step.how === 'wait' ? ` ${step.ms} ms` : ''}`
    case 'outage':
      return `outage ${step.on ? 'begins' : 'ends'}`
    case 'stale':
      return `the next reading of an item is ${step.back} revisions old`
    case 'crash':
      return `crash after ${step.after} awaits`
    case 'meanwhile':
      return `meanwhile, after ${step.after} awaits: ${describe(step.step)}`
  }
}
