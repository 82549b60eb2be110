/** Failures are values, named by what we do next. A bug is not a failure: it throws. */
export type Failure =
  /** Try again after this long: a rate limit, an outage. Nothing happened. */
  | { readonly kind: 'later'; readonly code: string; readonly why: string; readonly afterMs: number }
  /** The answer is no and will stay no until a person changes something. `mender` says who can. */
  | Refused
  /** It does not exist any more, confirmed by the vendor. */
  | { readonly kind: 'gone'; readonly code: string; readonly why: string }
  /** It may exist, but we cannot see into it. Never "everybody left". */
  | { readonly kind: 'unreachable'; readonly code: string; readonly why: string }
  /** The connection itself no longer works: a revoked token, a missing scope. */
  | { readonly kind: 'reconnect'; readonly code: string; readonly why: string }
  /** It may or may not have happened: read back before repeating. */
  | { readonly kind: 'uncertain'; readonly code: string; readonly why: string }

/** `everywhere`: a setting of the whole workspace forbids it, whomever and whichever chat it is about. */
type Refused = {
  readonly kind: 'refused'
  readonly code: string
  readonly why: string
  readonly mender: Mender
  readonly everywhere?: true
}

export type Mender = 'nobody' | 'you' | 'administrator' | 'workspace-owner' | 'member'

export type Result<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure }

export const ok = <Value>(value: Value): Result<Value> => ({ ok: true, value })
export const failed = (failure: Failure): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure })

/** What became of one person in a call about several. `impossible` is refused for good: no setting changes it. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'already' }
  | Refused
  | { readonly kind: 'impossible'; readonly code: string; readonly why: string }
  | { readonly kind: 'later'; readonly code: string; readonly why: string; readonly afterMs: number }
  | { readonly kind: 'uncertain'; readonly code: string; readonly why: string }

/** A failure of the whole call is the outcome of everybody it was about. */
export function outcomeOf(failure: Failure): Outcome {
  switch (failure.kind) {
    case 'later':
    case 'refused':
    case 'uncertain':
      return failure
    case 'gone':
    case 'unreachable':
    case 'reconnect':
      return { kind: 'refused', code: failure.code, why: failure.why, mender: failure.kind === 'unreachable' ? 'member' : 'administrator' }
  }
}
