import type { Context } from 'hono'
import type { Engine } from '../engine/engine.ts'
import type { Receive } from '../engine/receive.ts'
import type { PersonRow } from '../../db/people.ts'
import type { Viewer } from '../core/access.ts'
import type { OrganisationId } from '../core/ids.ts'
import type { Inbound } from '../ports/inbound.ts'
import type { SignInParts } from './sign-in/routes.ts'

/** What the app is built from; `wire.ts` makes it. */
export type Surroundings = {
  readonly engine: Engine
  readonly receive: Receive
  /** Who verifies and reads requests at each platform's address; null where it is not set up. */
  readonly slack: Inbound | null
  readonly teams: Inbound | null
  readonly demo: boolean
  /** How people prove who they are; null where there is no key to sign it with. */
  readonly signIn: SignInParts | null
  /** Cookies travel over TLS only, unless the workspace is served over plain HTTP on this machine. */
  readonly secureCookies: boolean
  /** False, with what is missing, while the service should get no traffic. */
  ready(): Promise<{ readonly ok: boolean; readonly checks: Readonly<Record<string, boolean>> }>
  /** Whoever shows it may read the metrics; without one there are none. */
  readonly metricsToken?: string | undefined
}

/** Who asks, from a signed-in session. */
export type SignedIn = { readonly organisation: OrganisationId; readonly person: PersonRow; readonly viewer: Viewer }

export type AppEnv = { Variables: { signedIn: SignedIn } }
export type AppContext = Context<AppEnv>
