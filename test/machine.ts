/** What the machine offers the tests: commands, a free port, and packages where we may install them. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'

const INSTALL_MAX_MS = 10 * 60_000

export function say(line: string): void {
  console.log(`ringside: ${line}`)
}

/** The full path of the first of `names` on the PATH, or null. */
export function findCommand(...names: string[]): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return places.find(isExecutable) ?? null
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** On 127.0.0.1. Free when asked; somebody else may take it before it is used. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

/** Installs a Debian package, or says in a sentence why it cannot. */
export function installWithApt(name: string, about: string): { missing: string } | null {
  const apt = findCommand('apt-get')
  if (apt === null || process.getuid?.() !== 0) return { missing: `${name} is not installed (on Debian: apt-get install ${name})` }
  say(`Installing ${name} with apt-get: ${about}.`)
  const failed = runQuietly(apt, ['update']) ?? runQuietly(apt, ['install', '-y', '--no-install-recommends', name])
  return failed === null ? null : { missing: `${name} is not installed, and apt-get could not install it: ${failed}` }
}

/** The last line of what went wrong, or null. */
function runQuietly(command: string, args: string[]): string | null {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    env,
    encoding: 'utf8',
    timeout: INSTALL_MAX_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (status === 0) return null
  return error?.message ?? `${stdout}\n${stderr}`.trim().split('\n').at(-1) ?? `exit code ${status}`
}
