import type { Result } from '../core/failure.ts'

/** Sends mail to people who are not signed in. One call is one try; a failure is a value. */
export interface Post {
  send(mail: Mail): Promise<Result<void>>
}

/** Plain text; `to` is one address. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string }
