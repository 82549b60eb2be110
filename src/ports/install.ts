import type { Result } from '../core/failure.ts'

/** How an organisation lets Ringside into its chat system by OAuth. Leaves like every adapter: they translate and keep nothing. */
export interface Installer {
  /** Where the administrator's browser goes to agree. `state` comes back with the answer. */
  address(state: string): string
  /** Exchanges the code that came back. A code is good once. */
  finish(code: string): Promise<Result<Installed>>
  /** A new access token for an installation whose tokens rotate. The refresh token is spent by this. */
  renew(refreshToken: string): Promise<Result<Tokens>>
  /** Every workspace the token is for: complete, or a failure. None yet is a normal answer for a whole organisation. */
  workspaces(token: string): Promise<Result<readonly Workspace[]>>
  /** Does the token still work? */
  check(token: string): Promise<Result<void>>
  /** Gives the token up. */
  revoke(token: string): Promise<Result<void>>
}

export type Tokens = {
  readonly token: string
  /** Null where tokens do not rotate. */
  readonly refreshToken: string | null
  readonly expiresAtMs: number | null
}

export type Installed = Tokens & {
  /** What it was installed to: one workspace, or a whole organisation of them. */
  readonly scope: 'workspace' | 'enterprise'
  /** The platform's own name of that. */
  readonly id: string
  readonly title: string
  readonly app: string
  readonly appAccount: string
  readonly scopes: readonly string[]
}

export type Workspace = { readonly id: string; readonly title: string }

/** One permission, and what for, in words for whoever installs it (K11). */
export type Permission = { readonly scope: string; readonly why: string }
