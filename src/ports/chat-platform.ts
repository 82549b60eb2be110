import type { Capabilities, Granted } from '../core/capability.ts'
import type { Failure, Outcome, Result } from '../core/failure.ts'
import type { AccountId, ChatId } from '../core/ids.ts'
import type { ProbeReport } from '../core/probe.ts'
import type { Dialog, Message } from '../core/screen.ts'

/**
 * A chat system, as the engine sees it. One value is one connected workspace, bound to its credentials.
 * Adapters are leaves: they translate, and return values. Every method may be called twice. No method retries,
 * waits for a rate limit, or touches the database; a bug throws, and everything else is a `Failure`.
 */
export interface ChatPlatform {
  readonly capabilities: Capabilities
  /**
   * Opens the private chat of one operation, with nobody in it but the app and those of `first` whom it lets in. The same `operation`
   * opens the same chat: after an unknown outcome the adapter finds what an earlier call made by its marker; by its name only while it
   * is the app's own and nobody else is in it.
   */
  open(wish: ChatWish): Promise<Result<OpenedChat>>
  /** Is the chat there, and are we in it? `gone` and `unreachable` are different failures. */
  describe(chat: ChatId): Promise<Result<ChatState>>
  /** Everybody in the chat but the app itself: complete, or a failure. */
  members(chat: ChatId): Promise<Result<readonly AccountId[]>>
  /** One outcome per account, in the order asked. At most `capabilities.addMax` accounts. */
  add(chat: ChatId, accounts: readonly AccountId[], history: History): Promise<readonly Outcome[]>
  /** One outcome per account, in the order asked. `already` means that the account was not in the chat. */
  remove(chat: ChatId, accounts: readonly AccountId[]): Promise<readonly Outcome[]>
  /** Gives the chat another name; the adapter fits it to its rules and returns the name it got. */
  rename(chat: ChatId, name: string, granted: Granted<'rename'>): Promise<Result<{ readonly name: string }>>
  /**
   * Brings what the chat shows of its item up to date, in place, and calls only for what changed. `before` is what the last call
   * returned; null: nothing is shown yet.
   */
  display(chat: ChatId, wanted: Display, before: Shown | null, doubt: Doubt): Promise<Displayed>
  /** Says something to everybody in the chat. After an unknown outcome it is not said again. */
  post(chat: ChatId, message: Message): Promise<Result<void>>
  /** Invites somebody from outside the organisation by e-mail; they come in when they accept. `url`: what to send them, where there is one. */
  inviteOutsider(chat: ChatId, email: string, granted: Granted<'outsiders'>): Promise<Result<{ readonly url: string | null }>>
  /** Finds the account with each e-mail address; null where there is none. In the order asked. */
  resolve(emails: readonly string[]): Promise<Result<readonly (AccountProfile | null)[]>>
  /** Who an account is; null for one the platform does not show us. */
  profile(account: AccountId): Promise<Result<AccountProfile | null>>
  /** Everybody in a group of people that the platform keeps: complete, or a failure. */
  groupMembers(group: string): Promise<Result<readonly AccountId[]>>
  /** Says something to one person alone: in answer to what they did, else privately. */
  tell(to: Listener, message: Message): Promise<Result<void>>
  /** Shows a dialog in answer to a press, or another one in its place. A press is good for some seconds only. */
  ask(where: DialogPlace, dialog: Dialog): Promise<Result<void>>
  /** What one person sees on the app's own page. */
  home(account: AccountId, home: Message): Promise<Result<void>>
  /** Puts a card under each of the links that somebody posted. `place` is the platform's own handle to their message. */
  unfurl(place: string, cards: ReadonlyMap<string, Message>): Promise<Result<void>>
  /**
   * Really tries what the engine needs, on a chat of its own and with whoever asks, and says per line what works (U9). `told` hears what is
   * known so far, with what would be left behind if it ended here.
   */
  probe(prober: Prober, told: (soFar: ProbeReport) => Promise<void>): Promise<ProbeReport>
  /**
   * Reserves room in the platform's limits for one piece of work, and returns the milliseconds until it may begin; 0: now. Asked again by
   * the same `holder`, it keeps its place. `urgent`: somebody waits for it.
   */
  room(holder: string, work: Work, urgent: boolean): Promise<number>
  /** About how many milliseconds the platform's limits make this much work take. */
  timeFor(work: Work): number
}

/**
 * What somebody who is added may read of what was said before. `as-before`: what they could read when they were last in the chat, for
 * somebody who comes back by their own wish, and less where the platform cannot know; all of it where it cannot hide anything.
 */
export type History = 'all' | 'as-before' | { readonly hidden: Granted<'hideHistory'> }

/** The administrator who asked for a trial: they are let into its chat and taken out again, and nobody else. */
export type Prober = { readonly account: AccountId | null; readonly email: string | null }

export type ChatWish = {
  /** Names the operation for ever: the same text, the same chat. At most 64 characters, no customer's words in it. */
  readonly operation: string
  /** What people would like it to be called; the adapter fits it to its rules and returns the name it got. */
  readonly name: string
  readonly topic: string
  /** A chat of people's own: it says nothing of an item, and one whose mark is missing is never taken for it. */
  readonly ofPeople?: true
  /** Whoever is to be in it from the beginning, `capabilities.opensWithMax` at most: none where the platform takes none. */
  readonly first: readonly AccountId[]
  /**
   * Of a platform that lets people in together with the opening: may an earlier call for this operation have opened it? `lately`: it may
   * still take effect, so it is looked for, and nothing is opened. `before`: looked for, and opened where it is not found.
   */
  readonly tried: 'no' | 'lately' | 'before'
}

/**
 * `shown`: what it shows of its item already. `isNew`: made by this very call, so nobody is in it but `letIn`, who came in with the
 * opening.
 */
export type OpenedChat = {
  readonly id: ChatId
  readonly name: string
  readonly url: string
  readonly isNew: boolean
  readonly letIn?: readonly AccountId[]
  readonly shown?: Shown
}

/** `closed`: archived by people. Its members are frozen, not gone. `open to everybody`: people made it public. */
export type ChatState = {
  readonly state: 'open' | 'closed'
  readonly name: string
  readonly url: string
  readonly isPublic: boolean
}

/** What a chat shows of its item: one line, one link, and one card that is edited in place and never posted twice. */
export type Display = {
  readonly topic: string
  readonly link: { readonly title: string; readonly url: string }
  readonly card: Message
}

/** What the adapter needs to edit it in place. Opaque to everybody else; small, and without people's words. */
export type Shown = Readonly<Record<string, string>>

/**
 * `unanswered`: an earlier call was begun and nobody remembers its outcome, so nothing is added that may be there. `missing`: what may
 * have been added is not there; a person has looked.
 */
export type Doubt = 'none' | 'unanswered' | 'missing'

/** What is shown now, to be remembered in every case; and what is not, and why: `card_unknown` where nobody knows whether the card is. */
export type Displayed = { readonly shown: Shown; readonly left: readonly Failure[] }

export type AccountProfile = {
  readonly id: AccountId
  readonly name: string
  /** Lower case; null where the platform hides it. */
  readonly email: string | null
  readonly kind: 'member' | 'guest' | 'bot' | 'stranger'
  readonly active: boolean
}

/** Where an answer goes. `reply` is the platform's own handle to the question, good for some minutes; opaque to us. */
export type Listener = { readonly account: AccountId; readonly chat: ChatId | null; readonly reply: string | null }

/** The platform's own handles: to the press that asks for a dialog, or to the dialog that is open. */
export type DialogPlace = { readonly trigger: string } | { readonly dialog: string }

/** One piece of work, in what it does; people are counted one by one. A chat that is opened is displayed for the first time. */
export type Work = {
  readonly lookUps?: number
  readonly opens?: number
  /** Chats that are asked how they are. */
  readonly describes?: number
  readonly reads?: number
  readonly adds?: number
  readonly removes?: number
  readonly displays?: number
}
