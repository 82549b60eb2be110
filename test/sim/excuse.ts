/** What people did about one person at one item, and what follows where anything does. */

export type ActKind = 'on' | 'off' | 'handover' | 'join' | 'leave' | 'wish' | 'perhaps' | 'off duty' | 'taken out' | 'on duty' | 'blinked'

/** `either`: no reading could tell. */
export type Wants = 'in' | 'out' | 'either'

export type Ledger = {
  /** As it was at the last calm moment. */
  wants: Wants
  listed: boolean
  /** Since then. */
  acts: { kind: ActKind; at: number }[]
  /** Somebody put the person in the chat, or they wished it, or handed over the item; and no removal came after. */
  credit: boolean
  everListed: boolean
  everInside: boolean
  /** The engine has had proof that the person is on the item since they last came onto it. */
  seenListed: boolean
  /** The CRM was asked to list the person since the last calm moment, and did not or did not say so. */
  listingFailed: boolean
  /** The last reading acted upon named the person as responsible. */
  seenResponsible: boolean
  /** Word of a join was dropped on its way. */
  wordLost: boolean
}

/**
 * What no algorithm can know (reliability §1.12). Each is asked only where the strict answer would be a broken promise, and
 * counted, so that nobody over-reads the zeros.
 */
export type Excuse =
  /** "L1 collapse: two acts that cancel out between two looks, with both events lost, leave no trace." Joined and left, and no word of it. */
  | 'unseenStay'
  /** L1: word of a join may be the echo of an older one, and is not weighed where there was one. */
  | 'echoPossible'
  /** §1.5: was seen to join, could not be listed at once, and left before it was tried again: the rule lets it go. */
  | 'listingFailed'
  /** L1: put on the item and taken off again between two looks: the removal leaves no trace. */
  | 'unseenListing'
  /** L1: responsible when last read, and since then also or only an observer who was taken off: a reading does not tell the two apart. */
  | 'handedOverUnseen'
  /** Was responsible, switched off, and handed over: the removal that follows comes with the look after the next. */
  | 'handedOverWhileOff'
  /** "L2 two clocks: CRM and chat acts seconds apart have no knowable order. We fix the outcome, not the order." */
  | 'twoClocks'
  /** L1: left, or came in, and was switched off before anybody looked. */
  | 'switchedOffUnseen'
  /** "I9 for ... blind deactivate+reactivate": switched off, taken out and switched on again between two looks. */
  | 'blindlySwitched'
  /** §1.4: a wish that still waits outranks a departure; and a crash may leave open whether there was one. */
  | 'wishOpen'

type Asked = (ledger: Ledger) => boolean
export const EXCUSES: Readonly<Record<Excuse, Asked>> = {
  unseenStay: (ledger) => ledger.wordLost,
  echoPossible: (ledger) => ledger.everInside,
  listingFailed: (ledger) => ledger.listingFailed,
  unseenListing: (ledger) => !ledger.seenListed,
  handedOverUnseen: (ledger) => ledger.seenResponsible || ledger.acts.some(({ kind }) => kind === 'handover'),
  handedOverWhileOff: (ledger) => kindsOf(ledger).dark,
  twoClocks: (ledger) => kindsOf(ledger).chat.length > 0 && kindsOf(ledger).crm.length > 0 && !endsIn(ledger),
  switchedOffUnseen: (ledger) => kindsOf(ledger).chat.length > 0 && kindsOf(ledger).dark,
  blindlySwitched: ({ acts }) => acts.some(({ kind }) => kind === 'blinked'),
  wishOpen: (ledger) => kindsOf(ledger).chat.some((kind) => kind === 'perhaps' || kind === 'wish'),
}

export type Tally = Record<Excuse, number>
export const noTally = (): Tally => Object.fromEntries(Object.keys(EXCUSES).map((name) => [name, 0])) as Tally

const DUTY: ReadonlySet<ActKind> = new Set(['off duty', 'taken out', 'on duty', 'blinked'])
const CRM: ReadonlySet<ActKind> = new Set(['on', 'off', 'handover'])

function kindsOf({ acts }: Pick<Ledger, 'acts'>) {
  const kinds = acts.map(({ kind }) => kind)
  return {
    crm: kinds.filter((kind) => CRM.has(kind)),
    chat: kinds.filter((kind) => !CRM.has(kind) && !DUTY.has(kind)),
    dark: kinds.some((kind) => DUTY.has(kind)),
  }
}

/** Put on the item and into the chat, and either never left it or came back last: whichever order, that is in. */
function endsIn(ledger: Ledger): boolean {
  const { crm, chat } = kindsOf(ledger)
  const back = !chat.includes('leave') || ledger.acts.at(-1)?.kind === 'join'
  return crm.at(-1) === 'on' && !crm.includes('handover') && !chat.includes('perhaps') && back
}

/** Only people's acts in the chat: nothing else may take somebody out of it. */
export const isOnlyChat = (ledger: Ledger): boolean => kindsOf(ledger).crm.length === 0 && kindsOf(ledger).chat.length > 0

/** Where a person belongs after what was done since the last calm moment; an excuse where nobody could tell. */
export function wantsOf(ledger: Ledger): { wants: Wants; excuse: Excuse | null } {
  const { crm, chat } = kindsOf(ledger)
  const open = (excuse: Excuse) => ({ wants: 'either', excuse }) as const
  if (EXCUSES.switchedOffUnseen(ledger)) return open('switchedOffUnseen')
  if (EXCUSES.blindlySwitched(ledger)) return open('blindlySwitched')
  if (EXCUSES.twoClocks(ledger)) return open('twoClocks')
  if (crm.length > 0 && chat.length > 0) return { wants: 'in', excuse: null }
  if (chat.includes('perhaps')) return open('wishOpen')
  if (chat.length > 0 && chat.at(-1) !== 'leave') return { wants: 'in', excuse: null }
  if (chat.length > 0) return EXCUSES.wishOpen(ledger) ? open('wishOpen') : { wants: 'out', excuse: null }
  if (crm.length > 1 && crm.includes('handover')) return open('handedOverUnseen')
  // The item's own changes are ordered: being put on it anew ends an opt-out, a hand-over does not.
  return { wants: crm.at(-1) === 'on' ? 'in' : ledger.wants, excuse: null }
}
