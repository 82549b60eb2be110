import { countDeadLetters, deadLetters, reviveLetter } from '../../../../db/dead-letters.ts'
import type { InboxRow } from '../../../../db/inbox.ts'
import { inOrganisation } from '../../../../db/open.ts'
import { connectionTitles } from '../../../../db/organisations.ts'
import { nowOf } from '../../../engine/engine.ts'
import type { News } from '../../../ports/inbound.ts'
import type { Surroundings } from '../../context.ts'
import { Problem } from '../../problem.ts'
import { answers, api, createRoute, doneSilently, Id, Paging, readTimeCursor, timeCursor } from '../routes.ts'
import { DeadLetterPage } from './contract.ts'
import { administrator } from './only.ts'

/** Deliveries that failed for good, in words, and the button that has them tried again (U7). */

const list = createRoute({
  method: 'get',
  path: '/admin/dead-letters',
  request: { query: Paging },
  responses: answers(DeadLetterPage, 'Deliveries that were given up, latest first. None of their words is shown.'),
})
const again = createRoute({
  method: 'post',
  path: '/admin/dead-letters/{id}/again',
  request: { params: Id },
  responses: doneSilently,
  description: 'Tries it again, as if it had just come.',
})

export function deadLetterRoutes({ engine }: Surroundings) {
  return api()
    .openapi(list, async (c) => {
      const who = administrator(c)
      const { cursor, limit } = c.req.valid('query')
      const page = await inOrganisation(engine.db, who.organisation, async (tx) => {
        const rows = await deadLetters(tx, readTimeCursor(cursor), limit + 1)
        const shown = rows.slice(0, limit)
        const last = shown.at(-1)
        const titles = await connectionTitles(
          tx,
          shown.map((row) => row.connectionId),
        )
        return {
          items: shown.map((row) => ({ connection: titles.get(row.connectionId) ?? '', ...letterView(row) })),
          next: rows.length > limit && last ? timeCursor(last.receivedAt, last.deliveryId) : null,
          count: await countDeadLetters(tx),
        }
      })
      return c.json(page, 200)
    })
    .openapi(again, async (c) => {
      const who = administrator(c)
      const [connection = '', delivery = ''] = c.req.valid('param').id.split('.')
      const revived = await inOrganisation(engine.db, who.organisation, (tx) => reviveLetter(tx, connection, delivery, nowOf(engine)))
      if (!revived) throw new Problem({ status: 404, code: 'letter_not_found', detail: 'There is no such delivery that failed.' })
      engine.wake()
      return c.body(null, 204)
    })
}

function letterView({ connectionId, deliveryId, news, outcome, attempts, receivedAt }: InboxRow) {
  return {
    id: `${connectionId}.${deliveryId}`,
    what: WHAT[news.kind],
    why: whyOf((outcome ?? '').slice('failed: '.length)),
    attempts,
    at: receivedAt.toISOString(),
  }
}

const WHAT: Readonly<Record<News['kind'], string>> = {
  joined: 'Somebody joined a chat.',
  left: 'Somebody left a chat.',
  'chat-changed': 'A chat was changed.',
  'chat-moved': 'A chat got another id.',
  'account-changed': 'An account was changed.',
  'group-changed': 'A group of people was changed.',
  'access-changed': 'The access of Ringside was changed.',
  'home-opened': 'Somebody opened the page of Ringside.',
  'links-shared': 'Somebody posted the link of an item.',
  command: 'Somebody asked Ringside for something.',
  unknown: 'Something that Ringside does not know.',
}

const WHYS: Readonly<Record<string, string>> = {
  error: 'Something went wrong inside Ringside, each time it was tried. The log of the server says what.',
  not_connected: 'The chat system was not connected for a day.',
  uncertain: 'The chat system gave no clear answer for a day.',
  crm_unavailable: 'The CRM could not be reached for a day.',
  opening: 'The chat could not be opened for a day.',
  in_turn: 'The limits of the chat system left no room for it for a day.',
  ratelimited: 'The chat system had no time for it for a day.',
}

const whyOf = (code: string): string => WHYS[code] ?? `It could not be done for a day. The chat system called the reason “${code}”.`
