import { asAccountId } from '../../src/core/ids.ts'
import type { DialogName } from '../../src/core/press.ts'
import type { Verb } from '../../src/ports/inbound.ts'

/**
 * What people type after `/discuss`: a verb of ours, with the people it is about, or the dialog it asks for; else the words to find an
 * item by; null: nothing.
 * Slack writes a mention as `<@U123|name>` and a group as `<!subteam^S123|@name>`, and escapes & < > in the rest.
 */
export function verbOf(text: string, command: string): Verb | null {
  const words = text.trim()
  if (words === '') return null
  const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(words) ?? []
  if (words.toLowerCase() === 'help') return { name: 'help', command }
  return VERBS[first.toLowerCase()]?.(rest.trim()) ?? { name: 'discuss', words: unescape(unquoted(words)) }
}

/** Null: the words are no such command, and an item is looked for by them. */
const VERBS: Readonly<Record<string, (rest: string) => Verb | null>> = {
  who: alone({ name: 'who' }),
  status: alone({ name: 'status' }),
  leave: alone({ name: 'leave' }),
  new: (rest) => (rest.toLowerCase() === 'chat' ? dialog('new-chat') : null),
  why: whyOf,
  add: (rest) => (rest === '' ? dialog('add-people') : somebody('add', rest)),
  remove: (rest) => (rest === '' ? dialog('observers') : somebody('remove', rest)),
  rename: (rest) => (rest === '' ? dialog('rename-chat') : { name: 'rename', words: unescape(unquoted(rest)) }),
}

function alone(verb: Verb): (rest: string) => Verb | null {
  return (rest) => (rest === '' ? verb : null)
}

const dialog = (name: DialogName): Verb => ({ name: 'press', press: { name, about: '' }, values: {} })

function whyOf(about: string): Verb | null {
  const mention = /^<@([UW][A-Z0-9]+)(?:\|([^>]*))?>$/.exec(about)
  if (mention?.[1]) return { name: 'why', account: asAccountId(mention[1]), words: unescape(mention[2] ?? '') }
  if (about !== '' && !about.startsWith('@')) return null
  return { name: 'why', account: null, words: unescape(about.replace(/^@\s*/, '')) }
}

const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g
const GROUP = /<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>/g

/** Where nobody is mentioned it may as well be an item: "add-on renewal" is one, and "remove Bob" is none. */
function somebody(name: 'add' | 'remove', rest: string): Verb {
  const people = [...rest.matchAll(MENTION)].flatMap(([, id]) => (id ? [asAccountId(id)] : []))
  const groups = [...rest.matchAll(GROUP)].flatMap(([, id]) => (id ? [id] : []))
  const words = unescape(rest.replaceAll(MENTION, ' ').replaceAll(GROUP, ' ').trim())
  const named = people.length + groups.length > 0 || rest.startsWith('@')
  return { name, people, groups, words, otherwise: named ? null : `${name} ${unescape(rest)}` }
}

const QUOTED = /^["'“”„‘’«»](.*)["'“”„‘’«»]$/s

const unquoted = (words: string): string => (QUOTED.exec(words)?.[1] ?? words).trim()

export const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
