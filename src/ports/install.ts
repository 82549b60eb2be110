import type { Result } from '../core/failure.ts'

/** How an organisation lets Ringside into its chat system by OAuth. Leaves like every adapter: they translate and keep nothing. */
export interface Installer {
  /** Where the administrator's browser goes to agree. `state` comes back with the answer. */
  address(state: string): string
  /** Exchanges the code that came back. */
  finish(code: string): Promise<Result<Installed>>
  /** A new access token for an installation whose tokens rotate. The refresh token is spent by this. */
  refresh(refreshToken: string): Promise<Result<Tokens>>
}

export type Tokens = {
  readonly token: string
  /** Null where tokens do not rotate. */
  readonly refreshToken: string | null
  readonly expiresAtMs: number | null
}

export type Installed = Tokens & {
  /** The platform's own name of what was installed to: one workspace, or a whole organisation of them. */
  readonly scope: 'workspace' | 'enterprise'
  readonly id: string
  readonly title: string
  readonly app: string
  readonly appAccount: string
  readonly scopes: readonly string[]
  /** The workspaces it is for, as far as known at this moment. */
  readonly workspaces: readonly Workspace[]
}

export type Workspace = { readonly id: string; readonly title: string; readonly enterprise: string | null; readonly appAccount: string }
