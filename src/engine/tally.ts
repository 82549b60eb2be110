/** Counts what came from outside and what became of it, in this process and since it started (K10). Nothing in it is about a person. */
export type Tally = {
  count(name: TallyName, labels: Labels): void
  read(): readonly Counted[]
}

export type TallyName = 'requests' | 'deliveries'
type Labels = Readonly<Record<string, string>>
export type Counted = { readonly name: TallyName; readonly labels: Labels; readonly n: number }

/** Reasons are our own words, but some end in a vendor's: whatever goes beyond this many is counted as one. */
const SERIES_MAX = 500

export function openTally(): Tally {
  const counts = new Map<string, { readonly name: TallyName; readonly labels: Labels; n: number }>()
  return {
    count(name, labels) {
      const key = `${name} ${JSON.stringify(labels)}`
      const kept = counts.has(key) || counts.size < SERIES_MAX ? { key, labels } : { key: `${name} other`, labels: { outcome: 'other' } }
      const counted = counts.get(kept.key) ?? { name, labels: kept.labels, n: 0 }
      counted.n += 1
      counts.set(kept.key, counted)
    },
    read: () => [...counts.values()],
  }
}

/** "discarded: own_echo" as its two labels. */
export function outcomeLabels(outcome: string): { readonly outcome: string; readonly reason: string } {
  const [kind = '', reason = ''] = outcome.split(': ', 2)
  return { outcome: kind, reason }
}
