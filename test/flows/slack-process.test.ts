import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../machine.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts'
import { eventually } from './demo-people.ts'
import { emailOf, environmentOf, SLACK_PEOPLE } from './slack-running.ts'

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
    'O13 O14 killed in the quiet time, and killed while Slack gives no answer: told once in all, each time',
    async () => {
      await run()
      const address = `http://127.0.0.1:${port}/api`
      const people = ((await (await fetch(`${address}/demo/people`)).json()) as { items: { id: string; name: string }[] }).items
      const idOf = (name: string) => people.find((one) => one.name === name)?.id
      const content = { 'content-type': 'application/json' }
      const signIn = { method: 'POST', headers: content, body: JSON.stringify({ personId: idOf('Ada Novak') }) }
      const cookie = (await fetch(`${address}/demo/sign-in`, signIn)).headers.get('set-cookie')?.split(';')[0] ?? ''
      const post = (path: string, body: object) =>
        fetch(`${address}/${path}`, { method: 'POST', headers: { ...content, cookie }, body: JSON.stringify(body) })
      const made = await post('items', { type: 'deal', title: 'Told over a kill', responsible: idOf('Ann Reed'), observers: [] })
      const { id } = (await made.json()) as { id: string }
      const told = () => slack.world.told(accounts.get('Cid Baker') ?? '').filter((text) => text.includes('Told over a kill'))

      expect((await post(`items/${id}/observers`, { add: [idOf('Cid Baker')], remove: [] })).status).toBe(200)
      await kill('SIGKILL')
      expect(told()).toEqual([])
      await run()
      await eventually(() => expect(told()).toEqual([expect.stringContaining('Ada Novak added you')]), 20_000)
      // Slack may have it before it was written down that it has.
      await kill('SIGTERM')
      await run()

      slack.world.breakNext('chat.postMessage', 'after', 'timeout')
      expect((await post(`items/${id}/observers`, { add: [], remove: [idOf('Cid Baker')] })).status).toBe(200)
      await eventually(() => expect(told()).toHaveLength(2), 20_000)
      await kill('SIGKILL')
      await run()
      const typed = await press('help')
      await eventually(() => expect(JSON.stringify(typed.replies)).toContain('/discuss deal 42'), 15_000)
      expect(told()).toEqual([expect.stringContaining('Ada Novak added you'), expect.stringContaining('Ada Novak removed you')])
    },
    6 * START_MS,
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
