import { afterEach, beforeEach, expect, test } from 'vitest'
import { asAccountId } from '../../src/core/ids.ts'
import type { ChatWish } from '../../src/ports/chat-platform.ts'
import { memoryPace } from '../fakes/pace.ts'
import { type FakeTeams, startFakeTeams } from '../fakes/teams/server.ts'
import { failing, given } from './expecting.ts'
import { platformOf } from './teams-connected.ts'

let teams: FakeTeams
beforeEach(async () => void (teams = await startFakeTeams()))
afterEach(() => teams.close())

const person = (name: string, guest = false) => asAccountId(teams.world.signUp(name, `${name}@example.com`, { guest }).id)
const wishFor = (first: ChatWish['first'], more: Partial<ChatWish> = {}): ChatWish => ({
  operation: 'op-1',
  name: 'D-42: Order',
  topic: 'Deal D-42',
  first,
  tried: 'no',
  ...more,
})
const chats = () => [...teams.state.chats.values()]
const WANTED = { topic: '', link: { title: 'D-42', url: 'https://ringside.example/items/42' }, card: { text: 'Stage: New' } }

test('O20 one call opens the chat with everybody in it, guests as guests, and the app is installed there', async () => {
  const first = [person('ann'), person('ben'), person('gast', true)]
  const opened = given(await platformOf(teams).open(wishFor(first)))
  expect(opened).toMatchObject({ name: 'D-42 - Order', isNew: true, letIn: first })
  expect(teams.calls('POST', /^\/chats$/)).toHaveLength(1)
  expect(teams.calls('POST', /\/members$/)).toEqual([])
  expect(chats()).toMatchObject([{ installed: true }])
})

test('O20 somebody who is not there any more, or switched off, does not keep the others from their chat', async () => {
  const [ann, ben] = [person('ann'), person('ben')]
  teams.state.users.get(ben)!.enabled = false
  const first = [asAccountId('99999999-9999-4999-8999-999999999999'), ann, ben]
  expect(given(await platformOf(teams).open(wishFor(first))).letIn).toEqual([ann])
})

test('without anybody who has an account nothing is opened, and it says why', async () => {
  expect(failing(await platformOf(teams).open(wishFor([])))).toMatchObject({ kind: 'refused', code: 'nobody_first', mender: 'member' })
  expect(chats()).toEqual([])
})

test('O21 after a lost answer the chat is found by its sign, and the sign goes when the card is shown', async () => {
  const platform = platformOf(teams)
  const first = [person('ann')]
  teams.state.troubles.push({ method: 'POST', path: /^\/chats$/, lost: true })
  expect(failing(await platform.open(wishFor(first))).kind).toBe('uncertain')
  const found = given(await platform.open(wishFor(first, { tried: 'lately' })))
  expect(found).toMatchObject({ id: chats()[0]?.id, name: 'D-42 - Order', isNew: false })
  expect(chats()).toHaveLength(1)
  expect(chats()[0]?.topic).toMatch(/^D-42 - Order \(r-[0-9a-z]+\)$/)
  expect(given(await platform.describe(found.id)).name).toBe('D-42 - Order')
  expect((await platform.display(found.id, WANTED, null, 'none')).left).toEqual([])
  expect(chats()[0]?.topic).toBe('D-42 - Order')
})

test('O21 while the lost call may still take effect nothing is opened; afterwards what is not found is opened', async () => {
  const platform = platformOf(teams)
  const first = [person('ann')]
  expect(failing(await platform.open(wishFor(first, { tried: 'lately' })))).toMatchObject({ kind: 'later', code: 'not_found_yet' })
  expect(chats()).toEqual([])
  expect(given(await platform.open(wishFor(first, { tried: 'before' }))).isNew).toBe(true)
})

test('O21 a chat that people gave the same name is nobody’s lost one', async () => {
  const platform = platformOf(teams)
  const first = [person('ann')]
  const theirs = given(await platform.open(wishFor(first, { operation: 'op-2' })))
  await platform.display(theirs.id, WANTED, null, 'none')
  expect(given(await platform.open(wishFor(first, { tried: 'before' }))).id).not.toBe(theirs.id)
})

test('K11 without the permission to look for it, nothing is opened a second time', async () => {
  teams.state.withheld.add('Chat.ReadBasic.All')
  const tried = await platformOf(teams).open(wishFor([person('ann')], { tried: 'before' }))
  expect(failing(tried)).toMatchObject({ kind: 'reconnect', code: 'missing_scope' })
  expect(chats()).toEqual([])
})

test('O21 an app that could not be installed is tried again in the same chat', async () => {
  const platform = platformOf(teams)
  const first = [person('ann')]
  teams.state.troubles.push({ method: 'POST', path: /installedApps$/, status: 429, code: 'TooManyRequests', retryAfter: '3' })
  expect(failing(await platform.open(wishFor(first))).kind).toBe('uncertain')
  // Whoever comes later is not held up by the wait.
  expect(given(await platformOf(teams).open(wishFor(first, { tried: 'lately' }))).id).toBe(chats()[0]?.id)
  expect(chats()).toMatchObject([{ installed: true }])
})

test('U7 an organisation that does not offer the app is told whom to ask', async () => {
  teams.state.catalog = null
  expect(failing(await platformOf(teams).open(wishFor([person('ann')])))).toMatchObject({ kind: 'refused', mender: 'workspace-owner' })
})

test('four people a minute go into one chat; the others wait, and cost no call', async () => {
  teams.state.changesAMinute = 4
  const platform = platformOf(teams, { limitFactor: 1, pace: memoryPace(Date.now) })
  const { id } = given(await platform.open(wishFor([person('host')])))
  const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => person(name))
  const outcomes = await platform.add(id, six, 'all')
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done', 'done', 'later', 'later'])
  expect(teams.calls('POST', /\/members$/)).toHaveLength(4)
  expect(platform.timeFor({ adds: 6 })).toBe(61_000)
})

test('too fast: wait as long as Microsoft says, fractions and all', async () => {
  const platform = platformOf(teams)
  const { id } = given(await platform.open(wishFor([person('host')])))
  teams.state.troubles.push({ method: 'POST', path: /\/members$/, status: 429, code: 'TooManyRequests', retryAfter: '2.128' })
  expect(await platform.add(id, [person('ann')], 'all')).toMatchObject([{ kind: 'later', afterMs: 2128 }])
})

test('O22 a list that lags is what it is: the port is told so', async () => {
  const platform = platformOf(teams)
  const { id } = given(await platform.open(wishFor([person('host')])))
  teams.state.lags = true
  teams.world.join(id, person('ben'))
  expect(given(await platform.members(id))).toHaveLength(1)
  expect(platform.capabilities.readings).toBe('lagging')
})

test('O13 who has no conversation with the app is told nothing, and it says who can mend that', async () => {
  const ann = person('ann')
  teams.state.users.get(ann)!.personal = false
  const told = await platformOf(teams).tell({ account: ann, chat: null, reply: null }, { text: 'Hello' })
  expect(failing(told)).toMatchObject({ kind: 'refused', mender: 'workspace-owner', why: expect.stringContaining('Setup policies') })
})
