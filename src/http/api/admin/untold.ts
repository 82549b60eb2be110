import { inOrganisation } from '../../../../db/open.ts'
import { peopleById } from '../../../../db/people.ts'
import { untold } from '../../../../db/tellings.ts'
import type { Surroundings } from '../../context.ts'
import { personView } from '../../present.ts'
import { answers, api, createRoute, nextAfter, Paging, readNumberCursor } from '../routes.ts'
import { Untold, UntoldPage } from './contract.ts'
import { administrator, namesOfItems } from './only.ts'

/** Whom the chat system did not let Ringside tell what happened to their places, for the organisation's administrators (U7). */

/** What could not be told longer ago than this is no use to anybody. */
const SHOWN_MS = 14 * 24 * 3_600_000

const list = createRoute({
  method: 'get',
  path: '/admin/untold',
  request: { query: Paging.extend({ fate: Untold.shape.fate.optional() }) },
  responses: answers(
    UntoldPage,
    'Direct messages of the last days that did not arrive, or perhaps did not, and were not read elsewhere; latest first.',
  ),
})

export function untoldRoutes({ engine }: Surroundings) {
  return api().openapi(list, async (c) => {
    const who = administrator(c)
    const { cursor, limit, fate } = c.req.valid('query')
    const since = new Date(engine.clock.now() - SHOWN_MS)
    const page = await inOrganisation(engine.db, who.organisation, async (tx) => {
      const rows = await untold(tx, { since, fate: fate ?? null, before: readNumberCursor(cursor) }, limit + 1)
      const shown = rows.slice(0, limit)
      const people = await peopleById(
        tx,
        shown.map((row) => row.personId),
      )
      const names = await namesOfItems(
        tx,
        who.viewer,
        shown.flatMap((row) => row.itemId ?? []),
      )
      const views = shown.flatMap((row) => {
        const person = people.get(row.personId)
        const item = names.get(row.itemId ?? '') ?? null
        return person
          ? [{ id: String(row.id), person: personView(person), kind: row.kind, item, ...fateIn(row.told ?? ''), at: row.at.toISOString() }]
          : []
      })
      return { items: views, next: rows.length > limit ? nextAfter(String(shown.at(-1)?.id)) : null }
    })
    return c.json(page, 200)
  })
}

/** "refused: Slack does not let …", taken apart. */
function fateIn(told: string) {
  const fate = Untold.shape.fate.options.find((one) => told.startsWith(`${one}: `)) ?? 'perhaps told'
  return { fate, why: told.slice(fate.length + 2) }
}
