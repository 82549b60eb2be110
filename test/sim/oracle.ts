import { type ItemFacts, isListed, listedPeople } from '../../src/core/item.ts'
import { asPersonId } from '../../src/core/ids.ts'
import { ACCOUNT_NAMES, type Item, isStaff, ITEMS, type Person, PERSONS, STAFF } from './cast.ts'
import { type Excuse, EXCUSES, isOnlyChat, type Ledger, noTally, type Wants, wantsOf } from './excuse.ts'
import { readLinks } from './calm.ts'
import type { Effect, Stage, Witness, Word } from './stage.ts'
import type { CallName } from './step.ts'

/**
 * Watches people and the two doors, and says what the engine owes each person. Written from reliability §1.8–1.12 and the
 * words of the promises; it knows nothing of seats. At a *calm* moment (the engine has looked, and nothing is under way) both
 * lists must be exactly as people's acts since the last calm moment want them; at the doors each call must be explained.
 */
export type Oracle = ReturnType<typeof openOracle>

type ItemState = {
  linked: boolean
  rooms: number
  destroyed: number
  actAt: number
  itemReadAt: number
  membersReadAt: number
  /** The reading that the last finished turn acted upon. */
  lookedAt: number
  reading: ItemFacts | null
}

const NEW_ITEM: ItemState = {
  linked: false,
  rooms: 0,
  destroyed: 0,
  actAt: 0,
  itemReadAt: -1,
  membersReadAt: -1,
  lookedAt: -1,
  reading: null,
}

export function openOracle() {
  let stage: Stage
  let tick = 0
  const complaints: string[] = []
  const tally = noTally()
  const items = new Map<Item, ItemState>(ITEMS.map((item) => [item, { ...NEW_ITEM }]))
  const ledgers = new Map<string, Ledger>()
  const effects = new Map<string, number>()
  const count = { acts: 0, writes: 0, judged: 0, remembered: 0 }

  const complain = (why: string) => void complaints.push(why)
  const itemOf = (item: Item): ItemState => items.get(item) ?? { ...NEW_ITEM }
  const ledgerOf = (item: Item, person: string): Ledger => {
    const key = `${item} ${person}`
    const found = ledgers.get(key) ?? blank()
    ledgers.set(key, found)
    return found
  }
  const excused = (excuse: Excuse, ledger: Ledger): boolean => {
    const holds = EXCUSES[excuse](ledger)
    if (holds) tally[excuse]++
    return holds
  }
  const act = (item: Item, person: string, kind: Ledger['acts'][number]['kind']): Ledger => {
    const ledger = ledgerOf(item, person)
    ledger.acts.push({ kind, at: ++tick })
    itemOf(item).actAt = tick
    count.acts++
    return ledger
  }

  const witness: Witness = {
    itemRead(item, facts) {
      Object.assign(itemOf(item), { itemReadAt: ++tick, reading: facts })
      // A turn that dies may have written down what it read.
      for (const who of STAFF) ledgerOf(item, who).seenResponsible ||= facts.responsible === who
    },
    membersRead(item) {
      itemOf(item).membersReadAt = ++tick
    },
    notListed(item, people) {
      for (const who of people) ledgerOf(item, who).listingFailed = true
    },
    opened(item) {
      const state = itemOf(item)
      state.rooms++
      const alive = stage.chatsOf(item).filter((chat) => chat.state !== 'gone').length
      if (alive > 1) complain(`I6: ${item} has ${alive} chats at once`)
      if (state.rooms > state.destroyed + 1) complain(`I6: ${item} got another chat although none was deleted`)
    },
    wrote: judgeCall,
    took: judgeEffect,
  }

  function judgeCall(call: CallName, people: readonly string[], item: Item | null): void {
    if (!stage.state.outage) count.writes += people.length
    if (!item) return complain(`I8: ${call} in a chat that is not ours`)
    for (const who of people) {
      if (!isStaff(who)) complain(`${call} about ${who}, who is no employee`)
      else if (call === 'add') judgeAdmit(item, who)
      else if (call === 'remove') judgeExpel(item, who)
    }
    if (call === 'remove' && !stage.state.released && people.length > stage.settings.policy.removalsMax.perItem)
      complain(`U5: ${people.length} people were to be removed at once`)
  }

  function judgeAdmit(item: Item, who: Person): void {
    const { reading, membersReadAt, itemReadAt } = itemOf(item)
    if (!reading || !isListed(reading, asPersonId(who))) return complain(`I2: ${who} is to be admitted and was not on ${item}`)
    if (membersReadAt < itemReadAt) count.remembered++
    const ledger = ledgerOf(item, who)
    // Word of a join may from now on be the echo of this call.
    ledger.everInside = true
    const known = ledger.acts.filter(
      ({ kind, at }) => at < (kind === 'on' || kind === 'off' || kind === 'handover' ? itemReadAt : membersReadAt),
    )
    const wants = wantsOf({ ...ledger, acts: known })
    if (wants.wants === 'out' && wantsOf(ledger).wants === 'out') complain(`I2: ${who} is to be admitted to ${item} and had left by choice`)
  }

  function judgeExpel(item: Item, who: Person): void {
    const { reading } = itemOf(item)
    const ledger = ledgerOf(item, who)
    if (reading && isListed(reading, asPersonId(who))) return complain(`I4: ${who} is to be expelled and was on ${item}`)
    if (!ledger.everListed)
      return complain(`${who} is to be expelled from ${item}, was put there by a colleague, and nobody ever took them off the item`)
    if (!ledger.acts.some(({ kind }) => kind === 'off' || kind === 'handover'))
      complain(`I4: ${who} is to be expelled, and nobody has taken them off ${item}`)
  }

  function judgeEffect({ move, item, who }: Effect): void {
    const key = `${item} ${who} ${move}`
    effects.set(key, (effects.get(key) ?? 0) + 1)
    const ledger = ledgerOf(item, who)
    if (move === 'admit' || move === 'expel') ledger.everInside = true
    if (move === 'unlist') complain(`${who} was taken off ${item} by us`)
    if (move !== 'list') return
    if (!isStaff(who)) return complain(`${who} was written to ${item}, and is no employee`)
    if (!ledger.credit && !excused('handedOverUnseen', ledger))
      complain(`I1: ${who} was listed on ${item}, whom nobody had put into the chat, or after a removal`)
    ledger.everListed = true
    ledger.seenListed = true
    itemOf(item).actAt = tick
  }

  /** Judges every item that is calm; answers with what keeps the others from it. */
  async function look(): Promise<ReadonlyMap<Item, string>> {
    const restless = new Map<Item, string>()
    for (const { item, busy, finished, held, seats } of await readLinks(stage)) {
      const state = itemOf(item)
      state.linked = true
      if (finished) {
        state.lookedAt = Math.min(state.itemReadAt, state.membersReadAt)
        for (const who of STAFF) seeListed(ledgerOf(item, who), who, state)
      }
      const unread =
        Math.min(state.itemReadAt, state.membersReadAt) < state.actAt ||
        state.reading?.revision !== (stage.settings.revisions ? stage.factsOf(item).revision : null)
      const why = busy ?? (unread ? 'it was not looked at since the last act' : null)
      if (why) restless.set(item, why)
      else for (const who of STAFF) judgeAtRest(item, who, held.includes(who), seats.get(who))
    }
    return restless
  }

  function seeListed(ledger: Ledger, who: Person, { reading, itemReadAt }: ItemState): void {
    if (!reading) return
    ledger.seenResponsible = reading.responsible === who
    const cameOn = ledger.acts.findLast(({ kind }) => kind === 'on')
    if (!cameOn || cameOn.at < itemReadAt) ledger.seenListed ||= isListed(reading, asPersonId(who))
  }

  function judgeAtRest(item: Item, who: Person, held: boolean, base: { listed: boolean; inChat: boolean } | undefined): void {
    const ledger = ledgerOf(item, who)
    const inChat = stage.chatsOf(item).at(-1)?.members.has(stage.idOf(who)) ?? false
    const listed = isListed(stage.factsOf(item), asPersonId(who))
    if (base && (base.listed !== listed || base.inChat !== inChat))
      complain(`I12: ${who} at ${item} is remembered otherwise than the world is`)
    if (!base && (listed || inChat)) complain(`I12: ${who} at ${item} is not remembered`)
    const joinedWhileOff = !stage.chats.accounts.get(stage.idOf(who))?.active
    if (joinedWhileOff || held) {
      const off = ledger.acts.some(({ kind }) => kind === 'off')
      if (inChat && !listed && !held && off && !ledger.acts.some(({ kind }) => kind === 'join' || kind === 'wish' || kind === 'perhaps'))
        complain(`I4: ${who}, switched off, is in the chat of ${item} and was taken off it`)
      return
    }
    count.judged += ledger.acts.length
    const { wants, excuse } = wantsOf(ledger)
    if (excuse && listed) tally[excuse]++
    const onlyInChat = isOnlyChat(ledger)
    if (inChat && !listed) complain(`I4: ${who} is in the chat of ${item} and not on it`)
    if (listed && !inChat && wants === 'in') complain(`I5: ${who} is on ${item}, wanted in the chat, and not in it`)
    if (listed && inChat && wants === 'out') complain(`I5: ${who} is in the chat of ${item} and had left it by choice`)
    if (!listed && !inChat && wants === 'in' && onlyInChat && !excused('listingFailed', ledger))
      complain(`O22: ${who} was put into the chat of ${item} and taken out again`)
    if (!listed && ledger.acts.length > 0 && ledger.acts.every(({ kind }) => kind === 'handover'))
      complain(`${who} was responsible for ${item} and has not become an observer`)
    judgeUnseenStay(item, who, listed, inChat, onlyInChat)
    if (isWordOut(item, who)) return
    Object.assign(ledger, {
      wants: wants === 'either' ? (listed && !inChat ? 'out' : 'in') : wants,
      listed,
      acts: [],
      wordLost: false,
      listingFailed: false,
    })
    ledger.everInside ||= inChat
  }

  /** Word of a join is still on its way: what follows from it has no order with what happens until it arrives. */
  function isWordOut(item: Item, who: string): boolean {
    return stage.words.some(
      (word) => word.item === item && word.delivery?.news.kind === 'joined' && stage.nameOf(word.delivery.news.account) === who,
    )
  }

  /** O22: joined and left between two looks; is to be on the item, where the word of it arrived. */
  function judgeUnseenStay(item: Item, who: Person, listed: boolean, inChat: boolean, onlyInChat: boolean): void {
    const ledger = ledgerOf(item, who)
    const stayed =
      ledger.acts.filter(({ kind }) => kind === 'join').length === 1 && ledger.acts.at(-1)?.kind === 'leave' && ledger.acts.length === 2
    if (listed || inChat || !onlyInChat || !stayed || ledger.listed) return
    if (excused('unseenStay', ledger) || excused('echoPossible', ledger) || excused('listingFailed', ledger)) return
    if (isWordOut(item, who)) return
    complain(`O22: ${who} joined the chat of ${item} and left it, and was not listed`)
  }

  return {
    witness,
    complaints,
    tally,
    effects,
    count,
    attach: (to: Stage) => void (stage = to),
    look,
    /** A flaw that is known: a hand-over from an account that is switched off is carried out as a removal, one look late. */
    owesALook: () =>
      [...ledgers.values()].some((ledger) => ledger.acts.some(({ kind }) => kind === 'handover') && excused('handedOverWhileOff', ledger)),
    rooms: () => [...items.values()].reduce((sum, { rooms }) => sum + rooms, 0),

    itemChanged(item: Item, before: ItemFacts, after: ItemFacts): void {
      itemOf(item).actAt = ++tick
      const was = listedPeople(before)
      const is = listedPeople(after)
      for (const who of PERSONS) {
        const id = asPersonId(who)
        if (!was.has(id) && is.has(id)) Object.assign(act(item, who, 'on'), { everListed: true, seenListed: false })
        if (!was.has(id) || is.has(id)) continue
        const handover = before.responsible === id && stage.settings.policy.formerResponsible === 'observer'
        const ledger = act(item, who, handover ? 'handover' : 'off')
        if (handover) ledger.credit = true
        else if (!ledger.credit || !excused('unseenListing', ledger)) ledger.credit = false
      }
    },
    joined(item: Item, who: string): void {
      if (isStaff(who)) act(item, who, 'join').credit = true
      else itemOf(item).actAt = ++tick
    },
    left(item: Item, who: string): void {
      if (isStaff(who)) act(item, who, 'leave')
      else itemOf(item).actAt = ++tick
    },
    switchedOff(item: Item, who: Person, out: boolean): void {
      act(item, who, out ? 'taken out' : 'off duty')
    },
    switchedOn(who: Person): void {
      for (const item of ITEMS) {
        const { acts } = ledgerOf(item, who)
        const blinked = acts.some(({ kind, at }) => kind === 'taken out' && at > itemOf(item).lookedAt)
        act(item, who, blinked ? 'blinked' : 'on duty')
      }
    },
    /** The chat is gone: what people did in it and nobody saw, nobody will see. */
    destroyed(item: Item): void {
      itemOf(item).destroyed++
      itemOf(item).actAt = ++tick
      for (const who of STAFF) {
        const ledger = ledgerOf(item, who)
        const inside = ledger.acts.filter(({ kind }) => kind !== 'on' && kind !== 'off' && kind !== 'handover')
        ledger.acts = ledger.acts.filter((one) => !inside.includes(one))
        if (inside.length > 0) ledger.wants = 'either'
      }
    },
    wordLost({ delivery }: Word): void {
      if (delivery?.news.kind !== 'joined') return
      const who = stage.nameOf(delivery.news.account)
      for (const item of ITEMS) if (ACCOUNT_NAMES.includes(who)) ledgerOf(item, who).wordLost = true
    },
    /** A press is a wish once it is written down, which its answer tells. */
    presses(item: Item, who: Person, listed: ReadonlySet<string>) {
      const state = itemOf(item)
      if (!state.linked)
        for (const one of STAFF) Object.assign(ledgerOf(item, one), { wants: 'in' satisfies Wants, listed: listed.has(one), acts: [] })
      const ledger = ledgerOf(item, who)
      const before = ledger.credit
      const wish = { kind: 'wish' as Ledger['acts'][number]['kind'], at: ++tick }
      ledger.acts.push(wish)
      ledger.credit = true
      state.actAt = tick
      count.acts++
      return {
        void(): void {
          ledger.acts = ledger.acts.filter((one) => one !== wish)
          ledger.credit = before
        },
        doubt: () => void (wish.kind = 'perhaps'),
      }
    },
  }
}

function blank(): Ledger {
  return {
    wants: 'in',
    listed: false,
    acts: [],
    credit: false,
    everListed: false,
    everInside: false,
    seenListed: false,
    seenResponsible: false,
    listingFailed: false,
    wordLost: false,
  }
}
