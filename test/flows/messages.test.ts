import type { z } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as chatContract from '../../src/http/api/chat-contract.ts'
import type * as contract from '../../src/http/api/contract.ts'
import { type Client, openWorkspace, type Workspace } from './workspace.ts'

/** What is said in chats, what is done with it, and how it is found again. Finn always came late, with the history hidden. */

type Chat = z.infer<typeof chatContract.Chat>
type Message = z.infer<typeof chatContract.Message>
type Messages = z.infer<typeof chatContract.MessagePage>
type Found = z.infer<typeof chatContract.SearchPage>
type Notifications = z.infer<typeof contract.NotificationPage>

let at: Workspace
let ann: Client
let bob: Client
let finn: Client
let ada: Client
beforeAll(async () => {
  at = await openWorkspace()
  ann = await at.as('Ann')
  bob = await at.as('Bob')
  finn = await at.as('Finn')
  ada = await at.as('Ada')
})
afterAll(() => at.close())

const say = (who: Client, chat: string, text: string, replyTo?: number) =>
  who.post<Message>(`/chats/${chat}/messages`, { text, ...(replyTo && { replyTo }) })
const page = (who: Client, chat: string, query = '') => who.get<Messages>(`/chats/${chat}/messages?limit=200&${query}`)
const message = async (who: Client, chat: string, seq: number) => (await page(who, chat)).items.find((one) => one.seq === seq)
const find = async (who: Client, query: string, more = '') =>
  (await who.get<Found>(`/search?query=${encodeURIComponent(query)}${more}`)).items
const texts = async (who: Client, query: string, more = '') => (await find(who, query, more)).map((hit) => hit.message.text)
const told = async (who: Client) => (await who.get<Notifications>('/notifications')).items

/** A chat of Ann and Bob with one message that Finn, who comes after it, does not see. */
async function withFinn(text: string): Promise<{ id: string; hidden: Message }> {
  const { id } = await ann.post<Chat>('/chats', { name: 'With Finn', people: [bob.id] })
  const hidden = await say(ann, id, text)
  await ann.post(`/chats/${id}/members`, { people: [finn.id], showHistory: false })
  return { id, hidden }
}

describe('C14 the history is found again', () => {
  test('by words in any order and any case, latest first, with the words marked', async () => {
    const { id } = await ann.post<Chat>('/chats', { name: 'Haystack', people: [bob.id] })
    await say(ann, id, 'The Quokka budget is approved')
    await say(bob, id, 'Which budget?')
    await say(bob, id, 'budget of the quokka: 40 % more')
    expect(await texts(ann, 'budget QUOKKA')).toEqual(['budget of the quokka: 40 % more', 'The Quokka budget is approved'])
    const [hit] = await find(ann, 'approved quokka')
    expect(hit).toMatchObject({ chat: { id, name: 'Haystack', kind: 'private' }, message: { author: { name: 'Ann Reed' } } })
    expect(hit?.snippet.filter((piece) => piece.marked).map((piece) => piece.text)).toEqual(['Quokka', 'approved'])
    expect(await texts(ann, '40 %')).toEqual(['budget of the quokka: 40 % more'])
    expect(await texts(ann, 'quokka_budget')).toEqual([])
  })

  test('in scripts without spaces between words', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    await say(ann, id, '明日の会議で契約を更新します')
    await say(ann, id, 'ประชุมพรุ่งนี้เรื่องสัญญา')
    expect(await texts(bob, '契約')).toEqual(['明日の会議で契約を更新します'])
    expect(await texts(bob, 'สัญญา')).toEqual(['ประชุมพรุ่งนี้เรื่องสัญญา'])
  })

  test('in one chat alone, and page by page', async () => {
    const one = await ann.post<Chat>('/chats', { people: [bob.id] })
    const other = await ann.post<Chat>('/chats', { people: [bob.id] })
    for (let n = 0; n < 7; n++) await say(ann, one.id, `Narwhal ${n}`)
    await say(ann, other.id, 'Narwhal elsewhere')
    expect(await texts(bob, 'narwhal', `&chat=${one.id}`)).toHaveLength(7)
    const found: string[] = []
    let next: string | null = ''
    for (let read = 0; read < 9 && next !== null; read++) {
      const part: Found = await bob.get<Found>(`/search?query=narwhal&limit=3${next && `&cursor=${next}`}`)
      found.push(...part.items.map((hit) => hit.message.text))
      next = part.next
    }
    expect(found).toEqual(['Narwhal elsewhere', ...[6, 5, 4, 3, 2, 1, 0].map((n) => `Narwhal ${n}`)])
  })

  test('O27 C2 C3 and never by somebody who does not see it: outsiders, administrators, who left, who came later', async () => {
    const { id, hidden } = await withFinn('Wolpertinger before Finn')
    await say(ann, id, 'Wolpertinger for all')
    expect(await texts(finn, 'wolpertinger')).toEqual(['Wolpertinger for all'])
    expect(await texts(ada, 'wolpertinger')).toEqual([])
    expect(await texts(ada, 'wolpertinger', `&chat=${id}`)).toEqual([])
    await bob.delete(`/chats/${id}/members/${bob.id}`)
    expect(await texts(bob, 'wolpertinger')).toEqual([])
    expect((await find(ann, 'wolpertinger')).map((hit) => hit.message.seq)).toContain(hidden.seq)
  })

  test('and opens in its place: as much before it as after it, on to both ends', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    for (let n = 0; n < 30; n++) await say(ann, id, `Line ${n}`)
    const around = await bob.get<Messages>(`/chats/${id}/messages?around=16&limit=10`)
    expect(around.items.map((one) => one.seq)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
    expect([around.next, around.newer]).toEqual(['11', true])
    const begin = await bob.get<Messages>(`/chats/${id}/messages?around=2&limit=10`)
    expect([begin.items[0]?.seq, begin.next, begin.newer]).toEqual([1, null, true])
    const end = await bob.get<Messages>(`/chats/${id}/messages?around=31&limit=10`)
    expect([end.items.at(-1)?.seq, end.next, end.newer]).toEqual([31, '26', false])
    expect((await bob.get<Messages>(`/chats/${id}/messages?before=11&limit=5`)).newer).toBe(true)
    expect((await bob.get<Messages>(`/chats/${id}/messages?limit=5`)).newer).toBe(false)
  })

  test('O27 not behind the door, however it is asked for', async () => {
    const { id, hidden } = await withFinn('Before Finn')
    for (const query of [`around=${hidden.seq}`, 'around=0', 'after=0', `before=${hidden.seq + 1}`, `cursor=${hidden.seq + 1}`]) {
      const seen = await finn.get<Messages>(`/chats/${id}/messages?${query}&limit=3`)
      expect([query, seen.items.filter((one) => one.kind === 'text')]).toEqual([query, []])
      expect([query, seen.items.some((one) => one.seq <= hidden.seq)]).toEqual([query, false])
    }
  })
})

describe('replies', () => {
  test('show whom and what they answer', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    const asked = await say(ann, id, 'Shall we?')
    const answer = await say(bob, id, 'Yes', asked.seq)
    expect(answer.reply).toMatchObject({ seq: asked.seq, author: { name: 'Ann Reed' }, text: 'Shall we?' })
    expect((await message(ann, id, answer.seq))?.reply).toEqual(answer.reply)
  })

  test('O27 whoever came later sees that something was answered, and not what', async () => {
    const { id, hidden } = await withFinn('The secret offer')
    const answer = await say(bob, id, 'I agree', hidden.seq)
    expect((await message(finn, id, answer.seq))?.reply).toEqual({ seq: null, author: null, text: '' })
    const refused = await finn.ask('POST', `/chats/${id}/messages`, { text: 'Me too', replyTo: hidden.seq })
    const unknown = await finn.ask('POST', `/chats/${id}/messages`, { text: 'Me too', replyTo: 999 })
    expect([refused.status, refused.text]).toEqual([422, unknown.text])
  })
})

describe('reactions', () => {
  test('are counted, say who, and are taken back', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    const { seq } = await say(ann, id, 'We won it')
    const thumb = `/chats/${id}/messages/${seq}/reactions/${encodeURIComponent('👍🏽')}`
    for (const who of [bob, bob, ann]) expect((await who.ask('PUT', thumb)).status).toBe(200)
    expect((await message(bob, id, seq))?.reactions).toMatchObject([
      { emoji: '👍🏽', count: 2, mine: true, people: [{ name: 'Bob Chen' }, { name: 'Ann Reed' }] },
    ])
    await ann.ask('DELETE', thumb)
    expect((await message(ann, id, seq))?.reactions).toMatchObject([{ count: 1, mine: false }])
  })

  test('are one emoji each, and not endless', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    const { seq } = await say(ann, id, 'Feel')
    const feel = (emoji: string) => ann.ask('PUT', `/chats/${id}/messages/${seq}/reactions/${encodeURIComponent(emoji)}`)
    for (const wrong of ['x', '👍👍', '<b>']) expect([wrong, (await feel(wrong)).status]).toEqual([wrong, 400])
    const many = '😀 😁 😂 😃 😄 😅 😆 😇 😈 😉 😊 😋 😌 😍 😎 😏 😐 😑 😒 😓 😔'.split(' ')
    const statuses = []
    for (const emoji of many) statuses.push((await feel(emoji)).status)
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([20, 422])
  })

  test('O27 nobody reacts to what they do not see', async () => {
    const { id, hidden } = await withFinn('Unseen')
    expect((await finn.ask('PUT', `/chats/${id}/messages/${hidden.seq}/reactions/${encodeURIComponent('👍')}`)).status).toBe(404)
    expect((await ada.ask('PUT', `/chats/${id}/messages/${hidden.seq}/reactions/${encodeURIComponent('👍')}`)).status).toBe(404)
    expect((await message(ann, id, hidden.seq))?.reactions).toEqual([])
  })
})

describe('one’s own messages', () => {
  test('are changed, which shows, and found by their new words only', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    const { seq } = await say(ann, id, 'The Okapi price is 10')
    expect(await ann.patch<Message>(`/chats/${id}/messages/${seq}`, { text: 'The Okapi price is 12' })).toMatchObject({
      text: 'The Okapi price is 12',
      editedAt: expect.any(String),
    })
    expect(await texts(bob, 'okapi')).toEqual(['The Okapi price is 12'])
    expect((await bob.ask('PATCH', `/chats/${id}/messages/${seq}`, { text: 'Free' })).status).toBe(403)
    expect((await ann.ask('PATCH', `/chats/${id}/messages/1`, { text: 'Nobody joined' })).status).toBe(404)
  })

  test('are taken back: a line stays, and nothing of the words anywhere', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    const { seq } = await say(ann, id, 'Basilisk')
    const answer = await say(bob, id, 'What?', seq)
    await bob.ask('PUT', `/chats/${id}/messages/${seq}/reactions/${encodeURIComponent('👀')}`)
    expect((await bob.ask('DELETE', `/chats/${id}/messages/${seq}`)).status).toBe(403)
    await ann.delete(`/chats/${id}/messages/${seq}`)
    expect(await message(bob, id, seq)).toMatchObject({ deleted: true, text: '', reactions: [], author: { name: 'Ann Reed' } })
    expect((await message(bob, id, answer.seq))?.reply).toMatchObject({ seq, text: '' })
    expect(await texts(bob, 'basilisk')).toEqual([])
    expect((await ann.ask('PATCH', `/chats/${id}/messages/${seq}`, { text: 'Back' })).status).toBe(404)
    expect((await bob.ask('POST', `/chats/${id}/messages`, { text: 'To nothing', replyTo: seq })).status).toBe(422)
  })

  test('what was taken back is not unread', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    const { seq } = await say(ann, id, 'Oops')
    await ann.delete(`/chats/${id}/messages/${seq}`)
    expect((await bob.get<Chat>(`/chats/${id}`)).unread).toBe(0)
  })
})

describe('a mention', () => {
  test('tells whoever it names, once, with the way there, and not its words', async () => {
    const { id } = await ann.post<Chat>('/chats', { name: 'Named', people: [bob.id] })
    const said = await say(ann, id, '@Bob Chen and @bob, is it 30 thousand?')
    expect(said.mentions.map((one) => one.name)).toEqual(['Bob Chen'])
    const about = (await told(bob)).filter((one) => one.chat === id && one.kind === 'mentioned')
    expect(about).toMatchObject([{ text: 'Ann Reed mentioned you in Named.', seq: said.seq, by: { name: 'Ann Reed' } }])
    await ann.patch(`/chats/${id}/messages/${said.seq}`, { text: '@Bob Chen, is it 40 thousand?' })
    expect((await told(bob)).filter((one) => one.chat === id && one.kind === 'mentioned')).toHaveLength(1)
  })

  test('C12 tells nobody who is not in the chat, or turned its notifications off, or wrote it', async () => {
    const { id } = await ann.post<Chat>('/chats', { people: [bob.id] })
    await bob.put(`/chats/${id}/mute`, { muted: true })
    await say(ann, id, '@Ada Novak @Bob Chen @Ann Reed')
    for (const who of [ada, bob, ann]) expect((await told(who)).filter((one) => one.chat === id && one.kind === 'mentioned')).toEqual([])
  })
})
