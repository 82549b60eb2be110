import { expect, test } from 'vitest'
import { ask } from '../../src/core/capability.ts'
import { type AccountId, asChatId, type ChatId } from '../../src/core/ids.ts'
import type { Dialog } from '../../src/core/screen.ts'
import type { Display } from '../../src/ports/chat-platform.ts'
import type { ConnectedWorkspace } from './chat-platform.suite.ts'
import { expectSentence, failing, given } from './expecting.ts'

/** What people see of a chat, as each platform shows it. */
export type SeenChat = {
  /** What the cards of the item say; null where the chat stands beside its item, and no card is needed. */
  readonly cards: readonly string[] | null
  /** What the app said to everybody, without the cards. */
  readonly said: readonly string[]
}

/** Only where the app shows screens of its own inside the chat system. */
export type Screens = {
  /** Somebody presses something: the platform's handle to that. */
  press(account: AccountId): Promise<string>
  /** The title of the dialog that somebody has open. */
  dialog(account: AccountId): Promise<string>
  /** The app's own page as this person sees it, as text. */
  home(account: AccountId): Promise<string>
  /** Somebody posted a link: the platform's handle to their message. */
  readonly linkPlace: string
  /** What stands under the links that were posted, as text. */
  cards(): Promise<string>
}

type Setting = {
  readonly at: () => ConnectedWorkspace
  readonly open: (operation?: string) => Promise<ChatId>
  readonly people: (count: number) => Promise<readonly AccountId[]>
}

/** What every chat platform promises about what it shows and says, beside who is in the chat. */
export function showingSuite({ at, open, people }: Setting): void {
  const platform = () => at().platform

  test('K2 C8 a chat takes another name, which everybody sees; longer than the platform takes it is cut and not refused', async () => {
    const asked = ask(platform().capabilities, 'rename')
    if (!asked.ok) return expect(asked.why).toMatch(/\w.*\.$/)
    const chat = await open()
    const { name } = given(await platform().rename(chat, 'D-42 Blue Order', asked.token))
    expect(given(await platform().describe(chat)).name).toBe(name)
    expect(name.toLowerCase().replaceAll(/[ _]/g, '-')).toBe('d-42-blue-order')
    expect(given(await platform().rename(chat, 'D-42 Blue Order', asked.token)).name).toBe(name)
    const long = given(await platform().rename(chat, `D-42 ${'Blue '.repeat(60)}`, asked.token)).name
    expect(long.length).toBeLessThanOrEqual(platform().capabilities.nameMax)
    expect(given(await platform().describe(chat)).name).toBe(long)
    expectSentence(failing(await platform().rename(NO_CHAT, 'D-42', asked.token)))
  })

  test('K3 what the chat shows of its item is one card, edited in place, however often it changes', async () => {
    const chat = await open()
    const first = await platform().display(chat, showing('Stage: New'), null, 'none')
    const second = await platform().display(chat, showing('Stage: Won'), first.shown, 'none')
    const again = await platform().display(chat, showing('Stage: Won'), second.shown, 'none')
    expect([first.left, second.left, again.left]).toEqual([[], [], []])
    expect(again.shown).toEqual(second.shown)
    const { cards } = await at().seen(chat)
    if (cards) expect(cards).toEqual(['Stage: Won'])
  })

  test('K3 after a call that nobody remembers nothing is shown twice', async () => {
    const chat = await open()
    await platform().display(chat, showing('Stage: New'), null, 'none')
    await platform().display(chat, showing('Stage: New'), null, 'unanswered')
    const { cards } = await at().seen(chat)
    if (cards) expect(cards).toHaveLength(1)
  })

  test('K3 a chat that is not there shows nothing, and says why', async () => {
    const before = { card: 'before' }
    const { cards } = await at().seen(await open())
    const displayed = await platform().display(NO_CHAT, showing('Stage: New'), before, 'none')
    if (!cards) return expect(displayed.left).toEqual([])
    expect(displayed.left.length).toBeGreaterThan(0)
    for (const failure of displayed.left) expectSentence(failure)
  })

  test('K4 what is said to a chat is read by everybody in it, each time it is said', async () => {
    const chat = await open()
    const other = await open('op-2')
    given(await platform().post(chat, { text: 'Stage of D-42: New → Won' }))
    given(await platform().post(chat, { text: 'Responsible of D-42: Ann → Bob' }))
    const { said } = await at().seen(chat)
    expect(said).toEqual(['Stage of D-42: New → Won', 'Responsible of D-42: Ann → Bob'])
    expect((await at().seen(other)).said).toEqual([])
    expectSentence(failing(await platform().post(NO_CHAT, { text: 'Hello' })))
  })

  test('O13 where what is told leads is told with it', async () => {
    const [ann] = (await people(1)) as [AccountId]
    const link = { part: 'link', title: 'D-42 Order', url: 'https://ringside.example/items/42' } as const
    given(
      await platform().tell(
        { account: ann, chat: null, reply: null },
        { text: 'You are an observer.', parts: [{ part: 'text', text: 'You are an observer.' }, link] },
      ),
    )
    expect((await at().told(ann)).join(' ')).toContain('You are an observer.')
    expect((await at().told(ann)).join(' ')).toContain(link.url)
  })

  test('C5 somebody from outside is invited by their address, or the platform says why not', async () => {
    const asked = ask(platform().capabilities, 'outsiders')
    if (!asked.ok) return expect([asked.why, asked.instead].every((sentence) => /\w.*\.$/.test(sentence))).toBe(true)
    const chat = await open()
    const { url } = given(await platform().inviteOutsider(chat, 'client@partner.example', asked.token))
    if (url !== null) expect(url).toMatch(/^https:\/\//)
    expect(given(await platform().members(chat))).toEqual([])
    expectSentence(failing(await platform().inviteOutsider(chat, 'no address', asked.token)))
    expectSentence(failing(await platform().inviteOutsider(NO_CHAT, 'client@partner.example', asked.token)))
  })

  test('O8 a group of people is everybody in it, or a failure, and never nobody', async () => {
    const { group } = at()
    const [ann, ben] = (await people(2)) as [AccountId, AccountId]
    if (group) expect([...given(await platform().groupMembers(await group([ann, ben])))].sort()).toEqual([ann, ben].sort())
    expectSentence(failing(await platform().groupMembers('no-such-group')))
  })

  test('O8 K5 a dialog, a page of one’s own and a card under a link appear, or it is said that they cannot', async () => {
    const { screens } = at()
    const [ann] = (await people(1)) as [AccountId]
    if (!screens) {
      const said = [
        await platform().ask({ trigger: 'press' }, DIALOG),
        await platform().home(ann, { text: 'My items' }),
        await platform().unfurl('place', new Map([[LINK, { text: 'D-42 Order' }]])),
      ]
      for (const result of said) expectSentence(failing(result))
      return
    }
    given(await platform().ask({ trigger: await screens.press(ann) }, DIALOG))
    expect(await screens.dialog(ann)).toBe('Add people')
    given(await platform().home(ann, { text: 'My items' }))
    expect(await screens.home(ann)).toContain('My items')
    given(await platform().unfurl(screens.linkPlace, new Map([[LINK, { text: 'D-42 Order' }]])))
    expect(await screens.cards()).toContain('D-42 Order')
    expectSentence(failing(await platform().ask({ trigger: 'never-pressed' }, DIALOG)))
    expectSentence(failing(await platform().ask({ dialog: 'never-opened' }, DIALOG)))
  })
}

const NO_CHAT = asChatId('C0NOCHAT')
const LINK = 'https://ringside.example/items/42'
const DIALOG: Dialog = {
  name: 'add-people',
  about: 'item-42',
  title: 'Add people',
  submit: 'Add',
  parts: [{ part: 'text', text: 'They become observers of D-42.' }],
}

const showing = (card: string): Display => ({
  topic: 'Deal D-42',
  link: { title: 'D-42 Order', url: LINK },
  card: { text: card },
})
