import type { ProbeReport } from '../../src/core/probe.ts'
import type { Slack } from './channel.ts'

export async function probeWorkspace(slack: Slack, now: () => number): Promise<ProbeReport> {
  const tested = await slack.call('auth.test', {})
  const line = { step: 'connect', title: 'Reaches the workspace' }
  if (tested.ok) return { atMs: now(), lines: [{ ...line, outcome: 'works', why: null, mender: null }], leftBehind: null }
  return { atMs: now(), lines: [{ ...line, outcome: 'fails', why: tested.failure.why, mender: 'administrator' }], leftBehind: null }
}
