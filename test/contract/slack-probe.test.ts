import { describe, expect, test } from 'vitest'
import { OPTIONAL_SCOPES, SCOPES } from '../../adapters/slack/scopes.ts'
import type { ProbeReport } from '../../src/core/probe.ts'
import { asAccountId } from '../../src/core/ids.ts'
import { connectedSlack } from './slack-connected.ts'

const ALL = [...SCOPES, ...OPTIONAL_SCOPES].map(({ scope }) => scope)
const STEPS = ['connect', 'permissions', 'people', 'create', 'topic', 'rename', 'card', 'pin', 'link', 'invite', 'remove', 'archive']

describe('U9 the trial of a workspace', () => {
  const at = connectedSlack()

  const told: ProbeReport[] = []

  const ada = () => at.world.signUp('Ada', 'ada@example.com')
  const probe = (email: string | null = 'ada@example.com', account: string | null = null) =>
    at.platform.probe({ email, account: account === null ? null : asAccountId(account) }, async (soFar) => void told.push(soFar))
  const line = (report: ProbeReport, step: string) => report.lines.find((one) => one.step === step)!
  const failing = (report: ProbeReport) =>
    report.lines.filter(({ outcome }) => outcome !== 'works').map(({ step, outcome }) => [step, outcome])

  test('U9 really creates, names, fills and archives a channel, with nobody in it but whoever asked, and says what stays', async () => {
    at.world.state.granted = ALL
    const person = await ada()
    await at.signUp('Bob')
    const report = await probe()
    expect(report.lines.map(({ step }) => step)).toEqual(STEPS)
    expect(failing(report)).toEqual([])
    const [channel, ...others] = at.channels()
    expect(others).toEqual([])
    expect(channel).toMatchObject({
      is_archived: true,
      is_private: true,
      name: expect.stringMatching(/^ringside-trial-[a-z0-9]+-renamed$/),
    })
    expect(channel).toMatchObject({ pins: [expect.any(String)], bookmarks: [expect.any(Object)], topic: expect.stringContaining('trial') })
    expect([...channel!.members]).toEqual([])
    expect(at.called('conversations.invite').map(({ args }) => args['users'])).toEqual([person])
    expect(at.called('conversations.kick').map(({ args }) => args['user'])).toEqual([person])
    expect(report.leftBehind).toContain(`The archived private channel #${channel?.name}`)
    // Line by line, and before there is a channel it was said that there may be one.
    expect(told.map(({ lines }) => lines.filter(({ outcome }) => outcome === 'works').length)).toEqual(
      STEPS.map((_step, index) => index + 1),
    )
    const beforehand = told.find(({ lines }) => lines.every(({ step, outcome }) => step !== 'create' || outcome === 'untried'))
    expect(told[2]?.leftBehind).toContain(`#${channel?.name},`)
    expect(beforehand?.lines.every(({ outcome, why }) => outcome === 'works' || why === null)).toBe(true)
  })

  test('U9 each thing that does not work says why, and who can mend it; the others are tried', async () => {
    at.world.state.granted = ALL
    await ada()
    at.world.forbid('conversations.kick', 'restricted_action')
    at.world.forbid('pins.add', 'too_many_pins')
    const report = await probe()
    expect(failing(report)).toEqual([
      ['pin', 'fails'],
      ['remove', 'fails'],
    ])
    expect(line(report, 'remove')).toMatchObject({ mender: 'workspace-owner', why: expect.stringContaining('Channel management') })
    for (const { outcome, why } of report.lines) if (outcome !== 'works') expect(why).toMatch(/^[A-Z].*\.$/)
    expect(report.leftBehind).toContain('You may still be in it')
  })

  test('U9 where no channel can be created the rest is not tried, and nothing stays', async () => {
    await ada()
    at.world.forbid('conversations.create', 'restricted_action')
    const report = await probe()
    expect(line(report, 'create')).toMatchObject({ outcome: 'fails', mender: 'workspace-owner' })
    expect(report.lines.slice(4).every(({ outcome, why }) => outcome === 'untried' && why !== null)).toBe(true)
    expect(report).toMatchObject({ leftBehind: null })
    expect(at.channels()).toEqual([])
  })

  test('U9 a channel that cannot be archived stays open, and one whose creation had no answer may be there', async () => {
    await ada()
    at.world.forbid('conversations.archive', 'restricted_action')
    expect((await probe()).leftBehind).toMatch(/^The open private channel #ringside-trial-/)
    at.world.breakNext('conversations.create', 'after', 'internal_error')
    const unclear = await probe()
    expect(line(unclear, 'create').outcome).toBe('untried')
    expect(unclear.leftBehind).toMatch(/^Perhaps a private channel #ringside-trial-/)
  })

  test('K11 U9 a missing permission is named with what it is for, and one that was left out does no harm', async () => {
    await ada()
    at.world.state.granted = ALL.filter((scope) => scope !== 'pins:write')
    const missing = line(await probe(), 'permissions')
    expect(missing).toMatchObject({ outcome: 'fails', mender: 'administrator' })
    expect(missing.why).toContain('pins:write. To pin the card of the item in its channel.')
    at.world.state.granted = SCOPES.map(({ scope }) => scope)
    const enough = line(await probe(), 'permissions')
    expect(enough).toMatchObject({ outcome: 'works', why: expect.stringContaining('usergroups:read. To add everybody') })
    at.world.state.granted = null
    expect(line(await probe(), 'permissions').outcome).toBe('untried')
  })

  test('U9 U10 somebody without an account of that address is told so, and nobody is invited; one that is linked by hand is', async () => {
    const linked = await at.world.signUp('Ada', 'other@example.com')
    const without = await probe('ada@example.com')
    expect(line(without, 'people')).toMatchObject({ outcome: 'untried', mender: 'you', why: expect.stringContaining('ada@example.com') })
    expect(line(without, 'invite')).toMatchObject({ outcome: 'untried', mender: 'you' })
    expect(at.called('conversations.invite')).toEqual([])
    expect(line(await probe('ada@example.com', linked), 'remove').outcome).toBe('works')
  })

  test('U9 a revoked token is the first line, and nothing else is tried', async () => {
    at.world.revoke()
    const report = await probe()
    expect(line(report, 'connect')).toMatchObject({ outcome: 'fails', mender: 'administrator' })
    expect(report.lines).toHaveLength(STEPS.length)
    expect(at.slack.calls.filter(({ method }) => method.startsWith('conversations.'))).toEqual([])
  })
})
