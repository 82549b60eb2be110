import type { ConnectionRow } from '../../../db/organisations.ts'
import type { PersonRow } from '../../../db/people.ts'
import type { Failure } from '../../core/failure.ts'
import type { OrganisationId } from '../../core/ids.ts'
import type { Message } from '../../core/screen.ts'
import type { ChatPlatform } from '../../ports/chat-platform.ts'
import type { Asker } from '../../ports/inbound.ts'
import { type Engine, LOOK_AGAIN_MS } from '../engine.ts'

/** Somebody of the organisation says something to the app in their chat system. What they may not see does not exist for them. */
export type Talk = {
  readonly engine: Engine
  readonly organisation: OrganisationId
  readonly connection: ConnectionRow
  readonly platform: ChatPlatform
  readonly asker: PersonRow
  readonly from: Asker
}

/** A talk that goes through the inbox: it may be tried again, and its first try may say that it takes a while. */
export type Attempt = Talk & { readonly firstTry: boolean; readonly patient: boolean }

/** A sentence for the asker, null for nothing to say, or the reason to try again later (with a sentence, when the wait is worth one). */
export type Reply = Message | null | Again | Once

/** What was done must not be done again for the telling of it: told now, else shown where the asker finds it. */
export type Once = { readonly once: Message }

export type Again = { readonly again: string; readonly afterMs: number; readonly meanwhile: Message | null }

export const isAgain = (reply: Reply): reply is Again => reply !== null && 'again' in reply

export const isOnce = (reply: Reply): reply is Once => reply !== null && 'once' in reply

/** Without a word: what could not be done just now is done soon. */
export const againAfter = (failure: Failure): Again => ({
  again: failure.code,
  afterMs: failure.kind === 'later' ? failure.afterMs : LOOK_AGAIN_MS,
  meanwhile: null,
})
