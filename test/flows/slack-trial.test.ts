import { describe, expect, test } from 'vitest'
import { TRIAL_QUIET_MS } from '../../src/engine/trial.ts'
import { installingSlack } from './slack-installing.ts'
import { eventually } from './demo-people.ts'
import { runningSlack } from './slack-running.ts'

/** An administrator has it tried out whether Ringside can do its work in the workspace. */

type Line = { step: string; outcome: string; why: string | null; mender: string | null }
type Report = { state: string; lines: Line[]; leftBehind: string | null }
type Connections = {
  items: { id: string; probe: Report | null }[]
  connect: { title: string; url: string | null; whyNot: string | null }[]
}

const TRIAL = 'admin/connections/slack-T0TEAM/probe'

describe('trying out a connected Slack', () => {
  const at = installingSlack()
  const press = () => at.asks<Report>('Ada Novak', 'POST', TRIAL)
  const shown = async () => (await at.asks<Connections>('Ada Novak', 'GET', 'admin/connections')).items[0]?.probe ?? null
  /** Earlier ones got as far too; this one is under way. */
  const isBeforeRename = async () => {
    const topic = expect.objectContaining({ step: 'topic', outcome: 'works' })
    await eventually(async () => expect(await shown()).toMatchObject({ state: 'running', lines: expect.arrayContaining([topic]) }))
  }
  const trials = () => [...at.world.state.channels.values()].filter(({ name }) => name.startsWith('ringside-trial-'))

  test('U9 is offered where the browser comes back to, really done, and kept for whoever looks later', async () => {
    const { connect } = await at.asks<Connections>('Ada Novak', 'GET', 'admin/connections')
    expect(connect).toEqual([{ platform: 'slack', title: 'Slack', url: '/slack/install', whyNot: null }])
    expect((await (await at.as('Ada Novak')).install()).location).toBe('/admin?connected=slack-T0TEAM')
    expect(await shown()).toBeNull()
    const report = await press()
    expect(report).toMatchObject({ state: 'done', leftBehind: expect.stringContaining('The archived private channel #ringside-trial-') })
    expect(report.lines.filter(({ outcome }) => outcome === 'fails')).toEqual([])
    expect(report.lines.find(({ step }) => step === 'invite')).toMatchObject({ outcome: 'works' })
    expect(trials()).toMatchObject([{ is_archived: true }])
    expect(await shown()).toEqual(report)
  })

  test('U9 U7 what does not work says why and who can mend it', async () => {
    at.world.forbid('conversations.kick', 'restricted_action')
    await press()
    at.world.forbid('conversations.kick', null)
    const remove = (await shown())?.lines.find(({ step }) => step === 'remove')
    expect(remove).toMatchObject({ outcome: 'fails', mender: 'workspace-owner', why: expect.stringContaining('Channel management') })
  })

  test('U9 nobody but an administrator tries it, and there is nothing to try where nothing is connected', async () => {
    const before = trials().length
    await expect(at.asks('Ann Reed', 'POST', TRIAL)).rejects.toThrow('403')
    await expect(at.asks('Max Weber', 'POST', TRIAL)).rejects.toThrow('403')
    await expect(at.asks('Ada Novak', 'POST', 'admin/connections/slack-T0NOWHERE/probe')).rejects.toThrow('404')
    expect(trials()).toHaveLength(before)
  })

  test('U9 while one is under way its lines appear one by one, and a second press is told so', async () => {
    const goOn = at.world.stopCalls('conversations.rename')
    const pressed = press()
    await isBeforeRename()
    expect(await shown()).toMatchObject({ state: 'running' })
    await expect(press()).rejects.toThrow(/422.*is being tried out just now.*trial_under_way/)
    goOn()
    expect(await pressed).toMatchObject({ state: 'done' })
    expect(await press()).toMatchObject({ state: 'done' })
  })

  test('U9 one that was broken off says what it may have left behind; the next begins anew, and the old one adds nothing to it', async () => {
    const goOn = at.world.stopCalls('conversations.rename')
    const brokenOff = press()
    await isBeforeRename()
    const left = trials().find((channel) => !channel.is_archived)
    at.pass(TRIAL_QUIET_MS)
    expect(await shown()).toMatchObject({ state: 'interrupted', leftBehind: expect.stringContaining(`private channel #${left?.name} `) })

    const again = press()
    await eventually(async () => expect(await shown()).toMatchObject({ state: 'running' }))
    goOn()
    await brokenOff
    const report = await again
    expect(await shown()).toEqual(report)
    at.pass(-TRIAL_QUIET_MS)
  })
})

describe('a Slack that is reached by a token of the environment', () => {
  const at = runningSlack()

  test('U9 can be tried out as well; how to connect workspaces in the browser is said', async () => {
    expect(await at.asks<Report>('Ada Novak', 'POST', TRIAL)).toMatchObject({ state: 'done' })
    const { connect } = await at.asks<Connections>('Ada Novak', 'GET', 'admin/connections')
    expect(connect).toEqual([
      {
        platform: 'slack',
        title: 'Slack',
        url: null,
        whyNot: expect.stringContaining('SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, PUBLIC_URL'),
      },
    ])
  })
})
