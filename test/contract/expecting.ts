import { expect } from 'vitest'
import type { Failure, Outcome, Result } from '../../src/core/failure.ts'

/** The value of a result that has to have one. */
export function given<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.failure.kind} ${result.failure.code}: ${result.failure.why}`)
  return result.value
}

/** The failure of a result that has to be one. */
export function failing(result: Result<unknown>): Failure {
  if (result.ok) throw new Error(`Expected a failure, got ${JSON.stringify(result.value)}`)
  return result.failure
}

/** Whoever is refused reads a code for the log and a sentence for people. */
export function expectSentence(said: Outcome | Failure | undefined): void {
  expect(said).toMatchObject({ code: expect.stringMatching(/^[a-z_]+$/), why: expect.stringMatching(/\w.*\.$/) })
}
