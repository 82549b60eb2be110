import { inOrganisation } from '../../db/open.ts'
import { findConnection } from '../../db/organisations.ts'
import { accountsOf, personById } from '../../db/people.ts'
import { beginTrial, putTrial } from '../../db/trials.ts'
import type { Viewer } from '../core/access.ts'
import { asAccountId, asConnectionId, type OrganisationId } from '../core/ids.ts'
import type { Trial } from '../core/probe.ts'
import type { Prober } from '../ports/chat-platform.ts'
import { NO_CONNECTION, NOT_FOR_YOU } from './access.ts'
import type { Engine } from './engine.ts'
import type { Answered, Refused } from './members.ts'

/** An administrator asks whether Ringside can do its work in a connected chat system, and it is really tried (U9). */

/** Of a trial that has said nothing for so long, nothing more is to be expected. Longer than the longest wait for room in the platform's limits. */
export const TRIAL_QUIET_MS = 3 * 60_000

export async function tryOut(engine: Engine, organisation: OrganisationId, viewer: Viewer, id: string): Promise<Answered<Trial>> {
  if (viewer.role !== 'administrator') return NOT_FOR_YOU
  const { connection, prober } = await inOrganisation(engine.db, organisation, async (tx) => {
    const person = await personById(tx, viewer.id)
    const account = (await accountsOf(tx, asConnectionId(id), [viewer.id])).get(viewer.id)
    const asked: Prober = { email: person?.email ?? null, account: account ? asAccountId(account.account) : null }
    return { connection: await findConnection(tx, id), prober: asked }
  })
  if (!connection || connection.platform === 'web') return NO_CONNECTION
  const platform = engine.platformOf(connection)
  if (!platform) return refused('not_connected', `Ringside has nothing to reach ${connection.title} with. Connect it again first.`)

  const keep = (trial: Trial) => inOrganisation(engine.db, organisation, (tx) => putTrial(tx, id, trial))
  const now = () => engine.clock.now()
  const begun: Trial = {
    id: crypto.randomUUID(),
    untilMs: now() + TRIAL_QUIET_MS,
    report: { atMs: now(), lines: [], leftBehind: null },
  }
  if (!(await inOrganisation(engine.db, organisation, (tx) => beginTrial(tx, id, begun, now())))) {
    return refused('trial_under_way', `${connection.title} is being tried out just now. Its result appears here when it is there.`)
  }
  let last = begun
  try {
    const report = await platform.probe(prober, async (soFar) => {
      last = { ...begun, report: soFar, untilMs: now() + TRIAL_QUIET_MS }
      await keep(last)
    })
    last = { ...begun, report, untilMs: null }
    await keep(last)
    return { ok: true, value: last }
  } finally {
    // A bug is no reason to make the next press wait.
    if (last.untilMs !== null) await keep({ ...last, untilMs: now() })
  }
}

const refused = (code: string, why: string): Refused => ({ ok: false, reason: 'invalid', code, why })
