import { announceOnce } from '../../db/notifications.ts'
import type { ConnectionRow } from '../../db/organisations.ts'
import type { Tx } from '../../db/open.ts'
import { administrators } from '../../db/people.ts'
import type { Failure, Outcome } from '../core/failure.ts'
import { needsAdministrator } from '../core/words.ts'

/** Settings of a chat system that stop everybody's work are told to the administrators: once for each, and not for each item (U7). */

/** Told again when it is still so after this long. */
const TOLD_AGAIN_MS = 30 * 24 * 3_600_000

export async function tellForbidden(tx: Tx, connection: ConnectionRow, answers: Iterable<Failure | Outcome>, at: Date): Promise<void> {
  const whys = new Set([...answers].flatMap((one) => (one.kind === 'refused' && one.everywhere ? [one.why] : [])))
  if (whys.size === 0) return
  const people = await administrators(tx)
  for (const why of whys) {
    const text = needsAdministrator(connection.title, why)
    await announceOnce(tx, connection.organisationId, people, text, at, new Date(at.getTime() - TOLD_AGAIN_MS))
  }
}
