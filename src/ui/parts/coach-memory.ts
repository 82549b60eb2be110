import { useSyncExternalStore } from 'react'

export const COACH_STEPS = [
  { name: 'open', text: 'Open a deal' },
  { name: 'discuss', text: 'Discuss it in chat' },
  { name: 'remove', text: 'Remove an observer and watch the chat' },
] as const

export type CoachStep = (typeof COACH_STEPS)[number]['name']
type Memory = { readonly dismissed: boolean; readonly done: readonly CoachStep[] }

const PLACE = 'ringside.coach'
const listeners = new Set<() => void>()
let memory: Memory = remembered()

export function useCoach(): Memory {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => memory,
  )
}

export function coachDid(step: CoachStep): void {
  if (!memory.done.includes(step)) keep({ ...memory, done: [...memory.done, step] })
}

export function dismissCoach(): void {
  keep({ ...memory, dismissed: true })
}

function keep(next: Memory): void {
  memory = next
  // A browser may refuse storage (private windows, policy): then the card comes back next time, and nothing else is lost.
  try {
    localStorage.setItem(PLACE, JSON.stringify(next))
  } catch {
    /* see above */
  }
  for (const changed of listeners) changed()
}

function remembered(): Memory {
  const fresh: Memory = { dismissed: false, done: [] }
  try {
    return { ...fresh, ...(JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Memory>) }
  } catch {
    return fresh
  }
}
