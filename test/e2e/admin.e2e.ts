import { expect as patient, type Page } from '@playwright/test'
import { afterAll, beforeAll, test } from 'vitest'
import { FAKE_CLIENT } from '../fakes/slack/oauth.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts'
import { openRingside, PHONE, type Ringside } from './ringside.ts'

/** An administrator connects Slack, sees what really works there, and hears of what needs a person. */

let slack: FakeSlack
let ringside: Ringside

const expect = patient.configure({ timeout: 15_000 })

beforeAll(async () => {
  slack = await startFakeSlack()
  for (const name of ['Ada', 'Ann', 'Bob']) await slack.world.signUp(name, `${name.toLowerCase()}@example.com`)
  ringside = await openRingside((url) => ({
    PUBLIC_URL: url,
    SECRET_KEY: 'correct horse battery staple and more',
    SLACK_API_URL: slack.url,
    SLACK_CLIENT_ID: FAKE_CLIENT.id,
    SLACK_CLIENT_SECRET: FAKE_CLIENT.secret,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_LIMIT_FACTOR: '1000',
  }))
})
afterAll(async () => {
  await ringside?.close()
  await slack?.close()
})

const connection = (page: Page) => page.getByRole('article', { name: 'Slack (Example)' })
const line = (page: Page, title: string) =>
  connection(page).getByRole('list', { name: 'What works' }).getByRole('listitem').filter({ hasText: title })
const needs = (page: Page) => page.getByRole('region', { name: 'What needs you' })

test('K11 U7 U9 an administrator connects Slack, sees it tried out, and mends what fails', async () => {
  const ada = await ringside.enterAs('Ada Novak')
  await ada.getByRole('link', { name: 'Admin' }).click()
  await expect(needs(ada).getByText('Nothing needs you.')).toBeVisible()
  await ada.getByRole('link', { name: 'Connect Slack' }).click()

  // Through Slack and back: it is tried out without anybody asking for it, once.
  await expect(ada.getByText('Slack (Example) is connected.')).toBeVisible()
  await expect(connection(ada).getByText(/Tried out just now/)).toBeVisible()
  await expect(line(ada, 'Takes you out again')).toContainText('Works')
  await expect(connection(ada).getByText(/Connected by Ada Novak on/)).toBeVisible()
  await ada.reload()
  await expect(connection(ada).getByText(/Tried out/)).toBeVisible()
  expect(slack.calls.filter(({ method }) => method === 'conversations.create')).toHaveLength(1)

  await connection(ada)
    .getByRole('button', { name: /permissions, and what each is for/ })
    .click()
  await expect(connection(ada).getByText('To pin the card of the item in its channel.')).toBeVisible()

  slack.world.forbid('conversations.kick', 'restricted_action')
  await connection(ada).getByRole('button', { name: 'Try it out again' }).click()
  await expect(line(ada, 'Takes you out again')).toContainText('Channel management')
  await expect(needs(ada).getByText(/“Takes you out again” does not work/)).toBeVisible()
  slack.world.forbid('conversations.kick', null)

  const phone = await ringside.enterAs('Ada Novak', PHONE)
  await phone.getByRole('link', { name: 'Admin' }).click()
  await expect(needs(phone).getByText(/“Takes you out again” does not work/)).toBeVisible()
  await connection(phone).getByRole('button', { name: 'Try it out again' }).click()
  await expect(line(phone, 'Takes you out again')).toContainText('Works')
  await expect(needs(phone).getByText('Nothing needs you.')).toBeVisible()
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
})

test('U3 U7 U10 whoever could not be moved stands there with the reason, until somebody mends it', async () => {
  const ada = await ringside.enterAs('Ada Novak')
  const api = async <Body>(method: string, path: string, data?: object): Promise<Body> => {
    const answer = await ada.request.fetch(`${ringside.url}/api/${path}`, { method, ...(data && { data }) })
    return (await answer.json()) as Body
  }
  const people = await api<{ items: { id: string; name: string }[] }>('GET', 'people')
  const idOf = (name: string) => people.items.find((one) => one.name === name)?.id ?? ''
  const observers = [idOf('Bob Chen'), idOf('Finn Morel')]
  const item = await api<{ id: string }>('POST', 'items', {
    type: 'deal',
    title: 'Hard to leave',
    responsible: idOf('Ann Reed'),
    observers,
  })
  await api('POST', `items/${item.id}/discuss`)
  slack.world.forbid('conversations.kick', 'restricted_action')
  await api('POST', `items/${item.id}/observers`, { remove: [idOf('Bob Chen')] })

  await ada.getByRole('link', { name: 'Admin' }).click()
  const bob = needs(ada).getByRole('listitem').filter({ hasText: 'Bob Chen could not be taken out of the chat of' })
  await expect(bob).toContainText('Channel management')
  await ada.getByRole('tab', { name: 'Health' }).click()
  const adrift = ada.getByRole('listitem').filter({ hasText: 'Bob Chen should be out of the chat of' })
  await expect(adrift).toContainText('and is in the chat.')
  await expect(adrift).toContainText('Channel management')
  await ada.getByRole('tab', { name: 'Overview' }).click()
  slack.world.forbid('conversations.kick', null)
  await bob.getByRole('button', { name: 'Try again' }).click()
  await expect(bob).toHaveCount(0)

  await slack.world.signUp('Finn', 'finn.morel@example.com')
  const finn = needs(ada).getByRole('listitem').filter({ hasText: 'Finn Morel has no account in Slack' })
  await finn.getByRole('button', { name: 'Change address' }).click()
  await ada.getByRole('textbox', { name: 'E-mail address' }).fill('finn.morel@example.com')
  await ada.getByRole('button', { name: 'Save' }).click()
  await expect(finn).toHaveCount(0, { timeout: 30_000 })
})

test('a connection is disconnected, and its chats wait', async () => {
  const ada = await ringside.enterAs('Ada Novak')
  await ada.getByRole('link', { name: 'Admin' }).click()
  await connection(ada).getByRole('button', { name: 'Disconnect' }).click()
  await expect(ada.getByRole('alertdialog').getByText('Its chats and their links to items are kept')).toBeVisible()
  await ada.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await expect(connection(ada).getByText('Not connected', { exact: true })).toBeVisible()
  await expect(needs(ada).getByText(/Ada Novak disconnected it/)).toBeVisible()
})

test('O3 for everybody else there is no such page', async () => {
  for (const name of ['Ann Reed', 'Max Weber']) {
    const page = await ringside.enterAs(name)
    await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0)
    await page.goto(`${ringside.url}/admin`)
    await expect(page.getByText("You can't see this, or it doesn't exist.")).toBeVisible()
  }
})
