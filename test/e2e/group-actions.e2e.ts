import { expect as patient, type Page } from '@playwright/test'
import { afterAll, beforeAll, test } from 'vitest'
import { openRingside, PHONE, type Ringside } from './ringside.ts'

/** Many items at once, in a real browser: selected, looked at before, done, and what could not be. */

let ringside: Ringside
const expect = patient.configure({ timeout: 20_000 })

beforeAll(async () => {
  ringside = await openRingside()
})
afterAll(() => ringside?.close())

const bar = (page: Page) => page.getByRole('region', { name: 'Selection' })
const act = (page: Page, name: string) => bar(page).getByRole('button', { name }).click()
const panel = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

async function choose(page: Page, button: string, ...names: string[]): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  for (const name of names) await page.getByRole('checkbox', { name: new RegExp(name) }).check()
  await page.getByRole('button', { name: /^Select/ }).click()
}

test('O10 U4 rows are selected with the mouse and the keys, the preview says what will happen, and Apply does it', async () => {
  const max = await ringside.enterAs('Max Weber')
  await max.getByRole('tab', { name: /Companies/ }).click()
  await max.getByRole('checkbox', { name: 'Select O-1', exact: true }).check()
  await max.getByRole('checkbox', { name: 'Select O-3', exact: true }).click({ modifiers: ['Shift'] })
  await expect(bar(max).getByText('3 selected')).toBeVisible()
  await max.getByRole('row', { name: /O-3/ }).getByRole('link').focus()
  await max.keyboard.press('x')
  await expect(bar(max).getByText('2 selected')).toBeVisible()
  await max.keyboard.press('x')

  await act(max, 'Add observers')
  await choose(max, 'Choose people', 'Gina Rossi', 'Bob Chen')
  await expect(panel(max, 'Add observers').getByText('Adds Gina Rossi and Bob Chen to 3 companies.')).toBeVisible()
  await panel(max, 'Add observers').getByRole('button', { name: 'Apply' }).click()
  await expect(panel(max, 'Add observers').getByText('Done. 3 changed.')).toBeVisible()
  await panel(max, 'Add observers').getByRole('button', { name: 'Close' }).last().click()
  await expect(bar(max)).toHaveCount(0)

  const gina = await ringside.enterAs('Gina Rossi')
  await expect(gina.getByRole('checkbox', { name: 'Select O-3', exact: true })).toBeVisible()
  await gina.getByRole('link', { name: 'Notifications' }).click()
  await expect(gina.getByText(/Max Weber added you as an observer of 3 companies/)).toBeVisible()
})

test('O11 U7 all on every page, by a switch; whatever could not be is listed with its reason, also when one comes back', async () => {
  const max = await ringside.enterAs('Max Weber')
  await max.getByRole('tab', { name: /Invoices/ }).click()
  await max.getByRole('checkbox', { name: 'Select I-1', exact: true }).check()
  await bar(max).getByRole('switch', { name: 'All 9 on every page' }).check()
  await expect(bar(max).getByText('9 selected')).toBeVisible()
  await max.getByRole('checkbox', { name: 'Select I-2', exact: true }).uncheck()
  await expect(bar(max).getByText('8 selected')).toBeVisible()

  await act(max, 'Add observers')
  await choose(max, 'Choose people', 'Gina Rossi', 'Eve Lindqvist')
  const dialog = panel(max, 'Add observers')
  await expect(dialog.getByText(/8 cannot: Gina Rossi's role has no read access to invoices/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Show which cannot' }).click()
  await expect(dialog.getByRole('link', { name: 'I-3', exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog.getByText(/^Done\. 7 changed\. 8 could not/)).toBeVisible()
  await expect(dialog.getByRole('region', { name: 'What could not be' }).getByRole('listitem')).toHaveCount(8)

  await max.reload()
  await max.getByRole('region', { name: 'Adding observers' }).first().getByRole('button', { name: 'Show' }).click()
  await expect(
    panel(max, 'Add observers')
      .getByText(/no read access to invoices/)
      .first(),
  ).toBeVisible()
})

test('O10 on a phone: cards are selected, observers removed, and nothing is wider than the screen', async () => {
  const ann = await ringside.enterAs('Ann Reed', PHONE)
  await ann.getByRole('searchbox', { name: 'Search items' }).fill('Acme renewal')
  await ann.getByRole('checkbox', { name: 'Select D-42' }).check()
  expect(await sideways(ann)).toBe(0)
  await act(ann, 'Remove observers')
  await choose(ann, 'Choose people', 'Dan Okafor')
  const dialog = panel(ann, 'Remove observers')
  await expect(dialog.getByText('Removes Dan Okafor from 1 deal.')).toBeVisible()
  expect(await sideways(ann)).toBe(0)
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog.getByText('Done. 1 changed.')).toBeVisible()
})

test('U6 a leaver’s places go to somebody else, all of them in one step', async () => {
  const ada = await ringside.enterAs('Ada Novak')
  await ada.getByRole('checkbox', { name: 'Select all of the list so far' }).check()
  await bar(ada)
    .getByRole('switch', { name: /^All \d+ on every page/ })
    .check()
  await act(ada, 'Hand over')
  const dialog = panel(ada, 'Hand over')
  await dialog.getByRole('switch', { name: /Every place of one person/ }).check()
  await dialog.getByRole('button', { name: 'Choose a person' }).first().click()
  await ada.getByRole('button', { name: /^Max Weber/ }).click()
  await dialog.getByRole('button', { name: 'Choose a person' }).last().click()
  await ada.getByRole('button', { name: /^Cid Baker/ }).click()
  await expect(dialog.getByText(/Max Weber takes Cid Baker's place at \d+ items/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog.getByText(/^Done\./)).toBeVisible()

  const cid = await ringside.enterAs('Cid Baker')
  await expect(cid.getByText('No items yet. Create the first one.')).toBeVisible()
})
