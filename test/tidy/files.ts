/** The repository's own files, read from the disk: a copy without git is checked too. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')

/** The plain lines of .gitignore: `name`, `name/` or `*.ending`. */
const IGNORED = [
  '.git',
  ...read('.gitignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
].map((line) => line.replace(/\/$/, ''))
const BINARY = /\.(png|ico|zip|gz|woff2?|jpe?g|webp)$/

export const FILES: readonly string[] = filesUnder('.')
export const TEXTS = FILES.filter((file) => !BINARY.test(file))

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** Files in one of these folders, by the beginning of their path. */
export function inside(...folders: string[]): readonly string[] {
  return FILES.filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)))
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true }).filter(({ name }) => !isIgnored(name))
  return entries.flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

function isIgnored(name: string): boolean {
  return IGNORED.some((rule) => (rule.startsWith('*') ? name.endsWith(rule.slice(1)) : name === rule))
}
