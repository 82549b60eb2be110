import { withMender } from '../../core/words/people.ts'
import type { Connection } from '../data/types.ts'
import { useCard } from './card.ts'
import { NeedRow } from './need-list.tsx'

type Need = { readonly id: string; readonly what: string; readonly why: string }

/** What is broken there, or did not work when it was tried. */
export function needsOf(connections: readonly Connection[]): readonly Need[] {
  return connections.flatMap(({ id, title, state, why, probe }): Need[] => {
    if (state === 'broken') return [{ id, what: `${title} is not connected.`, why: why ?? 'Connect it again below.' }]
    const failing = probe?.lines.filter(({ outcome }) => outcome === 'fails') ?? []
    return failing.map((line) => ({
      id: `${id} ${line.step}`,
      what: `${title}: “${line.title}” does not work.`,
      why: withMender(line.why ?? '', line.mender ?? 'nobody'),
    }))
  })
}

export function ConnectionNeeds({ connections }: { connections: readonly Connection[] }) {
  const card = useCard()
  const needs = needsOf(connections)
  if (needs.length === 0) return null
  return (
    <section className={card.card} aria-labelledby="needs-connections">
      <h3 id="needs-connections" className={card.title}>
        Connections
      </h3>
      <ul>
        {needs.map(({ id, what, why }) => (
          <NeedRow key={id}>
            <p>{what}</p>
            <p className={card.quiet}>{why}</p>
          </NeedRow>
        ))}
      </ul>
    </section>
  )
}
