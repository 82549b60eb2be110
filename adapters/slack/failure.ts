import type { Failure, Outcome } from '../../src/core/failure.ts'
import { outcomeOf } from '../../src/core/failure.ts'
import { OF_CHANNEL } from './errors-channel.ts'
import { OF_CONNECTION } from './errors-connection.ts'
import { OF_CONTENT } from './errors-content.ts'
import { OF_INSTALL } from './errors-install.ts'
import { OF_OURS } from './errors-ours.ts'
import { OF_PERSON } from './errors-person.ts'
import { OF_RULES } from './errors-rules.ts'
import type { Meanings } from './meaning.ts'

/** What one of Slack's words means to us. `already` and `impossible` are about one person. */
export type Sorted = Failure | { readonly kind: 'already' } | { readonly kind: 'impossible'; readonly code: string; readonly why: string }

/**
 * The one table from Slack's words to ours. `method word` is asked before `word`. Every error Slack documents for a method
 * we call is here, which a test proves; a word that is not here is a refusal that shows the word.
 */
const MEANINGS: Meanings = { ...OF_CONNECTION, ...OF_INSTALL, ...OF_RULES, ...OF_CHANNEL, ...OF_PERSON, ...OF_CONTENT, ...OF_OURS }

export function isSorted(method: string, word: string): boolean {
  return `${method} ${word}` in MEANINGS || word in MEANINGS
}

const UNKNOWN_WORD = 'slack_'

/** Is this the code of a word that Slack does not document? */
export const isUnknownWord = (code: string): boolean => code.startsWith(UNKNOWN_WORD)

export function sort(method: string, word: string): Sorted {
  const meaning = MEANINGS[`${method} ${word}`] ?? MEANINGS[word]
  if (!meaning)
    return {
      kind: 'refused',
      code: `${UNKNOWN_WORD}${word}`,
      why: `Slack said no, with a word Ringside does not know: ${word}.`,
      mender: 'nobody',
    }
  return meaning.kind === 'already' ? meaning : { ...meaning, code: word }
}

/** Of a whole call. */
export function failureOf(method: string, word: string): Failure {
  const sorted = sort(method, word)
  if (sorted.kind === 'impossible') return { ...sorted, kind: 'refused', mender: 'nobody' }
  return sorted.kind === 'already' ? { kind: 'refused', code: word, why: 'It is so already.', mender: 'nobody' } : sorted
}

/** Of one person. */
export function outcomeOfWord(method: string, word: string): Outcome {
  const sorted = sort(method, word)
  return sorted.kind === 'already' || sorted.kind === 'impossible' ? sorted : outcomeOf(sorted)
}

/** Of a call that was about one person alone. */
export function outcomeOfOne(method: string, failure: Failure): Outcome {
  const sorted = sort(method, failure.code)
  return sorted.kind === 'already' || sorted.kind === 'impossible' ? sorted : outcomeOf(failure)
}
