import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSecret } from '../db/secrets.ts'

/** For a demonstration, which nobody sets up: a key of its own, made once and kept beside its data, for its owner's eyes alone. */
export function keptSecret(directory: string): string {
  const path = join(directory, 'secret.key')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  mkdirSync(directory, { recursive: true })
  const secret = newSecret()
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  chmodSync(path, 0o600)
  return secret
}
