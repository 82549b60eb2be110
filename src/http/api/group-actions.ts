import type { z } from '@hono/zod-openapi'
import { type GroupActionRow, groupActionsOf } from '../../../db/group-actions.ts'
import { factsOf, itemsById } from '../../../db/items.ts'
import { inOrganisation, type Tx } from '../../../db/open.ts'
import { peopleById, type PersonRow } from '../../../db/people.ts'
import { may, type Viewer } from '../../core/access.ts'
import { secondsLeft } from '../../core/group-action.ts'
import { reasonOf } from '../../core/words/group-action.ts'
import { allowGroupRemovals, type GroupReport, reportOfGroup, startGroup, stopGroup } from '../../engine/group-actions.ts'
import { type Preview, previewGroup } from '../../engine/group-preview.ts'
import type { SignedIn, Surroundings } from '../context.ts'
import { personIn, personView } from '../present.ts'
import * as contract from './group-contract.ts'
import {
  answers,
  api,
  createRoute,
  doneSilently,
  Id,
  orProblem,
  Paging,
  readPairCursor,
  readTimeCursor,
  takes,
  timeCursor,
} from './routes.ts'

/** One act on many items: looked at first, then begun, watched, stopped (O10, O11, U4, U6, U7). */

const begin = createRoute({
  method: 'post',
  path: '/group-actions',
  request: { body: takes(contract.NewGroupAction) },
  responses: {
    ...answers(contract.GroupPreview, 'With `preview`: what would happen. Nothing was written.'),
    202: {
      description: 'It is at work; `GET /api/group-actions/{id}` says how far it has come.',
      content: { 'application/json': { schema: contract.GroupAction } },
    },
  },
})
const list = createRoute({
  method: 'get',
  path: '/group-actions',
  request: { query: Paging },
  responses: answers(contract.GroupActionPage, 'Those that the asker began, the latest first.'),
})
const read = createRoute({
  method: 'get',
  path: '/group-actions/{id}',
  request: { params: Id, query: Paging },
  responses: answers(contract.GroupReport, 'How far it has come, and everything that was refused; the refusals are paged.'),
})
const stop = createRoute({ method: 'post', path: '/group-actions/{id}/stop', request: { params: Id }, responses: doneSilently })
const letGo = createRoute({ method: 'post', path: '/group-actions/{id}/removals', request: { params: Id }, responses: doneSilently })

export function groupActionRoutes({ engine }: Surroundings) {
  const inTheirs = <Value>(who: SignedIn, work: (tx: Tx) => Promise<Value>) => inOrganisation(engine.db, who.organisation, work)
  return api()
    .openapi(begin, async (c) => {
      const who = c.get('signedIn')
      const { preview, from, ...wish } = c.req.valid('json')
      const asked = { ...wish, from: from ?? null }
      if (preview) return c.json(previewView(orProblem(await previewGroup(engine, who.organisation, who.viewer, asked))), 200)
      const row = orProblem(await startGroup(engine, who.organisation, who.viewer, asked))
      const [view] = await inTheirs(who, (tx) => actionViews(tx, [row], engine.clock.now()))
      if (!view) throw new Error('A group action came out as none.')
      return c.json(view, 202)
    })
    .openapi(list, async (c) => {
      const who = c.get('signedIn')
      const { cursor, limit } = c.req.valid('query')
      const page = await inTheirs(who, async (tx) => {
        const rows = await groupActionsOf(tx, who.viewer.id, readTimeCursor(cursor), limit + 1)
        const shown = rows.slice(0, limit)
        const last = rows.length > limit ? shown.at(-1) : undefined
        const items = await actionViews(tx, shown, engine.clock.now())
        return { items: [...items], next: last ? timeCursor(last.createdAt, last.id) : null }
      })
      return c.json(page, 200)
    })
    .openapi(read, async (c) => {
      const who = c.get('signedIn')
      const { cursor, limit } = c.req.valid('query')
      const view = await inTheirs(who, async (tx) => {
        const after = readPairCursor(cursor)
        const report = orProblem(await reportOfGroup(engine, tx, who.viewer, c.req.valid('param').id, after, limit + 1))
        return reportView(tx, who.viewer, report, limit, engine.clock.now())
      })
      return c.json(view, 200)
    })
    .openapi(stop, async (c) => {
      const who = c.get('signedIn')
      orProblem(await stopGroup(engine, who.organisation, who.viewer, c.req.valid('param').id))
      return c.body(null, 204)
    })
    .openapi(letGo, async (c) => {
      const who = c.get('signedIn')
      orProblem(await allowGroupRemovals(engine, who.organisation, who.viewer, c.req.valid('param').id))
      return c.body(null, 204)
    })
}

function previewView(preview: Preview): z.infer<typeof contract.GroupPreview> {
  const reasons = preview.reasons.map((one) => ({
    ...one,
    person: one.person && personView(one.person),
    examples: one.examples.map((item) => ({ ...item })),
  }))
  return { ...preview, reasons }
}

async function actionViews(
  tx: Tx,
  rows: readonly GroupActionRow[],
  nowMs: number,
): Promise<readonly z.infer<typeof contract.GroupAction>[]> {
  const people = await peopleById(
    tx,
    rows.flatMap((row) => [...row.people, ...(row.fromId ? [row.fromId] : [])]),
  )
  return rows.map((row) => actionView(row, people, nowMs))
}

function actionView(row: GroupActionRow, people: ReadonlyMap<string, PersonRow>, nowMs: number): z.infer<typeof contract.GroupAction> {
  const { id, action, why, total, looked, changed, untouched, refused, createdAt, endedAt } = row
  const working = row.state === 'working'
  return {
    id,
    action,
    people: row.people.map((one) => personIn(people, one)),
    from: row.fromId ? personIn(people, row.fromId) : null,
    state: working && row.stopAsked ? 'stopping' : row.state,
    why,
    total,
    looked,
    changed,
    untouched,
    refused,
    secondsLeft: working ? secondsLeft({ looked, total, forMs: nowMs - createdAt.getTime() }) : null,
    startedAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }
}

async function reportView(
  tx: Tx,
  viewer: Viewer,
  { row, reasons, chats, refusals }: GroupReport,
  limit: number,
  nowMs: number,
): Promise<z.infer<typeof contract.GroupReport>> {
  const page = refusals.slice(0, limit)
  const people = await peopleById(tx, [
    ...row.people,
    ...(row.fromId ? [row.fromId] : []),
    ...page.map(({ personId }) => personId),
    ...reasons.map(({ personId }) => personId),
  ])
  const named = (id: string) => (id === '' ? null : personIn(people, id))
  const items = new Map(
    (
      await itemsById(
        tx,
        page.map(({ itemId }) => itemId),
      )
    ).map((item) => [item.row.id, factsOf(item)]),
  )
  const last = refusals.length > limit ? page.at(-1) : undefined
  return {
    ...actionView(row, people, nowMs),
    reasons: reasons.map(({ code, personId, type, items: count }) => {
      const person = named(personId)
      return { code, person, items: count, why: reasonOf(row.action, code, person?.name ?? '', type) }
    }),
    chats,
    refusals: {
      items: page.map(({ itemId, personId, type, code }) => {
        const facts = items.get(itemId)
        const item = facts && may(viewer, 'see', facts).may ? { id: facts.id, key: facts.key, title: facts.title } : null
        const person = named(personId)
        return { item, person, code, why: reasonOf(row.action, code, person?.name ?? '', type) }
      }),
      next: last ? `${last.itemId}.${last.personId}` : null,
    },
  }
}
