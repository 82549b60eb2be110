import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, CAPABILITY_NAMES, type CapabilityName } from '../../src/core/capability.ts'
import { type AccountId, asAccountId, type ChatId } from '../../src/core/ids.ts'
import type { ChatPlatform } from '../../src/ports/chat-platform.ts'
import type { News } from '../../src/ports/inbound.ts'
import { expectSentence, failing, given } from './expecting.ts'
import { type Screens, type SeenChat, showingSuite } from './showing.suite.ts'

/**
 * What every chat platform promises, run on each of them. A driver connects a fresh workspace for every test and
 * acts as its people; what the platform declares it can do decides what is expected of it, in both directions.
 */
export type PlatformDriver = {
  readonly name: string
  connect(): Promise<ConnectedWorkspace>
  /** Acts that people cannot do on this platform. */
  readonly cannot?: readonly Act[]
  /** Some platforms put the app out of an archived chat, or do not tell a deleted chat from a hidden one. */
  /** Does not know what somebody saw who was in the chat before, so whoever comes back sees nothing earlier, and nobody more than before. */
  readonly forgetsHistory?: true
  readonly looks?: { readonly archived?: 'closed' | 'unreachable'; readonly destroyed?: 'gone' | 'unreachable' }
}

type Act = 'archive' | 'destroy' | 'lockOut' | 'publish'

export type ConnectedWorkspace = {
  readonly platform: ChatPlatform
  /** The app's own account, which is never a member in our sense. */
  readonly app: AccountId
  /** People. `email` is in mixed case; guests come from outside. */
  signUp(person: { readonly name: string; readonly email: string; readonly kind?: 'member' | 'guest' }): Promise<AccountId>
  join(chat: ChatId, account: AccountId, by?: AccountId): Promise<void>
  leave(chat: ChatId, account: AccountId): Promise<void>
  archive(chat: ChatId): Promise<void>
  destroy(chat: ChatId): Promise<void>
  /** Puts the app out of the chat. */
  lockOut(chat: ChatId): Promise<void>
  /** Makes the chat readable by everybody of the organisation. */
  publish(chat: ChatId): Promise<void>
  /** Says something in the chat, and counts what an account can read of it. Only where `hideHistory` is native. */
  readonly history?: { say(chat: ChatId): Promise<void>; seen(chat: ChatId, account: AccountId): Promise<number> }
  /** Everything the platform has told us so far. */
  heard(): Promise<readonly News[]>
  /** What this account was told in private, as plain text. */
  told(account: AccountId): Promise<readonly string[]>
  seen(chat: ChatId): Promise<SeenChat>
  /** Makes a group of people; only where the platform keeps such. */
  group?(accounts: readonly AccountId[]): Promise<string>
  readonly screens?: Screens
  close(): Promise<void>
}

export function chatPlatformSuite(driver: PlatformDriver): void {
  describe(`chat platform: ${driver.name}`, () => {
    let at: ConnectedWorkspace
    beforeEach(async () => {
      at = await driver.connect()
    })
    afterEach(() => at.close())

    const can = (act: Act) => !driver.cannot?.includes(act)
    /** What a platform has not is no test that was left out. */
    const where = (possible: boolean) => (name: string, body: () => Promise<void>) => test.each(possible ? [name] : [])('%s', body)
    const people = async (count: number): Promise<readonly AccountId[]> => {
      const accounts: AccountId[] = []
      for (let n = 0; n < count; n++) accounts.push(await at.signUp({ name: `Person ${n}`, email: `Person${n}@Example.com` }))
      return accounts
    }
    /** Somebody to begin with, only where a chat cannot open without people. */
    const hosts = async (): Promise<readonly AccountId[]> =>
      at.platform.capabilities.opensWithMax > 0 ? [await at.signUp({ name: 'Host', email: 'host@example.com' })] : []
    const opened = async (operation = 'op-1'): Promise<ChatId> => {
      const first = await hosts()
      const { id } = given(await at.platform.open({ ...WISH, operation, first }))
      if (first.length > 0) await at.platform.remove(id, first)
      return id
    }
    const isNative = (name: CapabilityName) => at.platform.capabilities.can[name].level === 'native'

    test('U8 every capability is declared, and what is not native says so in sentences', () => {
      expect(Object.keys(at.platform.capabilities.can).sort()).toEqual([...CAPABILITY_NAMES].sort())
      for (const capability of Object.values(at.platform.capabilities.can)) {
        const { level, ...sentences } = capability
        if (level === 'native') expect(sentences).toEqual({})
        for (const sentence of Object.values(sentences)) expect(sentence).toMatch(/^[A-Z/].{10,}\.$/)
      }
    })

    test('what is refused hands out no token, and the reason with it', () => {
      for (const name of CAPABILITY_NAMES) {
        const capability = at.platform.capabilities.can[name]
        const asked = ask(at.platform.capabilities, name)
        expect(asked.ok).toBe(capability.level !== 'refused')
        if (capability.level === 'refused') expect(asked).toMatchObject({ why: capability.why, instead: capability.instead })
      }
    })

    test('O21 the same operation opens the same chat', async () => {
      const wish = { ...WISH, first: await hosts() }
      const first = given(await at.platform.open(wish))
      const second = given(await at.platform.open({ ...wish, tried: 'before' }))
      const { id, name, url } = first
      expect(second).toMatchObject({ id, name, url, isNew: false })
      expect(first.name.length).toBeLessThanOrEqual(at.platform.capabilities.nameMax)
      expect(first.url).toMatch(/^(https?:\/)?\//)
    })

    test('O21 another operation opens another chat, also under the same name', async () => {
      expect(await opened('op-2')).not.toBe(await opened('op-1'))
    })

    test('O20 in a new chat are those who were to be first, as many as it opens with, and nobody else', async () => {
      const first = await people(2)
      const { id, letIn = [] } = given(await at.platform.open({ ...WISH, operation: 'op-first', first }))
      expect([...letIn].sort()).toEqual(first.slice(0, at.platform.capabilities.opensWithMax).toSorted())
      expect([...given(await at.platform.members(id))].sort()).toEqual([...letIn].sort())
    })

    test('a new chat is open and has nobody in it but the app', async () => {
      const chat = await opened()
      expect(given(await at.platform.describe(chat)).state).toBe('open')
      expect(given(await at.platform.members(chat))).toEqual([])
    })

    test('members are complete over all pages, and never include the app', async () => {
      const chat = await opened()
      const everybody = await people(250)
      const { addMax } = at.platform.capabilities
      for (let from = 0; from < everybody.length; from += addMax) {
        const outcomes = await at.platform.add(chat, everybody.slice(from, from + addMax), 'all')
        expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(new Set(['done']))
      }
      const members = given(await at.platform.members(chat))
      expect([...members].sort()).toEqual([...everybody].sort())
      expect(members).not.toContain(at.app)
    })

    test('O24 adding answers for each person, in the order asked', async () => {
      const chat = await opened()
      const [ann, ben] = (await people(2)) as [AccountId, AccountId]
      expect(await at.platform.add(chat, [ann], 'all')).toEqual([{ kind: 'done' }])
      const outcomes = await at.platform.add(chat, [NOBODY, ann, ben], 'all')
      expect(outcomes.map((outcome) => outcome.kind)).toEqual(['refused', 'already', 'done'])
      expectSentence(outcomes[0])
      expect([...given(await at.platform.members(chat))].sort()).toEqual([ann, ben].sort())
    })

    test('adding twice is adding once', async () => {
      const chat = await opened()
      const [ann] = (await people(1)) as [AccountId]
      await at.platform.add(chat, [ann], 'all')
      expect(await at.platform.add(chat, [ann], 'all')).toEqual([{ kind: 'already' }])
      expect(given(await at.platform.members(chat))).toEqual([ann])
    })

    test('O26 removing takes people out, and who is not there was removed already', async () => {
      const chat = await opened()
      const [ann, ben] = (await people(2)) as [AccountId, AccountId]
      await at.platform.add(chat, [ann], 'all')
      expect((await at.platform.remove(chat, [ben, ann])).map((outcome) => outcome.kind)).toEqual(['already', 'done'])
      expect(await at.platform.remove(chat, [ann])).toEqual([{ kind: 'already' }])
      expect(given(await at.platform.members(chat))).toEqual([])
    })

    test('C5 a guest can be added unless guests are refused', async () => {
      const chat = await opened()
      const guest = await at.signUp({ name: 'Gast', email: 'gast@partner.example', kind: 'guest' })
      const [outcome] = await at.platform.add(chat, [guest], 'all')
      const refuses = at.platform.capabilities.can.guests.level === 'refused'
      expect(outcome?.kind === 'done').toBe(!refuses)
    })

    test('O22 what people do in the chat shows in its members', async () => {
      const chat = await opened()
      const [ann, ben] = (await people(2)) as [AccountId, AccountId]
      await at.platform.add(chat, [ann], 'all')
      await at.join(chat, ben, ann)
      await at.leave(chat, ann)
      expect(given(await at.platform.members(chat))).toEqual([ben])
    })

    test('O22 O23 joining and leaving are heard of where the platform tells them', async () => {
      const chat = await opened()
      const [ann, ben] = (await people(2)) as [AccountId, AccountId]
      await at.platform.add(chat, [ann], 'all')
      await at.join(chat, ben, ann)
      await at.leave(chat, ben)
      const heard = await at.heard()
      if (isNative('hearOfJoining')) expect(heard).toContainEqual(expect.objectContaining({ kind: 'joined', chat, account: ben, by: ann }))
      if (isNative('hearOfLeaving')) expect(heard).toContainEqual(expect.objectContaining({ kind: 'left', chat, account: ben }))
    })

    where(can('archive'))('an archived chat is closed, and its members are a failure or as they were, never an empty list', async () => {
      const { chat, ann } = await openedWithAnn()
      await at.archive(chat)
      const looks = driver.looks?.archived ?? 'closed'
      const state = await at.platform.describe(chat)
      expect(state.ok ? state.value.state : state.failure.kind).toBe(looks)
      await expectClosedDoor(chat, ann)
    })

    where(can('destroy'))('a deleted chat has no members to read, which is not an empty list', async () => {
      const { chat, ann } = await openedWithAnn()
      await at.destroy(chat)
      expect(failing(await at.platform.describe(chat)).kind).toBe(driver.looks?.destroyed ?? 'gone')
      await expectClosedDoor(chat, ann)
    })

    where(can('lockOut'))('a chat the app was put out of is unreachable, which is not gone and not empty', async () => {
      const { chat, ann } = await openedWithAnn()
      await at.lockOut(chat)
      expect(failing(await at.platform.describe(chat)).kind).toBe('unreachable')
      expect(failing(await at.platform.members(chat)).kind).toBe('unreachable')
      await expectClosedDoor(chat, ann)
    })

    test('U10 people are found by e-mail in the order asked, whatever its case', async () => {
      const [ann, ben] = (await people(2)) as [AccountId, AccountId]
      const found = await at.platform.resolve(['PERSON1@example.COM', 'nobody@example.com', 'person0@example.com'])
      expect(given(found).map((profile) => profile?.id ?? null)).toEqual([ben, null, ann])
    })

    test('a profile says who an account is; null for one that is not shown', async () => {
      const [ann] = (await people(1)) as [AccountId]
      const profile = { id: ann, name: 'Person 0', email: 'person0@example.com', kind: 'member', active: true }
      expect(given(await at.platform.profile(ann))).toEqual(profile)
      expect(given(await at.platform.profile(NOBODY))).toBeNull()
    })

    test('O25 O27 hidden history hides what was said before, where it is native', async () => {
      const asked = ask(at.platform.capabilities, 'hideHistory')
      if (!isNative('hideHistory') || !asked.ok) return expect(asked).toMatchObject({ ok: false, why: expect.any(String) })
      const { history } = at
      if (!history) throw new Error('The driver of a platform with hideHistory needs `history`')
      const chat = await opened()
      const [ann, ben] = (await people(2)) as [AccountId, AccountId]
      for (let n = 0; n < 2; n++) await history.say(chat)
      await at.platform.add(chat, [ann], { hidden: asked.token })
      await at.platform.add(chat, [ben], 'all')
      await history.say(chat)
      expect([await history.seen(chat, ann), await history.seen(chat, ben)]).toEqual([1, 3])
    })

    test('O27 whoever comes back as before sees no more than before, where history can be hidden', async () => {
      const asked = ask(at.platform.capabilities, 'hideHistory')
      const chat = await opened()
      const [ann, ben] = (await people(2)) as [AccountId, AccountId]
      expect((await at.platform.add(chat, [ben], 'as-before')).map(({ kind }) => kind)).toEqual(['done'])
      if (!isNative('hideHistory') || !asked.ok || !at.history) return
      for (let n = 0; n < 2; n++) await at.history.say(chat)
      await at.platform.add(chat, [ann], { hidden: asked.token })
      await at.platform.remove(chat, [ann])
      await at.history.say(chat)
      await at.platform.add(chat, [ann], 'as-before')
      const seen = [await at.history.seen(chat, ann), await at.history.seen(chat, ben)]
      expect(seen).toEqual(driver.forgetsHistory ? [0, 3] : [1, 3])
    })

    test('telling reaches one person alone', async () => {
      const chat = await opened()
      const [ann, ben] = (await people(2)) as [AccountId, AccountId]
      await at.platform.add(chat, [ann, ben], 'all')
      given(await at.platform.tell({ account: ann, chat, reply: null }, { text: 'You are an observer now.' }))
      expect((await at.told(ann)).join()).toContain('You are an observer now.')
      expect(await at.told(ben)).toEqual([])
    })

    test('telling reaches somebody outside the chat', async () => {
      const [ann] = (await people(1)) as [AccountId]
      given(await at.platform.tell({ account: ann, chat: null, reply: null }, { text: 'You were removed.' }))
      expect((await at.told(ann)).join()).toContain('You were removed.')
    })

    where(can('publish'))('K7 a chat that people opened to everybody is never taken for a private one', async () => {
      const { chat } = await openedWithAnn()
      expect(given(await at.platform.describe(chat)).isPublic).toBe(false)
      await at.publish(chat)
      const state = await at.platform.describe(chat)
      if (state.ok) expect(state.value.isPublic).toBe(true)
      else expectSentence(state.failure)
    })

    showingSuite({ at: () => at, open: opened, people })

    async function openedWithAnn(): Promise<{ chat: ChatId; ann: AccountId }> {
      const chat = await opened()
      const [ann] = (await people(1)) as [AccountId]
      await at.platform.add(chat, [ann], 'all')
      return { chat, ann }
    }

    /** Nobody can be read, added or taken out, and each time it says why. */
    async function expectClosedDoor(chat: ChatId, member: AccountId): Promise<void> {
      const stranger = await at.signUp({ name: 'Zoe', email: 'zoe@example.com' })
      const members = await at.platform.members(chat)
      if (members.ok) expect(members.value).toEqual([member])
      else expectSentence(members.failure)
      const outcomes = [...(await at.platform.add(chat, [stranger], 'all')), ...(await at.platform.remove(chat, [member]))]
      expect(outcomes.map(({ kind }) => kind === 'refused' || kind === 'impossible')).toEqual([true, true])
      expectSentence(outcomes[1])
    }
  })
}

const WISH = { operation: 'op-1', name: 'D-42 Müller & Söhne', topic: 'Deal D-42', tried: 'no' as const }
const NOBODY = asAccountId('U0NOBODY')
