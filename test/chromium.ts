/** A Chromium for the browser tests: the machine's, Playwright's, or one that we install. */
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findCommand, installWithApt } from './machine.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export async function findChromium(): Promise<{ path: string } | { missing: string }> {
  const path = findCommand(...NAMES) ?? downloadedByPlaywright()
  if (path !== null) return { path }
  const refused = installWithApt('chromium', 'about 100 MB, a minute or two')
  if (refused !== null) return { missing: `${refused.missing}, nor has Playwright one (npx playwright install --with-deps chromium)` }
  const installed = findCommand(...NAMES)
  return installed === null ? { missing: 'apt-get installed chromium, but it is not on the PATH' } : { path: installed }
}

function downloadedByPlaywright(): string | null {
  const path = chromium.executablePath()
  return existsSync(path) ? path : null
}
