import type { OpenDatabase } from '../../db/open.ts'
import { type History, relive, type Told } from './history.ts'
import { describe, type Step } from './step.ts'

/** Makes a broken history as short as it gets while something stays broken, by leaving out ever smaller parts of it. */
export async function minimise(database: OpenDatabase, broken: Told, livesMax = 150): Promise<Told> {
  let best = broken
  let lives = 0
  const kind = (told: Told) => /[A-Z]\d+/.exec(told.broken ?? '')?.[0] ?? told.broken?.slice(0, 20)
  const tries = async (steps: readonly Step[]): Promise<boolean> => {
    if (lives++ >= livesMax) return false
    const told = await relive(database, { ...best.history, steps })
    if (!told.broken || kind(told) !== kind(broken)) return false
    best = told
    return true
  }
  let size = Math.ceil(best.history.steps.length / 2)
  for (;;) {
    let shorter = false
    let from = 0
    while (from < best.history.steps.length) {
      const { steps } = best.history
      if (await tries(steps.toSpliced(from, size))) shorter = true
      else from += size
    }
    if (size > 1) size = Math.ceil(size / 2)
    else if (!shorter || lives >= livesMax) return best
  }
}

export function story({ history, broken }: Told): string {
  const lines = history.steps.map((step, place) => `  ${String(place + 1).padStart(2)} ${describe(step)}`)
  return [`seed ${history.seed}: ${broken}`, ...lines].join('\n')
}

export const historyJson = (history: History): string => JSON.stringify(history)
