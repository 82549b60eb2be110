import type { Capabilities, Granted } from '../core/capability.ts'
import type { Outcome, Result } from '../core/failure.ts'
import type { AccountId, ChatId } from '../core/ids.ts'

/**
 * A chat system, as the engine sees it. One value is one connected workspace, bound to its credentials.
 * Adapters are leaves: they translate, and return values. Every method may be called twice. No method retries,
 * waits for a rate limit, or touches the database; a bug throws, and everything else is a `Failure`.
 */
export interface ChatPlatform {
  readonly capabilities: Capabilities
  /**
   * Opens the private chat of one operation, with nobody in it but the app. The same `operation` opens the same chat:
   * after an unknown outcome the adapter finds what an earlier call made by its marker; by its name only while it is
   * the app's own and nobody else is in it.
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
  /** Finds the account with each e-mail address; null where there is none. In the order asked. */
  resolve(emails: readonly string[]): Promise<Result<readonly (AccountProfile | null)[]>>
  /** Who an account is; null for one the platform does not show us. */
  profile(account: AccountId): Promise<Result<AccountProfile | null>>
  /** Says something to one person alone: in answer to what they did, else privately. */
  tell(to: Listener, message: Message): Promise<Result<void>>
}

/**
 * What somebody who is added may read of what was said before. `as-before`: what they could read when they were last in the chat, for
 * somebody who comes back by their own wish; all of it where they never were, or where the platform cannot hide anything.
 */
export type History = 'all' | 'as-before' | { readonly hidden: Granted<'hideHistory'> }

export type ChatWish = {
  /** Names the operation for ever: the same text, the same chat. At most 64 characters, no customer's words in it. */
  readonly operation: string
  /** What people would like it to be called; the adapter fits it to its rules and returns the name it got. */
  readonly name: string
  readonly topic: string
}

export type OpenedChat = { readonly id: ChatId; readonly name: string; readonly url: string }

/** `closed`: archived by people. Its members are frozen, not gone. */
export type ChatState = { readonly state: 'open' | 'closed'; readonly name: string; readonly url: string }

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

/** A sentence, perhaps a link, perhaps items to choose from. Plain text: the adapter escapes it. */
export type Message = {
  readonly text: string
  readonly link?: { readonly title: string; readonly url: string }
  readonly choices?: readonly { readonly title: string; readonly value: string }[]
}
