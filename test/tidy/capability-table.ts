import { readFileSync, writeFileSync } from 'node:fs'
import { SLACK_CAPABILITIES } from '../../adapters/slack/capabilities.ts'
import { TEAMS_CAPABILITIES } from '../../adapters/teams/capabilities.ts'
import { WEB_CAPABILITIES } from '../../adapters/web/capabilities.ts'
import { type Capability, CAPABILITY_NAMES, type CapabilityName } from '../../src/core/capability.ts'

/**
 * The table of the README, printed from what the adapters declare. `node test/tidy/capability-table.ts` writes it;
 * the test beside this file holds it true.
 */

const PLATFORMS = [WEB_CAPABILITIES, SLACK_CAPABILITIES, TEAMS_CAPABILITIES]
const BEGIN = '<!-- capabilities: written by npm run docs -->'
const END = '<!-- end of capabilities -->'

const WORDS: Record<CapabilityName, string> = {
  privateChat: 'A private chat of its own for every item',
  addMembers: 'Adds people',
  removeMembers: 'Takes people out',
  hideHistory: 'Hides earlier messages from a new member',
  hearOfJoining: 'Notices who joins',
  hearOfLeaving: 'Notices who leaves',
  whoRemovedWhom: 'Knows who removed whom',
  rename: 'Renames the chat',
  close: 'Closes the chat',
  reopen: 'Opens a closed chat again',
  guests: 'Guests',
  outsiders: 'Clients and partners from outside',
  image: 'An image of its own',
  call: 'Calls',
}

export function capabilityTable(): string {
  const head = ['', ...PLATFORMS.map((platform) => platform.title)]
  const rows = CAPABILITY_NAMES.map((name) => [WORDS[name], ...PLATFORMS.map((platform) => cell(platform.can[name]))])
  const limits = ['People in a chat at most', ...PLATFORMS.map((platform) => platform.membersMax.toLocaleString('en'))]
  return [head, head.map(() => '---'), ...rows, limits].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function cell(capability: Capability): string {
  switch (capability.level) {
    case 'native':
      return 'yes'
    case 'emulated':
      return `in a way: ${capability.how}`
    case 'refused':
      return `no. ${capability.why} ${capability.instead}`
  }
}

/** The page with its table brought up to date. */
export function withTable(page: string): string {
  const [before, rest] = page.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error('README.md has lost the marks around the capability table.')
  return `${before}${BEGIN}\n\n${capabilityTable()}\n\n${END}${after}`
}

if (import.meta.main) {
  const path = new URL('../../README.md', import.meta.url)
  writeFileSync(path, withTable(readFileSync(path, 'utf8')))
}
