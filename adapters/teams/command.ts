import { type AccountId, asAccountId } from '../../src/core/ids.ts'
import type { DialogName } from '../../src/core/press.ts'
import type { Verb } from '../../src/ports/inbound.ts'
import { type Fields, fieldsOf, listOf, textOf } from './fields.ts'

/**
 * What people write to the app: a verb of ours, with the people it is about, or the dialog it asks for; else the words to find an item
 * by; null: nothing. In a chat the app is mentioned first. Teams writes a mention as `<at>Name</at>` and says in the entities whom it means.
 */
export function verbOf(activity: Fields, appName: string): Verb | null {
  const mentions = mentionsIn(activity)
  const own = idOfBot(activity)
  const people = mentions.filter(({ id }) => id !== own)
  const words = wordsOf(textOf(activity['text']) ?? '', mentions, own)
  const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(words) ?? []
  if (words === '') return null
  if (/^help$/i.test(words)) return { name: 'help', command: `@${appName}` }
  if (/^discuss$/i.test(first)) return rest === '' ? null : { name: 'discuss', words: unquoted(rest) }
  return VERBS[first.toLowerCase()]?.(rest, people) ?? { name: 'discuss', words: unquoted(words) }
}

type Mention = { readonly id: string; readonly account: AccountId | null; readonly name: string; readonly text: string }

function mentionsIn(activity: Fields): readonly Mention[] {
  return listOf(activity['entities']).flatMap((entity): Mention[] => {
    if (entity['type'] !== 'mention') return []
    const mentioned = fieldsOf(entity['mentioned'])
    const [id, account, name] = [mentioned['id'], mentioned['aadObjectId'], mentioned['name']].map(textOf)
    return id ? [{ id, account: account ? asAccountId(account) : null, name: name ?? '', text: textOf(entity['text']) ?? '' }] : []
  })
}

const idOfBot = (activity: Fields): string => textOf(fieldsOf(activity['recipient'])['id']) ?? ''

/** Without the app's own mention; other people's become "@Name". */
function wordsOf(text: string, mentions: readonly Mention[], own: string): string {
  let words = text
  for (const { id, name, text: written } of mentions) {
    if (written !== '') words = words.replace(written, id === own ? ' ' : ` @${name} `)
  }
  return words
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Null: the words are no such command, and an item is looked for by them. */
const VERBS: Readonly<Record<string, (rest: string, people: readonly Mention[]) => Verb | null>> = {
  who: alone({ name: 'who' }),
  status: alone({ name: 'status' }),
  leave: alone({ name: 'leave' }),
  why: whyOf,
  add: (rest, people) => (rest === '' ? dialog('add-people') : somebody('add', rest, people)),
  remove: (rest, people) => (rest === '' ? dialog('observers') : somebody('remove', rest, people)),
  rename: (rest) => (rest === '' ? dialog('rename-chat') : { name: 'rename', words: unquoted(rest) }),
}

function alone(verb: Verb): (rest: string) => Verb | null {
  return (rest) => (rest === '' ? verb : null)
}

const dialog = (name: DialogName): Verb => ({ name: 'press', press: { name, about: '' }, values: {} })

function whyOf(rest: string, [mentioned]: readonly Mention[]): Verb | null {
  if (mentioned?.account) return { name: 'why', account: mentioned.account, words: mentioned.name }
  if (rest !== '' && !rest.startsWith('@')) return null
  return { name: 'why', account: null, words: rest.replace(/^@\s*/, '') }
}

/** Where nobody is mentioned it may as well be an item: "add-on renewal" is one, and "remove Bob" is none. */
function somebody(name: 'add' | 'remove', rest: string, mentioned: readonly Mention[]): Verb {
  const people = mentioned.flatMap(({ account }) => (account ? [account] : []))
  const words = mentioned
    .reduce((left, one) => (one.account ? left.replace(`@${one.name}`, ' ') : left), rest)
    .replace(/\s+/g, ' ')
    .trim()
  const named = people.length > 0 || rest.startsWith('@')
  return { name, people, groups: [], words, otherwise: named ? null : `${name} ${rest}` }
}

const QUOTED = /^["'“”„‘’«»](.*)["'“”„‘’«»]$/s

const unquoted = (words: string): string => (QUOTED.exec(words)?.[1] ?? words).trim()
