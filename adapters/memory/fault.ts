import type { Failure } from '../../src/core/failure.ts'

/** What a simulation wants of one call. The effect of a `deferred` call waits in `Deferred` until it is landed. */
export type Fault =
  | null
  /** Fails, and nothing happened. */
  | Failure
  /** Happened, and the answer was lost. */
  | { readonly afterEffect: Failure }
  /** The answer was lost, and it happens later: a request that is still on its way. */
  | { readonly deferred: Failure }

export type FaultHook = (method: string, args: readonly unknown[]) => Fault

/** Effects still on their way, oldest first. */
export type Deferred = (() => void)[]

/** Runs one call as the hook wants it: `effect` does it and answers, `fail` puts a failure in the shape of the answer. */
export function faultyCalls(hook: FaultHook | undefined, deferred: Deferred) {
  return <Answer>(method: string, args: readonly unknown[], effect: () => Answer, fail: (failure: Failure) => Answer): Answer => {
    const fault = hook?.(method, args) ?? null
    if (fault === null) return effect()
    if ('kind' in fault) return fail(fault)
    if ('deferred' in fault) {
      deferred.push(() => void effect())
      return fail(fault.deferred)
    }
    effect()
    return fail(fault.afterEffect)
  }
}

/** Lets one deferred effect happen, the oldest unless told otherwise. */
export function land(deferred: Deferred, index = 0): void {
  const [effect] = deferred.splice(index, 1)
  if (!effect) throw new Error(`No deferred effect at ${index}`)
  effect()
}
