import { expect as patient, type Page } from '@playwright/test'
import { afterAll, beforeAll, test } from 'vitest'
import { openRingside, PHONE, type Ringside } from './ringside.ts'

/** What people do in their chats, in a real browser against the real service. */

let ringside: Ringside

/** The machine may be busy: what is expected may take a while, but must come. */
const expect = patient.configure({ timeout: 15_000 })

beforeAll(async () => {
  ringside = await openRingside()
})
afterAll(() => ringside?.close())

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' })
const row = (page: Page, name: string | RegExp) => page.getByRole('region', { name: 'Chats', exact: true }).getByRole('link', { name })

/** A private chat of whoever this window belongs to, made as fast as a program can. */
async function newChat(page: Page, name: string, people: readonly string[]): Promise<string> {
  const found = await page.request.get(`${ringside.url}/api/people?limit=200`)
  const { items } = (await found.json()) as { items: { id: string; name: string }[] }
  const ids = people.map((wanted) => items.find((one) => one.name === wanted)?.id)
  const made = await page.request.post(`${ringside.url}/api/chats`, { data: { name, people: ids } })
  return ((await made.json()) as { id: string }).id
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.keyboard.press('Enter')
  await expect(messages(page).getByText(text)).toBeVisible()
}

async function fitsSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
}

test('C12 a chat’s options open under a right click, and notifications go off and on there', async () => {
  const ann = await ringside.enterAs('Ann Reed')
  const bob = await ringside.enterAs('Bob Chen')
  const id = await newChat(ann, 'Options', ['Bob Chen'])
  await ann.goto(`${ringside.url}/chats/${id}`)
  await say(ann, 'Unread for Bob')
  await bob.goto(`${ringside.url}/chats`)
  await expect(row(bob, /Options.*1 unread message/)).toBeVisible()
  await row(bob, /Options/).click({ button: 'right' })
  await bob.getByRole('menuitem', { name: 'Mark as read' }).click()
  await expect(row(bob, /Options/)).not.toHaveAccessibleName(/unread/)
  await row(bob, /Options/).click({ button: 'right' })
  await bob.getByRole('menuitem', { name: 'Turn notifications off' }).click()
  await expect(row(bob, /Options.*Notifications are off/)).toBeVisible()
  expect(bob.url()).toBe(`${ringside.url}/chats`)
})

test('C12 on a phone a long press opens the options, and opens nothing else', async () => {
  const eve = await ringside.enterAs('Eve Lindqvist', PHONE)
  await newChat(eve, 'Pressed', ['Bob Chen'])
  await eve.goto(`${ringside.url}/chats`)
  const box = await row(eve, /Pressed/).boundingBox()
  const finger = await eve.context().newCDPSession(eve)
  const touchPoints = [{ x: box!.x + 80, y: box!.y + 20 }]
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await expect(eve.getByRole('menuitem', { name: 'Leave chat' })).toBeVisible()
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await eve.getByRole('menuitem', { name: 'Turn notifications off' }).tap()
  await expect(row(eve, /Pressed.*Notifications are off/)).toBeVisible()
  expect(eve.url()).toBe(`${ringside.url}/chats`)
  await fitsSideways(eve)
})
