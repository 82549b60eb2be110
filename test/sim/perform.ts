import { markDue } from '../../db/links.ts'
import { inOrganisation } from '../../db/open.ts'
import { link } from '../../db/schema.ts'
import { eq } from 'drizzle-orm'
import { EVERYTHING } from '../../src/core/entitlement.ts'
import { asItemId, asPersonId } from '../../src/core/ids.ts'
import { listedPeople } from '../../src/core/item.ts'
import { discuss } from '../../src/engine/discuss.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { openIntake } from '../../src/engine/intake.ts'
import { drain } from '../../src/engine/worker.ts'
import type { ChatChange } from '../../src/ports/inbound.ts'
import { type Item, ITEMS, PEOPLE, type Person } from './cast.ts'
import type { Oracle } from './oracle.ts'
import { Crash, ORGANISATION, type Stage, type Word } from './stage.ts'
import type { Step } from './step.ts'

/** Carries out one step of a history on the stage, and tells the oracle what people did. */

export type Play = { readonly stage: Stage; readonly oracle: Oracle; engine: Engine }

export async function perform(play: Play, step: Step): Promise<void> {
  const { stage } = play
  switch (step.do) {
    case 'list':
    case 'unlist':
    case 'assign':
    case 'save':
    case 'unlist everybody':
      return onItem(play, step)
    case 'join':
    case 'leave':
    case 'join and leave':
      return inChat(play, step)
    case 'archive':
    case 'bring back':
    case 'lock out':
    case 'let in':
    case 'destroy':
      return withChat(play, step.item, step.do)
    case 'switch off':
    case 'switch on':
      return switchAccount(play, step)
    case 'discuss':
      return alive(play, () => press(play, step.item, step.person))
    case 'deliver':
    case 'deliver twice':
    case 'drop':
      return deliver(play, step.do, step.which)
    case 'wait':
      return stage.advance(step.ms)
    case 'work':
      return alive(play, () => work(play))
    case 'fail':
      return stage.arm(step.call, step.how, step.ms)
    case 'outage':
      stage.state.outage = step.on
      return
    case 'stale':
      if (stage.settings.revisions) stage.state.staleBack = step.back
      return
    case 'crash':
      stage.state.crashIn = step.after
      return
    case 'meanwhile':
      return stage.interleave(step.after, () => perform(play, step.step))
  }
}

/** A process that dies is started again. */
async function alive(play: Play, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Crash)) throw error
    play.engine = play.stage.incarnate()
  }
}

async function work(play: Play): Promise<void> {
  // The embedded database has one connection; on PostgreSQL two processes share the work, as they may in service.
  const workers = play.stage.database.kind === 'postgres' ? [play.engine, play.stage.incarnate()] : [play.engine]
  const worked = await Promise.allSettled(workers.map((engine) => drain(engine)))
  const died = worked.find((one) => one.status === 'rejected')
  if (died) throw died.reason
  await play.oracle.look()
}

function onItem({ stage, oracle }: Play, step: Extract<Step, { do: 'list' | 'unlist' | 'assign' | 'save' | 'unlist everybody' }>): void {
  const id = asItemId(step.item)
  const before = stage.factsOf(step.item)
  switch (step.do) {
    case 'list':
      stage.crm.list(id, asPersonId(step.person))
      break
    case 'unlist':
      stage.crm.unlist(id, asPersonId(step.person))
      break
    case 'assign':
      if (before.responsible === step.person) return
      stage.crm.reassign(id, step.person === null ? null : asPersonId(step.person))
      break
    case 'save':
      stage.crm.save(id)
      break
    case 'unlist everybody':
      for (const person of before.observers) {
        stage.crm.unlist(id, person)
        stage.recordItems()
      }
      break
  }
  stage.recordItems()
  oracle.itemChanged(step.item, before, stage.factsOf(step.item))
  stage.words.push({ item: step.item, delivery: null })
}

function inChat({ stage, oracle }: Play, step: Extract<Step, { do: 'join' | 'leave' | 'join and leave' }>): void {
  const chat = liveChat(stage, step.item)
  const account = stage.idOf(step.who)
  if (chat?.state !== 'open') return
  if (step.do !== 'leave') {
    const host = [...chat.members.keys()].find((member) => member !== stage.chats.app && member !== account)
    if (!host || chat.members.has(account) || !stage.chats.accounts.get(account)?.active) return
    stage.chats.join(chat.id, account, step.do === 'join' && !step.told ? null : host)
    oracle.joined(step.item, step.who)
  }
  if (step.do === 'join' || !chat.members.has(account)) return
  stage.chats.leave(chat.id, account)
  oracle.left(step.item, step.who)
}

const liveChat = (stage: Stage, item: Item) => stage.chatsOf(item).findLast((chat) => chat.state !== 'gone')

function withChat({ stage, oracle }: Play, item: Item, what: 'archive' | 'bring back' | 'lock out' | 'let in' | 'destroy'): void {
  const chat = liveChat(stage, item)
  if (!chat) return
  switch (what) {
    case 'archive':
      if (chat.state === 'open') stage.chats.archive(chat.id)
      return
    case 'bring back':
      if (chat.state !== 'closed') return
      chat.state = 'open'
      return tellOf(stage, item, chat.id, 'unarchived')
    case 'lock out':
      if (chat.members.has(stage.chats.app)) stage.chats.lockOut(chat.id)
      return
    case 'let in':
      if (!chat.members.has(stage.chats.app)) stage.chats.letIn(chat.id)
      return
    case 'destroy':
      stage.chats.destroy(chat.id)
      return oracle.destroyed(item)
  }
}

let told = 0
function tellOf(stage: Stage, item: Item, chat: Extract<Parameters<Stage['chats']['archive']>, unknown[]>[0], what: ChatChange): void {
  stage.words.push({ item, delivery: { id: `told-${++told}`, workspace: 'memory', news: { kind: 'chat-changed', chat, what } } })
}

function switchAccount({ stage, oracle }: Play, step: Extract<Step, { do: 'switch off' | 'switch on' }>): void {
  const account = stage.idOf(step.person)
  const active = stage.chats.accounts.get(account)?.active
  if (active !== (step.do === 'switch off')) return
  if (step.do === 'switch on') {
    stage.chats.activate(account)
    return oracle.switchedOn(step.person)
  }
  stage.chats.deactivate(account)
  for (const item of ITEMS) {
    const chat = liveChat(stage, item)
    const out = step.out && (chat?.members.has(account) ?? false)
    oracle.switchedOff(item, step.person, out)
    if (out && chat) stage.chats.leave(chat.id, account)
  }
}

async function press(play: Play, item: Item, person: Person): Promise<void> {
  const { stage, oracle } = play
  const facts = stage.factsOf(item)
  if (!stage.chats.accounts.get(stage.idOf(person))?.active) return
  const wish = oracle.presses(item, person, listedPeople(facts))
  const viewer = { id: asPersonId(person), role: PEOPLE[person], active: true, unreadableTypes: [], entitlement: EVERYTHING }
  stage.state.pressed = true
  try {
    const discussed = await discuss(play.engine, ORGANISATION, viewer, item)
    if (discussed.kind === 'hidden') wish.void()
    else if (discussed.kind === 'refused') wish.doubt()
  } catch (error) {
    wish.doubt()
    throw error
  } finally {
    stage.state.pressed = false
  }
  // In the midst of something else, not everything that was done has been written down.
  if (!stage.state.interleaving) await oracle.look()
}

async function deliver(play: Play, how: 'deliver' | 'deliver twice' | 'drop', which: number): Promise<void> {
  const { stage } = play
  if (stage.words.length === 0) return
  const [word] = stage.words.splice(which % stage.words.length, 1)
  if (!word) return
  if (how === 'drop') return play.oracle.wordLost(word)
  if (how === 'deliver twice') stage.words.push(word)
  await handOver(stage, word)
}

/** A delivery is answered once it is written down; a dead process would have it sent again, so this one does not die. */
export async function handOver(stage: Stage, word: Word): Promise<void> {
  const engine = { ...stage.incarnate(), db: stage.database.db }
  if (word.delivery) {
    await openIntake(engine)('memory', [word.delivery])
    return
  }
  await inOrganisation(engine.db, ORGANISATION, async (tx) => {
    const [row] = await tx.select({ id: link.id }).from(link).where(eq(link.itemId, word.item)).limit(1)
    if (row) await markDue(tx, row.id, new Date(stage.now()))
  })
}
