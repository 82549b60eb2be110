import type { Mender } from '../../src/core/failure.ts'

/** What one of Microsoft's words says. `already` is about one person, or one thing to be done. */
export type Meaning =
  | { readonly kind: 'already' }
  | { readonly kind: 'unreachable' | 'reconnect' | 'uncertain'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string; readonly mender: Mender; readonly everywhere?: true }
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number }

/** By word, or by `operation word` where a word says something else of one operation. */
export type Meanings = Readonly<Record<string, Meaning>>

/** How long to wait where Microsoft does not say. */
const LATER_MS = 30_000

export const already: Meaning = { kind: 'already' }
export const refused = (mender: Mender, why: string): Meaning => ({ kind: 'refused', why, mender })
/** A setting of the organisation says no, to everybody. */
export const forbidden = (why: string): Meaning => ({ kind: 'refused', why, mender: 'workspace-owner', everywhere: true })
export const later = (why: string, afterMs = LATER_MS): Meaning => ({ kind: 'later', why, afterMs })
export const unreachable = (why: string): Meaning => ({ kind: 'unreachable', why })
export const reconnect = (why: string): Meaning => ({ kind: 'reconnect', why })
export const uncertain = (why: string): Meaning => ({ kind: 'uncertain', why })

/** What only a fault of ours can cause. */
export const OURS = refused(
  'nobody',
  'Microsoft did not take what Ringside asked. This is a fault of Ringside: please report it with the code.',
)
