import { readFileSync } from 'node:fs'
import type { History } from './history.ts'
import { USUAL } from './stage.ts'

type Kept = { readonly name: string; readonly seed: number; readonly steps: History['steps']; readonly settings?: History['settings'] }

/** Histories that once broke a promise, made short; lived again before any others. */
export const REGRESSIONS = (JSON.parse(readFileSync(new URL('./regressions.json', import.meta.url), 'utf8')) as readonly Kept[]).map(
  ({ name, seed, steps, settings = USUAL }) => ({ name, history: { seed, settings, steps } satisfies History }),
)
