import { inOrganisation } from '../../../db/open.ts'
import { peopleById } from '../../../db/people.ts'
import { fileAt, type FileRow, filesIn, partAt, pictureOf, positionOf } from '../../../db/web-files.ts'
import { dispositionOf, FILE_PART_BYTES, isPicture, partsOf, UNKNOWN_TYPE } from '../../core/file.ts'
import type { Engine } from '../../engine/engine.ts'
import { announceFile, NO_FILE, takePart } from '../../engine/files.ts'
import { throughDoor } from '../../engine/messages.ts'
import type { OrganisationId } from '../../core/ids.ts'
import type { Surroundings } from '../context.ts'
import { fileView } from '../present-chats.ts'
import { personIn } from '../present.ts'
import { FileBegun, FilePage, NewFile } from './chat-contract.ts'
import { answers, api, createRoute, creates, doneSilently, Id, orProblem, Paging, readNumberCursor, takes, z } from './routes.ts'

/** Files in chats. Bytes come in parts, each in a request of its own, and go out in one answer. */

const PARTS_MAX = 1_000
const IdAndFile = Id.extend({ fileId: z.string().max(100) })
const Part = IdAndFile.extend({ place: z.coerce.number().int().min(0).max(PARTS_MAX) })
const Bytes = z.any().openapi({ type: 'string', format: 'binary' })
const Shown = z.object({ inline: z.literal('1').optional().describe('To show a picture in a page; anything else comes as an attachment.') })

const list = createRoute({
  method: 'get',
  path: '/chats/{id}/files',
  request: { params: Id, query: Paging },
  responses: answers(FilePage, 'The files of the messages that the asker sees, latest first.'),
})
const begin = createRoute({
  method: 'post',
  path: '/chats/{id}/files',
  request: { params: Id, body: takes(NewFile) },
  responses: creates(FileBegun, 'Send its parts, and then a message with its id. What is never sent is dropped after a day.'),
})
const part = createRoute({
  method: 'put',
  path: '/chats/{id}/files/{fileId}/parts/{place}',
  request: { params: Part, body: { required: true, content: { 'application/octet-stream': { schema: Bytes } } } },
  responses: doneSilently,
})
const read = createRoute({
  method: 'get',
  path: '/chats/{id}/files/{fileId}',
  request: { params: IdAndFile, query: Shown },
  responses: {
    ...doneSilently,
    200: {
      description: 'Its bytes, named by what they are and never run by a browser.',
      content: { 'application/octet-stream': { schema: Bytes } },
    },
  },
})

const picture = createRoute({
  method: 'get',
  path: '/chats/{id}/image',
  request: {
    params: Id,
    query: z.object({ of: z.string().max(100).optional().describe('Which one; another picture has another address.') }),
  },
  responses: read.responses,
})

export function fileRoutes({ engine }: Surroundings) {
  return api()
    .openapi(list, async (c) => {
      const { cursor, limit } = c.req.valid('query')
      const page = orProblem(
        await throughDoor(engine, c.get('signedIn'), c.req.valid('param').id, async (tx, door) => {
          const found = await filesIn(tx, door, readNumberCursor(cursor), limit + 1)
          const rows = found.slice(0, limit)
          const people = await peopleById(
            tx,
            rows.map((row) => row.ownerId),
          )
          const items = rows.map((row) => ({
            file: fileView(row),
            seq: row.seq ?? 0,
            by: personIn(people, row.ownerId),
            at: row.at.toISOString(),
          }))
          const last = found.length > limit ? rows.at(-1) : undefined
          return { ok: true, value: { items, next: last ? String(positionOf(last)) : null } }
        }),
      )
      return c.json(page, 200)
    })
    .openapi(begin, async (c) => {
      const { width = null, height = null, ...file } = c.req.valid('json')
      const begun = orProblem(
        await throughDoor(engine, c.get('signedIn'), c.req.valid('param').id, (tx, door) =>
          announceFile(engine, tx, door, { ...file, width, height }),
        ),
      )
      return c.json({ id: begun.id, parts: partsOf(begun.size), partBytes: FILE_PART_BYTES }, 201)
    })
    .openapi(part, async (c) => {
      const { id, fileId, place } = c.req.valid('param')
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      orProblem(await throughDoor(engine, c.get('signedIn'), id, (tx, door) => takePart(tx, door, fileId, place, bytes)))
      return c.body(null, 204)
    })
    .openapi(read, async (c) => {
      const who = c.get('signedIn')
      const { id, fileId } = c.req.valid('param')
      const file = orProblem(
        await throughDoor(engine, who, id, async (tx, door) => {
          const row = await fileAt(tx, door, fileId)
          return row ? { ok: true, value: row } : NO_FILE
        }),
      )
      const inline = c.req.valid('query').inline === '1' && isPicture(file.type)
      return c.body(bytesOf(engine, who.organisation, file), 200, headersOf(file, inline ? 'inline' : 'attachment'))
    })
    .openapi(picture, async (c) => {
      const who = c.get('signedIn')
      const file = orProblem(
        await throughDoor(engine, who, c.req.valid('param').id, async (tx, door) => {
          const row = await pictureOf(tx, door)
          return row ? { ok: true, value: row } : NO_FILE
        }),
      )
      return c.body(bytesOf(engine, who.organisation, file), 200, headersOf(file, 'inline'))
    })
}

const headersOf = (file: FileRow, how: 'inline' | 'attachment') => ({
  'content-type': file.type ?? UNKNOWN_TYPE,
  'content-length': String(file.size),
  'content-disposition': dispositionOf(how, file.name),
})

/** One part at a time, so that a large file takes no more memory than a small one. */
function bytesOf(engine: Engine, organisation: OrganisationId, file: FileRow): ReadableStream<Uint8Array> {
  let place = 0
  return new ReadableStream({
    async pull(out) {
      const bytes = await inOrganisation(engine.db, organisation, (tx) => partAt(tx, file.id, place))
      if (!bytes) return out.error(new Error('The file was deleted while it was read.'))
      out.enqueue(bytes)
      place += 1
      if (place === partsOf(file.size)) out.close()
    },
  })
}
