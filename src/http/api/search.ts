import { inOrganisation } from '../../../db/open.ts'
import { searchMessages } from '../../../db/web-search.ts'
import { snippetOf, wordsOf } from '../../core/snippet.ts'
import type { Surroundings } from '../context.ts'
import { messageViews } from '../present-chats.ts'
import { SearchPage } from './chat-contract.ts'
import { plain } from './contract.ts'
import { answers, api, createRoute, Paging, readTimeCursor, timeCursor, z } from './routes.ts'

/** The history of chats, searched by its members (C14). */

const Query = Paging.extend({
  query: plain().trim().min(1).max(200).describe('Words that all have to be there, in any order.'),
  in: z
    .string()
    .regex(/^(messages|files)(,(messages|files))?$/)
    .default('messages,files')
    .describe('What to look in: `messages`, `files`, or both with a comma.'),
  chat: z.string().max(100).optional().describe('Only in this chat.'),
})

const PLACES = ['messages', 'files'] as const

const find = createRoute({
  method: 'get',
  path: '/search',
  request: { query: Query },
  responses: answers(SearchPage, 'What the asker may see and the words are in.'),
})

export function searchRoutes({ engine }: Surroundings) {
  return api().openapi(find, async (c) => {
    const who = c.get('signedIn')
    const { query, chat, in: places, cursor, limit } = c.req.valid('query')
    const words = wordsOf(query)
    const page = await inOrganisation(engine.db, who.organisation, async (tx) => {
      const found = await searchMessages(tx, who.viewer.id, {
        words,
        chat,
        in: PLACES.filter((place) => places.includes(place)),
        before: readTimeCursor(cursor),
        limit: limit + 1,
      })
      const shown = found.slice(0, limit)
      const messages = await messageViews(
        tx,
        shown.map(({ door }) => door),
        shown.map(({ row }) => row),
      )
      const items = shown.flatMap(({ door: { chat: in_ }, row }, place) => {
        const message = messages[place]
        return message
          ? [
              {
                chat: { id: in_.id, name: in_.name, kind: in_.kind },
                message,
                snippet: [...snippetOf(row.text || message.files.map((file) => file.name).join(', '), words)],
              },
            ]
          : []
      })
      const last = found.length > limit ? shown.at(-1)?.row : undefined
      return { items, next: last ? timeCursor(last.at, last.id) : null }
    })
    return c.json(page, 200)
  })
}
