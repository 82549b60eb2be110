import type { z } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FILE_PART_BYTES } from '../../src/core/file.ts'
import type * as chatContract from '../../src/http/api/chat-contract.ts'
import { type Client, openWorkspace, type Workspace } from './workspace.ts'

/** C9 files in chats: they come in parts, go with a message, and are seen by whoever sees it. */

type Chat = z.infer<typeof chatContract.Chat>
type Message = z.infer<typeof chatContract.Message>
type Files = z.infer<typeof chatContract.FilePage>
type Found = z.infer<typeof chatContract.SearchPage>

let at: Workspace
let ann: Client
let bob: Client
let finn: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  bob = await at.as('Bob')
  finn = await at.as('Finn')
})
afterAll(() => at.close())

const BYTES = { 'content-type': 'application/octet-stream' }
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const text = (words: string) => new TextEncoder().encode(words)

async function upload(who: Client, chat: string, name: string, bytes: Uint8Array): Promise<string> {
  const { id, parts } = await who.post<{ id: string; parts: number }>(`/chats/${chat}/files`, { name, size: bytes.length })
  for (let place = 0; place < parts; place++) {
    const part = bytes.slice(place * FILE_PART_BYTES, (place + 1) * FILE_PART_BYTES)
    expect((await who.ask('PUT', `/chats/${chat}/files/${id}/parts/${place}`, part, BYTES)).status).toBe(204)
  }
  return id
}

async function shared(chat: string, name: string, bytes: Uint8Array, words = '') {
  const id = await upload(ann, chat, name, bytes)
  const message = await ann.post<Message>(`/chats/${chat}/messages`, { text: words, files: [id] })
  return { id, message, path: `/chats/${chat}/files/${id}` }
}

const newChat = async () => (await ann.post<Chat>('/chats', { name: 'Files', people: [bob.id] })).id
const names = async (who: Client, chat: string) => (await who.get<Files>(`/chats/${chat}/files`)).items.map((one) => one.file.name)

test('C9 a file of several parts comes back byte by byte, with its name', async () => {
  const chat = await newChat()
  const bytes = Uint8Array.from({ length: FILE_PART_BYTES * 2 + 7 }, (_, place) => (place * 31) % 251)
  const { path, message } = await shared(chat, 'Übersicht (neu).bin', bytes)
  expect(message.files).toMatchObject([{ name: 'Übersicht (neu).bin', size: bytes.length, picture: null, url: `/api${path}` }])
  const response = await at.app.request(`/api${path}`, { headers: { cookie: bob.cookie } })
  expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''%C3%9Cbersicht%20%28neu%29.bin")
})

test.each([
  ['evil.html', text('<script>alert(1)</script>'), 'text/plain; charset=utf-8', 'attachment'],
  ['picture.png', text('<svg onload="alert(1)">'), 'text/plain; charset=utf-8', 'attachment'],
  ['evil.svg', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'text/plain; charset=utf-8', 'attachment'],
  ['really.txt', PNG, 'image/png', 'inline'],
  ['paper', text('%PDF-1.7'), 'application/pdf', 'attachment'],
  ['numbers', new Uint8Array([0, 1, 2, 250]), 'application/octet-stream', 'attachment'],
])('C9 %s is what its bytes are, and runs nowhere', async (name, bytes, type, how) => {
  const { path } = await shared(await newChat(), name, bytes)
  const { headers } = await bob.ask('GET', `${path}?inline=1`)
  expect(headers.get('content-type')).toBe(type)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(headers.get('content-disposition')).toMatch(new RegExp(`^${how};`))
  expect((await bob.ask('GET', path)).headers.get('content-disposition')).toMatch(/^attachment;/)
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ann\\plan.doc', 'plan.doc'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\r\nSet-Cookie: x.txt', 'aSet-Cookie: x.txt'],
  ['..', 'file'],
])('C9 the name %j becomes %s', async (name, plain) => {
  const { message } = await shared(await newChat(), name, text('x'))
  expect(message.files[0]?.name).toBe(plain)
})

test('C9 what is too large, too long, or not whole is refused with the reason', async () => {
  const chat = await newChat()
  expect(await ann.ask('POST', `/chats/${chat}/files`, { name: 'big', size: 26 * 1024 * 1024 })).toMatchObject({
    status: 422,
    body: { code: 'file_too_large', detail: 'A file may have at most 25 MiB.' },
  })
  const { id } = await ann.post<{ id: string }>(`/chats/${chat}/files`, { name: 'half', size: FILE_PART_BYTES + 10 })
  const put = (place: number, length: number) =>
    ann.ask('PUT', `/chats/${chat}/files/${id}/parts/${place}`, new Uint8Array(length).fill(65), BYTES)
  expect([(await put(0, 5)).status, (await put(1, 11)).status, (await put(2, 1)).status]).toEqual([422, 422, 422])
  await put(0, FILE_PART_BYTES)
  const send = () => ann.ask('POST', `/chats/${chat}/messages`, { text: '', files: [id] })
  expect(await send()).toMatchObject({ status: 422, body: { code: 'file_incomplete' } })
  await put(1, 10)
  expect((await send()).status).toBe(201)
  expect(await send()).toMatchObject({ status: 422, body: { field: 'files' } })
  expect((await ann.ask('POST', `/chats/${chat}/messages`, { text: '' })).status).toBe(400)
})

test('C9 nobody sends, fills or reads a file of somebody else that was not sent yet', async () => {
  const chat = await newChat()
  const id = await upload(ann, chat, 'mine.txt', text('mine'))
  expect((await bob.ask('POST', `/chats/${chat}/messages`, { text: '', files: [id] })).status).toBe(422)
  expect((await bob.ask('PUT', `/chats/${chat}/files/${id}/parts/0`, text('hers'), BYTES)).status).toBe(404)
  expect((await bob.ask('GET', `/chats/${chat}/files/${id}`)).status).toBe(404)
  const other = await newChat()
  expect((await ann.ask('POST', `/chats/${other}/messages`, { text: '', files: [id] })).status).toBe(422)
})

test('C9 O27 the files of a chat are listed, latest first, as far back as one sees', async () => {
  const chat = await newChat()
  const { path } = await shared(chat, 'before Finn.txt', text('before'))
  await ann.post(`/chats/${chat}/members`, { people: [finn.id], showHistory: false })
  await shared(chat, 'after Finn.txt', text('after'))
  expect(await names(bob, chat)).toEqual(['after Finn.txt', 'before Finn.txt'])
  expect(await names(finn, chat)).toEqual(['after Finn.txt'])
  expect((await finn.ask('GET', path)).status).toBe(404)
  const first = await bob.get<Files>(`/chats/${chat}/files?limit=1`)
  expect((await bob.get<Files>(`/chats/${chat}/files?limit=1&cursor=${first.next}`)).items[0]?.file.name).toBe('before Finn.txt')
})

test('C14 a file is found by its name, among messages or alone', async () => {
  const chat = await newChat()
  await shared(chat, 'Marmot contract.pdf', text('%PDF-'), 'See here')
  await ann.post(`/chats/${chat}/messages`, { text: 'The marmot again' })
  const found = async (places: string) =>
    (await bob.get<Found>(`/search?query=marmot${places}`)).items.map((hit) => hit.message.files[0]?.name ?? hit.message.text)
  expect(await found('')).toEqual(['The marmot again', 'Marmot contract.pdf'])
  expect(await found('&in=files')).toEqual(['Marmot contract.pdf'])
  expect(await found('&in=messages')).toEqual(['The marmot again'])
})

test('C9 with its message a file is gone', async () => {
  const chat = await newChat()
  const { path, message } = await shared(chat, 'gone.txt', text('gone'))
  await ann.delete(`/chats/${chat}/messages/${message.seq}`)
  expect((await ann.ask('GET', path)).status).toBe(404)
  expect(await names(ann, chat)).toEqual([])
})
