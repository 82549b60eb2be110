import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { FILES, read, ROOT } from './files.ts'

const PAGES = FILES.filter((file) => file.endsWith('.md'))

/** `[text](target)` without a scheme; an anchor or a title behind it does not count. */
const LINK = /\[[^\]]*\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g
/** `src/core/seat.ts` in code marks. Patterns such as `adapters/<vendor>/README.md` name no file. */
const PATH = /`((?:src|adapters|db|test|manifest|docs|\.ci)\/[\w./-]+)`/g

test.each(PAGES)('%s leads nowhere that is not there', (page) => {
  expect([...brokenLinks(page), ...brokenPaths(page)]).toEqual([])
})

function brokenLinks(page: string): string[] {
  const targets = [...read(page).matchAll(LINK)].map(([, target]) => decodeURI(target!))
  return targets.filter((target) => !exists(normalize(target.startsWith('/') ? target.slice(1) : join(dirname(page), target))))
}

function brokenPaths(page: string): string[] {
  const paths = [...read(page).matchAll(PATH)].map(([, path]) => path!)
  return paths.filter((path) => !exists(path) && !existsSync(join(ROOT, dirname(page), path)))
}

function exists(path: string): boolean {
  return existsSync(join(ROOT, path))
}
