import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DESKTOP, openRingside, PHONE, type Ringside } from './ringside.ts'

/** Every page, read as somebody reads it who does not see it, or sees it badly: in each theme, on a desktop and on a phone. */

let at: Ringside
beforeAll(async () => {
  at = await openRingside()
}, 120_000)
afterAll(() => at?.close())

type Fault = { readonly rule: string; readonly where: string; readonly why: string }

/** The rules of WCAG 2.2, A and AA. Parts of the component library that only catch the focus are not for reading. */
async function faultsOn(page: Page): Promise<readonly Fault[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: judge } = window as unknown as { axe: typeof axe }
    const { violations } = await judge.run(
      { exclude: [['[data-tabster-dummy]']] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    )
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => ({ rule: id, where: node.html.slice(0, 160), why: (node.failureSummary ?? '').split('\n').at(1)?.trim() ?? '' })),
    )
  })
}

const PAGES = ['/', '/chats', '/notifications', '/admin']

test.each([
  ['light, on a desktop', { ...DESKTOP, colorScheme: 'light' }],
  ['dark, on a desktop', { ...DESKTOP, colorScheme: 'dark' }],
  ['light, on a phone', { ...PHONE, colorScheme: 'light' }],
] as const)(
  'nobody is kept out of a page: %s',
  async (_name, screen) => {
    const door = await at.visit('/', screen)
    await door.getByRole('heading', { name: 'Try it as…' }).waitFor()
    await door.getByRole('button').first().waitFor()
    expect(['sign in', await faultsOn(door)]).toEqual(['sign in', []])
    await door.context().close()

    const page = await at.enterAs('Ada Novak', screen)
    for (const path of PAGES) {
      await page.goto(new URL(path, at.url).toString())
      await page.getByRole('heading').first().waitFor()
      await page.waitForLoadState('networkidle')
      expect([path, await faultsOn(page)]).toEqual([path, []])
    }
    const found = await page.evaluate(async () => {
      const answer = await fetch('/api/items?query=D-42')
      return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id
    })
    await page.goto(new URL(`/items/${found}`, at.url).toString())
    await page.getByRole('heading').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(['an item', await faultsOn(page)]).toEqual(['an item', []])
    await page.context().close()
  },
  120_000,
)
