import { type Failure, type Outcome, outcomeOf } from '../../src/core/failure.ts'
import { ERRORS, WORD_OF_STATUS } from './errors.ts'
import { type Fields, fieldsOf, textOf } from './fields.ts'
import type { Operation } from './operations.ts'

/** What one of Microsoft's words means to us. `already` is about one person. */
type Sorted = Failure | { readonly kind: 'already' }

/** The one table from Microsoft's words to ours; a word that is not in it is a refusal that shows the word. */
export function sort(operation: Operation, word: string): Sorted {
  const meaning = ERRORS[`${operation} ${word}`] ?? ERRORS[word]
  if (!meaning) {
    const why = `Microsoft said no, with a word Ringside does not know: ${word}.`
    return { kind: 'refused', code: `teams_${word}`, why, mender: 'nobody' }
  }
  if (meaning.kind === 'already') return meaning
  return { ...meaning, code: isMissingConsent(meaning) ? 'missing_scope' : word }
}

/** Only one permission is missing, and the rest goes on: the code that the engine knows for that. */
const isMissingConsent = (meaning: unknown): boolean => meaning === ERRORS['missing_scope']

/** Of a whole call. */
export function failureOf(operation: Operation, word: string): Failure {
  const sorted = sort(operation, word)
  return sorted.kind === 'already' ? { kind: 'refused', code: word, why: 'It is so already.', mender: 'nobody' } : sorted
}

/** Of a call that was about one person alone. */
export function outcomeOfOne(operation: Operation, failure: Failure): Outcome {
  const sorted = sort(operation, failure.code)
  return sorted.kind === 'already' ? sorted : outcomeOf(failure)
}

/** The word that says most of an answer: the inner error, what the message begins with, the code, the status. */
export function wordOf(operation: Operation, status: number, body: Fields): string {
  const error = fieldsOf(body['error'])
  const inner = fieldsOf(error['innerError'] ?? error['innererror'])
  const begins = /^([A-Z][A-Za-z]{3,40})\b\s*[-:.]/.exec(textOf(error['message']) ?? '')?.[1]
  const ofStatus = WORD_OF_STATUS[status] ?? `status_${lettersOf(status)}`
  const words = [textOf(inner['code']), begins, textOf(error['code'])].flatMap((word) => (word ? [snake(word)] : []))
  const known = [...words, ofStatus].find((word) => `${operation} ${word}` in ERRORS || word in ERRORS)
  return known ?? words.at(-1) ?? ofStatus
}

/** "AclCheckFailed" → "acl_check_failed"; whatever somebody put there becomes a word for the log. */
const snake = (word: string): string =>
  word
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z]+/g, '_')
    .toLowerCase()
    .slice(0, 60)

/** Codes are letters; a status nobody has documented is spelt. */
const lettersOf = (status: number): string => (status >= 500 ? 'of_the_server' : status >= 400 ? 'of_the_request' : 'of_another_kind')
