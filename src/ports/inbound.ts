import type { AccountMark } from '../core/account.ts'
import type { Result } from '../core/failure.ts'
import type { AccountId, ChatId } from '../core/ids.ts'
import type { DialogPress, Press } from '../core/press.ts'
import type { Dialog, Option, Values } from '../core/screen.ts'

/**
 * Requests from outside. Verifying and parsing are one step, and there is no public parse without verify.
 * Adapters return what they were told and change nothing; the engine writes it down before the answer goes out.
 */
export interface Inbound {
  receive(request: InboundRequest): Promise<Received>
}

/**
 * A platform that we call, and that sends over the open line instead of to an address of ours. The adapter opens one line and says how
 * it ended; how many there are, and when the next one is opened, is the engine's.
 */
export interface InboundLine {
  open(hearing: Hearing): { readonly ended: Promise<Result<void>>; close(): void }
}

export type Hearing = {
  /** The line is up: what is sent from now on is heard. */
  opened(): void
  /** What came, to be read and dealt with. Null: nothing goes back, and the platform sends it again. */
  take(read: () => Promise<Received>): Promise<Answer | null>
}

export type InboundRequest = {
  readonly headers: Headers
  /** The bytes as they came: signatures are over bytes. */
  readonly body: string
  readonly nowMs: number
}

export type Received =
  /** Write the deliveries down, then answer. `late`: where a person waits for the answer, what they are told when writing takes too long. */
  | { readonly kind: 'accepted'; readonly deliveries: readonly Delivery[]; readonly answer: Answer; readonly late?: Answer }
  /** A question that has to be answered in the reply itself, and changes nothing. `late` goes out when we are not quick enough. */
  | {
      readonly kind: 'asked'
      readonly workspace: string
      readonly question: Question
      readonly answer: (told: Told) => Answer
      readonly late: Answer
    }
  /** A dialog was sent: what is wrong with it goes into the reply; else it is written down like any delivery, and accepted. */
  | {
      readonly kind: 'submitted'
      readonly delivery: Delivery
      readonly submission: Submission
      readonly accepted: Answer
      readonly refused: (errors: Errors, drawn: Told) => Answer
      /** A dialog that travels in the reply is drawn anew with what is wrong; others show it by themselves. */
      readonly drawsAnew?: true
    }
  /** Nothing of ours to keep: a handshake, a notice. `discarded` names why for the metrics (K10). */
  | { readonly kind: 'answered'; readonly discarded: string; readonly answer: Answer }
  /** Not authentic, or not readable. */
  | { readonly kind: 'rejected'; readonly status: 400 | 401 | 404; readonly code: string; readonly why: string }

export type Question =
  /**
   * A press that asks for a dialog. `message`: the one it was pressed on, whose text is shown in the dialog and never stored. `values`:
   * what is filled in by now, where the dialog is open and may say something else than before.
   */
  | {
      readonly name: 'dialog'
      readonly press: DialogPress
      readonly from: Asker
      readonly message: SharedMessage | null
      readonly values?: Values
      /** Asked for by words, which open no dialog there: the asker is given a button that does. */
      readonly byWords?: true
    }
  /** What to offer for the words typed so far into a field. */
  | { readonly name: 'options'; readonly field: string; readonly words: string; readonly from: Asker }

export type SharedMessage = { readonly text: string; readonly url: string | null; readonly by: AccountId | null }

export type Told =
  /** For platforms whose dialogs travel in the reply; others were shown it by `ChatPlatform.ask`. */
  | { readonly kind: 'dialog'; readonly dialog: Dialog }
  | { readonly kind: 'options'; readonly options: readonly Option[] }
  | { readonly kind: 'nothing' }

/** `passing`: what was typed into fields whose words are never written down; the delivery does not hold it. */
export type Submission = { readonly press: DialogPress; readonly values: Values; readonly passing: Values; readonly from: Asker }

/** A sentence for each field that is not right. */
export type Errors = Readonly<Record<string, string>>

export type Answer = { readonly status: number; readonly body: string | Readonly<Record<string, unknown>> | null }

export type Delivery = {
  /** The vendor's id of this delivery; a repeat has the same. Unique within a platform. */
  readonly id: string
  /** The vendor's name of the workspace it belongs to, or of the organisation of workspaces; leads to the connection, or the installation. */
  readonly workspace: string
  readonly news: News
  /** For so long it belongs to whoever received it, who has what was not written down; then anybody does the rest. */
  readonly heldMs?: number
}

/** What a delivery tells. Only ids and the words somebody typed to the app; never the text of a chat. */
export type News =
  | { readonly kind: 'joined'; readonly chat: ChatId; readonly account: AccountId; readonly by: AccountId | null; readonly atMs: number }
  | { readonly kind: 'left'; readonly chat: ChatId; readonly account: AccountId; readonly atMs: number }
  /** The chat was renamed (`name`: to what, where that is told), archived, deleted, or the app was put out of it: look. */
  | {
      readonly kind: 'chat-changed'
      readonly chat: ChatId
      readonly what: ChatChange
      readonly by?: AccountId | null
      readonly name?: string
    }
  /** The platform knows the chat by another id from now on. */
  | { readonly kind: 'chat-moved'; readonly chat: ChatId; readonly to: ChatId }
  /** An account was switched off or on, or its e-mail changed. `mark`: how it is now, where that is told; much of it changes that is nothing to us. */
  | { readonly kind: 'account-changed'; readonly account: AccountId; readonly mark?: AccountMark }
  /** Who belongs to a group of people of the platform changed. */
  | { readonly kind: 'group-changed'; readonly group: string }
  /**
   * The app was taken out, its tokens were revoked, or an organisation of workspaces opened or closed some of them to it. Older than the
   * installation: it is about an earlier one.
   */
  | { readonly kind: 'access-changed'; readonly what: 'removed' | 'revoked' | 'workspaces'; readonly atMs: number }
  | { readonly kind: 'home-opened'; readonly account: AccountId }
  /** Somebody posted links that may be to our items. `place` is the platform's handle to their message. */
  | {
      readonly kind: 'links-shared'
      readonly from: Asker
      readonly links: readonly string[]
      readonly place: string
      /** In a chat that the app is in, in the direct conversation of that person with the app, or where it does not see who reads it. */
      readonly where: 'chat' | 'direct' | 'elsewhere'
    }
  | { readonly kind: 'command'; readonly verb: Verb; readonly from: Asker }
  /** Documented or not, it is nothing we act upon; set aside and counted under `reason`. */
  | { readonly kind: 'unknown'; readonly reason: string }

/** `made-private`: people may have had it open to everybody, and whoever is in it now need not have been added by anybody. */
export type ChatChange = 'renamed' | 'archived' | 'unarchived' | 'deleted' | 'app-left' | 'let-in' | 'shared' | 'unshared' | 'made-private'

export type Verb =
  | { readonly name: 'discuss'; readonly words: string }
  /** A choice among several hits. */
  | { readonly name: 'discuss-item'; readonly item: string }
  | { readonly name: 'why'; readonly account: AccountId | null; readonly words: string }
  | { readonly name: 'who' }
  | { readonly name: 'status' }
  | {
      readonly name: 'add' | 'remove'
      readonly people: readonly AccountId[]
      readonly groups: readonly string[]
      readonly words: string
      /** All that was typed, where it may as well be the words of an item: nobody is mentioned. */
      readonly otherwise: string | null
    }
  | { readonly name: 'leave' }
  | { readonly name: 'rename'; readonly words: string }
  /** `command`: how the app is called there. */
  | { readonly name: 'help'; readonly command: string }
  /** A button, or a dialog that was sent with what was filled in. */
  | { readonly name: 'press'; readonly press: Press; readonly values: Values }

/** Who asked, from which chat, and the platform's own handles to answer them: in words, with a dialog, in the dialog that is open. */
export type Asker = {
  readonly account: AccountId
  readonly chat: ChatId | null
  readonly reply: string | null
  readonly trigger?: string | null
  readonly dialog?: string | null
  /** Pressed on the app's own page, which is shown anew when something changed. */
  readonly onHome?: boolean
}
