import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installation } from '../../db/schema.ts'
import { openSecrets } from '../../db/secrets.ts'
import { sealAnew, sealTokens, tokenOf } from '../../src/engine/tokens.ts'
import { asOrganisationId } from '../../src/core/ids.ts'
import { EnvironmentProblem, readEnv } from '../../src/env.ts'
import { freePort } from '../machine.ts'
import { FAKE_CLIENT } from '../fakes/slack/oauth.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts'
import { launch, type Running, visit } from './process.ts'
import { withoutToken } from './slack-installing.ts'
import { eventually } from './demo-people.ts'
import { openWorkspace } from './workspace.ts'

/** Where the secrets of a Slack are kept, and where they never are. */

const OLD = 'an old passphrase of more than enough letters'
const NEW = 'a new passphrase of more than enough letters!'

describe('the key', () => {
  test('a sealed token opens with its key, in its place, and nowhere else', async () => {
    const [old, both, other] = await Promise.all([openSecrets([OLD]), openSecrets([NEW, OLD]), openSecrets([NEW])])
    const sealed = await old.seal('xoxb-1', 'here')
    expect(sealed).not.toContain('xoxb')
    expect(await both.open(sealed, 'here')).toBe('xoxb-1')
    expect(await other.open(sealed, 'here')).toBeNull()
    await expect(old.open(sealed, 'elsewhere')).rejects.toBeInstanceOf(Error)
    expect([old.isOutdated(sealed), both.isOutdated(sealed)]).toEqual([false, true])
    expect(await old.seal('xoxb-1', 'here')).not.toBe(sealed)
  })

  test('32 bytes in base64 are a key as they are', async () => {
    const key = Buffer.alloc(32, 7).toString('base64')
    const sealed = await (await openSecrets([key])).seal('xoxb-1', 'here')
    expect(await (await openSecrets([key.replace('=', '')])).open(sealed, 'here')).toBe('xoxb-1')
  })

  test('a new one takes over while the old one is still there, and then it is not needed any more', async () => {
    const at = await openWorkspace()
    const organisationId = at.organisation
    const engineWith = async (...keys: [string, ...string[]]) => {
      const letIn = { secrets: await openSecrets(keys), installerOf: () => null, permissionsOf: () => [], platforms: [] }
      return { ...at.engine, letIn }
    }
    const before = await engineWith(OLD)
    const row = { organisationId, id: 'slack-T1', platform: 'slack', scope: 'workspace', target: 'T1', title: 'Example' } as const
    const sealed = await sealTokens(before.letIn.secrets, row, { token: 'xoxb-1', refreshToken: null, expiresAtMs: null })
    const rest = { app: 'A1', appAccount: 'U1', installedAt: new Date(), state: 'active' } as const
    await at.database.db.insert(installation).values({ ...row, ...rest, ...sealed, scopes: [] })

    const tokenWith = async (...keys: [string, ...string[]]) => tokenOf(await engineWith(...keys), asOrganisationId(organisationId), row.id)
    expect(await tokenWith(NEW)).toMatchObject({
      ok: false,
      failure: { kind: 'reconnect', why: expect.stringContaining('SECRET_KEY_PREVIOUS') },
    })
    expect(await tokenWith(NEW, OLD)).toEqual({ ok: true, value: 'xoxb-1' })
    expect(await sealAnew(await engineWith(NEW, OLD))).toBe(1)
    expect(await tokenWith(NEW)).toEqual({ ok: true, value: 'xoxb-1' })
    expect(await sealAnew(await engineWith(NEW))).toBe(0)
    await at.close()
  })
})

describe('an environment that would keep a secret badly, or lead nowhere', () => {
  const oauth = {
    SLACK_CLIENT_ID: 'id',
    SLACK_CLIENT_SECRET: 'secret',
    SLACK_SIGNING_SECRET: 'one, two',
    PUBLIC_URL: 'https://ringside.example.com',
    SECRET_KEY: OLD,
  }
  const without = (name: keyof typeof oauth) => ({ ...oauth, [name]: '' })

  test('is refused with a sentence', () => {
    expect(readEnv(oauth).SLACK_SIGNING_SECRET).toEqual(['one', 'two'])
    const refusals: [Record<string, string>, string][] = [
      [without('SECRET_KEY'), 'SECRET_KEY is missing'],
      [{ ...oauth, SECRET_KEY: 'short' }, 'at least 32 characters'],
      [without('PUBLIC_URL'), 'PUBLIC_URL is missing'],
      [without('SLACK_SIGNING_SECRET'), 'SLACK_SIGNING_SECRET is missing'],
      [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN is missing beside SLACK_APP_TOKEN'],
      [{ SLACK_APP_TOKEN: 'xoxb-1', SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN must begin with xapp-'],
      [without('SLACK_CLIENT_SECRET'), 'SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together'],
    ]
    for (const [env, words] of refusals) {
      expect(() => readEnv(env)).toThrow(EnvironmentProblem)
      expect(() => readEnv(env)).toThrow(words)
    }
  })

  test('a demonstration needs no key', () => {
    expect(readEnv({ ...without('SECRET_KEY'), PUBLIC_URL: 'http://localhost:3000' }).SECRET_KEY).toBeUndefined()
  })
})

describe('the process itself', () => {
  let slack: FakeSlack
  let folder: string
  let running: Omit<Running, 'url'> | null = null
  beforeAll(async () => {
    slack = await startFakeSlack()
    slack.world.oauth.settings.rotates = true
    folder = mkdtempSync(join(tmpdir(), 'ringside-secrets-'))
  })
  afterAll(async () => {
    if (running?.child.exitCode === null) await running.end('SIGKILL')
    slack.world.delivery.target = null
    await slack.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function run(port: number): Promise<string> {
    const { SECRET_KEY: _key, ...env } = withoutToken(slack)
    const url = `http://localhost:${port}`
    running = launch({ ...env, PORT: String(port), PUBLIC_URL: url, DATA_DIR: folder, LOG_LEVEL: 'debug' })
    slack.world.delivery.target = `${url}/slack/events`
    await eventually(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), 30_000)
    return url
  }

  /** Every file of the data, and every word that was printed. */
  const everything = () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const data = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
    return `${data.join('\n')}${running?.output()}`
  }

  test('a demonstration makes a key once; no secret is in its data or in what it prints, and it opens what it kept after a restart', async () => {
    const port = await freePort()
    const url = await run(port)
    const { cookie } = await visit(url, 'Ada')
    const begun = await fetch(`${url}/slack/install`, { redirect: 'manual', headers: { cookie } })
    const browser = begun.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const agreed = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' })
    const headers = { cookie: `${cookie}; ${browser}` }
    const back = await fetch(agreed.headers.get('location') ?? '', { redirect: 'manual', headers })
    expect(back.headers.get('location')).toBe('/admin?connected=slack-T0TEAM')

    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600)
    await running?.end('SIGTERM')
    const secrets = [...slack.world.oauth.secrets(), FAKE_CLIENT.secret, slack.signingSecret]
    expect(secrets).toHaveLength(4)
    const text = everything()
    expect(text).toContain('T0TEAM')
    for (const secret of secrets) expect(text.includes(secret)).toBe(false)

    await run(port)
    const again = await visit(url, 'Ada')
    const { id } = await again.call<{ id: string }>('POST', '/items', { type: 'deal', title: 'After a restart' })
    const { chat } = await again.call<{ chat: { platform: string; state: string } }>('POST', `/items/${id}/discuss`)
    expect(chat).toMatchObject({ platform: 'slack', state: 'open' })
    expect(slack.calls.some(({ method }) => method === 'conversations.create')).toBe(true)
    for (const secret of secrets) expect(everything().includes(secret)).toBe(false)
  }, 120_000)
})
