import { asAccountId } from '../../src/core/ids.ts'
import type { Verb } from '../../src/ports/inbound.ts'

/**
 * What people type after `/discuss`: nothing or "help"; "why @person"; else the words to find an item by.
 * Slack writes a mention as `<@U123|name>`, and escapes & < > in the rest.
 */
export function verbOf(text: string): Verb {
  const words = text.trim()
  if (words === '' || /^help$/i.test(words)) return { name: 'help' }
  return whyOf(words) ?? { name: 'discuss', words: unescape(unquoted(words)) }
}

function whyOf(words: string): Verb | null {
  const asked = /^why(?:\s+(.+))?$/is.exec(words)
  if (!asked) return null
  const about = asked[1]?.trim() ?? ''
  const mention = /^<@([UW][A-Z0-9]+)(?:\|([^>]*))?>$/.exec(about)
  if (mention?.[1]) return { name: 'why', account: asAccountId(mention[1]), words: unescape(mention[2] ?? '') }
  if (about !== '' && !about.startsWith('@')) return null
  return { name: 'why', account: null, words: unescape(about.replace(/^@\s*/, '')) }
}

const QUOTED = /^["'“”„‘’«»](.*)["'“”„‘’«»]$/s

const unquoted = (words: string): string => (QUOTED.exec(words)?.[1] ?? words).trim()

const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
