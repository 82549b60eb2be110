import type { Result } from '../../src/core/failure.ts'
import type { ProbeLine, ProbeReport } from '../../src/core/probe.ts'
import type { Prober } from '../../src/ports/chat-platform.ts'
import { resolveEmails } from './accounts.ts'
import type { Teams } from './chat.ts'
import { findApp } from './open.ts'
import { readTenant } from './tenant.ts'

/**
 * What can be tried without leaving anything behind. Teams lets no app delete a chat that it was not given the right to delete, so the
 * rest shows at the first item that is discussed.
 */
export async function probeTenant(teams: Teams, { email }: Prober, nowMs: number): Promise<ProbeReport> {
  const access = lineOf('access', 'Ringside is let into the organisation', await readTenant(teams.call, teams.tenant))
  const people = email
    ? lineOf('people', 'Finds people by their addresses', await resolveEmails(teams, [email]))
    : untried('people', 'Finds people by their addresses', 'Ringside does not know your own address, which it would look for.')
  const app = lineOf('app', 'The app Ringside is offered in Teams', await findApp(teams))
  const chats = untried(
    'chats',
    'Opens chats, adds people and takes them out',
    'A chat for a trial would stay in Teams for ever. The first item that somebody discusses shows it.',
  )
  return { atMs: nowMs, lines: [access, people, app, chats], leftBehind: null }
}

function lineOf(step: string, title: string, result: Result<unknown>): ProbeLine {
  if (result.ok) return { step, title, outcome: 'works', why: null, mender: null }
  const { failure } = result
  const mender = failure.kind === 'refused' ? failure.mender : failure.kind === 'reconnect' ? 'administrator' : null
  return { step, title, outcome: 'fails', why: failure.why, mender }
}

const untried = (step: string, title: string, why: string): ProbeLine => ({ step, title, outcome: 'untried', why, mender: null })
