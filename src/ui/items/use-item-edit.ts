import { useState } from 'react'
import { useSaveItem } from '../data/items.ts'
import { ApiProblem, conflictOf, sentenceOf } from '../data/problem.ts'
import type { Item } from '../data/types.ts'
import { nameList } from '../parts/format.ts'
import { useSay } from '../parts/say.tsx'
import { changedFields, draftOf, faultsOf, patchOf, rebased, type Draft, type Faults } from './draft.ts'

/** One edit of an item, from the pencil to Save: `base` is the item as the form was opened on it, whatever arrives meanwhile. */
export function useItemEdit(item: Item, onDone: () => void) {
  const [base, setBase] = useState(item)
  const [draft, setDraft] = useState(() => draftOf(item))
  const [tried, setTried] = useState(false)
  const saving = useSaveItem(item.id)
  const say = useSay()
  const before = draftOf(base)
  const now = conflictOf(saving.error)

  function save(): void {
    setTried(true)
    if (saving.isPending || Object.keys(faultsOf(draft)).length > 0) return
    saving.mutate({ patch: patchOf(before, draft), revision: base.revision }, { onSuccess: (saved) => finish(saved) })
  }

  function finish(saved: Item): void {
    onDone()
    const missing = draft.observers.filter(
      (person) => person.id !== saved.responsible?.id && !saved.observers.some((one) => one.id === person.id),
    )
    if (missing.length > 0)
      say.news(`Saved, but not added: ${nameList(missing.map((person) => person.name))}. Add them with the Add button to see why.`)
  }

  function reload(): void {
    if (!now) return
    setDraft(rebased(before, draft, draftOf(now)))
    setBase(now)
    saving.reset()
  }

  return {
    draft,
    set: (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change })),
    faults: { ...(tried ? faultsOf(draft) : {}), ...fieldFault(saving.error) },
    error: saving.error && !now && !Object.keys(fieldFault(saving.error)).length ? sentenceOf(saving.error) : null,
    conflict: now ? { before: base, now } : null,
    changed: changedFields(before, draft).length > 0,
    saving: saving.isPending,
    save,
    reload,
  }
}

const FIELDS = ['title', 'stage', 'amount'] as const

/** A refusal that names one of the typed fields stands at that field. */
function fieldFault(error: unknown): Faults {
  const field = error instanceof ApiProblem ? FIELDS.find((name) => name === error.field) : undefined
  return field ? { [field]: sentenceOf(error) } : {}
}
