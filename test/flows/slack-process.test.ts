import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../machine.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts'
import { emailOf, environmentOf, eventually, SLACK_PEOPLE } from './slack-running.ts'

const START_MS = 30_000

/** The real process on its own data, as `npm start` runs it; it can be killed and started again. */
describe('the process itself', () => {
  let slack: FakeSlack
  let folder: string
  let port: number
  let child: ChildProcess | null = null
  const accounts = new Map<string, string>()

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ringside-process-'))
    slack = await startFakeSlack()
    for (const name of SLACK_PEOPLE) accounts.set(name, await slack.world.signUp(name, emailOf(name)))
    port = await freePort()
  })
  afterEach(() => kill('SIGKILL'))
  afterAll(async () => {
    slack.world.delivery.target = null
    await slack.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function run(apiUrl = slack.url): Promise<void> {
    // The address with or without a slash at its end, as people write it.
    const env = { ...process.env, ...environmentOf(slack), DATA_DIR: folder, PORT: String(port), SLACK_API_URL: apiUrl.replace(/\/$/, '') }
    child = spawn(process.execPath, ['src/main.node.ts'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    slack.world.delivery.target = `http://127.0.0.1:${port}/slack/events`
    await eventually(async () => expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200), START_MS)
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    const killed = child
    child = null
    if (!killed || killed.exitCode !== null) return
    killed.kill(signal)
    await once(killed, 'exit')
  }

  const press = (words: string) => slack.world.slash(accounts.get('Ann Reed') ?? '', '/discuss', words)
  const created = () => slack.calls.filter((call) => call.method === 'conversations.create').length
  const theChannel = () => [...slack.world.state.channels.values()][0]
  const ready = async () => (await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()) as { checks: { slack: boolean } }
  const linked = (replies: readonly unknown[], timeoutMs?: number) =>
    eventually(() => expect(JSON.stringify(replies)).toContain('app_redirect'), timeoutMs)

  test(
    'O21 O28 killed between the answer to a command and its work, and in the middle of it: after a restart one chat, and its link',
    async () => {
      await run()
      slack.world.breakNext('conversations.create', 'after', 'timeout')
      const typed = await press('deal 42')
      expect(typed.status).toBe(200)
      await eventually(() => expect(created()).toBe(1))
      await kill('SIGKILL')
      expect(typed.replies).toEqual([])

      const restarted = performance.now()
      await run()
      await linked(typed.replies, 20_000)
      console.log('after the restart', Math.round(performance.now() - restarted))
      expect(slack.world.state.channels.size).toBe(1)
      await eventually(() => expect(theChannel()?.members.size).toBe(5))

      // O28: out of the chat by choice, over a kill, a restart and a stop.
      await slack.world.leave(theChannel()!.id, accounts.get('Bob Chen') ?? '')
      await kill('SIGKILL')
      await run()
      await linked((await press('deal 42')).replies, 20_000)
      await kill('SIGTERM')
      await run()
      const again = await press('deal 42')
      await linked(again.replies)
      expect(slack.world.state.channels.size).toBe(1)
      expect(theChannel()?.members.size).toBe(4)
    },
    4 * START_MS,
  )

  test(
    'a Slack that is down at the start: the service runs, says so, and connects when it is back; what was typed meanwhile is answered',
    async () => {
      await run('http://127.0.0.1:9/api')
      expect((await ready()).checks.slack).toBe(false)
      const typed = await press('help')
      expect(typed.status).toBe(200)
      await kill('SIGTERM')
      await run()
      await eventually(() => expect(JSON.stringify(typed.replies)).toContain('/discuss deal 42'), 15_000)
      expect((await ready()).checks.slack).toBe(true)
    },
    3 * START_MS,
  )
})
