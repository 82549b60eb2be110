import { expect as patient, type Page } from '@playwright/test'
import { afterAll, beforeAll, test } from 'vitest'
import { openRingside, PHONE, type Ringside } from './ringside.ts'

/** The first minute of a newcomer, and what the two texts promise, walked in a real browser against the real service. */

let ringside: Ringside

/** The machine may be busy: what is expected may take a while, but must come. */
const expect = patient.configure({ timeout: 15_000 })

beforeAll(async () => {
  ringside = await openRingside()
})
afterAll(() => ringside?.close())

const members = (page: Page) => page.getByRole('complementary', { name: 'People' }).getByRole('listitem')
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' })

async function openItem(page: Page, title: string): Promise<void> {
  await page.goto(ringside.url)
  await page
    .getByRole('link', { name: new RegExp(title) })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.keyboard.press('Enter')
  await expect(messages(page).getByText(text)).toBeVisible()
}

test('O8 O13 O18 O20 O22 O24 O26 O27 a deal is discussed, and its chat and observers stay agreed while people watch', async () => {
  const ann = await ringside.enterAs('Ann Reed')
  const dan = await ringside.enterAs('Dan Okafor')
  const finn = await ringside.enterAs('Finn Morel')

  await openItem(ann, 'Acme renewal')
  await ann.getByRole('button', { name: 'Discuss in chat' }).first().click()
  await expect(ann.getByRole('heading', { name: 'D-42 Acme renewal', level: 1 })).toBeVisible()
  await expect(members(ann)).toHaveCount(4)
  const chat = ann.url()

  // Dan observes, so the chat is in his list without anybody having invited him, and what Ann writes appears by itself.
  await dan.getByRole('link', { name: 'Chats' }).click()
  await dan.getByRole('link', { name: /D-42 Acme renewal/ }).click()
  await say(ann, 'They asked for a discount of 10 %.')
  await expect(messages(dan).getByText('They asked for a discount of 10 %.')).toBeVisible()

  // Finn is invited with the history hidden: he becomes an observer and sees only what comes from now on.
  await ann.getByRole('button', { name: 'Invite people' }).first().click()
  await ann.getByRole('checkbox', { name: /Finn Morel/ }).check()
  await ann.getByRole('switch', { name: 'Show history' }).uncheck()
  await ann
    .getByRole('complementary', { name: 'Invite people' })
    .getByRole('button', { name: /^Invite/ })
    .click()
  await expect(ann.getByText('Private · 5 people')).toBeVisible()
  await say(ann, 'Finn, can you call them?')
  await finn.goto(chat)
  await expect(messages(finn).getByText('Finn, can you call them?')).toBeVisible()
  await expect(finn.getByText(/Earlier messages are not shown/)).toBeVisible()
  await expect(messages(finn).getByText('discount')).toHaveCount(0)
  await finn.getByRole('link', { name: 'Notifications' }).click()
  await expect(finn.getByText(/Ann Reed added you as an observer of Acme renewal \(D-42\)/)).toBeVisible()

  // Ann takes Dan off the item: his chat goes, and he is told.
  await openItem(ann, 'Acme renewal')
  await expect(ann.getByRole('button', { name: 'Remove Finn Morel as an observer' })).toBeVisible()
  await ann.getByRole('button', { name: 'Remove Dan Okafor as an observer' }).click()
  await expect(dan.getByRole('link', { name: /D-42 Acme renewal/ })).toHaveCount(0)
  await dan.getByRole('link', { name: 'Notifications' }).click()
  await expect(dan.getByText(/Ann Reed removed you as an observer of Acme renewal/)).toBeVisible()
  await dan.goto(chat)
  await expect(dan.getByText("You can't see this, or it doesn't exist.").first()).toBeVisible()

  // And puts him and Cid back: both are in the chat again, with all of its messages.
  await ann.getByRole('button', { name: 'Add observers' }).click()
  await ann.getByRole('checkbox', { name: /Dan Okafor/ }).check()
  await ann.getByRole('checkbox', { name: /Cid Baker/ }).check()
  await ann.getByRole('button', { name: 'Add 2 people' }).click()
  await expect(ann.getByRole('button', { name: 'Remove Cid Baker as an observer' })).toBeVisible()
  await ann.getByRole('button', { name: 'Open chat' }).first().click()
  await expect(ann.getByText('Private · 6 people')).toBeVisible()
  await dan.goto(chat)
  await expect(messages(dan).getByText('They asked for a discount of 10 %.')).toBeVisible()
})

test('O23 O28 whoever leaves the chat still observes, and the item says so', async () => {
  const eve = await ringside.enterAs('Eve Lindqvist')
  await openItem(eve, 'Acme renewal')
  await eve
    .getByRole('button', { name: /Discuss in chat|Open chat/ })
    .first()
    .click()
  await eve.getByRole('button', { name: 'More for this chat' }).click()
  await eve.getByRole('menuitem', { name: 'Leave chat' }).click()
  await eve.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await expect(eve.getByText('You left the chat. You still observe D-42, and you can come back any time.').first()).toBeVisible()

  const ann = await ringside.enterAs('Ann Reed')
  await openItem(ann, 'Acme renewal')
  await ann.getByRole('button', { name: 'Eve Lindqvist not in the chat', exact: true }).click()
  await expect(ann.getByText(/Eve Lindqvist observes D-42 but left the chat/)).toBeVisible()
})

test('O3 C3 an outsider and an administrator find nothing behind the address of a chat', async () => {
  const ann = await ringside.enterAs('Ann Reed')
  await ann.getByRole('link', { name: 'Chats' }).click()
  await ann.getByRole('link', { name: /D-42 Acme renewal/ }).click()
  await expect(ann.getByRole('heading', { name: 'D-42 Acme renewal', level: 1 })).toBeVisible()
  for (const name of ['Gina Rossi', 'Ada Novak']) {
    const page = await ringside.enterAs(name)
    await page.goto(ann.url())
    await expect(page.getByText("You can't see this, or it doesn't exist.").first()).toBeVisible()
    await expect(page.getByText('discount')).toHaveCount(0)
  }
})

test('O7 an estimate has no Observers field and no chat, and says why', async () => {
  const max = await ringside.enterAs('Max Weber')
  await max.getByRole('tab', { name: /Estimates/ }).click()
  await max
    .getByRole('link', { name: /estimate for/ })
    .first()
    .click()
  await expect(max.getByText("Estimates don't have observers or a chat.")).toBeVisible()
  await expect(max.getByRole('button', { name: 'Discuss in chat' })).toHaveCount(0)
  await expect(max.getByRole('heading', { name: /Observers/ })).toHaveCount(0)
})

test('O9 O19 O30 on a phone: discuss from the list, tick observers off and on, save', async () => {
  const cid = await ringside.enterAs('Cid Baker', PHONE)
  await cid.getByRole('searchbox', { name: 'Search items' }).fill('Borealis rollout')
  await cid.getByRole('button', { name: /More for D-13/ }).click()
  await cid.getByRole('menuitem', { name: 'Discuss in chat' }).click()
  await expect(cid.getByRole('heading', { name: 'D-13 Borealis rollout', level: 1 })).toBeVisible()
  await expect(cid.getByText('Private · 2 people')).toBeVisible()

  await openItem(cid, 'Borealis rollout')
  await cid.getByRole('button', { name: 'Edit D-13' }).click()
  await cid.getByRole('button', { name: 'Choose people' }).click()
  await cid.getByRole('checkbox', { name: /Ann Reed/ }).uncheck()
  await cid.getByRole('checkbox', { name: /Bob Chen/ }).check()
  await cid.getByRole('button', { name: /^Select/ }).click()
  await cid.getByRole('button', { name: 'Save' }).click()
  await expect(cid.getByRole('button', { name: 'Bob Chen', exact: true })).toBeVisible()
  await expect(cid.getByRole('button', { name: 'Ann Reed', exact: true })).toHaveCount(0)

  const sideways = await cid.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(sideways).toBe(0)
  const bob = await ringside.enterAs('Bob Chen', PHONE)
  await bob.getByRole('link', { name: 'Chats' }).click()
  await expect(bob.getByRole('link', { name: /D-13 Borealis rollout/ })).toBeVisible()
})

test('C4 C6 C7 C12 a private chat of people’s own: made, written in, muted, and unknown to everybody else', async () => {
  const dan = await ringside.enterAs('Dan Okafor')
  await dan.getByRole('link', { name: 'Chats' }).click()
  await dan.getByRole('button', { name: 'New private chat' }).click()
  const dialog = dan.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: /Eve Lindqvist/ }).check()
  await dialog.getByRole('textbox', { name: /Welcome text/ }).fill('Only the two of us.')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(dan.getByRole('heading', { name: 'Dan, Eve', level: 1 })).toBeVisible()
  await expect(messages(dan).getByText('Only the two of us.')).toBeVisible()
  await dan.getByRole('button', { name: 'Turn notifications off' }).click()
  await expect(dan.getByRole('button', { name: 'Turn notifications on' })).toBeVisible()

  const eve = await ringside.enterAs('Eve Lindqvist')
  await eve.getByRole('link', { name: 'Notifications' }).click()
  await expect(eve.getByText(/Dan Okafor invited you to the private chat/)).toBeVisible()
  const ada = await ringside.enterAs('Ada Novak')
  await ada.getByRole('link', { name: 'Chats' }).click()
  await expect(ada.getByRole('link', { name: /Dan, Eve/ })).toHaveCount(0)
  await ada.getByRole('link', { name: 'Notifications' }).click()
  await expect(ada.getByText(/Dan, Eve/)).toHaveCount(0)
})
