import type { AccountId, ChatId } from '../core/ids.ts'

/**
 * Requests from outside. Verifying and parsing are one step, and there is no public parse without verify.
 * Adapters return what they were told and change nothing; the engine writes it down before the answer goes out.
 */
export interface Inbound {
  receive(request: InboundRequest): Promise<Received>
}

export type InboundRequest = {
  readonly headers: Headers
  /** The bytes as they came: signatures are over bytes. */
  readonly body: string
  readonly nowMs: number
}

export type Received =
  /** Write the deliveries down, then answer. */
  | { readonly kind: 'accepted'; readonly deliveries: readonly Delivery[]; readonly answer: Answer }
  /** Nothing of ours to keep: a handshake, a notice. `discarded` names why for the metrics (K10). */
  | { readonly kind: 'answered'; readonly discarded: string; readonly answer: Answer }
  /** Not authentic, or not readable. */
  | { readonly kind: 'rejected'; readonly status: 400 | 401 | 404; readonly code: string; readonly why: string }

export type Answer = { readonly status: number; readonly body: string | Readonly<Record<string, unknown>> | null }

export type Delivery = {
  /** The vendor's id of this delivery; a repeat has the same. Unique within a platform. */
  readonly id: string
  /** The vendor's name of the workspace it belongs to; leads to the connection. */
  readonly workspace: string
  readonly news: News
}

/** What a delivery tells. Only ids and the words somebody typed to the app; never the text of a chat. */
export type News =
  | { readonly kind: 'joined'; readonly chat: ChatId; readonly account: AccountId; readonly by: AccountId | null; readonly atMs: number }
  | { readonly kind: 'left'; readonly chat: ChatId; readonly account: AccountId; readonly atMs: number }
  /** The chat was renamed, archived, deleted, or the app was put out of it: look. */
  | { readonly kind: 'chat-changed'; readonly chat: ChatId; readonly what: string }
  /** An account was switched off or on, or its e-mail changed. */
  | { readonly kind: 'account-changed'; readonly account: AccountId }
  | { readonly kind: 'command'; readonly verb: Verb; readonly from: Asker }
  /** Documented or not, it is nothing we act upon; set aside and counted under `reason`. */
  | { readonly kind: 'unknown'; readonly reason: string }

export type Verb =
  | { readonly name: 'discuss'; readonly words: string }
  /** A choice among several hits. */
  | { readonly name: 'discuss-item'; readonly item: string }
  | { readonly name: 'why'; readonly account: AccountId | null; readonly words: string }
  | { readonly name: 'help' }

/** Who asked, from which chat, and the platform's own handle to answer them. */
export type Asker = { readonly account: AccountId; readonly chat: ChatId | null; readonly reply: string | null }
