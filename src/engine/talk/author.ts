import { asAccountId } from '../../core/ids.ts'
import { readSaid, type Said } from '../../core/said.ts'
import type { SharedMessage } from '../../ports/inbound.ts'
import { whoIs } from './asker.ts'
import type { Talk } from './talk.ts'

/** The message that a shortcut was used on: from the question, or from the button that asks once more. */
export const messageFor = (about: string, message: SharedMessage | null): Said => message ?? readSaid(about) ?? NO_MESSAGE

const NO_MESSAGE: Said = { url: null, by: null, text: '' }

/** The name of whoever said it; null where the platform does not tell, or not just now. */
export async function authorOf(at: Talk, { by }: Said): Promise<string | null> {
  if (!by) return null
  const known = await whoIs(at, asAccountId(by))
  return 'again' in known ? null : known.name
}
