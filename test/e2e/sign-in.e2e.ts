import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRingside, PHONE, type Ringside } from './ringside.ts'

/** How the first administrator and whoever they add come in, in a browser. */

let at: Ringside
beforeAll(async () => {
  at = await openRingside((url) => ({ RINGSIDE_DEMO: '0', PUBLIC_URL: url }))
}, 120_000)
afterAll(() => at?.close())

const PASSWORD = 'correct horse battery'

test('the first administrator sets it up by the printed link, and signs in with the password afterwards', async () => {
  const link = /http\S+\/setup#[0-9a-f]{64}/.exec(at.printed())?.[0]
  if (!link) throw new Error(`No link was printed:\n${at.printed()}`)
  const page = await at.visit(link)
  await page.getByLabel('Your organisation').fill('Northwind')
  await page.getByLabel('Your name').fill('Ada Novak')
  await page.getByLabel('Your e-mail').fill('ada@example.com')
  const begin = page.getByRole('button', { name: 'Begin' })
  await page.getByLabel('Password').fill('short')
  expect(await begin.isDisabled()).toBe(true)
  await page.getByLabel('Password').fill(PASSWORD)
  await begin.click()
  await page.getByRole('heading', { name: 'Items', exact: true }).waitFor()
  expect(page.url()).not.toContain('#')

  const used = await at.visit(link)
  await used.getByLabel('Your organisation').fill('Mine')
  await used.getByLabel('Your name').fill('Mallory')
  await used.getByLabel('Your e-mail').fill('mallory@example.com')
  await used.getByLabel('Password').fill(PASSWORD)
  await used.getByRole('button', { name: 'Begin' }).click()
  await used.getByText('This link was used already, or it is too old. Ask for a new one.').waitFor()

  const phone = await at.visit('/', PHONE)
  await phone.getByLabel('E-mail').fill('Ada@example.com')
  await phone.getByLabel('Password').fill('not the password')
  await phone.getByRole('button', { name: 'Sign in', exact: true }).click()
  await phone.getByText('The address and the password do not belong together.').waitFor()
  expect(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  await phone.getByLabel('Password').fill(PASSWORD)
  await phone.getByRole('button', { name: 'Sign in', exact: true }).click()
  await phone.getByRole('heading', { name: 'Items', exact: true }).waitFor()
})

test('whoever was added comes in by a link of their own, chooses a password, and sees nothing of others', async () => {
  const ada = await at.visit('/')
  await ada.getByLabel('E-mail').fill('ada@example.com')
  await ada.getByLabel('Password').fill(PASSWORD)
  await ada.keyboard.press('Enter')
  await ada.getByRole('heading', { name: 'Items', exact: true }).waitFor()
  const url = await ada.evaluate(async () => {
    const send = async (path: string, body: object) =>
      (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json()
    const { id } = (await send('/api/people', { name: 'Bob Chen', email: 'bob@example.com', role: 'employee' })) as { id: string }
    return ((await send(`/api/people/${id}/invitation`, {})) as { url: string }).url
  })
  const bob = await at.visit(url)
  await bob.getByRole('textbox', { name: 'Password' }).fill('bobs own password')
  await bob.getByRole('button', { name: 'Come in' }).click()
  await bob.getByRole('heading', { name: 'Items', exact: true }).waitFor()
  expect(await bob.evaluate(async () => ((await (await fetch('/api/me')).json()) as { name: string }).name)).toBe('Bob Chen')
})
