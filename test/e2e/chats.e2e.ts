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

/** Many messages, as fast as a program can. */
async function fill(page: Page, id: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) await page.request.post(`${ringside.url}/api/chats/${id}/messages`, { data: { text } })
}

const options = (page: Page, text: string) =>
  messages(page).locator('[data-seq]').filter({ hasText: text }).last().getByRole('button', { name: 'What to do with this message' })

test('C14 C15 History, bell and Invite stand side by side; History finds a message far back and goes there', async () => {
  const ann = await ringside.enterAs('Ann Reed')
  const id = await newChat(ann, 'Long talk', ['Bob Chen'])
  const lines = Array.from({ length: 170 }, (_, n) => (n === 20 ? 'The **Wombat** clause' : `Line ${n}`))
  await fill(ann, id, lines)
  await ann.goto(`${ringside.url}/chats/${id}`)
  await expect(messages(ann).getByText('Line 169', { exact: true })).toBeInViewport()
  const buttons = ['History', 'Turn notifications off', 'Invite people'].map((name) =>
    ann.getByRole('button', { name, exact: true }).first(),
  )
  const boxes = await Promise.all(buttons.map((button) => button.boundingBox()))
  expect(new Set(boxes.map((box) => box?.y)).size).toBe(1)
  await buttons[0]!.click()
  await ann.getByRole('searchbox', { name: 'Search this chat' }).fill('wombat clause')
  await ann.getByRole('list', { name: 'Messages found' }).getByRole('button').click()
  await expect(messages(ann).getByText('Wombat')).toBeInViewport()
  await expect(messages(ann).getByText('Line 19', { exact: true })).toBeVisible()
  // On from there, to both ends.
  await ann.getByRole('button', { name: 'To the newest' }).click()
  await expect(messages(ann).getByText('Line 169', { exact: true })).toBeInViewport()
  await ann.getByRole('list', { name: 'Messages found' }).getByRole('button').click()
  await expect(messages(ann).getByText('Wombat')).toBeInViewport()
  await expect(async () => {
    await messages(ann).evaluate((box) => box.scrollTo({ top: box.scrollHeight }))
    await expect(messages(ann).getByText('Line 169', { exact: true })).toBeInViewport({ timeout: 500 })
  }).toPass({ timeout: 15_000 })
})

test('C14 on a phone, what was said in any chat is found from the list, and nobody else finds it', async () => {
  const eve = await ringside.enterAs('Eve Lindqvist', PHONE)
  const id = await newChat(eve, 'Pocket', ['Bob Chen'])
  await fill(eve, id, ['The Axolotl offer', 'Something else'])
  await eve.goto(`${ringside.url}/chats`)
  await eve.getByRole('searchbox', { name: 'Search chats' }).fill('axolotl')
  await eve
    .getByRole('list', { name: 'Messages found' })
    .getByRole('button', { name: /Pocket/ })
    .tap()
  await expect(messages(eve).getByText('The Axolotl offer')).toBeInViewport()
  await fitsSideways(eve)
  const ada = await ringside.enterAs('Ada Novak')
  await ada.goto(`${ringside.url}/chats`)
  await ada.getByRole('searchbox', { name: 'Search chats' }).fill('axolotl')
  await expect(ada.getByText('Nothing matches.')).toBeVisible()
  await expect(ada.getByText('Axolotl offer')).toHaveCount(0)
})

test('a message is answered, reacted to, changed and deleted, and the other sees each of it at once', async () => {
  const ann = await ringside.enterAs('Ann Reed')
  const bob = await ringside.enterAs('Bob Chen')
  const id = await newChat(ann, 'Back and forth', ['Bob Chen'])
  for (const page of [ann, bob]) await page.goto(`${ringside.url}/chats/${id}`)
  await say(ann, 'Shall we offer 10 %?')
  await options(bob, 'Shall we offer').click()
  await bob.getByRole('menuitem', { name: 'React with 👍' }).click()
  await expect(messages(ann).getByRole('button', { name: '👍 1' })).toBeVisible()
  await options(bob, 'Shall we offer').click()
  await bob.getByRole('menuitem', { name: 'Reply' }).click()
  await bob.getByRole('textbox', { name: 'Message' }).pressSequentially('Yes')
  await expect(ann.getByText('Bob is writing…')).toBeVisible()
  await bob.keyboard.press('Enter')
  await expect(messages(ann).getByRole('button', { name: /Ann Reed Shall we offer/ })).toBeVisible()
  await messages(ann).getByText('Shall we offer 10 %?').nth(0).click({ button: 'right' })
  await ann.getByRole('menuitem', { name: 'Edit' }).click()
  await ann.getByRole('textbox', { name: 'Message' }).fill('Shall we offer 12 %?')
  await ann.keyboard.press('Enter')
  await expect(messages(bob).getByText('Shall we offer 12 %?', { exact: true })).toBeVisible()
  await expect(messages(bob).getByText('edited', { exact: true })).toBeVisible()
  await options(bob, 'Yes').click()
  await bob.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(messages(ann).getByText('This message was deleted')).toBeVisible()
  await expect(messages(bob).getByText('You deleted this message')).toBeVisible()
})

test('a mention is picked from the names, tells whom it names, and leads there; what is new stands below a line', async () => {
  const ann = await ringside.enterAs('Ann Reed')
  const bob = await ringside.enterAs('Bob Chen')
  const id = await newChat(ann, 'Mentions', ['Bob Chen', 'Dan Okafor'])
  await bob.goto(`${ringside.url}/chats/${id}`)
  await say(bob, 'Read so far')
  await bob.goto(ringside.url)
  await ann.goto(`${ringside.url}/chats/${id}`)
  await ann.getByRole('textbox', { name: 'Message' }).pressSequentially('Please look, @bo')
  await ann.getByRole('option', { name: 'Bob Chen' }).click()
  await ann.getByRole('textbox', { name: 'Message' }).pressSequentially('!')
  await ann.keyboard.press('Enter')
  await expect(messages(ann).locator('mark')).toHaveText('@Bob Chen')
  await bob.getByRole('link', { name: 'Notifications' }).click()
  await expect(bob.getByText('Ann Reed mentioned you in Mentions.')).toBeVisible()
  await bob.getByRole('link', { name: 'Open chat' }).first().click()
  await expect(messages(bob).locator('mark')).toBeInViewport()
  await expect(messages(bob).getByText('New', { exact: true })).toBeVisible()
})

test('C9 files are added by hand, by paste and by drop, shown where they were said, and listed under History', async () => {
  const ann = await ringside.enterAs('Ann Reed')
  const bob = await ringside.enterAs('Bob Chen', PHONE)
  const id = await newChat(ann, 'With files', ['Bob Chen'])
  for (const page of [ann, bob]) await page.goto(`${ringside.url}/chats/${id}`)
  const chosen = ann.waitForEvent('filechooser')
  await ann.getByRole('button', { name: 'Add files' }).click()
  await (await chosen).setFiles({ name: 'offer.txt', mimeType: 'text/plain', buffer: Buffer.from('Ten percent') })
  await ann.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 200 })
    canvas.getContext('2d')?.fillRect(20, 20, 100, 100)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
    const files = new DataTransfer()
    files.items.add(new File([blob ?? ''], 'seen.png', { type: 'image/png' }))
    const box = document.querySelector('textarea')
    box?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true }))
    const dropped = new DataTransfer()
    dropped.items.add(new File(['dropped'], 'dropped.md'))
    const region = document.querySelector('[aria-label="Messages"]')
    region?.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }))
  })
  await expect(ann.getByRole('list', { name: 'Files to send' }).getByRole('listitem')).toHaveCount(3)
  await ann.getByRole('textbox', { name: 'Message' }).fill('Here they are')
  await ann.getByRole('button', { name: 'Send' }).click()
  await expect(messages(bob).getByRole('link', { name: /offer.txt/ })).toBeVisible()
  await messages(bob).getByRole('button', { name: 'Look at seen.png' }).tap()
  const picture = bob.getByRole('dialog').getByRole('img', { name: 'seen.png' })
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(300)
  await bob.getByRole('button', { name: 'Close' }).tap()
  await fitsSideways(bob)
  await ann.getByRole('button', { name: 'History', exact: true }).click()
  await expect(ann.getByRole('list', { name: 'Files', exact: true }).getByRole('link')).toHaveCount(3)
  const taken = ann.waitForEvent('download')
  await ann
    .getByRole('list', { name: 'Files', exact: true })
    .getByRole('link', { name: /dropped.md/ })
    .click()
  expect((await taken).suggestedFilename()).toBe('dropped.md')
})

test('C1 C8 a chat with one person, a public chat that somebody joins, and a picture for a private one', async () => {
  const ann = await ringside.enterAs('Ann Reed')
  const dan = await ringside.enterAs('Dan Okafor', PHONE)
  await ann.goto(`${ringside.url}/chats`)
  await ann.getByRole('button', { name: 'Other chats' }).click()
  await ann.getByRole('menuitem', { name: 'Chat with one person' }).click()
  await ann
    .getByRole('dialog')
    .getByRole('button', { name: /Dan Okafor/ })
    .click()
  await expect(ann.getByRole('heading', { name: 'Dan Okafor', level: 1 })).toBeVisible()
  await say(ann, 'Only for you')
  await dan.goto(`${ringside.url}/chats`)
  await expect(row(dan, /Ann Reed.*Only for you/)).toBeVisible()

  await ann.getByRole('button', { name: 'Other chats' }).click()
  await ann.getByRole('menuitem', { name: 'New public chat' }).click()
  await ann.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Lunch today')
  await ann.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await expect(ann.getByText('Public · 1 person')).toBeVisible()
  await dan.getByRole('button', { name: 'Other chats' }).tap()
  await dan.getByRole('menuitem', { name: 'Find public chats' }).tap()
  await dan.getByRole('button', { name: 'Join Lunch today' }).tap()
  await expect(dan.getByRole('heading', { name: 'Lunch today', level: 1 })).toBeVisible()
  await expect(ann.getByText('Public · 2 people')).toBeVisible()
  await fitsSideways(dan)

  const id = await newChat(ann, 'Pictured', ['Dan Okafor'])
  await ann.goto(`${ringside.url}/chats/${id}`)
  const bytes = await ann.evaluate(
    () => Object.assign(document.createElement('canvas'), { width: 64, height: 64 }).toDataURL().split(',')[1],
  )
  const chosen = ann.waitForEvent('filechooser')
  await ann.getByRole('button', { name: 'More for this chat' }).click()
  await ann.getByRole('menuitem', { name: 'Change picture' }).click()
  await (await chosen).setFiles({ name: 'us.png', mimeType: 'image/png', buffer: Buffer.from(bytes ?? '', 'base64') })
  await expect(ann.getByRole('heading', { name: 'Pictured' }).locator('xpath=ancestor::header').getByRole('img')).toHaveAttribute(
    'src',
    /image\?of=/,
  )
})
