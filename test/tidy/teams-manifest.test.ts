import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { default as DraftFour } from 'ajv-draft-04'
import { describe, expect, test } from 'vitest'
import schema from '@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json' with { type: 'json' }
import { teamsManifest } from '../../adapters/teams/manifest.ts'
import { CHAT_PERMISSIONS, TENANT_PERMISSIONS } from '../../adapters/teams/permissions.ts'
import { read, ROOT } from './files.ts'

const APP = '0b3c8f3e-6f43-4d9b-8b0a-2f4f5f6a7b01'
const MADE = teamsManifest({ appId: APP, address: 'https://ringside.example.com' })

/** Microsoft's own schema; what it says for editors is no keyword. */
const teamsAccepts = new DraftFour.default({ strict: false, allErrors: true, validateFormats: false }).compile(schema)

describe('what a customer uploads to Teams', () => {
  test('K11 the manifest holds to Microsoft’s own schema', () => {
    teamsAccepts(MADE)
    expect(teamsAccepts.errors).toBeNull()
  })

  test('the schema would find a mistake', () => {
    expect(teamsAccepts({ ...MADE, name: { short: 'A name that is longer than what Teams takes' } })).toBe(false)
  })

  test('K11 the adapter’s page explains each permission in the same words', () => {
    const rows = [...read('adapters/teams/README.md').matchAll(/^\| `([A-Za-z.]+)` +\| (To .+?) +\|$/gm)].map(([, scope, why]) => ({
      scope,
      why,
    }))
    expect(rows).toEqual([...CHAT_PERMISSIONS, ...TENANT_PERMISSIONS])
    for (const { why } of rows) expect(why).toMatch(/^[A-Z].{10,}\.$/)
  })

  test('none of the permissions reads a message', () => {
    for (const { scope } of [...CHAT_PERMISSIONS, ...TENANT_PERMISSIONS])
      expect(scope).not.toMatch(/^(ChatMessage|ChannelMessage|Chat\.Read(Write)?\.)/)
  })

  test('one command makes the package, ready to upload, and a wrong address is refused with a sentence', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ringside-')), 'teams.zip')
    const make = (...args: string[]) =>
      execFileSync(process.execPath, ['manifest/teams/print.ts', ...args], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' })
    expect(make('https://crm.example.org/', APP, file)).toContain('is ready')
    const files = filesIn(readFileSync(file))
    expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png'])
    const mine = JSON.parse(files.get('manifest.json')!.toString())
    expect(mine).toEqual(teamsManifest({ appId: APP, address: 'https://crm.example.org' }))
    expect([...files.values()].slice(1).map(sizeOf)).toEqual([192, 32])
    expect(() => make('http://crm.example.org', APP, file)).toThrow('https addresses only')
    expect(() => make('https://crm.example.org', 'my-app', file)).toThrow('Not the id of an app')
  })
})

/** The files of a zip in which nothing is compressed, found by its directory. */
function filesIn(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const end = zip.length - 22
  let at = zip.readUInt32LE(end + 16)
  for (let n = 0; n < zip.readUInt16LE(end + 10); n++) {
    const [size, named, from] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)]
    const name = zip.subarray(at + 46, at + 46 + named).toString()
    files.set(name, zip.subarray(from + 30 + named, from + 30 + named + size))
    at += 46 + named
  }
  return files
}

/** How wide a picture is. */
const sizeOf = (png: Buffer): number => png.readUInt32BE(16)
