import { money } from './money.ts'
import type { Policy } from './policy.ts'

/** What an item's chat hears of changes of its item, in one message a turn, and nobody is mentioned in it (K4). */

/** One change, oldest first; people by name. */
export type FeedChange = {
  readonly what: 'title' | 'stage' | 'amount' | 'responsible' | 'listed' | 'unlisted'
  /** Whose place at the item changed. */
  readonly person: string | null
  readonly by: string | null
  readonly before: string | null
  readonly after: string | null
}

/** A smaller change of the amount than this part of it is not worth a line. */
const AMOUNT_PART = 0.2
const NAMES_MAX = 5

type Field = Exclude<FeedChange['what'], 'listed' | 'unlisted'>

const SAID: Record<Policy['feed'], readonly FeedChange['what'][]> = {
  off: [],
  quiet: ['stage', 'responsible', 'amount', 'listed'],
  everything: ['title', 'stage', 'responsible', 'amount', 'listed', 'unlisted'],
}

/** Null: nothing worth saying. `withAmounts`: does nobody read along who may not know the amount? */
export function feedText(
  key: string,
  changes: readonly FeedChange[],
  feed: Policy['feed'],
  currency: string | null,
  withAmounts: boolean,
): string | null {
  const said = changes.filter(({ what }) => SAID[feed].includes(what))
  const lines = [
    ...(['title', 'stage', 'responsible', 'amount'] as const).flatMap((what) => {
      const line = fieldLine(
        key,
        said.filter((change) => change.what === what),
        currency,
      )
      const silent = what === 'amount' && (!withAmounts || (feed === 'quiet' && !isLarge(said)))
      return line && !silent ? [line] : []
    }),
    ...observerLines(key, said),
  ]
  return lines.length > 0 ? lines.join('\n') : null
}

/** From where it was before the first of them to where it is after the last; nothing where that is the same. */
function fieldLine(key: string, changes: readonly FeedChange[], currency: string | null): string | null {
  const [first, last] = [changes[0], changes.at(-1)]
  if (!first || !last || first.before === last.after) return null
  const by = [...new Set(changes.flatMap((change) => change.by ?? []))]
  const told = (value: string | null) => valueOf(last.what, value, currency)
  return `${LABELS[last.what as Field]} of ${key}: ${told(first.before)} → ${told(last.after)}${byLine(by)}`
}

const LABELS: Record<Field, string> = { title: 'Title', stage: 'Stage', responsible: 'Responsible', amount: 'Amount' }

function valueOf(what: FeedChange['what'], value: string | null, currency: string | null): string {
  if (what === 'responsible') return value ?? 'nobody'
  if (value === null) return 'none'
  return what === 'amount' ? money(Number(value), currency) : value
}

const byLine = (names: readonly string[]) => (names.length > 0 ? ` (${named(names)})` : '')

function isLarge(changes: readonly FeedChange[]): boolean {
  const amounts = changes.filter(({ what }) => what === 'amount')
  const [before, after] = [amounts[0]?.before ?? null, amounts.at(-1)?.after ?? null]
  if (before === null || after === null) return before !== after
  return Math.abs(Number(after) - Number(before)) > Math.abs(Number(before)) * AMOUNT_PART
}

/** Everybody who came by the same hand in one line; whoever came and went within one turn did neither. */
function observerLines(key: string, changes: readonly FeedChange[]): string[] {
  const last = new Map<string, FeedChange>()
  const first = new Map<string, FeedChange>()
  for (const change of changes) {
    if (!change.person || (change.what !== 'listed' && change.what !== 'unlisted')) continue
    if (!first.has(change.person)) first.set(change.person, change)
    last.set(change.person, change)
  }
  const stays = [...last.values()].filter((change) => first.get(change.person ?? '')?.what === change.what)
  const lines = (what: 'listed' | 'unlisted', sentence: (names: string, many: boolean) => string) =>
    [
      ...Map.groupBy(
        stays.filter((change) => change.what === what),
        byWhom,
      ),
    ].map(([by, group]) => {
      const names = group.flatMap(({ person }) => person ?? [])
      return `${sentence(named(names), names.length > 1)}${by ? `, through ${by}` : ''}.`
    })
  return [
    ...lines('listed', (names, many) => `${names} ${many ? 'observe' : 'observes'} ${key} now`),
    ...lines('unlisted', (names, many) => `${names} ${many ? 'do' : 'does'} not observe ${key} any more`),
  ]
}

const byWhom = ({ person, by }: FeedChange): string => (by === person ? '' : (by ?? ''))

function named(names: readonly string[]): string {
  const more = names.length - NAMES_MAX
  if (more > 0) return `${names.slice(0, NAMES_MAX).join(', ')} and ${more} others`
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '')
}
