import type { ConnectionRow } from '../../db/organisations.ts'
import type { Database } from '../../db/open.ts'
import type { Secrets } from '../../db/secrets.ts'
import type { OrganisationId } from '../core/ids.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { Clock } from '../ports/clock.ts'
import type { CrmSource } from '../ports/crm-source.ts'
import type { Installer, Permission } from '../ports/install.ts'
import type { Tally } from './tally.ts'

/** What every part of the engine is given. It knows no vendor: `wire.ts` puts the adapters in. */
export type Engine = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** The workspace behind a connection; null where its credentials are missing. */
  platformOf(connection: ConnectionRow): ChatPlatform | null
  sourceOf(organisation: OrganisationId): CrmSource
  /** Something is due: the worker may look at once instead of at its next tick. Losing it loses nothing. */
  wake(): void
  /** Where people reach the workspace in a browser, without a slash at the end. */
  readonly publicUrl: string
  /** How administrators let Ringside into chat systems by themselves; missing where there is none to let it into. */
  readonly letIn?: LetIn
  /** Counts what came and what became of it; missing where nobody asks, and where a process lives for one request. */
  readonly tally?: Tally
}

export type LetIn = {
  /** Seals tokens; null where nothing is set up that would have any. */
  readonly secrets: Secrets | null
  installerOf(platform: string): Installer | null
  /** What Ringside asks for there, in words. */
  permissionsOf(platform: string): readonly Permission[]
  /** The platforms an administrator can connect, by their titles; `missing`: what has to be set up first, null where nothing has. */
  readonly platforms: readonly { readonly platform: string; readonly title: string; readonly missing: string | null }[]
}

export type Log = {
  info(facts: Readonly<Record<string, unknown>>, message: string): void
  warn(facts: Readonly<Record<string, unknown>>, message: string): void
  error(facts: Readonly<Record<string, unknown>>, message: string): void
}

/** A bug and what it was caused by, on one line for the log. */
export function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error)
  return error.cause instanceof Error ? `${error.stack} (${error.cause.message})` : String(error.stack)
}

export const nowOf = (engine: Engine) => new Date(engine.clock.now())

/** An item's lane is held at most this long; longer than any turn's calls together. */
export const LEASE_MS = 90_000
/** A call without an answer may still take effect for this long, and not after (assumption A3 of the model). */
export const REQUEST_LIFE_MS = 120_000
/** After an unknown outcome, look again after this long. */
export const LOOK_AGAIN_MS = 5_000
/** Ringside may have just started: its chat system is connected any moment. */
export const NOT_CONNECTED_MS = 5_000
/** A connection that is broken is tried again after this long; nobody but a person can mend it. */
export const RECONNECT_MS = 60_000
/** A reading that lags is repeated after this long. */
export const DOUBT_MS = 10_000
/** A refused move is tried again after this long, or when somebody asks for it. */
export const REFUSED_MS = 6 * 3_600_000
/** What a setting of the chat system forbids is tried again after this long. */
export const FORBIDDEN_MS = 24 * 3_600_000
/** Every linked item is looked at again at growing intervals that never stop. */
export const SWEEP_MS = [3_600_000, 2 * 3_600_000, 6 * 3_600_000, 24 * 3_600_000] as const
/** The safety stop counts an organisation's removals over this long as one pass. */
export const PASS_MS = 60_000
