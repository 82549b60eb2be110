import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { read, ROOT } from './files.ts'

/** What is promised to people in Slack: kept by us, or by Slack itself where we have to ask it for the right thing. */
const IN_SLACK = [
  { id: 'O1', promise: 'an item has one responsible person and any number of observers' },
  { id: 'O2', promise: 'the responsible person manages the item, an observer has access to it' },
  { id: 'O3', promise: 'whoever is not on an item cannot tell that it exists' },
  { id: 'O4', promise: 'an observer can join the chat and take part' },
  { id: 'O5', promise: 'it can be switched off for an organisation, and says so' },
  { id: 'O6', promise: 'which types of items take observers' },
  { id: 'O7', promise: 'estimates and signing documents have no chat, and say so' },
  { id: 'O8', promise: 'several people are picked in a dialog' },
  { id: 'O9', promise: 'the same on a phone' },
  { id: 'O12', promise: 'whoever is added can open the item at once' },
  { id: 'O13', promise: 'whoever is added is told' },
  { id: 'O14', promise: 'whoever is removed is told' },
  { id: 'O16', promise: 'without read access nobody observes, and it says why' },
  { id: 'O18', promise: '/discuss opens the chat at once' },
  { id: 'O19', promise: 'the same by a shortcut' },
  { id: 'O20', promise: 'everybody on the item is in the chat' },
  { id: 'O21', promise: 'one chat, and never two' },
  { id: 'O22', promise: 'added to the chat, becomes an observer' },
  { id: 'O23', promise: 'out of the chat, stays an observer' },
  { id: 'O24', promise: 'added as an observer, joins the chat' },
  { id: 'O25', promise: 'and sees all that was said' },
  { id: 'O26', promise: 'off the item, out of the chat' },
  { id: 'O27', promise: 'without the history: a fresh chat' },
  { id: 'O28', promise: 'an observer who is not in the chat, and stays so' },
  { id: 'O29', promise: 'observers are removed in a dialog' },
  { id: 'O30', promise: 'the same on a phone' },
  { id: 'C1', promise: 'the chat is private' },
  { id: 'C2', promise: 'and others do not find it' },
  { id: 'C3', promise: 'administrators neither' },
  { id: 'C4', promise: 'a private chat of one’s own' },
  { id: 'C5', promise: 'clients and partners are invited where that is allowed' },
  { id: 'C6', promise: 'only those invited are told' },
  { id: 'C7', promise: 'it has a name by default' },
  { id: 'C8', promise: 'and can get another' },
  { id: 'K2', promise: 'names by a template, that follow the item' },
  { id: 'K3', promise: 'card, topic and bookmark' },
  { id: 'K4', promise: 'a quiet feed of changes' },
  { id: 'K5', promise: 'a link shows what the least privileged reader may see' },
  { id: 'K6', promise: 'a message is saved to the timeline' },
  { id: 'K8', promise: 'access can be asked for' },
  { id: 'K11', promise: 'every permission is explained' },
  { id: 'U2', promise: 'why is this person here' },
  { id: 'U5', promise: 'too many removals wait for a person' },
  { id: 'U7', promise: 'nothing is silent' },
  { id: 'U9', promise: 'a probe that really tries' },
  { id: 'U10', promise: 'people are matched, and healed' },
  { id: 'U11', promise: 'ids are stored, and no words' },
] as const

/** The ids in the names of the tests that run, which begin with them: `test('O22 O23 …'`. */
function idsIn(file: string): readonly string[] {
  const names = read(file).matchAll(/^ *test(?:\.each\(.*\))?\(\s*['"`]((?:[OCKU]\d+ )+)\S/gm)
  return [...names].flatMap(([, ids]) => ids?.trim().split(' ') ?? [])
}

const kept = new Set(
  ['test/flows', 'test/contract'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.startsWith('slack-') && name.endsWith('.test.ts'))
      .flatMap((name) => idsIn(`${folder}/${name}`)),
  ),
)

test.each(IN_SLACK)('$id is kept in Slack by a test that names it: $promise', ({ id }) => {
  expect(kept).toContain(id)
})
