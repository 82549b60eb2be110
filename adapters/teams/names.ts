import { fingerprint } from '../../src/core/fingerprint.ts'
import { SIGN_MAX, TOPIC_MAX } from './capabilities.ts'

/** What Teams allows in the topic of a chat: no colon, and no line break. "Deal 42: Order" → "Deal 42 - Order". */
export function topicOf(name: string): string {
  const plain = name
    .replace(/\s*:\s*/g, ' - ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(SIGN, '')
  return plain.slice(0, TOPIC_MAX - SIGN_MAX).trim() || 'Discussion'
}

/**
 * The sign of an operation stands at the end of the topic from the opening until the card is shown, because a chat that was opened by a
 * call without an answer can be found again by nothing else (decision 61).
 */
export const signed = (name: string, operation: string): string => `${topicOf(name)} ${signOf(operation)}`

const signOf = (operation: string): string => `(r-${fingerprint(operation)})`

const SIGN = / \(r-[0-9a-z]{1,14}\)$/

export const isSignedBy = (topic: string, operation: string): boolean => topic.endsWith(` ${signOf(operation)}`)

export const isSigned = (topic: string): boolean => SIGN.test(topic)

/** The name as people are to see it. */
export const unsigned = (topic: string): string => topic.replace(SIGN, '')
