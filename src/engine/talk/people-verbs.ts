import { inOrganisation } from '../../../db/open.ts'
import { linkOfChat } from '../../../db/links.ts'
import * as words from '../../core/words/people.ts'
import type { Verb } from '../../ports/inbound.ts'
import { addThem } from './adding.ts'
import { accountsIn, type Chosen, peopleBehind, peopleCalled } from './chosen.ts'
import { findAndDiscuss } from './discussing.ts'
import { isHere, itemHere } from './here.ts'
import { asMessage, takeOff } from './removing.ts'
import type { Again, Attempt, Reply } from './talk.ts'

type Named = Extract<Verb, { name: 'add' | 'remove' }>

/** `/discuss add @p @group …` and `/discuss remove …`, in the chat of an item. */
export async function changePeople(at: Attempt, verb: Named): Promise<Reply> {
  // Elsewhere, words that mention nobody are the name of an item.
  if (verb.otherwise && !(await isItemsChat(at))) return findAndDiscuss(at, verb.otherwise)
  const here = await itemHere(at, '', 'appoint')
  if (!isHere(here)) return here
  const chosen = await whoIsNamed(at, verb)
  if ('again' in chosen) return chosen
  if (verb.name === 'add') {
    const reply = await addThem(at, here, chosen, 'joins')
    return verb.groups.length > 0 && reply && 'text' in reply ? { text: `${reply.text}\n${words.groupsDoNotFollow}` } : reply
  }
  if (chosen.people.length === 0) return { text: chosen.problems.join('\n') }
  const removed = await takeOff(at, here, chosen.people)
  return asMessage({ ...removed, text: [removed.text, ...chosen.problems].join('\n') })
}

async function whoIsNamed(at: Attempt, verb: Named): Promise<Chosen | Again> {
  const groups = await accountsIn(at, verb.groups)
  if ('again' in groups) return groups
  const mentioned = await peopleBehind(at, [...verb.people, ...groups.accounts])
  if ('again' in mentioned) return mentioned
  const called = await peopleCalled(at, verb.words)
  return {
    people: [...new Map([...mentioned.people, ...called.people].map((person) => [person.id, person])).values()],
    problems: [...groups.problems, ...mentioned.problems, ...called.problems],
  }
}

async function isItemsChat({ engine, organisation, connection, from }: Attempt): Promise<boolean> {
  const { chat } = from
  return chat !== null && (await inOrganisation(engine.db, organisation, (tx) => linkOfChat(tx, connection.id, chat))) !== null
}
