import { parseArgs } from 'node:util'
import { DEFAULT_COMMAND, slackManifest } from '../../adapters/slack/manifest.ts'

/** `npm run manifest:slack -- https://my.host [--socket] [--command /deal]` prints what to paste into Slack. */

const USAGE = 'npm run --silent manifest:slack -- https://my.host [--socket] [--command /deal]'

const { values, positionals } = parseArgs({
  options: { socket: { type: 'boolean', default: false }, command: { type: 'string', default: DEFAULT_COMMAND } },
  allowPositionals: true,
})
const address = positionals[0]?.replace(/\/+$/, '') ?? null
const trouble = troubleWith()
if (trouble) {
  console.error(`${trouble}\n${USAGE}`)
  process.exitCode = 1
} else {
  console.log(JSON.stringify(slackManifest({ address, socket: values.socket, command: values.command }), null, 2))
}

function troubleWith(): string | null {
  if (!/^\/[a-z0-9_-]{1,31}$/.test(values.command)) return `Slack takes no command like ${values.command}.`
  if (!address) return values.socket ? null : 'Say how Slack reaches this Ringside, or choose --socket.'
  return URL.canParse(address) && address.startsWith('https://') ? null : `Slack sends to https addresses only, not to ${address}.`
}
