import type { InstallationRow } from '../../../../db/installations.ts'
import { installationsById, listConnections } from '../../../../db/installations.ts'
import { inOrganisation } from '../../../../db/open.ts'
import type { ConnectionRow } from '../../../../db/organisations.ts'
import { peopleById, type PersonRow } from '../../../../db/people.ts'
import { stateOf, type Trial } from '../../../core/probe.ts'
import { disconnect, ONLY_ADMINISTRATORS, SET_BY_SERVER } from '../../../engine/access.ts'
import type { Engine } from '../../../engine/engine.ts'
import { tryOut } from '../../../engine/trial.ts'
import type { Surroundings } from '../../context.ts'
import { personView } from '../../present.ts'
import { Problem } from '../../problem.ts'
import { type Connection, ConnectionPage, ProbeReport } from './contract.ts'
import { answers, api, createRoute, doneSilently, Id, nextAfter, orProblem, Paging, readIdCursor, type z } from '../routes.ts'

/** The chat systems an organisation is connected to, for its administrators. */

const list = createRoute({
  method: 'get',
  path: '/admin/connections',
  request: { query: Paging },
  responses: answers(ConnectionPage, 'Every chat workspace that was ever connected, the built-in one left out.'),
})
const leave = createRoute({
  method: 'delete',
  path: '/admin/connections/{id}',
  request: { params: Id },
  responses: doneSilently,
  description: 'Disconnects it. Its chats and links are kept, and go on once it is connected again.',
})
const probe = createRoute({
  method: 'post',
  path: '/admin/connections/{id}/probe',
  request: { params: Id },
  responses: answers(ProbeReport, 'What works there. While it is under way, what is known so far stands at the connection.'),
  description: 'Really tries what Ringside does there, on a chat of its own, with whoever asks. One at a time.',
})

export function connectionRoutes({ engine }: Surroundings) {
  return api()
    .openapi(list, async (c) => {
      const who = c.get('signedIn')
      if (who.viewer.role !== 'administrator') throw new Problem({ status: 403, code: 'not_allowed', detail: ONLY_ADMINISTRATORS })
      const { cursor, limit } = c.req.valid('query')
      const page = await inOrganisation(engine.db, who.organisation, async (tx) => {
        const rows = await listConnections(tx, readIdCursor(cursor), limit + 1)
        const shown = rows.slice(0, limit)
        const installations = await installationsById(
          tx,
          shown.flatMap((row) => row.installationId ?? []),
        )
        const people = await peopleById(
          tx,
          [...installations.values()].flatMap((row) => row.installedBy ?? []),
        )
        const items = shown.map((row) => connectionView(engine, row, installations.get(row.installationId ?? '') ?? null, people))
        return { items, next: rows.length > limit ? nextAfter(shown.at(-1)?.id) : null }
      })
      return c.json({ ...page, connect: connectable(engine) }, 200)
    })
    .openapi(leave, async (c) => {
      const who = c.get('signedIn')
      orProblem(await disconnect(engine, who.organisation, who.viewer, who.person.name, c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(probe, async (c) => {
      const who = c.get('signedIn')
      const trial = orProblem(await tryOut(engine, who.organisation, who.viewer, c.req.valid('param').id))
      return c.json(trialView(trial, engine.clock.now()), 200)
    })
}

const connectable = ({ letIn }: Engine) =>
  (letIn?.platforms ?? []).map(({ platform, title, missing }) => ({
    platform,
    title,
    url: missing === null ? `/${platform}/install` : null,
    whyNot: missing,
  }))

/** A connection as its administrators see it. Nothing of its tokens. */
function connectionView(
  engine: Engine,
  row: ConnectionRow,
  installation: InstallationRow | null,
  people: ReadonlyMap<string, PersonRow>,
): z.infer<typeof Connection> {
  const installer = people.get(installation?.installedBy ?? '')
  const asked = engine.letIn?.permissionsOf(row.platform) ?? []
  return {
    id: row.id,
    platform: row.platform,
    title: row.title,
    workspace: row.workspace,
    state: row.state,
    why: row.why,
    scopes: asked.map(({ scope, why }) => ({ scope, why, granted: installation ? installation.scopes.includes(scope) : null })),
    installedBy: installer ? personView(installer) : null,
    installedAt: installation?.installedAt.toISOString() ?? null,
    organisation: installation?.scope === 'enterprise' ? installation.title : null,
    probe: row.probe ? trialView(row.probe, engine.clock.now()) : null,
    may: installation ? { disconnect: installation.state === 'active', whyNot: null } : { disconnect: false, whyNot: SET_BY_SERVER },
  }
}

function trialView(trial: Trial, nowMs: number): z.infer<typeof ProbeReport> {
  const { atMs, lines, leftBehind } = trial.report
  return { at: new Date(atMs).toISOString(), state: stateOf(trial, nowMs), lines: [...lines], leftBehind }
}
