import { readFileSync, writeFileSync } from 'node:fs'
import { teamsManifest } from '../../adapters/teams/manifest.ts'
import { zipOf } from './zip.ts'

/** `npm run manifest:teams -- https://my.host <app id> [file.zip]` makes the package that an administrator uploads to Teams. */

const USAGE = 'npm run --silent manifest:teams -- https://my.host <app id> [ringside-teams.zip]'

const [host, appId = '', file = 'ringside-teams.zip'] = process.argv.slice(2)
const address = host?.replace(/\/+$/, '') ?? ''
const trouble = troubleWith()
if (trouble) {
  console.error(`${trouble}\n${USAGE}`)
  process.exitCode = 1
} else {
  const icon = (name: string) => ({ name, content: readFileSync(new URL(name, import.meta.url)) })
  const manifest = Buffer.from(`${JSON.stringify(teamsManifest({ appId, address }), null, 2)}\n`)
  writeFileSync(file, zipOf([{ name: 'manifest.json', content: manifest }, icon('color.png'), icon('outline.png')]))
  console.log(`${file} is ready: upload it in the Teams admin centre, under Manage apps.`)
}

function troubleWith(): string | null {
  if (!URL.canParse(address) || !address.startsWith('https://')) return `Teams takes https addresses only, not ${address || 'none'}.`
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(appId) ? null : `Not the id of an app in Entra: ${appId || 'none'}.`
}
